"""What `worldclass flows` shows: balances, matrices, exchange, checks of tables."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    import polars as pl
    from rich.table import Table

    from worldclass.flows.frame import FlowsFrame
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.flows.validate import Balance

MOST_AREAS = 24
MOST_IN_MATRIX = 8
SCALES = {
    "million hours": (1e3, "billion hours"),
    "thousand persons": (1e3, "million persons"),
    "million USD": (1e3, "billion USD"),
}
KINDS = ("given", "commanded", "exported", "imported", "net")


def tables_of(
    table: Path | None, year: str | None, options: dict[str, Any], progress: Callable[[int], None]
) -> FlowsFrame:
    """The flows of the embedded tables, or of tables of one's own."""
    from worldclass.flows.query import flows

    if table is None:
        return flows(year, progress=progress, **options)
    import polars as pl

    from worldclass.flows.frame import FlowsFrame
    from worldclass.flows.read import open_tables, table_years

    wanted = year if year is not None else table_years(table)[-1]
    parts: list[pl.DataFrame] = []
    for economy, report in open_tables(table, wanted):
        if report.repairs:
            _say(str(report))
        progress(economy.year)
        parts.append(flows(table=economy, **options))
    return FlowsFrame(pl.concat(parts))


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


def show_flows(frame: pl.DataFrame) -> None:
    """Print one year as balances or as a matrix; several years as the net through time."""
    import polars as pl

    if frame.is_empty():
        _say("No rows are left.")
        return
    last = frame.filter(pl.col("year") == frame["year"].max())
    totals = last.filter((pl.col("sector") == last["sector"][0]) & (pl.col("sex") == "total"))
    detailed = last["sector"].n_unique() > 1 or last["sex"].n_unique() > 1
    pairs = str(last["measure"][0]).endswith("embodied")
    years = frame["year"].n_unique()
    if detailed:
        print_table(_detail_table(last, pairs))
    elif pairs:
        print_table(_pair_table(totals))
    else:
        print_table(_balance_table(totals))
    if years > 1 and not detailed:
        print_table(_through_time(frame, pairs))
    _notes(frame, shown=last)


def show_exchange(frame: pl.DataFrame) -> None:
    """Print the exchange of hours, one row per pair, year and measure."""
    from worldclass.flows.areas import area_label

    table = plain_table("Hours exchanged, and what they are worth at the wages of either side")
    for name in ("year", "from", "to", "measure", "unit"):
        table.add_column(name)
    table.add_column("value", justify="right")
    table.add_column("5–95 %", justify="right")
    for row in frame.iter_rows(named=True):
        scale, unit = SCALES.get(row["unit"], (1.0, row["unit"]))
        table.add_row(
            str(row["year"]), area_label(row["producer"]), area_label(row["consumer"]),
            row["measure"].replace("_", " "), unit,
            _number(row["value"], scale), _interval(row["p05"], row["p95"], scale),
        )  # fmt: skip
    print_table(table)
    _say("Pay is not told apart by skill: part of a difference in wages is one in schooling.")


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


def save_picture(frame: FlowsFrame, path: Path | None, kind: str) -> None:
    """Draw the frame, where a picture is asked for."""
    if path is None:
        return
    from worldclass.charts.save import save_chart
    from worldclass.flows.pictures import draw

    save_chart(draw(frame, kind), path)
    _say(f"Wrote {path}.")


def write_out(frame: pl.DataFrame, out: Path | None) -> None:
    """Write the frame, where a file is asked for."""
    if out is None:
        return
    from worldclass.core.atomic import write_frame

    write_frame(frame, out)
    _say(f"Wrote {frame.height:,} rows to {out}.")


@contextmanager
def counting() -> Generator[Callable[[int], None]]:
    """A line on standard error that names the year in work."""
    from rich.console import Console

    with Console(stderr=True).status("reading the tables") as status:
        yield lambda year: status.update(f"labour embodied in trade, {year}")


