"""How the tables of `worldclass flows` look: columns, numbers, intervals, names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.table import Table

NARROW = 100
"""Terminals of fewer columns get tables without the columns that others imply."""
SCALES = {
    "million hours": (1e3, "billion hours"),
    "thousand persons": (1e3, "million persons"),
    "million USD": (1e3, "billion USD"),
}
BELOW = "below each number its 5–95 % interval"
"""What a title says of a table with two lines a row."""
SEX_WORDS = {"female": "women", "male": "men", "total": "both"}


def narrow() -> bool:
    """Whether standard output has fewer than `NARROW` columns."""
    return columns() < NARROW


def columns() -> int:
    """Columns of standard output."""
    from rich.console import Console

    return Console().width


def scale_of(unit: str) -> tuple[float, str]:
    """What to divide amounts of a unit by, and the unit that they then have.

    Examples
    --------
    >>> scale_of("million hours"), scale_of("million EUR")
    ((1000.0, 'billion hours'), (1.0, 'million EUR'))
    """
    return SCALES.get(unit, (1.0, unit))


def plain_table(title: str) -> Table:
    """An empty table in the house's look."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title, title_style="bold", title_justify="left", box=box.SIMPLE_HEAD,
        pad_edge=False, padding=(0, 1, 0, 0),
    )  # fmt: skip


def add_words(table: Table, *headings: str) -> None:
    """Columns of text, which wrap between words where the terminal is narrow."""
    for heading in headings:
        table.add_column(heading, overflow="ellipsis", min_width=9)


def add_numbers(table: Table, *headings: str) -> None:
    """Columns of numbers, which are never broken."""
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)


def number(value: float | None, scale: float = 1.0, digits: int = 3) -> str:
    """A number to three significant digits.

    Examples
    --------
    >>> number(2345.6, 1e3), number(2345.6), number(None)
    ('2.35', '2,350', '–')
    """
    from worldclass.charts.numbers import NO_VALUE, set_apart, significant

    return NO_VALUE if value is None else set_apart(significant(value / scale, digits))


def interval(low: float | None, high: float | None, scale: float = 1.0) -> str:
    """Both ends of an interval, with as many digits as tell them apart.

    Examples
    --------
    >>> interval(193.2, 235.4), interval(-235.4, -193.2), interval(10.01, 10.04), interval(1, 1)
    ('193–235', '-235 to -193', '10.01–10.04', '–')
    """
    from worldclass.charts.numbers import NO_VALUE

    if low is None or high is None or low == high:
        return NO_VALUE
    digits = 3
    while digits < 7 and number(low, scale, digits) == number(high, scale, digits):
        digits += 1
    bottom, top = number(low, scale, digits), number(high, scale, digits)
    return f"{bottom}–{top}" if low >= 0 else f"{bottom} to {top}"


def estimate(row: Mapping[str, Any], scale: float = 1.0) -> str:
    """A number over its interval, as a cell of a table.

    Parameters
    ----------
    row
        With value, p05 and p95; nothing at all for an empty cell.

    Examples
    --------
    >>> estimate({"value": 210.0, "p05": 193.2, "p95": 235.4})
    '210\\n[dim]193–235[/]'
    >>> estimate({"value": 210.0, "p05": None, "p95": None}), estimate({})
    ('210', '–')
    """
    from worldclass.charts.numbers import NO_VALUE

    value = number(row.get("value"), scale)
    between = interval(row.get("p05"), row.get("p95"), scale)
    return value if NO_VALUE in (value, between) else f"{value}\n[dim]{between}[/]"


def per_cent(value: float | None, digits: int = 1) -> str:
    """A share as per cent, without the sign.

    Examples
    --------
    >>> per_cent(0.123), per_cent(None)
    ('12.3', '–')
    """
    from worldclass.charts.numbers import NO_VALUE

    return NO_VALUE if value is None else f"{100 * value:.{digits}f}"


def industry_label(code: str, names: Mapping[str, str], most: int = 45) -> str:
    """An industry by code and name, cut between words; by its code where it has no name.

    Examples
    --------
    >>> industry_label("c18", {"c18": "Construction"}), industry_label("services", {})
    ('c18 Construction', 'services')
    >>> industry_label("c17", {"c17": "Electricity, Gas and Water Supply"}, 20)
    'c17 Electricity, …'
    """
    from textwrap import shorten

    name = names.get(code, code)
    return code if name == code else shorten(f"{code} {name}", most, placeholder=" …")


def print_table(table: Table) -> None:
    """Print a table to standard output, its title as wide as the terminal allows."""
    from rich.console import Console

    console = Console()
    title, table.title = table.title, None
    console.print(title, style="bold", highlight=False, markup=False)
    console.print(table)


def say(text: str) -> None:
    """A line on standard error."""
    import typer

    typer.echo(text, err=True)
