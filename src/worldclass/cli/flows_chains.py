"""`worldclass flows trade | chains`: value added in exports and in chains; need the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worldclass.cli.flows import Out, app
from worldclass.cli.flows_open import BalanceOf, OneYear, Tables, check_out, read_table

if TYPE_CHECKING:
    from worldclass.flows.economy import Economy

WAYS = ("chain", "contributor")


@app.command("trade")
def trade_command(
    year: OneYear = None, table: Tables = None, balance: BalanceOf = "residual", out: Out = None
) -> None:
    """Value added in each country's exports, and its ratio to gross exports."""
    from worldclass.cli.flows_results import show_trade
    from worldclass.cli.flows_views import write_out
    from worldclass.core.errors import UsageError
    from worldclass.flows.value_added_exports import value_added_trade

    check_out(out)
    economy = read_table(table, year, balance)
    if len(economy.countries) < 2:
        raise UsageError(
            f"The table is of {', '.join(economy.countries)} alone: what becomes of its exports "
            "abroad is unknown.",
            where=f"{economy.name}, {economy.year}",
            remedy="Give a table of several countries.",
        )
    trade = value_added_trade(economy, _published(economy))
    frame = trade.by_country().sort("exports", descending=True)
    show_trade(frame, f"Value added in exports, {economy.year}", trade.world_ratio)
    typer.echo(
        "Value added is output less purchases: net taxes on products are part of it. Final demand "
        "is the published one: what rows fall short of their output is not counted.",
        err=True,
    )
    write_out(frame, out)


@app.command("chains")
def chains_command(
    industry: Annotated[
        list[str] | None,
        typer.Option("--industry", help="Final products, by code or name (repeatable)."),
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", "-c", help="Where they are finished.")
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by", help="chain: each product; contributor: who adds value to them together."
        ),
    ] = "chain",
    year: OneYear = None,
    table: Tables = None,
    balance: BalanceOf = "residual",
    out: Out = None,
) -> None:
    """Global value chains: who adds the value of a final product."""
    from worldclass.cli.flows_results import show_chains, show_contributors
    from worldclass.cli.flows_views import write_out
    from worldclass.core.errors import UsageError
    from worldclass.flows.chains import value_chains

    check_out(out)
    if by not in WAYS:
        raise UsageError(
            f"Chains cannot be told apart by {by!r}.", where="--by", remedy="chain or contributor."
        )
    economy = read_table(table, year, balance)
    chains = value_chains(economy, _published(economy))
    industries = None if industry is None else [_industry(one, economy) for one in industry]
    countries = None if country is None else [_producer(one, economy) for one in country]
    title = f"Value chains, {economy.year}"
    if by == "chain":
        frame = chains.by_chain(industries, countries).sort("final_output", descending=True)
        show_chains(frame, title, economy.industry_names)
    else:
        frame = chains.by_contributor(industries, countries).sort("value_added", descending=True)
        show_contributors(frame, f"{title}: who adds the value")
    write_out(frame, out)


def _published(economy: Economy) -> tuple[str, ...]:
    """Categories of final demand without the one that balances rows."""
    from worldclass.flows.validate import RESIDUAL

    return tuple(dict.fromkeys(name for _, name in economy.demands if name != RESIDUAL))


def _industry(text: str, economy: Economy) -> str:
    """An industry's code, from its code or its name or a part of it that only one has."""
    from worldclass.core.errors import UsageError

    if text in economy.industries:
        return text
    names = {code: economy.industry_names.get(code, code) for code in economy.industries}
    wanted = text.strip().casefold()
    same = [code for code, name in names.items() if wanted == name.casefold()]
    found = same or [code for code, name in names.items() if wanted and wanted in name.casefold()]
    if len(found) == 1:
        return found[0]
    shown = found or list(names)
    listed = "; ".join(f"{code} {names[code]}" if names[code] != code else code for code in shown)
    raise UsageError(
        f"{text!r} is {'part of several names' if found else 'no industry of the table'}.",
        where="--industry",
        remedy=f"Use one of: {listed}.",
    )


def _producer(text: str, economy: Economy) -> str:
    from worldclass.core.countries import resolve
    from worldclass.flows.areas import ROW

    if text in economy.countries:
        return text
    return ROW if text.upper() == ROW else resolve(text)
