"""Occupational schemes as tables on the terminal, for `worldclass theory`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from worldclass.schemes.check import SchemeReport
    from worldclass.schemes.schema import Scheme


def schemes_table() -> Table:
    """All schemes that ship, with the codes and columns that they take."""
    from worldclass.schemes.library import list_schemes, load_scheme, occupations_of
    from worldclass.schemes.plan import status_used

    table = _table("scheme", "label", "takes", title="Occupational schemes")
    # Names of schemes hold long words, which a column as narrow as Rich likes would cut.
    table.columns[1].min_width = 31
    for name in list_schemes():
        scheme = load_scheme(name)
        codes = " or ".join(entry.classification for entry in occupations_of(scheme))
        table.add_row(name, scheme.label, ", ".join([codes, *status_used(scheme)]))
    return table


def show_scheme(scheme: Scheme, console: Console) -> None:
    """Print a scheme: its words, classes, positions, columns, occupations and sources."""
    from rich.markup import escape

    console.print(f"[bold]{escape(scheme.label)}[/bold]  ({scheme.id}, version {scheme.version})")
    for heading, text in (
        ("", scheme.description),
        ("Source", scheme.citation),
        ("How its words became codes", scheme.source_notes),
        ("What was lost", scheme.lost),
    ):
        console.print()
        if heading:
            console.print(f"[bold]{heading}[/bold]")
        console.print(escape(text))
    if scheme.base:
        console.print(f"\nDerived from: {scheme.base}")
    for table in (_classes(scheme), _positions(scheme), _columns(scheme), _occupations(scheme)):
        if table.row_count:
            console.print()
            console.print(table)


def summary(report: SchemeReport) -> str:
    """What the check of a scheme found, on one line."""
    verdict = "sound" if report.sound else f"unsound (problems: {len(report.problems)})"
    return f"{report.scheme}: {verdict}; combinations {report.combinations:,}"


def _classes(scheme: Scheme) -> Table:
    from rich.markup import escape

    table = _table("class", "label", *(["rule"] if scheme.ruled else []), title="Classes")
    for entry in scheme.classes:
        rule = [" ".join(entry.when.split())] if entry.when else []
        table.add_row(entry.id, escape(entry.label), *map(escape, rule))
    return table


def _positions(scheme: Scheme) -> Table:
    from rich.markup import escape

    table = _table("position", "label", "who", title="Employment positions")
    for position in scheme.positions:
        table.add_row(position.id, escape(position.label), escape(" ".join(position.when.split())))
    return table


def _columns(scheme: Scheme) -> Table:
    from rich.markup import escape

    from worldclass.schemes.compile import simplification
    from worldclass.schemes.plan import status_used
    from worldclass.surveys.columns import status_columns

    assume = simplification(scheme)
    assumed = assume.assume if assume else {}
    table = _table("column", "meaning", "assumed where it is absent", title="Columns")
    for name in status_used(scheme):
        shown = str(assumed[name]) if name in assumed else "nothing"
        table.add_row(name, escape(status_columns()[name].description), shown)
    return table


def _occupations(scheme: Scheme) -> Table:
    from rich.markup import escape

    from worldclass.schemes.library import occupations_of

    table = _table("codes", "digits that count", "source", title="Occupations, in this order")
    for entry in occupations_of(scheme):
        table.add_row(entry.classification, str(entry.digits), escape(entry.source))
    return table


def _table(*headings: str, title: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for place, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=place == 0)
    return table
