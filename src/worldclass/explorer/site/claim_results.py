"""Stored results of the package's claims, as the page Claims and its shards need them.

Nothing is computed here: a claim is shown with the receipt that fits it exactly, or as not
evaluated.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass import __version__
from worldclass.charts.specification_panels import LOGARITHMIC, MOST_STRETCH
from worldclass.charts.verdicts import STATES, read_rule
from worldclass.claims.cache import open_cache
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.data import Data
from worldclass.claims.evaluation import Evaluation, Verdict
from worldclass.claims.identity import facts_of, identity_of
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.pictures import headline, limits
from worldclass.claims.receipt import matching_receipt
from worldclass.claims.tables import empty_tables
from worldclass.explorer.claim_receipt import Command, Item, Points, Receipt, Rows, Text, receipt
from worldclass.explorer.claim_words import estimate_words
from worldclass.explorer.site.shards import short
from worldclass.theories.library import list_theories, load_theory

if TYPE_CHECKING:
    import polars as pl

    from worldclass.claims.schema import Claim, Part

NOT_EVALUATED = "not evaluated"
WHY_NOT = (
    "No stored result fits this version of the claim, its theories, assumptions and data; the line "
    "at the end computes one."
)


@lru_cache(maxsize=256)
def stored_evaluation(name: str) -> Evaluation | None:
    """The receipt of a claim of the package, or null where none fits it."""
    claim = load_claim(name)
    facts = facts_of(claim, open_cache(False))
    return matching_receipt(claim, identity_of(claim, Data(), cutoffs(), facts))


def verdict_word(evaluation: Evaluation | None) -> str:
    """The verdict, or that there is none."""
    return NOT_EVALUATED if evaluation is None else evaluation.verdict.word


def kind_words(claim: Claim) -> str:
    """Kind and origin of a claim.

    Examples
    --------
    >>> kind_words(load_claim("worker-elite-grew"))
    'empirical, from the text'
    """
    origin = {"text": "from the text", "companion": "companion"}[claim.origin]
    return f"{claim.kind}, {origin}"


def theory_label(theory: str) -> str:
    """A theory's name; its id where the package has claims but no rules of it."""
    return load_theory(theory).label if theory in list_theories() else theory


def claim_shard(name: str) -> dict[str, Any]:
    """Everything about a claim: words, receipt, and the numbers of every specification."""
    claim, found = load_claim(name), stored_evaluation(name)
    evaluation = found or _without_result(claim)
    told = receipt(evaluation, alike=len(list_claims(claim.theory)))
    states = limits().words(drawn=evaluation.draws > 1)
    fixed = cutoffs()
    return {
        "claim": name,
        "theory": claim.theory,
        "theory_label": theory_label(claim.theory),
        "title": told.title,
        "label": claim.label,
        "statement": claim.statement,
        "source": claim.source,
        "marks": kind_words(claim),
        "verdict": verdict_word(found),
        "headline": headline(evaluation) if found else "",
        "because": evaluation.verdict.because,
        "estimate": estimate_words(evaluation),
        "computed": evaluation.computed,
        "version": evaluation.version,
        "draws": evaluation.draws,
        "possible": evaluation.possible,
        "cutoffs": [fixed.holds, fixed.fails],
        "states": [{"id": one.id, "words": states[one.id]} for one in STATES],
        "blocks": _blocks(told),
        "choices": [
            {"id": one.id, "label": one.label, "options": list(one.settings)}
            for one in claim.choices
        ],
        **_numbers(evaluation),
    }


def _numbers(evaluation: Evaluation) -> dict[str, Any]:
    """Options of every specification by number, and each condition's estimates.

    Specifications are in the order of the Python table; the first has number 1.
    """
    claim, table = evaluation.claim, evaluation.specifications
    options: dict[str, list[int]] = {}
    for choice in claim.choices:
        place = {label: at for at, label in enumerate(choice.settings)}
        options[choice.id] = [place[label] for label in table[choice.id].to_list()]
    return {
        "options": options,
        "together": short(table["share_holding"]),
        "parts": [
            _part(one, evaluation.parts.filter(evaluation.parts["part"] == one.id))
            for one in claim.parts
        ],
    }


def _part(part: Part, rows: pl.DataFrame) -> dict[str, Any]:
    words, number = read_rule(part.holds)
    told = {"id": part.id, "label": part.label, "unit": part.unit, "holds": part.holds}
    told |= {"rule": f"holds {words} {number:g}", "at": number}  # type: ignore[dict-item]
    columns = ("estimate", "p05", "p95", "share_holding")
    scale = {} if rows.is_empty() else {"scale": vertical_scale(rows, number)}
    return {**told, **scale, **{name: short(rows[name]) for name in columns}}


def vertical_scale(rows: pl.DataFrame, number: float) -> dict[str, Any]:
    """Ends of a curve's axis by the rules of `charts.specification_panels`, and what they cut.

    Parameters
    ----------
    rows
        Columns `estimate`, `p05`, `p95`.
    number
        Where the decision line lies; always inside.
    """
    middle = rows["estimate"].to_numpy()
    bottom = np.fmin(rows["p05"].to_numpy(), middle)
    top = np.fmax(rows["p95"].to_numpy(), middle)
    low, high = float(min(bottom.min(), number)), float(max(top.max(), number))
    if low > 0 and middle.max() > LOGARITHMIC * middle.min():
        return {"type": "log", "domain": [low / 1.15, high * 1.15], "cut": 0}
    least = float(min(middle.min(), np.quantile(bottom, 0.05), number))
    most = float(max(middle.max(), np.quantile(top, 0.95), number))
    if high - low > MOST_STRETCH * (most - least) > 0:
        low, high = least, most
    room = 0.08 * (high - low) or max(abs(high), 1.0) * 0.1
    cut = int(((bottom < low - room) | (top > high + room)).sum())
    return {"type": "linear", "domain": [low - room, high + room], "cut": cut}


def _blocks(told: Receipt) -> list[dict[str, Any]]:
    """The receipt's blocks as plain data; the verdict stands at the top of the page instead."""
    return [
        {"heading": block.heading, "items": [_item(one) for one in block.items]}
        for block in told.blocks
        if block.heading != "Verdict"
    ]


def _item(item: Item) -> dict[str, Any]:
    if isinstance(item, Text):
        return {"text": item.text}
    if isinstance(item, Points):
        return {"points": list(item.items)}
    if isinstance(item, Command):
        return {"command": item.line}
    assert isinstance(item, Rows)
    return {
        "caption": item.caption,
        "header": list(item.header),
        "rows": [list(row) for row in item.rows],
        "text_columns": item.text_columns,
    }


def _without_result(claim: Claim) -> Evaluation:
    """An evaluation without numbers, so that a receipt tells rule, choices and command."""
    specifications, parts = empty_tables(claim)
    nothing = Verdict("not testable here", None, None, None, None, WHY_NOT)
    whole = Evaluation(claim, nothing, specifications, parts, 0, 0, {}, {}, __version__)
    return replace(whole, possible=int(np.prod([len(one.settings) for one in claim.choices])))
