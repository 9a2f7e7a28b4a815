"""What `worldclass atlas` shows: sizes, comparison, change, ranking, explanation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.charts.numbers import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl
    from rich.console import Console

    from worldclass.atlas.frame import AtlasFrame

    Codes = Sequence[str] | None

MOST_ROWS = 25
MILLION = 1e6
SMALLEST_SHARE = 0.001
"""Assumptions that explain less of the variance are left out of the printed table."""
DAGGER = " †"
CHANGE_OF_BOUNDS = (
    " The interval of its change spans the draws at one reading of it, not the bounds."
)
HEADINGS = {
    "label": "assumption, or definition (with its range)",
    "share_of_variance": "% of variance",
    "share_adults": "% of adults (5–95 %)",
    "imputed": "% imputed",
    "persons": "persons, M (5–95 %)",
}


def show_sizes(
    theory: str,
    *,
    country: Codes,
    year: str | None,
    sex: Codes,
    options: dict[str, Any],
    html: Path | None,
    picture: Path | None,
) -> AtlasFrame:
    """Print the sizes; write the page or the picture where asked."""
    from worldclass.atlas.frame import AtlasFrame
    from worldclass.atlas.query import atlas
    from worldclass.explorer.console import print_atlas
    from worldclass.explorer.theory_text import theory_text
    from worldclass.theories.library import load_theory

    loaded = load_theory(theory)
    frame = atlas(loaded, country=country, year=year, **options)
    words = theory_text(loaded, options["parameters"], options["anchor"])
    print_atlas(frame, words, _console(), draws=options["draws"])
    if html is not None:
        from worldclass.explorer.atlas_page import write_atlas_page

        write_atlas_page(frame, html, loaded, command=_command(theory, country, year), **options)
        _say(f"Wrote {html}.")
    if picture is not None:
        from worldclass.charts.save import save_chart

        save_chart(frame.plot(theory=loaded), picture)
        _say(f"Wrote {picture}.")
    chosen = list(sex) if sex else ["female", "male", "total"]
    return AtlasFrame(frame.filter(frame["sex"].is_in(_known_sexes(chosen))))


def show_comparison(
    theories: Sequence[str],
    *,
    country: Codes,
    year: str | None,
    sex: Codes,
    options: dict[str, Any],
) -> pl.DataFrame:
    """Print the classes of several theories, one below the other."""
    from worldclass.atlas.compare import compare
    from worldclass.theories.library import load_theory

    options = {**options, "parameters": None}
    frame = compare(theories, country=country or "WORLD", year=year, sex=sex or "total", **options)
    last = frame.filter(frame["year"] == frame["year"].max())
    asked = {load_theory(one).id: one for one in theories}
    for theory in last["theory"].unique(maintain_order=True):
        _print(
            last.filter(last["theory"] == theory),
            f"{_named(asked[theory], options)}, {last['year'][0]}",
            ("class", "country", "sex", "persons", "share_adults", "imputed"),
        )
    return frame


def show_change(
    theory: str, *, country: Codes, year: str | None, sex: Codes, options: dict[str, Any]
) -> pl.DataFrame:
    """Print the change of every class, by component and by the places that moved most."""
    import polars as pl

    from worldclass.atlas.change import change
    from worldclass.people.choices import choose_years
    from worldclass.people.snapshot import open_snapshot

    covered = open_snapshot(options["snapshot"]).estimates.grid.years
    years = choose_years(year, covered)
    frame = change(
        theory,
        start=years[0],
        end=years[-1],
        country=_one(country, "WORLD"),
        sex=_one(sex, "total"),
        **options,
    )
    area = frame["area"][0]
    title = f"{area}, {years[0]} to {years[-1]}, {_named(theory, options)}"
    whole = frame.filter(pl.col("place") == area)
    by_class = whole.partition_by("class", maintain_order=True)
    columns = ("class", "component", "persons")
    _print(pl.concat(by_class), f"Change by component: {title}", columns)
    places = frame.filter((pl.col("place") != area) & (pl.col("component") == "total"))
    if places.height:
        most = places.sort(pl.col("persons").abs(), descending=True).group_by(
            "class", maintain_order=True
        )
        _print(
            most.head(3),
            f"Places that moved most: {title}",
            ("class", "place", "persons"),
        )
    return frame


def show_ranking(
    theory: str,
    klass: str,
    *,
    country: Codes,
    year: str | None,
    sex: Codes,
    options: dict[str, Any],
) -> pl.DataFrame:
    """Print countries in order of a class's share of adults."""
    from worldclass.atlas.compare import rank

    frame = rank(
        theory, klass, year=_one_year(year), sex=_one(sex, "total"), country=country, **options
    )
    upper = "the upper bound of the " if frame["only_bounds"].all() else ""
    _print(
        frame.head(MOST_ROWS),
        f"Countries by {upper}share of adults in the class {klass}, {frame['year'][0]}, "
        f"{_named(theory, options)}",
        ("rank", "country", "share_adults", "persons", "imputed"),
    )
    if frame.height > MOST_ROWS:
        _console().print(f"The first {MOST_ROWS} of {frame.height}; --out writes all.", style="dim")
    return frame


