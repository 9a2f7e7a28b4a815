"""A table of results: printed to a terminal and written to a page in the same words."""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = str | float | int | None


@dataclass(frozen=True)
class Results:
    """One table with its words.

    Attributes
    ----------
    title
        What the table shows.
    columns
        Headings, with units.
    rows
        Cells; a number is written with `digits` decimals, None as a dash.
    before, after
        Paragraphs around the table.
    digits
        Decimals of numbers that are not whole.
    left
        How many columns hold text and are set flush left.
    """

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    before: str = ""
    after: str = ""
    digits: int = 2
    left: int = 1

    def markdown(self) -> str:
        """The table as Markdown, under a third-level heading."""
        head = f"| {' | '.join(self.columns)} |"
        sides = (" --- " if k < self.left else " ---: " for k in range(len(self.columns)))
        rule = f"|{'|'.join(sides)}|"
        body = [f"| {' | '.join(self.texts(row))} |" for row in self.rows]
        parts = [f"### {self.title}", self.before, "\n".join([head, rule, *body]), self.after]
        return "\n\n".join(part for part in parts if part)

    def texts(self, row: tuple[Cell, ...]) -> list[str]:
        """The cells of a row as text."""
        return [text(cell, self.digits) for cell in row]


@dataclass(frozen=True)
class Section:
    """A part of the results page.

    Attributes
    ----------
    title, words
        Heading and introduction.
    tables
        In order.
    lines
        What belongs in the bottom line, one sentence each.
    weak
        Where the estimates do badly, one sentence each.
    """

    title: str
    words: str
    tables: list[Results]
    lines: list[str] = field(default_factory=list[str])
    weak: list[str] = field(default_factory=list[str])

    def markdown(self) -> str:
        """The section as Markdown."""
        return "\n\n".join([f"## {self.title}", self.words, *(t.markdown() for t in self.tables)])


def text(cell: Cell, digits: int = 2) -> str:
    """A cell as text: a true minus sign, thousands apart, a dash for nothing."""
    if cell is None or cell != cell:
        return "–"
    if isinstance(cell, str):
        return cell
    written = f"{cell:,}" if isinstance(cell, int) else f"{cell:,.{digits}f}"
    if float(written.replace(",", "")) == 0:
        written = written.lstrip("-")
    return written.replace("-", "−")
