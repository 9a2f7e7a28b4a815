"""`worldclass flows exploitation`: who commands less labour than they give, by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worldclass.cli.flows import Draws, Out, app

if TYPE_CHECKING:
    import polars as pl

MILLION = 1e6


@app.command("exploitation")
def exploitation_command(
    theory: Annotated[
        str, typer.Option("--theory", "-t", help="Id of a shipped theory, or a .toml file.")
    ] = "bromma",
    year: Annotated[int, typer.Option("--year", "-y", help="A year with a table.")] = 2008,
    definition: Annotated[
        str,
        typer.Option(
            "--definition",
            help="What counts as labour commanded; `all` compares every definition.",
        ),
    ] = "consumption",
    unit: Annotated[
        str, typer.Option("--unit", help="workers: own income and hours; persons: per head.")
    ] = "workers",
    country: Annotated[
        list[str] | None,
        typer.Option("--country", "-c", help="Country or aggregate (repeatable). [default: WORLD]"),
    ] = None,
    bands: Annotated[
        int | None, typer.Option("--bands", min=2, max=100, help="Equal parts of world incomes.")
    ] = None,
    draws: Draws = 200,
    out: Out = None,
) -> None:
    """Who commands less labour than they give, by class, sex and income band."""
    from worldclass.cli.flows_views import write_out
    from worldclass.core.atomic import check_frame_path
    from worldclass.flows.exploitation.headline import by_definition
    from worldclass.flows.exploitation.query import exploitation

    if out is not None:
        check_frame_path(out)
    places = country or ["WORLD"]
    if definition == "all":
        frame = by_definition(year, country=places, draws=draws)
        _show(frame, f"Who commands less labour than they give, {year}", ("definition", "unit"))
    else:
        frame = exploitation(
            theory, year, definition=definition, unit=unit, country=places, bands=bands,
            draws=draws,
        )  # fmt: skip
        _show(frame, f"{theory}, {year}, {definition}, {unit}", ("class",))
    typer.echo(
        "Exploited: commands less labour than is given, by the definition named; what it does not "
        "show is in docs/flows-exploitation.md.",
        err=True,
    )
    write_out(frame, out)


def _show(frame: pl.DataFrame, title: str, names: tuple[str, ...]) -> None:
    """One row per class or definition and place: both sexes, all incomes."""
    from worldclass.cli.flows_views import plain_table, print_table
    from worldclass.core.countries import label

    rows = frame.filter(frame["sex"] == "total")
    if "band" in rows.columns:
        rows = rows.filter(rows["band"] == "all")
    table = plain_table(title)
    for name in (*names, "place"):
        table.add_column(name)
    for heading in (
        "persons, M", "commanded\nper given", "% command\nless", "5–95 %", "% command\nmore",
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    for row in rows.iter_rows(named=True):
        table.add_row(
            *(str(row[name]) for name in names), label(row["country"]),
            f"{row['persons'] / MILLION:,.0f}", _plain(row["ratio"], 1.0, 2),
            _plain(row["share_exploited"], 100.0, 1),
            f"{_plain(row['share_exploited_p05'], 100.0, 0)}–"
            f"{_plain(row['share_exploited_p95'], 100.0, 0)}",
            _plain(row["share_exploiter"], 100.0, 1),
        )  # fmt: skip
    print_table(table)


def _plain(value: float | None, scale: float, digits: int) -> str:
    return "–" if value is None else f"{value * scale:.{digits}f}"