def show_explanation(
    theory: str,
    klass: str,
    *,
    country: Codes,
    year: str | None,
    sex: Codes,
    options: dict[str, Any],
) -> pl.DataFrame:
    """Print what each assumption and each definition contributes."""
    from worldclass.atlas.contributions import contributions

    options = {name: value for name, value in options.items() if name != "draws"}
    frame = contributions(
        theory,
        klass,
        country=_one(country, "WORLD"),
        year=_one_year(year),
        sex=_one(sex, "total"),
        **options,
    )
    effect = frame["share_of_variance"].abs()
    place, when = frame["country"][0], frame["year"][0]
    mark = DAGGER if frame["only_bounds"].all() else ""
    shown = frame.filter(effect.is_null() | (effect >= SMALLEST_SHARE))
    _print(
        shown,
        f"What the size of the class {klass}{mark} hangs on: {place}, {when}, "
        f"{_named(theory, options)}",
        ("label", "low", "central", "high", "share_of_variance"),
    )
    _console().print(
        "low and high: sizes at the low and high end of the assumption or the parameter's range. "
        "Definitions are choices and have no part in the variance. "
        f"Left out: {frame.height - shown.height} assumptions that explain less than 0.1 %.",
        style="dim",
    )
    return frame


def _print(frame: pl.DataFrame, title: str, columns: Sequence[str]) -> None:
    from rich import box
    from rich.table import Table

    same = [name for name in ("country", "sex") if name in columns and frame[name].n_unique() == 1]
    columns = [name for name in columns if name not in same]
    said = "".join(f", {frame[name][0]}" for name in same)
    table = Table(title=f"{title}{said}", title_justify="left", box=box.SIMPLE)
    for name in columns:
        text = name in ("theory", "class", "country", "place", "sex", "component", "label", "kind")
        heading = f"{name}, M" if name in ("low", "central", "high") else name
        heading = HEADINGS.get(name, heading)
        table.add_column(heading, justify="left" if text else "right", no_wrap=name != "label")
    marked, mark = False, "class" if "class" in columns else "country"
    for row in frame.iter_rows(named=True):
        only_bounds = bool(row.get("only_bounds"))
        marked = marked or only_bounds
        table.add_row(
            *(_cell(name, row) + DAGGER * (only_bounds and name == mark) for name in columns)
        )
    _console().print(table)
    if marked:
        _console().print(
            f"{DAGGER.strip()} The data only bound this class: bounds, and no estimate of its size."
            + (CHANGE_OF_BOUNDS if "component" in frame.columns else ""),
            style="dim",
        )


def _cell(name: str, row: dict[str, Any]) -> str:
    value = row[name]
    if value is None:
        return ""
    if name == "persons":
        ends = row["persons_p05"], row["persons_p95"]
        return _between(value, *ends, _millions, only_bounds=row["only_bounds"])
    if name == "central" and row["only_bounds"]:
        return NO_VALUE
    if name in ("low", "central", "high"):
        return _millions(value)
    if name == "share_adults":
        each = value / row["persons"] if row["persons"] else 0.0  # a share's base is not drawn
        ends = each * row["persons_p05"], each * row["persons_p95"]
        return _between(value, *ends, _percent, only_bounds=row["only_bounds"])
    if name.startswith("share") or name == "imputed":
        return _percent(value)
    return str(value)


def _between(
    value: float, low: float, high: float, write: Callable[[float], str], *, only_bounds: bool
) -> str:
    """An estimate with its interval; no estimate where data only bound it."""
    if low == high:
        return write(value)
    return f"{NO_VALUE if only_bounds else write(value)} ({write(low)} to {write(high)})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _millions(persons: float) -> str:
    """Three significant digits, never more than the unit of millions needs."""
    from worldclass.charts.numbers import significant

    million = persons / MILLION
    return f"{million:,.0f}" if abs(million) >= 1000 else significant(million, 3)


def _named(theory: str, options: dict[str, Any]) -> str:
    """A theory's id, with what it is run with where that is not its own."""
    from worldclass.atlas.deviations import deviations, named_with
    from worldclass.theories.library import load_theory

    loaded = load_theory(theory)
    told = deviations(loaded, options["parameters"], options["anchor"])
    return named_with(loaded.id, told)


def _console() -> Console:
    from rich.console import Console

    return Console()


def _say(text: str) -> None:
    import typer

    typer.echo(text, err=True)


def _one(values: Codes, default: str) -> str:
    from worldclass.core.errors import UsageError

    chosen = list(values or [default])
    if len(chosen) > 1:
        raise UsageError(f"Only one is possible here, not {', '.join(chosen)}.")
    return chosen[0]


def _one_year(year: str | None) -> int | None:
    from worldclass.core.errors import UsageError

    if year is None:
        return None
    if not year.strip().isdecimal():
        raise UsageError(f"One year is needed here, not {year!r}.", where="year")
    return int(year)


def _known_sexes(chosen: Sequence[str]) -> tuple[str, ...]:
    from worldclass.people.choices import choose_sexes

    return choose_sexes(chosen)


def _command(theory: str, country: Codes, year: str | None) -> str:
    parts = ["worldclass atlas", f"--theory {theory}"]
    parts += [f"--country {code}" for code in country or []]
    parts += [f"--year {year}"] if year else []
    return " ".join(parts)
