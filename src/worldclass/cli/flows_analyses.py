"""`worldclass flows change | scenario | paths | trade | chains`: analyses that need the table."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worldclass.cli.flows import Group, Out, app, parse_groups

if TYPE_CHECKING:
    import polars as pl

    from worldclass.flows.accounts import Account
    from worldclass.flows.economy import Economy

Tables = Annotated[
    Path | None,
    typer.Option(
        "--table",
        help="Input-output tables: a provider's folder, a manifest, or a data mirror. "
        "[env: WORLDCLASS_MIRROR]",
    ),
]
OneYear = Annotated[int | None, typer.Option("--year", "-y", help="One year. [default: the last]")]
MOST_ROWS = 24


@app.command("change")
def change_command(
    start: Annotated[int, typer.Argument(help="First year.")],
    end: Annotated[int, typer.Argument(help="Last year.")],
    group: Group = None,
    table: Tables = None,
    out: Out = None,
) -> None:
    """Why embodied hours changed between two years: a decomposition over all orders of factors."""
    from worldclass.flows.embodied_change import hours_change

    groups = parse_groups(group) or ["NORTH", "SOUTH"]
    before, after = _economy(table, start), _economy(table, end)
    frame = hours_change(
        before, after, _hours(before, 0).central, _hours(after, 0).central, groups=groups
    )
    _show(
        frame,
        f"Change of embodied hours, {start} to {end}, million",
        ("producer", "consumer", "sex", "factor", "effect", "lowest", "highest"),
        "Current prices: inflation lowers hours per dollar and raises the level alike. Effects sum "
        "to the change; a factor whose range over orders includes 0 is undecided.",
    )
    _write(frame, out)


@app.command("scenario")
def scenario_command(
    name: Annotated[
        str, typer.Argument(help="A shipped scenario, a .toml file, or `list` for the shipped.")
    ],
    year: OneYear = None,
    group: Group = None,
    draws: Annotated[int, typer.Option("--draws", min=0, max=10_000)] = 200,
    table: Tables = None,
    out: Out = None,
) -> None:
    """What would change in hours if trade were different: re-shoring, blocs, extraction."""
    from worldclass.flows.scenarios.library import list_scenarios, load_scenario
    from worldclass.flows.scenarios.outcome import run_scenario

    if name == "list":
        for one in list_scenarios():
            typer.echo(f"{one:22}{load_scenario(one).label}")
        return
    scenario = load_scenario(name)
    economy = _economy(table, year)
    hours = _hours(economy, draws)
    outcome = run_scenario(economy, scenario)
    frame = outcome.labour(
        hours.central, drawn=hours.drawn, groups=parse_groups(group) or ["NORTH", "SOUTH"]
    )
    _show(
        frame,
        f"{scenario.label}, {economy.year}, million hours",
        ("producer", "sex", "before", "after", "change", "p05", "p95", "share"),
        f"A mechanism, not a forecast. {scenario.assumptions}",
    )
    _write(frame, out)


@app.command("paths")
def paths_command(
    country: Annotated[str, typer.Argument(help="Whose final demand.")],
    year: OneYear = None,
    share: Annotated[
        float, typer.Option("--share", help="Smallest share of all embodied hours.")
    ] = 1e-3,
    table: Tables = None,
    out: Out = None,
) -> None:
    """The chains of supply along which labour reaches a country's final demand."""
    from worldclass.core.countries import resolve
    from worldclass.core.errors import UsageError
    from worldclass.flows.paths import supply_paths

    economy = _economy(table, year)
    code = country if country in economy.consumers else resolve(country)
    if code not in economy.consumers:
        raise UsageError(
            f"The table has no {code}.", remedy=f"It has {', '.join(economy.consumers)}."
        )
    demand = economy.demand_by_consumer()[:, economy.consumers.index(code)]
    found = supply_paths(economy, _hours(economy, 0).central.sum(axis=0), demand, share=share)
    frame = found.frame(names=True)
    _show(
        frame,
        f"Hours in the final demand of {code}, {economy.year}, million: largest chains",
        ("path", "value", "share", "cumulative"),
        f"{frame.height:,} chains above {100 * share:g} % hold {100 * found.coverage:.0f} % of "
        f"{found.total / 1e3:,.0f} billion hours; the rest is spread over smaller ones.",
    )
    _write(frame, out)


@app.command("trade")
def trade_command(year: OneYear = None, table: Tables = None, out: Out = None) -> None:
    """Value added in each country's exports, and its ratio to gross exports."""
    from worldclass.flows.value_added_exports import value_added_trade

    economy = _economy(table, year)
    trade = value_added_trade(economy)
    frame = trade.by_country()
    _show(
        frame,
        f"Value added in exports, {economy.year}, {economy.unit}; "
        f"world ratio {trade.world_ratio:.3f}",
        tuple(frame.columns),
        "Value added is output less purchases: net taxes on products are part of it.",
    )
    _write(frame, out)


@app.command("chains")
def chains_command(
    industry: Annotated[
        list[str] | None, typer.Option("--industry", help="Final products (repeatable).")
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", "-c", help="Where they are finished.")
    ] = None,
    year: OneYear = None,
    table: Tables = None,
    out: Out = None,
) -> None:
    """Global value chains: who adds the value of a final product."""
    from worldclass.flows.chains import value_chains

    economy = _economy(table, year)
    frame = value_chains(economy).by_chain(industry, country)
    _show(frame, f"Value chains, {economy.year}", tuple(frame.columns), "")
    _write(frame, out)


def _economy(table: Path | None, year: int | None) -> Economy:
    """The table itself, with its repairs said."""
    from worldclass.core.errors import SourceError
    from worldclass.flows.read import read_economy, table_years
    from worldclass.sources.mirror import VARIABLE

    place = table or os.environ.get(VARIABLE)
    if not place:
        raise SourceError(
            "This analysis needs the input-output table itself; the package carries only what was "
            "solved from it.",
            remedy=f"Give --table FOLDER, or set {VARIABLE}.",
        )
    wanted = year if year is not None else table_years(place)[-1]
    economy, report = read_economy(place, wanted)
    if report.repairs:
        typer.echo(str(report), err=True)
    return economy


def _hours(economy: Economy, draws: int) -> Account:
    from worldclass.flows.accounts import Accounts

    return Accounts(economy, draws).account("hours")


def _show(frame: pl.DataFrame, title: str, columns: tuple[str, ...], note: str) -> None:
    from worldclass.cli.flows_views import cells, plain_table, print_table

    table = plain_table(title)
    for name in columns:
        numeric = frame[name].dtype.is_numeric() and name != "year"
        table.add_column(
            name.replace("_", " "), justify="right" if numeric else "left", overflow="fold"
        )
    for row in frame.head(MOST_ROWS).iter_rows(named=True):
        table.add_row(*cells(row, columns))
    print_table(table)
    if frame.height > MOST_ROWS:
        typer.echo(f"{MOST_ROWS} of {frame.height:,} rows: --out FILE writes all.", err=True)
    if note:
        typer.echo(note, err=True)


def _write(frame: pl.DataFrame, out: Path | None) -> None:
    from worldclass.cli.flows_views import write_out

    write_out(frame, out)
