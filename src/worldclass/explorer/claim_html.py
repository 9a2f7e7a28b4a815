"""A receipt as a section of a page."""

from __future__ import annotations

from html import escape

from worldclass.claims.pictures import curve
from worldclass.explorer.claim_receipt import (
    Block,
    Command,
    CurvePlace,
    Item,
    Points,
    Receipt,
    Rows,
    Text,
)
from worldclass.explorer.figures import PHONE, WIDE
from worldclass.explorer.html_parts import paragraphs, table, unbroken
from worldclass.explorer.page import figure_html

SLUGS = {
    "holds": "holds",
    "depends": "depends",
    "fails": "fails",
    "not testable here": "untestable",
}
"""Style class of each verdict."""


def receipt_html(receipt: Receipt) -> str:
    """The receipt as one section; headings of level 2 and 3."""
    claim, word = receipt.evaluation.claim, receipt.evaluation.verdict.word
    marks = "".join(f' <span class="mark">{escape(mark)}</span>' for mark in receipt.marks)
    blocks = "".join(_block(block, receipt) for block in receipt.blocks)
    return (
        f'<section class="receipt" id="claim-{escape(claim.id)}" '
        f'aria-labelledby="h-claim-{escape(claim.id)}">'
        f'<h2 id="h-claim-{escape(claim.id)}">{escape(receipt.title)}</h2>'
        f'<p class="verdict"><span class="badge {SLUGS[word]}">{escape(word)}</span>{marks}</p>'
        f'<p class="lead">{escape(receipt.statement)}</p>'
        f'<p class="note">After: {escape(receipt.source)}</p>'
        f"{blocks}</section>"
    )


def _block(block: Block, receipt: Receipt) -> str:
    inner = "".join(_item(item, receipt) for item in block.items)
    return f"<h3>{escape(block.heading)}</h3>{inner}"


def _item(item: Item, receipt: Receipt) -> str:
    if isinstance(item, Text):
        return unbroken(paragraphs(item.text))
    if isinstance(item, Points):
        points = "".join(f"<li>{unbroken(escape(point))}</li>" for point in item.items)
        return f"<ul>{points}</ul>"
    if isinstance(item, Rows):
        return table(item.caption, item.header, item.rows, text_columns=item.text_columns)
    if isinstance(item, Command):
        return f"<pre><code>{escape(item.line)}</code></pre>"
    assert isinstance(item, CurvePlace)
    evaluation = receipt.evaluation
    name = f"curve-{evaluation.claim.id}"
    wide, phone = (curve(evaluation, width=width) for width in (WIDE, PHONE))
    return figure_html(name, wide, phone, heading=False)