def _balance_table(rows: pl.DataFrame) -> Table:
    """Areas by net: given, commanded, exported, imported, net with interval, ratio."""
    account = str(rows["measure"][0]).rsplit("_", 1)[0]
    scale, unit = SCALES.get(rows["unit"][0], (1.0, rows["unit"][0]))
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        kind = row["measure"].rsplit("_", 1)[1]
        area = row["producer"] if kind in ("given", "exported") else row["consumer"]
        found.setdefault(area, {})[kind] = row
    complete = {area: kinds for area, kinds in found.items() if set(KINDS) <= set(kinds)}
    order = sorted(complete, key=lambda area: complete[area]["net"]["value"], reverse=True)
    table = plain_table(f"{account.replace('_', ' ').capitalize()} of {rows['year'][0]}, {unit}")
    table.add_column("country or group")
    for name in ("given", "commanded", "exported", "imported", "net", "net, 5–95 %"):
        table.add_column(name, justify="right")
    table.add_column("commanded\nper given", justify="right")
    half = MOST_AREAS // 2
    shown = order if len(order) <= MOST_AREAS else [*order[:half], "", *order[-half:]]
    for area in shown:
        table.add_row(*(_balance_cells(area, complete[area], scale) if area else ["…"] * 8))
    return table


def _balance_cells(area: str, kinds: dict[str, dict[str, Any]], scale: float) -> list[str]:
    from worldclass.charts.numbers import NO_VALUE
    from worldclass.flows.areas import area_label

    net, given = kinds["net"], kinds["given"]["value"]
    ratio = f"{kinds['commanded']['value'] / given:.2f}" if given > 0 else NO_VALUE
    return [
        area_label(area),
        *(_number(kinds[kind]["value"], scale) for kind in KINDS),
        _interval(net["p05"], net["p95"], scale),
        ratio,
    ]


def _pair_table(rows: pl.DataFrame) -> Table:
    """A matrix of a few areas, or the largest flows between many."""
    import polars as pl

    from worldclass.flows.areas import area_label

    scale, unit = SCALES.get(rows["unit"][0], (1.0, rows["unit"][0]))
    account = str(rows["measure"][0]).removesuffix("_embodied").replace("_", " ").capitalize()
    areas = rows["producer"].unique(maintain_order=True).to_list()
    title = f"{account} of {rows['year'][0]} by producer and consumer, {unit}"
    if len(areas) <= MOST_IN_MATRIX:
        table = plain_table(title)
        table.add_column("produced in ↓   consumed in →")
        for area in areas:
            table.add_column(area_label(area), justify="right")
        for producer in areas:
            line = rows.filter(pl.col("producer") == producer)
            table.add_row(area_label(producer), *(_number(v, scale) for v in line["value"]))
        return table
    apart = rows.filter(pl.col("producer") != pl.col("consumer"))
    table = plain_table(f"{title}: the largest between countries")
    for name in ("produced in", "consumed in"):
        table.add_column(name)
    table.add_column(unit, justify="right")
    table.add_column("5–95 %", justify="right")
    for row in apart.sort("value", descending=True).head(MOST_AREAS).iter_rows(named=True):
        table.add_row(
            area_label(row["producer"]), area_label(row["consumer"]),
            _number(row["value"], scale), _interval(row["p05"], row["p95"], scale),
        )  # fmt: skip
    return table


def _detail_table(rows: pl.DataFrame, pairs: bool) -> Table:
    """Rows by sector or sex: the largest between areas."""
    import polars as pl

    from worldclass.flows.areas import area_label

    scale, unit = SCALES.get(rows["unit"][0], (1.0, rows["unit"][0]))
    chosen = (
        rows.filter(pl.col("producer") != pl.col("consumer"))
        if pairs
        else rows.filter(pl.col("measure").str.ends_with("_net"))
    )
    most = chosen.sort(pl.col("value").abs(), descending=True).head(MOST_AREAS)
    table = plain_table(
        f"{rows['year'][0]}, {unit}: the largest {len(most)} of {chosen.height:,} rows"
    )
    columns = ("producer", "consumer", "sector", "sex", "measure")
    kept = [name for name in columns if chosen[name].n_unique() > 1 or name == "consumer"]
    for name in kept:
        table.add_column(name)
    table.add_column(unit, justify="right")
    table.add_column("5–95 %", justify="right")
    for row in most.iter_rows(named=True):
        table.add_row(
            *(area_label(str(row[name])) for name in kept),
            _number(row["value"], scale),
            _interval(row["p05"], row["p95"], scale),
        )
    return table


