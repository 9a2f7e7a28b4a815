"""Classes of surveys on an axis: the authors' numbers, with their words where they are given."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from worldclass.charts.theme import INK

MOST_LINES = 3
LINE_HEIGHT = 13


@dataclass(frozen=True)
class ClassWords:
    """What stands at each class of an axis.

    Parameters
    ----------
    lines
        For each class, as it stands in the data, the lines of its name.
    """

    lines: Mapping[str, Sequence[str]]

    @property
    def expression(self) -> str:
        """Vega expression of the lines of a tick."""
        return f"({json.dumps(self.lines, ensure_ascii=False)})[datum.value]"

    @property
    def middled(self) -> str:
        """The same for labels beside a row, which Vega lets grow downwards from its middle: all
        as long as the longest, to be moved up by `rise`.
        """
        padded: dict[str, list[str]] = {}
        for name, lines in self.lines.items():
            above, more = divmod(self.most - len(lines), 2)
            padded[name] = [""] * above + list(lines) + [""] * (above + more)
        return ClassWords(padded).expression

    @property
    def rise(self) -> float:
        """Pixels from the first line to the middle of the longest name."""
        return -(self.most - 1) * LINE_HEIGHT / 2

    @property
    def longest(self) -> int:
        """Characters of the longest line."""
        return max((len(line) for lines in self.lines.values() for line in lines), default=1)

    @property
    def most(self) -> int:
        """Lines of the longest name."""
        return max((len(lines) for lines in self.lines.values()), default=1)


def words_axis(words: ClassWords, room: int, **options: Any) -> alt.Axis:
    """An axis at the side, with the lines of each name beside the middle of its row.

    Parameters
    ----------
    words
        What stands at each class.
    room
        Pixels for the names.
    options
        Of the axis, beside these.
    """
    return alt.Axis(
        labelColor=INK,
        labelLimit=room,
        labelExpr=words.middled,
        labelOffset=words.rise,
        labelLineHeight=LINE_HEIGHT,
        labelOverlap=False,
        **options,
    )


def class_words(
    classes: Sequence[str], labels: Mapping[str, str] | None, characters: int
) -> ClassWords:
    """Name classes by their number and their label, on lines of about `characters`.

    Parameters
    ----------
    classes
        The classes, as they stand in the data.
    labels
        Words for them; a class without one keeps its own.
    characters
        Of a line. What is longer than three lines is cut.

    Examples
    --------
    >>> class_words(["1", "x"], {"1": "Large employers and managers"}, 18).lines
    {'1': ['1 Large employers', 'and managers'], 'x': ['X']}
    """
    given = labels or {}
    return ClassWords(
        {name: _wrapped(_name(name, given.get(name)), characters) for name in classes}
    )


def heading(value: object) -> str:
    """A value with a capital at its start.

    Examples
    --------
    >>> heading("worker"), heading(3)
    ('Worker', '3')
    """
    text = str(value)
    return text[:1].upper() + text[1:]


def _name(name: str, label: str | None) -> str:
    """A word needs no number before its label; a number does, as tables and texts use it."""
    if not label:
        return heading(name)
    return f"{name} {label}" if any(sign.isdigit() for sign in name) else heading(label)


def _wrapped(text: str, characters: int) -> list[str]:
    lines = textwrap.wrap(
        text, characters, max_lines=MOST_LINES, placeholder=" …", break_on_hyphens=False
    )
    return lines or [text]
