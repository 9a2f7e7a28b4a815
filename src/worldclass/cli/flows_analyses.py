"""`worldclass flows change | scenario | paths`: analyses that need the table and its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worldclass.cli import flows_chains as flows_chains
from worldclass.cli.flows import Bridge, Group, Out, app, parse_groups
from worldclass.cli.flows_open import BalanceOf, OneYear, Tables, check_out, hours_of, read_table

if TYPE_CHECKING:
    from worldclass.flows.economy import Economy


@app.command("change")
def change_command(
    start: Annotated[int, typer.Argument(help="First year.")],
    end: Annotated[int, typer.Argument(help="Last year.")],
    group: Group = None,
    deflate: Annotated[
        float | None,
        typer.Option(
            "--deflate",
            metavar="FACTOR",
            help="Prices of the last year over those of the first, such as 1.31: the last table is "
            "divided by it. Take it from a price index in the table's currency; for dollars, the "
            "US GDP deflator (World Bank NY.GDP.DEFL.ZS, or BEA table 1.1.9).",
        ),
    ] = None,
    table: Tables = None,
    bridge: Bridge = None,
    balance: BalanceOf = "residual",
    out: Out = None,
) -> None:
    """Why embodied hours changed between two years: a decomposition over all orders of factors."""
    from worldclass.cli.flows_results import show_change
    from worldclass.cli.flows_views import write_out
    from worldclass.core.errors import UsageError
    from worldclass.flows.embodied_change import deflated, hours_change

    check_out(out)
    if start >= end:
        raise UsageError(
            f"{start} is not before {end}.", where="years", remedy="Give the first year first."
        )
    if deflate is not None and not deflate > 0:
        raise UsageError(
            f"{deflate:g} is no ratio of prices.", where="--deflate", remedy="Such as 1.31."
        )
    groups = parse_groups(group) or ["NORTH", "SOUTH"]
    before, after = read_table(table, start, balance), read_table(table, end, balance)
    worked = [hours_of(one, 0, bridge).central for one in (before, after)]
    if deflate is not None:
        after = deflated(after, deflate)
    frame = hours_change(before, after, worked[0], worked[1], groups=groups)
    show_change(frame, deflate)
    write_out(frame, out)


@app.command("scenario")
def scenario_command(
    name: Annotated[
        str, typer.Argument(help="A shipped scenario, a .toml file, or `list` for the shipped.")
    ],
    year: OneYear = None,
    group: Group = None,
    draws: Annotated[int, typer.Option("--draws", min=0, max=10_000)] = 200,
    table: Tables = None,
    bridge: Bridge = None,
    balance: BalanceOf = "residual",
    out: Out = None,
) -> None:
    """What would change in hours if trade were different: re-shoring, blocs, extraction."""
    from worldclass.cli.flows_results import show_scenario
    from worldclass.cli.flows_views import write_out
    from worldclass.flows.scenarios.library import list_scenarios, load_scenario
    from worldclass.flows.scenarios.outcome import run_scenario

    if name == "list":
        for one in list_scenarios():
            typer.echo(f"{one:22}{load_scenario(one).label}")
        return
    check_out(out)
    scenario = load_scenario(name)
    economy = read_table(table, year, balance)
    hours = hours_of(economy, draws, bridge)
    outcome = run_scenario(economy, scenario)
    frame = outcome.labour(
        hours.central, drawn=hours.drawn, groups=parse_groups(group) or ["NORTH", "SOUTH"]
    )
    show_scenario(frame, f"{scenario.label}, {economy.year}")
    typer.echo(f"A mechanism, not a forecast. {scenario.assumptions}", err=True)
    write_out(frame, out)


@app.command("paths")
def paths_command(
    country: Annotated[str, typer.Argument(help="Whose final demand.")],
    year: OneYear = None,
    share: Annotated[
        float, typer.Option("--share", help="Smallest share of all embodied hours.")
    ] = 1e-3,
    abroad: Annotated[
        bool, typer.Option("--abroad", help="Only chains that end in another country's work.")
    ] = False,
    sex: Annotated[
        str, typer.Option("--sex", help="Whose hours: female, male or total.")
    ] = "total",
    table: Tables = None,
    bridge: Bridge = None,
    balance: BalanceOf = "residual",
    out: Out = None,
) -> None:
    """The chains of supply along which labour reaches a country's final demand."""
    import polars as pl

    from worldclass.cli.flows_results import show_paths
    from worldclass.cli.flows_views import write_out
    from worldclass.flows.paths import supply_paths
    from worldclass.people.choices import choose_sexes

    check_out(out)
    (whose,) = choose_sexes(sex)
    economy = read_table(table, year, balance)
    code = _consumer(country, economy)
    demand = economy.demand_by_consumer()[:, economy.consumers.index(code)]
    hours = hours_of(economy, 0, bridge)
    worked = hours.central.sum(axis=0)
    if whose != "total":
        worked = hours.central[hours.sexes.index(whose)]
    found = supply_paths(economy, worked, demand, share=share)
    frame = found.frame(names=True)
    if abroad:
        frame = frame.filter(pl.col("producer") != code).with_columns(
            pl.col("share").cum_sum().alias("cumulative")
        )
    show_paths(frame, code, economy.year, whose, abroad)
    held = float(frame["share"].sum())
    typer.echo(
        f"{frame.height:,} chains{' that end abroad' if abroad else ''}, each of at least "
        f"{100 * share:g} %, hold {100 * held:.0f} % of {found.total / 1e3:,.3g} billion "
        "hours; the rest is spread over others.",
        err=True,
    )
    write_out(frame, out)


def _consumer(text: str, economy: Economy) -> str:
    """A country of the table's final demand by code or name."""
    from worldclass.core.countries import aggregates, label, resolve
    from worldclass.core.errors import UsageError
    from worldclass.flows.areas import ROW

    if text in economy.consumers:
        return text
    code = ROW if text.upper() == ROW else resolve(text)
    if code in economy.consumers:
        return code
    remedy = f"The table has {', '.join(economy.consumers)}."
    if code in aggregates():
        raise UsageError(
            f"{code} is a group; chains are followed to one country.",
            where="country",
            remedy=f"Use a country. {remedy}",
        )
    if ROW in economy.consumers and code != ROW:
        raise UsageError(
            f"{label(code)} ({code}) is part of {ROW}, the rest of the world.",
            where="country",
            remedy=remedy,
        )
    raise UsageError(f"The table has no {code}.", where="country", remedy=remedy)