def _through_time(frame: pl.DataFrame, pairs: bool) -> Table:
    """Net by area, or amounts by pair, one column a year."""
    import polars as pl

    from worldclass.flows.areas import area_label

    scale, unit = SCALES.get(frame["unit"][0], (1.0, frame["unit"][0]))
    if pairs:
        rows = frame.filter(pl.col("producer") != pl.col("consumer"))
        names = ("producer", "consumer")
    else:
        rows = frame.filter(pl.col("measure").str.ends_with("_net"))
        names = ("consumer",)
    last = rows.filter(pl.col("year") == rows["year"].max())
    order = last.sort(pl.col("value").abs(), descending=True).select(names).rows()[:12]
    years = frame["year"].unique().sort().to_list()
    if len(years) > 8:
        step = -(-len(years) // 8)
        years = sorted({*years[::-step]})
    table = plain_table(f"{'Between areas' if pairs else 'Net'} through time, {unit}")
    for name in names:
        table.add_column("country or group" if len(names) == 1 else name)
    for one in years:
        table.add_column(str(one), justify="right")
    for labels in order:
        chosen = rows
        for name, label in zip(names, labels, strict=True):
            chosen = chosen.filter(pl.col(name) == label)
        by_year = dict(chosen.select("year", "value").iter_rows())
        table.add_row(
            *(area_label(label) for label in labels),
            *(_number(by_year.get(one), scale) for one in years),
        )
    return table


def _notes(frame: pl.DataFrame, shown: pl.DataFrame) -> None:
    years = frame["year"].unique().sort().to_list()
    absent = [year for year in range(years[0], years[-1]) if year not in years]
    if absent:
        _say(f"No table of {', '.join(map(str, absent))}: left out.")
    _say(
        "Net: commanded less given. Intervals: draws over the assumptions of the labour accounts, "
        "not over errors of the trade tables."
    )
    if shown.height > MOST_AREAS * len(KINDS):
        _say("Not every row is shown: --out FILE writes all.")


def plain_table(title: str) -> Table:
    """An empty table in the house's look."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title, title_style="bold", title_justify="left", box=box.SIMPLE_HEAD,
        pad_edge=False, padding=(0, 1),
    )  # fmt: skip


def cells(row: dict[str, Any], columns: tuple[str, ...]) -> list[str]:
    """Cells as text: numbers to three digits, shares as per cent."""
    shown: list[str] = []
    for name in columns:
        value = row[name]
        if isinstance(value, float):
            share = name in ("share", "cumulative", "foreign_share", "ratio")
            shown.append(f"{100 * value:.2f} %" if share else _number(value, 1.0))
        else:
            shown.append("–" if value is None else str(value))
    return shown


def _number(value: float | None, scale: float) -> str:
    from worldclass.charts.numbers import NO_VALUE, significant

    return NO_VALUE if value is None else significant(value / scale, 3)


def _interval(low: float | None, high: float | None, scale: float) -> str:
    from worldclass.charts.numbers import NO_VALUE, significant

    if low is None or high is None or low == high:
        return NO_VALUE
    return f"{significant(low / scale, 3)} to {significant(high / scale, 3)}"


def print_table(table: Table) -> None:
    """Print a table to standard output."""
    from rich.console import Console

    Console().print(table)


def _say(text: str) -> None:
    import typer

    typer.echo(text, err=True)
