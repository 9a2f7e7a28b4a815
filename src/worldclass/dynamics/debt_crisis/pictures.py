"""Pictures of the debt crisis: phase portraits, basins, scans, policies, coefficients."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.portrait import EQUILIBRIUM
from worldclass.dynamics.model import MECHANISM

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.picture import Picture

MOST_PATHS = 6
DEBT_SHOWN = 6.0
"""Years of output up to which debt is drawn: beyond, a path only runs off."""
WAGES_SHOWN = 1.6
"""Wage share up to which it is drawn."""
BEYOND = (
    "Shares beyond 0 to 100 %: wages and interest exceed output, and firms borrow the rest. The "
    "equations allow it far from equilibrium; no economy has lasted so. Axes may cut such values."
)
"""What a picture says where shares of income do so."""
SCAN_WORDS = {
    "interest": "interest rate, per year",
    "capital_ratio": "capital per output, years",
    "investment_slope": "eagerness of firms",
}
SCAN_LINES = {
    "damping": "largest real part of the eigenvalues (above 0: repels)",
    "debt": "debt at the good equilibrium, years of output",
    "collapsing": "share of 18 starts that collapse",
}


def draw_orbits(table: pl.DataFrame, title: str) -> Picture:
    """Wage share against employment: the plane of Goodwin's cycle."""
    from worldclass.charts.phase_portrait import Plane, phase_portrait

    paths = _plane(table, ("employment", "all"), ("income_share", "workers"))
    return phase_portrait(
        paths,
        Plane(
            "employment rate",
            "wage share, % of output",
            x_share=True,
            y_share=True,
            y_domain=(_bottom(paths, "y"), min(WAGES_SHOWN, _top(paths, "y"))),
        ),
        title=f"{title}: wages and employment",
        subtitle="Ring: start. Each path is one run; time passes along it",
        footnote=f"{MECHANISM} {BEYOND}" if (paths["y"] > 1).any() else MECHANISM,
    )


def draw_debt_orbits(table: pl.DataFrame, title: str) -> Picture:
    """Employment against private debt: recovery or collapse."""
    from worldclass.charts.phase_portrait import Plane, phase_portrait

    paths = _plane(table, ("debt", "firms"), ("employment", "all"))
    return phase_portrait(
        paths,
        Plane(
            "private debt, years of output",
            "employment rate, %",
            y_share=True,
            x_domain=(min(0.0, float(paths["x"].min())), min(DEBT_SHOWN, _top(paths, "x"))),  # type: ignore[arg-type]
            y_domain=(_bottom(paths, "y"), 1.0),
        ),
        title=f"{title}: employment and debt",
        subtitle="Ring: start. A path that leaves to the right collapses under its debt",
        footnote=MECHANISM,
    )


def draw_portrait(table: pl.DataFrame, title: str) -> Picture:
    """Paths from several starts in the plane of debt and employment, with the equilibrium."""
    import polars as pl

    from worldclass.charts.phase_portrait import Plane, phase_portrait

    point = table.filter(pl.col("path") == EQUILIBRIUM).row(0, named=True)
    paths = table.filter(pl.col("path") != EQUILIBRIUM)
    return phase_portrait(
        paths.select("path", "time", pl.col("debt").alias("x"), pl.col("employment").alias("y")),
        Plane(
            "private debt, years of output",
            "employment rate",
            y_share=True,
            x_domain=(-0.1, DEBT_SHOWN),
            y_domain=(0.5, 1.0),
        ),
        title=f"{title}: recovery or collapse",
        subtitle="Rings: starts. A path that leaves to the right collapses under its debt",
        footnote=MECHANISM,
        points=[(EQUILIBRIUM, point["debt"], point["employment"])],
        width=760,
    )


def draw_basins(table: pl.DataFrame, title: str) -> Picture:
    """Which starts recover."""
    import polars as pl

    from worldclass.charts.outcome_map import outcome_map

    cells = table.select(pl.col("debt").alias("x"), pl.col("employment").alias("y"), "outcome")
    words = (
        ("recovers", "comes to the good equilibrium"),
        ("collapses", "collapses under debt"),
        ("undecided", "neither within 600 years"),
        ("fails", "could not be followed"),
    )
    return outcome_map(
        cells,
        words,
        x="private debt at the start, years of output",
        y="employment rate at the start",
        y_share=True,
        title=f"{title}: where each start ends",
        subtitle=f"Wage share at the start: {100 * table['wage_share'][0]:.3g} %; no shocks",
        footnote=MECHANISM,
    )


