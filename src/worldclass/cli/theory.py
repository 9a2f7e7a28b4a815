"""`worldclass theory`: list, show and check theories and schemes, and write them as SQL.

Imports of the theory layer are inside the commands, because they take 0.5 s and the list of
commands must not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from worldclass.schemes.schema import Scheme
    from worldclass.theories import CheckReport, Theory

app = typer.Typer(no_args_is_help=True, help="List, show and check theories; write them as SQL.")

TheoryArgument = Annotated[
    str, typer.Argument(metavar="THEORY", help="Id of a shipped theory or scheme, or a .toml file.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be repeated."),
]


@app.command("list")
def list_command() -> None:
    """List the theories of populations and the occupational schemes that ship with the package."""
    from rich.console import Console

    from worldclass.cli.scheme_views import schemes_table
    from worldclass.theories import list_theories, load_theory

    table = _table("theory", "label", "classes", "needs", title="Theories of the world's people")
    for name in list_theories():
        theory = load_theory(name)
        classes = [rule.id for rule in theory.classes if not rule.residual]
        table.add_row(name, theory.label, str(len(classes)), ", ".join(theory.incomes) or "status")
    console = Console()
    console.print(table)
    console.print(schemes_table())


@app.command("show")
def show_command(theory: TheoryArgument) -> None:
    """Show a theory: its words, parameters, splits and rules; or a scheme: its codes, columns."""
    from rich.console import Console
    from rich.markup import escape

    from worldclass.cli.scheme_views import show_scheme
    from worldclass.schemes.coder import find_theory
    from worldclass.schemes.schema import Scheme

    found = find_theory(theory)
    console = Console()
    if isinstance(found, Scheme):
        show_scheme(found, console)
        return
    console.print(f"[bold]{escape(found.label)}[/bold]  ({found.id}, version {found.version})")
    for heading, text in (
        ("", found.description),
        ("Source", found.citation),
        ("How its words became rules", found.source_notes),
        ("What was lost", found.lost),
    ):
        console.print()
        if heading:
            console.print(f"[bold]{heading}[/bold]")
        console.print(escape(text))
    for name, income in found.incomes.items():
        console.print(f"\nIncome used: {name}, made for the anchor: {income.anchor}")
    for table in (_parameters(found), _splits(found), _classes(found)):
        if table.row_count:
            console.print()
            console.print(table)


@app.command("check")
def check_command(
    theory: Annotated[
        str | None,
        typer.Argument(
            metavar="[THEORY]",
            help="Id of a shipped theory or scheme, or a .toml file; without it, all of them.",
        ),
    ] = None,
    overlaps: Annotated[
        bool, typer.Option("--overlaps", help="Also list rules that fit the same person.")
    ] = False,
) -> None:
    """Prove that a theory gives every person exactly one class, or show who refutes it."""
    from rich.console import Console
    from rich.markup import escape

    from worldclass.cli.scheme_views import summary
    from worldclass.core.errors import TheoryError
    from worldclass.schemes.check import check_scheme
    from worldclass.schemes.coder import find_theory
    from worldclass.schemes.library import list_schemes
    from worldclass.schemes.schema import Scheme
    from worldclass.theories import check_theory, list_theories

    console = Console()
    unsound: list[str] = []
    for name in [theory] if theory else [*list_theories(), *list_schemes()]:
        found = find_theory(name)
        if isinstance(found, Scheme):
            proof = check_scheme(found)
            console.print(escape(summary(proof)))
            for problem in proof.problems:
                console.print(f"[red]{problem.kind}[/red]: {escape(str(problem))}")
            for note in proof.notes if theory else ():
                console.print(f"note: {escape(note)}")
            unsound += [] if proof.sound else [proof.scheme]
            continue
        report = check_theory(found)
        console.print(escape(_summary(report)))
        for problem in report.problems:
            console.print(f"[red]{problem.kind}[/red]: {escape(str(problem))}")
        for note in report.notes:
            console.print(f"note: {escape(note)}")
        if overlaps and report.overlaps:
            console.print(_overlaps(report))
        if not report.sound:
            unsound.append(report.theory)
    if unsound:
        raise TheoryError(
            f"Unsound: {', '.join(unsound)}.",
            remedy="Correct the rules named above.",
        )


@app.command("sql")
def sql_command(
    theory: TheoryArgument,
    dialect: Annotated[
        str, typer.Option(help="SQL dialect: duckdb, spark, bigquery, …")
    ] = "duckdb",
    parameters: SetOption = None,
    table: Annotated[str, typer.Option(help="Table of persons.")] = "people",
    column: Annotated[str, typer.Option(help="Name of the new column.")] = "class",
    shares: Annotated[
        bool, typer.Option("--shares", help="Expected shares of each class instead of a class.")
    ] = False,
    estimate: Annotated[
        str, typer.Option(help="With --shares: low, central or high fraction of the splits.")
    ] = "central",
    case: Annotated[bool, typer.Option("--case", help="Only the CASE expression.")] = False,
    occupation: Annotated[
        str | None, typer.Option(help="Of a scheme: the classification of the codes.")
    ] = None,
    digits: Annotated[int, typer.Option(help="Of a scheme: how many digits codes have.")] = 4,
    simplified: Annotated[
        bool, typer.Option("--simplified", help="Of a scheme: without the status columns.")
    ] = False,
) -> None:
    """Write a theory as one SQL query."""
    from worldclass.core.errors import UsageError
    from worldclass.schemes.coder import find_theory
    from worldclass.schemes.schema import Scheme
    from worldclass.theories import (
        case_sql,
        class_query,
        compile_theory,
        require_sound,
        share_query,
    )

    found = find_theory(theory)
    if isinstance(found, Scheme):
        if case or shares:
            raise UsageError(
                "A scheme is written as a whole query.", remedy="Leave --case and --shares out."
            )
        settings = parse_settings(parameters or [])
        query = _scheme_query(found, settings, occupation, simplified)
        typer.echo(query(dialect, table=table, column=column, digits=digits))
        return
    if occupation or simplified or digits != 4:
        raise UsageError(
            f"Theory '{theory}' does not code occupations.",
            remedy="Leave --occupation, --digits and --simplified out.",
        )
    require_sound(found)
    compiled = compile_theory(found, parse_settings(parameters or []))
    if case:
        text = case_sql(compiled, dialect)
    elif not shares:
        text = class_query(compiled, dialect, table=table, column=column)
    elif estimate in ("low", "central", "high"):
        text = share_query(compiled, dialect, table=table, estimate=estimate)
    else:
        raise UsageError(f"There is no estimate '{estimate}'.", remedy="low, central or high.")
    typer.echo(text)


def _scheme_query(
    scheme: Scheme, settings: dict[str, float | str], occupation: str | None, simplified: bool
) -> Callable[..., str]:
    """The function that writes a scheme, checked and compiled, as a query."""
    from functools import partial

    from worldclass.schemes.check import require_sound
    from worldclass.schemes.compile import compile_scheme
    from worldclass.schemes.sql import scheme_query

    require_sound(scheme)
    words = {name: str(value) for name, value in settings.items()}
    compiled = compile_scheme(scheme, occupation, simplified=simplified, parameters=words)
    return partial(scheme_query, compiled)


def parse_settings(given: list[str]) -> dict[str, float | str]:
    """Parameters from `name=value` texts; a value that is no number is a choice.

    Raises
    ------
    UsageError
        A text has no equals sign, or a name is given twice.

    Example
    -------
    >>> parse_settings(["tau=1000", "threshold=relative"])
    {'tau': 1000.0, 'threshold': 'relative'}
    """
    from worldclass.core.errors import UsageError

    values: dict[str, float | str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise UsageError(f"'{text}' sets nothing.", where="--set", remedy="Write NAME=VALUE.")
        if name in values:
            raise UsageError(f"'{name}' is set twice.", where="--set", remedy="Set it once.")
        try:
            values[name] = float(value)
        except ValueError:
            values[name] = value
    return values


def _table(*headings: str, title: str | None = None) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _parameters(theory: Theory) -> Table:
    from rich.markup import escape

    from worldclass.theories.schema import ChoiceParameter

    table = _table("parameter", "default", "range", "unit", "meaning", title="Parameters")
    for name, parameter in theory.parameters.items():
        if isinstance(parameter, ChoiceParameter):
            shown, span, unit = parameter.default, " | ".join(parameter.choices), "choice"
        else:
            shown, unit = f"{parameter.default:g}", parameter.unit
            span = f"{parameter.range[0]:g} – {parameter.range[1]:g}"
        table.add_row(name, shown, span, unit, escape(parameter.description))
    return table


def _splits(theory: Theory) -> Table:
    from rich.markup import escape

    table = _table("split", "applies where", "low", "central", "high", title="Splits")
    for entry in theory.splits:
        low = entry.share if entry.low is None else f"{entry.low:g}"
        central = entry.share if entry.central is None else f"{entry.central:g}"
        scale = f" × {entry.scale}" if entry.scale else ""
        table.add_row(
            entry.id,
            escape(entry.when),
            f"{low}{scale}",
            f"{central}{scale}",
            f"{entry.high:g}{scale}",
        )
    return table


def _classes(theory: Theory) -> Table:
    from rich.markup import escape

    table = _table("class", "label", "rule; the first that fits decides", title="Classes")
    for rule in theory.classes:
        words = " ".join(rule.when.split()) if rule.when else "all others"
        marks = " (bounded only)" * rule.bounds + " (missing information)" * rule.residual
        table.add_row(rule.id, escape(rule.label + marks), escape(words))
    return table


def _overlaps(report: CheckReport) -> Table:
    from rich.markup import escape

    from worldclass.theories.rows import row_text

    table = _table("takes the person", "would fit too", "for example", title="Overlaps")
    for overlap in report.overlaps:
        table.add_row(overlap.first, overlap.second, escape(row_text(overlap.row)))
    return table


def _summary(report: CheckReport) -> str:
    verdict = "sound" if report.sound else f"unsound (problems: {len(report.problems)})"
    return (
        f"{report.theory}: {verdict}; combinations {report.combinations:,}, "
        f"settings {report.settings:,}, overlaps {len(report.overlaps)}"
    )
