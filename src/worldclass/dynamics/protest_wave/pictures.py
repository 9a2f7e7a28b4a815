"""Pictures of fits: the wave against its data, skill, and the verdict under every choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.dynamics.model import MECHANISM

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.picture import Picture

THIN = (
    "Counts are of reported events: reports thin out with time, and sizes of crowds are often "
    "missing."
)


def draw_fit(table: pl.DataFrame, title: str) -> Picture:
    """The fitted wave against the data, with bands and residuals."""
    import polars as pl

    from worldclass.charts.fitted_wave import SERIES, fitted_wave

    rows = table.filter(pl.col("quantity").is_in(SERIES) & pl.col("date").is_not_null())
    found = {
        row["quantity"]: row for row in table.iter_rows(named=True) if row["value"] is not None
    }
    parts: list[str] = []
    if "peak_day" in found:
        parts.append(f"Peak {found['peak_day']['date']:%-d %B %Y}")
    if "half_life" in found:
        parts.append(f"half-life {_with_interval(found['half_life'])} days")
    if "ratio_at_start" in found:
        parts.append(f"events per event {_with_interval(found['ratio_at_start'])} at the start")
        parts.append(f"{_with_interval(found['ratio_at_end'])} at the end")
    return fitted_wave(
        rows.rename({"quantity": "series"}).select("series", "date", "value", "low", "high"),
        title=f"{title}, fitted",
        subtitle="; ".join(parts),
        footnote=f"{MECHANISM} {THIN} Intervals of estimates: 95 %.",
    )


def draw_skill(table: pl.DataFrame, title: str) -> Picture:
    """Log score of each model against the mean of seven days."""
    import polars as pl

    from worldclass.charts.estimate_dots import estimate_dots

    half = 1.96 * pl.col("error")
    rows = table.select(
        (pl.lit("Log score, days ahead: ") + pl.col("horizon")).alias("panel"),
        pl.col("model").alias("label"),
        pl.col("difference").clip(upper_bound=10).alias("value"),
        (pl.col("difference") - half).clip(-10, 10).alias("low"),
        (pl.col("difference") + half).clip(-10, 10).alias("high"),
    )
    panels = rows["panel"].unique().to_list()
    return estimate_dots(
        rows,
        title=f"{title}: days that the fit has not seen",
        references=dict.fromkeys(panels, 0.0),
        subtitle="Log score less that of the mean of seven days (line): left of it is better; "
        "bars: 95 %, too narrow as neighbouring origins share days; cut at 10",
        footnote=f"{MECHANISM} {THIN}",
    )


def draw_verdict(table: pl.DataFrame, title: str) -> Picture:
    """Half-life and level at the end under every choice."""
    import polars as pl

    from worldclass.charts.estimate_dots import estimate_dots

    words = {
        "half_life": "Half-life after the peak, days (cut at 30)",
        "level_at_end": "Level at the end, share of the peak (line: half)",
    }
    label = pl.concat_str(
        "model",
        pl.when(pl.col("week") == "none").then(pl.lit(", no weekends")).otherwise(pl.lit("")),
        pl.when(pl.col("days") == "all").then(pl.lit("")).otherwise(pl.lit(", last day out")),
    )
    parts: list[pl.DataFrame] = []
    for name, heading in words.items():
        top = 1.0 if name == "level_at_end" else 30.0
        parts.append(
            table.filter(pl.col(name).is_not_null()).select(
                pl.lit(heading).alias("panel"),
                label.alias("label"),
                pl.col(name).clip(upper_bound=top).alias("value"),
                pl.col(f"{name}_low").clip(upper_bound=top).alias("low"),
                pl.col(f"{name}_high").clip(upper_bound=top).alias("high"),
            )
        )
    share = float(table["share_holding"][0])
    judged = f"holds under {100 * share:.0f} % of {table.height} choices"
    return estimate_dots(
        pl.concat(parts),
        title=f"Rose and faded: {judged}",
        references={words["level_at_end"]: 0.5},
        subtitle=f"{title}: fits under every choice; bars: 95 % of a parametric bootstrap",
        footnote=f"{MECHANISM} {THIN} A fading count may be a fading of reports.",
    )


def _with_interval(row: dict[str, Any]) -> str:
    from worldclass.charts.numbers import significant

    def said(value: float | None) -> str:
        if value is None:
            return "…"
        return significant(value, 2) if abs(value) >= 0.01 else "0.00"

    return f"{significant(row['value'], 2)} ({said(row['low'])} to {said(row['high'])})"
