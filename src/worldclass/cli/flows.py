"""`worldclass flows`: who works for whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from worldclass.flows.validate import Balance

app = typer.Typer(
    help="Who works for whom: the labour embodied in what each country consumes.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Year = Annotated[
    str | None,
    typer.Option(
        "--year", "-y", help="A year, or a range such as 1995:2008. [default: the latest]"
    ),
]
Group = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        "-g",
        metavar="NAME[=CODE,…]",
        help="Count between groups (repeatable): NORTH, SOUTH, a region, BRICS=BRA,RUS,IND,CHN, or "
        "REST for what is left.",
    ),
]
Draws = Annotated[
    int, typer.Option("--draws", min=0, max=10_000, help="Monte Carlo draws; 0 for none.")
]
Tables = Annotated[
    Path | None,
    typer.Option(
        "--table",
        help="Input-output tables of your own: a provider's folder, a manifest (.toml), or a data "
        "mirror. [default: the embedded WIOD 2013 tables]",
    ),
]
Bridge = Annotated[
    str | None,
    typer.Option(
        "--bridge",
        help="How the table's industries are read: a shipped bridge or a CSV file. [default: the "
        "shipped one that knows them]",
    ),
]
BalanceWay = Annotated[
    str | None,
    typer.Option(
        "--balance",
        help="For rows of --table that do not balance: residual, scale, recompute, refuse. "
        "[default: residual]",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Write the table as .parquet, .csv or .json.")
]
PictureFile = Annotated[
    Path | None, typer.Option("--picture", help="Write a picture as .png, .svg or .html.")
]


@app.callback(invoke_without_command=True)
def flows_command(
    context: typer.Context,
    year: Year = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="country or pair, with sector or industry, and sex; such as pair,sector,sex.",
        ),
    ] = "country",
    account: Annotated[
        str, typer.Option("--account", help="hours, persons, pay or value_added.")
    ] = "hours",
    country: Annotated[
        list[str] | None,
        typer.Option("--country", "-c", help="Keep rows of this producer or consumer."),
    ] = None,
    group: Group = None,
    sex: Annotated[
        list[str] | None, typer.Option("--sex", help="Keep female, male or total.")
    ] = None,
    draws: Draws = 200,
    table: Tables = None,
    bridge: Bridge = None,
    balance: BalanceWay = None,
    labour: Annotated[
        str,
        typer.Option(
            "--labour",
            help="Whose hours and persons: table (its own account), estimate, or auto: the table's "
            "where it has any.",
        ),
    ] = "auto",
    skill: Annotated[
        str | None,
        typer.Option("--skill", help="low, medium or high, where the table tells skills apart."),
    ] = None,
    sections: Annotated[
        str | None,
        typer.Option(
            "--sections",
            help="Employment by ISIC section in place of a rule: a .csv or .parquet file, or "
            "`ilostat` to fetch the ILO's modelled estimates.",
        ),
    ] = None,
    out: Out = None,
    picture: PictureFile = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help="Of picture: matrix, sankey, trends, balance, map. [default: what fits the table]",
        ),
    ] = None,
) -> None:
    """Who works for whom: the labour embodied in what each country consumes."""
    if context.invoked_subcommand is not None:
        return
    from worldclass.cli.flows_views import (
        check_picture,
        counting,
        published_sections,
        refuse_sex,
        save_picture,
        say_absent,
        show_flows,
        tables_of,
        write_out,
    )
    from worldclass.core.atomic import check_frame_path

    if out is not None:
        check_frame_path(out)
    check_picture(picture, kind, by)
    refuse_sex(account, sex)
    way = chosen_balance(balance, table)
    say_absent(table, year)
    options: dict[str, Any] = {
        "by": by,
        "account": account,
        "country": country,
        "group": parse_groups(group),
        "sex": sex,
        "draws": draws,
        "bridge": bridge,
        "sections": published_sections(sections),
        "labour": labour,
        "skill": skill,
    }
    with counting() as progress:
        frame, names = tables_of(table, year, way, options, progress)
    show_flows(frame, names)
    save_picture(frame, picture, kind)
    write_out(frame, out)


@app.command("exchange")
def exchange_command(
    year: Year = None,
    group: Group = None,
    draws: Draws = 200,
    out: Out = None,
) -> None:
    """Hours exchanged between groups, and what they are worth at the wages of either side."""
    from worldclass.cli.flows_exchange_view import show_exchange
    from worldclass.cli.flows_views import say_absent, write_out
    from worldclass.core.atomic import check_frame_path
    from worldclass.flows.exchange import exchange

    if out is not None:
        check_frame_path(out)
    say_absent(None, year)
    frame = exchange(year, group=parse_groups(group) or ("NORTH", "SOUTH"), draws=draws)
    show_exchange(frame)
    write_out(frame, out)


@app.command("check")
def check_command(
    table: Annotated[
        Path, typer.Argument(help="A provider's folder, a manifest (.toml), or a data mirror.")
    ],
    year: Annotated[int | None, typer.Option("--year", "-y", help="One year.")] = None,
    balance: Annotated[
        str,
        typer.Option(
            "--balance", help="For rows that do not balance: residual, scale, recompute, refuse."
        ),
    ] = "residual",
) -> None:
    """Check an input-output table: labels, balance, gaps, and whether it is productive."""
    from worldclass.cli.flows_views import show_check
    from worldclass.flows.validate import known_balance

    show_check(table, year, known_balance(balance))


def chosen_balance(given: str | None, table: Path | None) -> Balance:
    """How rows that do not balance are treated; tables that are shipped solved do balance."""
    from worldclass.core.errors import UsageError
    from worldclass.flows.validate import known_balance

    if given is not None and table is None:
        raise UsageError(
            "The embedded tables are solved already: their rows balance.",
            where="--balance",
            remedy="Give --table FOLDER as well, or leave --balance out.",
        )
    return known_balance(given or "residual")


def parse_groups(given: list[str] | None) -> list[str] | dict[str, list[str]] | None:
    """Groups from NAME or NAME=CODE,CODE texts.

    Examples
    --------
    >>> parse_groups(["NORTH", "SOUTH"])
    {'NORTH': ['NORTH'], 'SOUTH': ['SOUTH']}
    >>> parse_groups(["BRICS=BRA,RUS,IND,CHN"])
    {'BRICS': ['BRA', 'RUS', 'IND', 'CHN']}
    """
    from worldclass.core.countries import resolve
    from worldclass.core.errors import UsageError
    from worldclass.flows.areas import REST, ROW

    if not given:
        return None
    groups: dict[str, list[str]] = {}
    for text in given:
        name, equals, members = (part.strip() for part in text.partition("="))
        if equals and not (name and members):
            raise UsageError(
                f"{text!r} names no group.", where="--group", remedy="Write NAME=CODE,CODE."
            )
        plain = equals or name.upper() not in (REST, ROW)
        code = name if equals else resolve(name) if plain else name.upper()
        if code in groups:
            raise UsageError(f"{code} is given twice.", where="--group", remedy="Give it once.")
        groups[code] = [one.strip() for one in members.split(",")] if equals else [code]
    return groups
