"""`worldclass flows exploitation`: who commands less labour than they give, by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worldclass.cli.flows import Draws, Out, app

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    correspondence: Annotated[
        bool,
        typer.Option(
            "--correspondence",
            help="Hold what the theory says of its classes against who commands less, and set what "
            "class tells beside what country and income tell. --out writes the classes.",
        ),
    ] = False,
    draws: Draws = 200,
    out: Out = None,
) -> None:
    """Who commands less labour than they give, by class, sex and income band."""
    from worldclass.cli.flows_open import check_out
    from worldclass.cli.flows_views import write_out

    check_out(out)
    places = country or ["WORLD"]
    if definition == "all":
        _refuse_with_all(bands, correspondence)
        frame = _definitions(year, places, draws)
    else:
        options: dict[str, Any] = {"definition": definition, "unit": unit, "draws": draws}
        _say_of_welfare(theory, unit)
        if correspondence:
            frame = _correspondence(theory, year, places, bands, options)
        else:
            frame = _classes(theory, year, places, bands, options)
    typer.echo(
        "Exploited: commands less labour than is given, by the definition named; what it does not "
        "show is in docs/flows-exploitation.md. Persons are central estimates; `worldclass atlas` "
        "has their intervals.",
        err=True,
    )
    write_out(frame, out)


def _definitions(year: int, places: list[str], draws: int) -> pl.DataFrame:
    from worldclass.flows.exploitation.headline import by_definition

    frame = by_definition(year, country=places, draws=draws)
    _show(
        frame.sort("country", maintain_order=True),
        f"Who commands less labour than they give, {year}",
        ("definition", "unit"),
    )
    return frame


def _classes(
    theory: str, year: int, places: list[str], bands: int | None, options: dict[str, Any]
) -> pl.DataFrame:
    from worldclass.flows.exploitation.query import exploitation

    frame = exploitation(theory, year, country=places, bands=bands, **options)
    names = ("class",) if bands is None else ("class", "band")
    _show(frame, f"{theory}, {year}, {options['definition']}, {options['unit']}", names)
    if bands is not None:
        typer.echo(
            f"Bands: equal parts of the world's {options['unit']} by income, the poorest first.",
            err=True,
        )
    return frame


def _correspondence(
    theory: str, year: int, places: list[str], bands: int | None, options: dict[str, Any]
) -> pl.DataFrame:
    from worldclass.cli.flows_correspondence_view import show_correspondence
    from worldclass.core.errors import UsageError
    from worldclass.flows.exploitation.correspondence import correspondence

    if len(places) > 1:
        raise UsageError(
            f"Classes are held against one place, not {', '.join(places)}.",
            where="--country",
            remedy="Give one country or aggregate.",
        )
    if bands is not None:
        raise UsageError(
            "The correspondence is of classes as a whole.",
            where="--bands",
            remedy="Leave --bands or --correspondence out.",
        )
    found = correspondence(theory, year, country=places[0], **options)
    show_correspondence(found, f"{theory}, {year}, {options['definition']}, {options['unit']}")
    return found.classes


def _refuse_with_all(bands: int | None, correspondence: bool) -> None:
    from worldclass.core.errors import UsageError

    if bands is None and not correspondence:
        return
    option = "--correspondence" if correspondence else "--bands"
    raise UsageError(
        "All definitions are compared without classes and bands.",
        where=option,
        remedy=f"Name one --definition, or leave {option} out.",
    )


def _say_of_welfare(theory: str, unit: str) -> None:
    """Theories that cut only what households live on know no own income of workers."""
    from worldclass.theories.library import load_theory

    if unit == "workers" and set(load_theory(theory).incomes) == {"welfare"}:
        typer.echo(
            f"{theory} cuts classes by what households live on, not by what workers earn: "
            "use --unit persons.",
            err=True,
        )


def _show(frame: pl.DataFrame, title: str, names: Sequence[str]) -> None:
    """One row per class, band or definition, in blocks by class and place: both sexes."""
    from worldclass.cli.flows_print import BELOW, add_numbers, plain_table, print_table
    from worldclass.core.countries import label

    rows = frame.filter(frame["sex"] == "total")
    in_bands = "band" in names
    if "band" in rows.columns and not in_bands:
        rows = rows.filter(rows["band"] == "all")
    several = rows["country"].n_unique() > 1
    table = plain_table(
        (title if several or rows.is_empty() else f"{title}, {label(rows['country'][0])}")
        + (f"; {BELOW}" if rows["ratio_p05"].is_not_null().any() else "")
    )
    for name in ("class and income band",) if in_bands else names:
        table.add_column(name, no_wrap=True)
    add_numbers(
        table, "persons,\nM", "commanded\nper given", "% of persons\nwho command\nless",
        "% of persons\nwho command\nmore",
    )  # fmt: skip
    before = ""
    for row in rows.iter_rows(named=True):
        parts = [row[names[0]]] if in_bands else []
        block = ", ".join([*parts, label(row["country"])] if several else parts)
        if block != before:
            before = block
            table.add_section()
            table.add_row(f"[bold]{block}[/]")
        table.add_row(
            *([row["band"]] if in_bands else (str(row[name]) for name in names)), *_cells(row)
        )
    print_table(table)


def _cells(row: dict[str, Any]) -> list[str]:
    from worldclass.cli.flows_print import number

    return [
        number(row["persons"], MILLION),
        _over_ends(row, "ratio", 1.0, 2),
        _over_ends(row, "share_exploited", 100.0, 1),
        _over_ends(row, "share_exploiter", 100.0, 1),
    ]


def _over_ends(row: dict[str, Any], name: str, scale: float, digits: int) -> str:
    """A number over both ends of its interval, if it has one."""
    value = _plain(row[name], scale, digits)
    low, high = row[f"{name}_p05"], row[f"{name}_p95"]
    if low is None or high is None:
        return value
    return f"{value}\n[dim]{_plain(low, scale, digits)}–{_plain(high, scale, digits)}[/]"


def _plain(value: float | None, scale: float, digits: int) -> str:
    return "–" if value is None else f"{value * scale:.{digits}f}"
