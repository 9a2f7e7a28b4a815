"""Transactions whose two sides are one list of sectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.manifest_blocks import Block
from worldclass.sources.input_output.manifest_schema import Layout
from worldclass.sources.input_output.raw import Label

_SHOWN = 5
# Of one and of several labels that only buy, and that only sell.
_BUYS: Mapping[Layout, tuple[str, str]] = {
    "wide": ("is a column but has no line", "are columns but have no line"),
    "long": ("buys but never sells", "buy but never sell"),
}
_SELLS: Mapping[Layout, tuple[str, str]] = {
    "wide": ("has a line but is no column", "have lines but are no columns"),
    "long": ("sells but never buys", "sell but never buy"),
}


def square(block: Block, *, layout: Layout) -> Block:
    """Transactions with their columns in the order of their rows.

    Raises
    ------
    SourceError
        A sector only sells or only buys; the message has the file's word for it, and our code.
    """
    rows, columns = set(block.rows), set(block.columns)
    buys = [label for label in block.columns if label not in rows]
    sells = [label for label in block.rows if label not in columns]
    parts = [
        f"{_quoted(labels, words)} {phrases[layout][len(labels) > 1]}"
        for labels, words, phrases in (
            (buys, block.column_words, _BUYS),
            (sells, block.row_words, _SELLS),
        )
        if labels
    ]
    if parts:
        raise SourceError(
            f"{'; '.join(parts)}.",
            where=str(block.file),
            remedy="Every sector sells and buys: spell it alike on both sides, or add what is "
            "missing, with zeros where it trades nothing.",
        )
    places = {label: place for place, label in enumerate(block.columns)}
    order = [places[label] for label in block.rows]
    return Block(block.rows, block.rows, block.values[:, order], block.file)


def _quoted(labels: Sequence[Label], words: Mapping[Label, str]) -> str:
    shown = ", ".join(f"{words[one]!r} ({' '.join(one)})" for one in labels[:_SHOWN])
    return shown if len(labels) <= _SHOWN else f"{shown} and {len(labels) - _SHOWN} more"