def draw_scan(table: pl.DataFrame, title: str) -> Picture:
    """Stability over parameters."""
    import polars as pl

    from worldclass.charts.curves import curves

    parts: list[pl.DataFrame] = []
    for quantity, words in SCAN_LINES.items():
        for parameter, axis in SCAN_WORDS.items():
            own = table.filter(
                (pl.col("quantity") == quantity) & (pl.col("parameter") == parameter)
            )
            heading = f"{_short(words)} by {axis.split(',')[0]}"
            parts.append(
                own.select(
                    pl.lit(heading).alias("panel"),
                    pl.lit("all").alias("line"),
                    pl.col("at").alias("x"),
                    pl.col("value").alias("y"),
                )
            )
    return curves(
        pl.concat(parts),
        title=f"{title}: what stability hangs on",
        subtitle="Rows: largest real part of the eigenvalues at the good equilibrium (above 0 it "
        "repels); its debt in years of output; share of 18 starts that collapse",
        footnote=MECHANISM,
        height=120,
    )


def draw_support(table: pl.DataFrame, title: str) -> Picture:
    """When each policy ends in collapse, if it does."""
    import polars as pl

    from worldclass.charts.estimate_dots import estimate_dots

    names = [_policy(row) for row in table.iter_rows(named=True)]
    rows = table.select(
        pl.lit("Years until collapse, or 600 where there is none").alias("panel"),
        pl.Series("label", names),
        pl.col("years").alias("value"),
        pl.lit(0.0).alias("low"),
        pl.col("years").alias("high"),
    )
    return estimate_dots(
        rows,
        title=f"{title}: central-bank support",
        subtitle="Bars end where debt passes the point of no return",
        footnote=MECHANISM,
    )


def draw_early_warning(table: pl.DataFrame, title: str) -> Picture:
    """Coefficients and AUROC with intervals."""
    import polars as pl

    from worldclass.charts.estimate_dots import estimate_dots

    words = {"coefficient": "Coefficients of real credit growth", "auroc": "AUROC (0.5 is chance)"}
    shown = table.filter(pl.col("quantity").is_in(list(words)))
    rows = shown.select(
        pl.col("quantity").replace_strict(words).alias("panel"),
        pl.col("group")
        .str.replace("lag", "lag ")
        .str.replace("-effects", " effects")
        .alias("label"),
        "value",
        "low",
        "high",
    )
    counts = dict(table.filter(pl.col("group") == "all").select("quantity", "value").iter_rows())
    return estimate_dots(
        rows,
        title="Does credit growth warn of banking crises?",
        subtitle=f"Logit with country effects: {counts['crises']:.0f} crises in "
        f"{counts['rows']:,.0f} country-years of {counts['countries']:.0f} countries; bars: 95 %",
        references={words["coefficient"]: 0.0, words["auroc"]: 0.5},
        footnote="An association in past data, not a forecast. Method: Schularick & Taylor (2012).",
    )


def _plane(table: pl.DataFrame, x: tuple[str, str], y: tuple[str, str]) -> pl.DataFrame:
    """Two series of the first runs, side by side."""
    import polars as pl

    def series(wanted: tuple[str, str], name: str) -> pl.DataFrame:
        own = table.filter((pl.col("quantity") == wanted[0]) & (pl.col("group") == wanted[1]))
        if own.is_empty():
            raise UsageError(
                f"The runs hold no '{wanted[0]}' to draw.",
                remedy="The variant goodwin has no debt: draw 'orbits' or 'time'.",
            )
        return own.select(*keys, "time", pl.col("value").alias(name))

    keys = ["point", "run"] if "point" in table.columns else ["run"]
    both = series(x, "x").join(series(y, "y"), on=[*keys, "time"])
    first = both.select(keys).unique(maintain_order=True).head(MOST_PATHS)
    kept = both.join(first, on=keys, maintain_order="left")
    names = pl.concat_str([pl.lit("run "), (pl.col("run") + 1).cast(pl.String)])
    if "point" in table.columns:
        names = pl.concat_str([pl.lit("point "), (pl.col("point") + 1).cast(pl.String)])
    return kept.select(names.alias("path"), "time", "x", "y")


def _top(paths: pl.DataFrame, column: str) -> float:
    return 1.05 * float(paths[column].max())  # type: ignore[arg-type]


def _bottom(paths: pl.DataFrame, column: str) -> float:
    """Somewhat below the lowest value, in whole tenths."""
    return max(0.0, math.floor(10 * float(paths[column].min()) - 0.5) / 10)  # type: ignore[arg-type]


def _short(words: str) -> str:
    return {"l": "Damping", "d": "Debt", "s": "Collapse"}[words[0]]


def _policy(row: dict[str, Any]) -> str:
    parts: list[str] = []
    if row["support"]:
        parts.append(f"{100 * row['support']:.0f} % of interest")
    if row["purchases"]:
        parts.append(f"buys {100 * row['purchases']:.0f} % of excess debt a year")
    return f"{' and '.join(parts)}, {row['lasting']}" if parts else "no support"
