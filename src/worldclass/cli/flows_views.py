"""What `worldclass flows` reads, shows, checks and writes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from worldclass.cli.flows_print import print_table, say

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    import polars as pl

    from worldclass.flows.frame import FlowsFrame
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.flows.validate import Balance

WITHOUT_SEX = ("pay", "value_added")


def tables_of(
    table: Path | None,
    year: str | None,
    balance: Balance,
    options: dict[str, Any],
    progress: Callable[[int], None],
) -> tuple[FlowsFrame, Mapping[str, str]]:
    """The flows of the embedded tables, or of tables of one's own; and names of industries."""
    from worldclass.flows.query import flows

    if table is None:
        from worldclass.flows.store import open_store

        return flows(year, progress=progress, **options), open_store().note["industries"]
    import polars as pl

    from worldclass.flows.frame import FlowsFrame
    from worldclass.flows.read import open_tables, table_years

    wanted = year if year is not None else table_years(table)[-1]
    parts: list[pl.DataFrame] = []
    names: dict[str, str] = {}
    for economy, report in open_tables(table, wanted, balance=balance):
        if report.repairs:
            say(str(report))
        progress(economy.year)
        names |= economy.industry_names
        parts.append(flows(table=economy, **options))
    return FlowsFrame(pl.concat(parts)), names


def say_absent(table: Path | None, year: str | None) -> None:
    """Name the years of a range that have no table."""
    if year is None or ":" not in year:
        return
    from worldclass.flows.read import table_years, years_within
    from worldclass.flows.store import open_store

    known = open_store().years if table is None else table_years(table)
    present = [one for one in known if one is not None]
    if not present:
        return
    asked = years_within(year, present)
    if absent := [one for one in asked if one not in present]:
        say(f"No table of {', '.join(map(str, absent))}: left out.")


def published_sections(given: str | None) -> SectionEmployment | None:
    """Employment by section from a file, or from ILOSTAT."""
    if given is None:
        return None
    from worldclass.flows.labour.sections import (
        read_modelled_sections,
        read_sections,
    )

    if given != "ilostat":
        return read_sections(given)
    from worldclass.sources.downloads import default_downloads

    return read_modelled_sections(default_downloads(progress=True))


def refuse_sex(account: str, sex: list[str] | None) -> None:
    """Refuse sexes of an account that does not tell them apart."""
    from worldclass.core.errors import UsageError

    if sex and account in WITHOUT_SEX and "total" not in sex:
        raise UsageError(
            f"{account} is not told apart by sex: the tables know no pay of women and of men.",
            where="--sex",
            remedy="Leave --sex out, or take --account hours or persons.",
        )


def check_picture(picture: Path | None, kind: str | None, by: str) -> None:
    """Refuse a picture that cannot be drawn or written, before any work is done for it."""
    import os

    from worldclass.charts.save import FORMATS
    from worldclass.core.errors import OutputError, UsageError
    from worldclass.flows.pictures import KINDS

    if kind is not None and picture is None:
        raise UsageError(
            "--kind is the kind of a picture, and none is asked for.",
            where="--kind",
            remedy=f"Add --picture {kind}.png.",
        )
    if kind is not None and kind not in (*KINDS, "auto"):
        raise UsageError(
            f"There is no picture {kind!r}.", where="--kind", remedy=f"Use {', '.join(KINDS)}."
        )
    if kind in ("matrix", "sankey") and "pair" not in by:
        raise UsageError(
            f"A {kind} needs pairs of places.", where="--kind", remedy="Add --by pair."
        )
    if picture is None:
        return
    if picture.suffix.lower() not in FORMATS:
        raise OutputError(
            f"Charts cannot be written as {picture.suffix or 'a file without ending'}.",
            where=str(picture),
            remedy=f"End the name in one of {', '.join(FORMATS)}.",
        )
    if not picture.parent.is_dir() or not os.access(picture.parent, os.W_OK):
        raise OutputError(
            "There is no folder here that can be written to.",
            where=str(picture.parent),
            remedy="Make the folder, or choose another.",
        )


def show_flows(frame: pl.DataFrame, names: Mapping[str, str]) -> None:
    """Print one year as balances or as a matrix; several years as the net through time."""
    import polars as pl

    from worldclass.cli.flows_tables import (
        MOST_AREAS,
        area_detail,
        balance_table,
        pair_detail,
        pair_table,
        time_table,
    )

    if frame.is_empty():
        say("No rows are left.")
        return
    last = frame.filter(pl.col("year") == frame["year"].max())
    detailed = last["sector"].n_unique() > 1 or last["sex"].n_unique() > 1
    pairs = str(last["measure"][0]).endswith("embodied")
    if detailed:
        print_table(pair_detail(last, names) if pairs else area_detail(last, names))
    else:
        print_table(pair_table(last) if pairs else balance_table(last))
    several = frame["year"].n_unique() > 1
    if several and not detailed and (through := time_table(frame, pairs)) is not None:
        print_table(through)
    if several and detailed:
        say(f"Shown: {last['year'][0]}. --out FILE writes all years.")
    net = "" if pairs else "Net: commanded less given. "
    say(
        f"{net}Intervals: draws over the assumptions of the labour accounts, not over errors of "
        "the trade tables."
    )
    if last.height > MOST_AREAS * (1 if pairs else 5):
        say("Not every row is shown: --out FILE writes all.")


def show_check(table: Path, year: int | None, balance: Balance) -> None:
    """Check a table and say what was found."""
    import typer

    from worldclass.flows.productive import require_productive
    from worldclass.flows.read import open_tables

    for economy, report in open_tables(table, year, balance=balance):
        require_productive(economy)
        typer.echo(str(report))
        typer.echo(
            f"  {len(economy.sectors):,} sectors ({len(economy.countries)} countries or regions × "
            f"up to {len(economy.industries)} industries), {len(economy.demands)} columns of final "
            f"demand; output {economy.output.sum():,.6g}, value added "
            f"{economy.value_added.sum():,.6g} {economy.unit}, {economy.prices}."
        )
        if economy.satellites:
            typer.echo(f"  Accounts: {', '.join(economy.satellites)}.")
        typer.echo("  Productive: yes.")


def save_picture(frame: FlowsFrame, path: Path | None, kind: str | None) -> None:
    """Draw the frame, where a picture is asked for."""
    if path is None:
        return
    from worldclass.charts.save import save_chart
    from worldclass.flows.pictures import draw

    save_chart(draw(frame, kind or "auto"), path)
    say(f"Wrote {path}.")


def write_out(frame: pl.DataFrame, out: Path | None) -> None:
    """Write the frame, where a file is asked for."""
    if out is None:
        return
    from worldclass.core.atomic import write_frame

    write_frame(frame, out)
    say(f"Wrote {frame.height:,} rows to {out}.")


@contextmanager
def counting() -> Generator[Callable[[int], None]]:
    """A line on standard error that names the year in work."""
    from rich.console import Console

    with Console(stderr=True).status("reading the tables") as status:
        yield lambda year: status.update(f"labour embodied in trade, {year}")
