"""Claims, verdicts and receipts for the terminal, readable at 80 columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from rich import box
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from worldclass.charts.numbers import NO_VALUE
from worldclass.charts.verdicts import FAILS, HOLDS, SOME, STATES, holding_text
from worldclass.claims.conditions import least_met
from worldclass.claims.frame import condition_text
from worldclass.claims.pictures import limits, question_words, shared_questions
from worldclass.explorer.claim_receipt import Command, Item, Points, Receipt, Rows, Text
from worldclass.explorer.claim_words import (
    SPAN,
    amount_words,
    between_words,
    condition_words,
    counts_sentence,
    marks,
    verdict_text,
)
from worldclass.explorer.html_parts import unbroken

if TYPE_CHECKING:
    from rich.console import Console

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.quantity import Quantity
    from worldclass.claims.schema import Choice, Claim

COLOURS = {"holds": "blue", "depends": "yellow", "fails": "red", "not testable here": "dim"}
STRIP = 60
"""Characters of the strip of specifications."""


def print_claims(claims: Sequence[Claim], console: Console) -> None:
    """Print the claims of theories as a list: id, label, and what sets them apart."""
    for theory in dict.fromkeys(claim.theory for claim in claims):
        table = _table(f"Claims of {theory}")
        table.add_column("", justify="right", no_wrap=True)
        table.add_column("claim", no_wrap=True)
        for name in ("statement", "marks"):
            table.add_column(name, overflow="fold")
        for claim in claims:
            if claim.theory == theory:
                kind = [claim.kind] if claim.kind == "analytic" else []
                origin = [claim.origin] if claim.origin == "companion" else []
                told = ", ".join([*kind, *origin, *(["assumed"] if claim.assumed else [])])
                table.add_row(str(claim.number), claim.id, escape(claim.label), told)
        console.print(table)


def print_verdicts(evaluations: Sequence[Evaluation], console: Console) -> None:
    """Print one row a claim with verdict, share and estimate, and what the columns mean."""
    for theory in dict.fromkeys(one.claim.theory for one in evaluations):
        own = [one for one in evaluations if one.claim.theory == theory]
        table = _table(f"Verdicts on the claims of {theory}")
        table.add_column("", justify="right", no_wrap=True)
        table.add_column("claim", overflow="fold", ratio=1)
        table.add_column("verdict", no_wrap=True)
        table.add_column("holds\nin", justify="right", no_wrap=True)
        table.add_column("estimate\n5–95 %", justify="right", overflow="fold")
        for one in own:
            told = "".join(f" ({mark})" for mark in marks(one))
            word, share = one.verdict.word, one.verdict.share_holding
            table.add_row(
                str(one.claim.number),
                _claim(one, told),
                Line(verdict_text(word, None).replace("testable ", "testable\n  "), COLOURS[word]),
                holding_text(share),
                _estimate(one),
            )
        console.print(table)
        console.print(Line(counts_sentence(own, theory)))
    console.print(
        Line(
            "holds in: share of specifications and draws; no probability. Estimate: of the "
            "condition that is named, which is met least often of all that the claim has. "
            f"{_spans(evaluations)}More on one: worldclass claims show CLAIM.",
            style="dim",
        )
    )


def _estimate(evaluation: Evaluation) -> str:
    """Estimate over its interval."""
    least = least_met(evaluation)
    if least is None:
        return NO_VALUE
    told = f"{amount_words(least)}\n{between_words(least)}"
    return escape(unbroken(told))


def _claim(evaluation: Evaluation, told: str) -> Line:
    """Label over the condition that is met least often."""
    words, least = Line(evaluation.claim.label + told), least_met(evaluation)
    if least is None:
        return words
    several = len(evaluation.claim.parts) > 1
    named = condition_words(least) if several else condition_text(least.part)
    named = re.sub("([<>]=?) ", "\\1\u00a0", unbroken(named))  # a rule stays on one line
    return words + Line(f"\n{named}", style="dim")


def _spans(evaluations: Sequence[Evaluation]) -> str:
    """What brackets mean, where there are any."""
    found = [least_met(one) for one in evaluations]
    return f"In brackets: {SPAN}. " if any(one and one.p05 is None for one in found) else ""


def print_receipt(receipt: Receipt, console: Console) -> None:
    """Print a receipt; its curve becomes a strip of one character a few specifications."""
    word = receipt.evaluation.verdict.word
    told = f"  ({', '.join(receipt.marks)})" if receipt.marks else ""
    console.print(Line(receipt.title, style="bold") + Line(told, style="dim"))
    console.print(Line(receipt.statement))
    console.print(Line(f"After: {receipt.source}", style="dim"))
    console.print()
    console.print(Line(receipt.verdict, style=f"bold {COLOURS[word]}"))
    for block in receipt.blocks:
        console.print()
        console.print(Line(block.heading, style="bold"))
        for item in block.items:
            _print_item(item, receipt, console)


def _print_item(item: Item, receipt: Receipt, console: Console) -> None:
    if isinstance(item, Text):
        console.print(Line(unbroken(item.text)))
    elif isinstance(item, Points):
        for point in item.items:
            lines = textwrap.wrap(unbroken(point), max(console.width - 2, 20))
            console.print(
                Line("\n".join(("· " if i == 0 else "  ") + x for i, x in enumerate(lines)))
            )
    elif isinstance(item, Rows):
        console.print(_rows(item))
    elif isinstance(item, Command):
        # Not wrapped by the console: a line to copy stays one line.
        console.print(Padding(Line(item.line, no_wrap=True, overflow="ignore"), (0, 2)), crop=False)
    else:
        console.print(Line(strip(receipt.evaluation)))


def _rows(item: Rows) -> Table:
    table = _table(item.caption)
    for place, name in enumerate(item.header):
        right = place >= item.text_columns
        table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=False)
    for row in item.rows:
        table.add_row(*(escape(unbroken(cell)) for cell in row))
    return table


def strip(evaluation: Evaluation) -> str:
    """Specifications from the smallest estimate to the largest, one sign a few of them."""
    table = evaluation.specifications
    if table.is_empty():
        return ""
    cutoffs = limits()
    states = cutoffs.states(table.sort("estimate", "specification")).to_list()
    edges = np.round(np.linspace(0, len(states), min(len(states), STRIP) + 1)).astype(int)
    groups = [states[start:end] for start, end in pairwise(edges)]
    signs = {state.id: state.sign for state in STATES}
    line = "".join(signs[_commonest(group)] for group in groups)
    words = cutoffs.words(drawn=evaluation.draws > 1)
    key = "  ".join(f"{signs[name]} {words[name]}" for name in (HOLDS, SOME, FAILS))
    first = evaluation.claim.parts
    of = f" of “{first[0].label}”" if len(first) > 1 else ""
    return f"{line}\n{table.height:,} specifications, sorted by estimate{of}: {key}"


def _commonest(states: Sequence[str]) -> str:
    return max((HOLDS, SOME, FAILS), key=lambda name: states.count(name))


def print_comparison(theories: Mapping[str, Sequence[Evaluation]], console: Console) -> None:
    """Print the verdicts of theories on the questions that all of them answer."""
    table = _table(f"{' and '.join(theories)} on shared questions")
    for name in ("question", "theory", "claim"):
        table.add_column(name, overflow="fold")
    table.add_column("verdict", no_wrap=True)
    for question in shared_questions(theories):
        first = question_words(question)
        for theory, evaluations in theories.items():
            for one in evaluations:
                if one.claim.question == question:
                    word = one.verdict.word
                    told = Line(verdict_text(word, one.verdict.share_holding), style=COLOURS[word])
                    table.add_row(first, theory, escape(one.claim.label), told)
                    first = ""
        table.add_section()
    console.print(table)


def print_quantities(quantities: Sequence[Quantity], console: Console) -> None:
    """Print the quantities that terms may name, what they read, and their fields."""
    table = _table("Quantities")
    for name in ("quantity", "what", "reads", "fields (default)"):
        table.add_column(name, overflow="fold")
    for one in quantities:
        fields = [
            entry.alias or name
            if entry.is_required()
            else f"{entry.alias or name} ({_default(entry.default)})"
            for name, entry in one.fields.model_fields.items()
        ]
        told = escape(", ".join(fields))
        table.add_row(one.id, escape(one.label), ", ".join(one.needs) or "nothing", told)
    console.print(table)
    console.print(Line("Fields without a default must be given.", style="dim"))


def _default(value: object) -> str:
    return "none" if value in ((), "", None) else str(value)


def print_choices(choices: Sequence[Choice], console: Console) -> None:
    """Print shared choices: id, label, options, and the placeholders that they fill."""
    table = _table("Choices that claims share")
    for name in ("choice", "label", "options", "fills"):
        table.add_column(name, overflow="fold")
    for one in choices:
        settings = one.settings
        fills = ", ".join(f"${name}" for name in next(iter(settings.values())))
        table.add_row(one.id, escape(one.label), escape("; ".join(settings)), fills)
    console.print(table)


def _table(title: str) -> Table:
    return Table(
        title=escape(title),
        title_style="bold",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
