"""A receipt as Markdown."""

from __future__ import annotations

import re

from worldclass.explorer.claim_receipt import Command, CurvePlace, Item, Points, Receipt, Rows, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def receipt_markdown(receipt: Receipt, *, level: int = 2, picture: str = "") -> str:
    """The receipt as Markdown text that ends with a line break.

    Parameters
    ----------
    receipt
        What to write.
    level
        Of its heading; those of its parts are one lower.
    picture
        Path or address of the drawn curve; without it the curve is left out.
    """
    marks = f" ({', '.join(receipt.marks)})" if receipt.marks else ""
    lines = [
        f"{'#' * level} {plain(receipt.title)}",
        f"> {plain(' '.join(receipt.statement.split()))}",
        f"**{plain(receipt.verdict)}**{marks}",
        f"After: {plain(receipt.source)}",
    ]
    for block in receipt.blocks:
        lines.append(f"{'#' * (level + 1)} {plain(block.heading)}")
        written = [_item(item, picture, receipt) for item in block.items]
        lines += [text for text in written if text]
    return "\n\n".join(lines) + "\n"


def _item(item: Item, picture: str, receipt: Receipt) -> str:
    if isinstance(item, Text):
        return plain(item.text)
    if isinstance(item, Points):
        return "\n".join(f"* {plain(' '.join(point.split()))}" for point in item.items)
    if isinstance(item, Rows):
        return f"{plain(item.caption)}:\n\n{markdown_table(item)}"
    if isinstance(item, Command):
        return f"```sh\n{item.line}\n```"
    assert isinstance(item, CurvePlace)
    return f"![Specification curve: {plain(receipt.verdict)}]({picture})" if picture else ""


def markdown_table(rows: Rows) -> str:
    """A table; its columns of numbers stand right."""
    aligned = ["---" if i < rows.text_columns else "---:" for i in range(len(rows.header))]
    lines = [rows.header, aligned, *rows.rows]
    written = [[cell if line is aligned else plain(cell) for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in written)


def plain(text: str) -> str:
    r"""Text whose signs mean nothing in Markdown.

    Examples
    --------
    >>> print(plain("a_b <c> | *d*"))
    a\_b \<c\> \| \*d\*
    """
    return _SPECIAL.sub(r"\\\1", text)
