"""What the analyses of `worldclass flows` begin with: the table itself, and its hours."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
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
BalanceOf = Annotated[
    str,
    typer.Option(
        "--balance", help="For rows that do not balance: residual, scale, recompute, refuse."
    ),
]


def read_table(table: Path | None, year: int | None, balance: str) -> Economy:
    """The table itself, with its repairs said."""
    from worldclass.core.errors import SourceError
    from worldclass.flows.read import read_economy, table_years
    from worldclass.flows.validate import known_balance
    from worldclass.sources.mirror import VARIABLE

    way = known_balance(balance)
    place = table or os.environ.get(VARIABLE)
    if not place:
        raise SourceError(
            "This analysis needs the input-output table itself; the package carries only what was "
            "solved from it.",
            remedy=f"Give --table FOLDER, or set {VARIABLE}.",
        )
    wanted = year if year is not None else table_years(place)[-1]
    economy, report = read_economy(place, wanted, balance=way)
    if report.repairs:
        typer.echo(str(report), err=True)
    return economy


def hours_of(economy: Economy, draws: int, bridge: str | None) -> Account:
    """Hours of women and men in each sector."""
    from worldclass.flows.accounts import Accounts

    return Accounts(economy, draws, bridge=bridge).account("hours")


def check_out(out: Path | None) -> None:
    """Refuse a file that could not be written, before any work is done for it."""
    if out is not None:
        from worldclass.core.atomic import check_frame_path

        check_frame_path(out)
