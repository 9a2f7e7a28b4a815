"""Claims: the verdict on every claim of every theory, and everything behind one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from worldclass.charts.numbers import NO_VALUE
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.specification_points import points_chart
from worldclass.charts.theme import NARROW
from worldclass.charts.verdicts import VERDICT_SIGNS, amount_text, holding_text
from worldclass.claims.evaluation import Evaluation
from worldclass.claims.library import list_claims, load_claim, theories_with_claims
from worldclass.claims.pictures import limits
from worldclass.explorer.claim_html import SLUGS
from worldclass.explorer.claim_report import cutoffs_sentence
from worldclass.explorer.claim_words import WHAT_SHARES_ARE, verdict_counts
from worldclass.explorer.html_parts import unbroken
from worldclass.explorer.site.catalogue import short_label
from worldclass.explorer.site.claim_results import (
    NOT_EVALUATED,
    claim_shard,
    kind_words,
    stored_evaluation,
    theory_label,
    verdict_word,
)
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.site.specifications import Layouts, layouts

if TYPE_CHECKING:
    from worldclass.explorer.site.material import Material

HEADER = (
    "Claim",
    "Verdict",
    "Holds in",
    "Estimate",
    "5–95 %",
    "Of what, unit",
    "Theory",
    "Kind, origin",
)
"""Of the board; the third to fifth column hold numbers."""
NUMBERS = range(2, 5)
CAPTION = "Every claim, its verdict, and how often it holds"


def files(material: Material) -> Iterator[SiteFile]:
    """The board, the chart of a curve, and a shard a claim."""
    yield SiteFile("claims.html", lambda: _html(material))
    for name in list_claims():
        yield shard(f"data/claims/{name}.json.gz", partial(claim_shard, name))
    yield shard("charts/claims.json.gz", _charts)


def _charts() -> Layouts:
    def build(width: int) -> Picture:
        height = 260 if width <= NARROW else 340
        return Picture(points_chart(limits(), width, height), Caption(""), width)

    return layouts(build)


def _html(material: Material) -> bytes:
    """The board; what is behind a claim is filled in by the script."""
    found = {name: stored_evaluation(name) for name in ordered_claims()}
    body = (
        '<form class="controls" aria-label="Which claims" hidden></form>'
        '<article id="claim" aria-labelledby="claim-title" hidden>'
        '<div class="summary"></div>'
        '<form class="controls" aria-label="What to show of the curve" hidden></form>'
        + figure("curve", "Specification curve")
        + '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        '<div class="receipt"></div></article>'
        f'<section id="table" aria-labelledby="h-board"><h2 id="h-board">All verdicts</h2>'
        f'<p id="counts" class="what" role="status">{escape(counts_words(list(found.values())))}'
        f'</p><p class="what">{unbroken(escape(cutoffs_sentence()))}</p>{board_html(found)}'
        f'<p class="note">{unbroken(escape(WHAT_SHARES_ARE))} '
        "Companion claims are ours: they test a theory’s picture of the world, and its author did "
        "not make them. Analytic ones are nearly true or false by definition.</p></section>"
    )
    return page_html(
        material,
        page="claims",
        path="claims.html",
        title="What theories claim, and what holds",
        lead="Each claim is tried under every defensible choice of definition and data, and under "
        "many draws of the named assumptions. Does it hold in all of them, in some, or in none?",
        body=body,
        shards=("data/catalogue.json.gz",),
    )


def ordered_claims() -> list[str]:
    """Claims by theory, the first theory of the site first."""
    theories = sorted(theories_with_claims(), key=lambda name: (-len(list_claims(name)), name))
    return [claim for theory in theories for claim in list_claims(theory)]


def counts_words(evaluations: Sequence[Evaluation | None]) -> str:
    """How many claims got which verdict."""
    known = [one for one in evaluations if one is not None]
    told = [f"{word} {count}" for word, count in verdict_counts(known).items() if count]
    if len(known) < len(evaluations):
        told.append(f"{NOT_EVALUATED} {len(evaluations) - len(known)}")
    return f"{len(evaluations)} claims: {', '.join(told)}."


def board_html(found: dict[str, Evaluation | None]) -> str:
    """One row a claim; the script makes links of their names."""
    head = "".join(
        f'<th scope="col"{_numeric(place)}>{escape(name)}</th>' for place, name in enumerate(HEADER)
    )
    rows = "".join(_row(name, evaluation) for name, evaluation in found.items())
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{CAPTION}">'
        f'<table class="board"><caption>{CAPTION}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(name: str, evaluation: Evaluation | None) -> str:
    claim, word = load_claim(name), verdict_word(evaluation)
    part, verdict = claim.parts[0], evaluation and evaluation.verdict
    between = NO_VALUE
    if verdict and verdict.p05 is not None:
        between = f"{amount_text(verdict.p05)} to {amount_text(verdict.p95)}"
    cells = (
        holding_text(verdict.share_holding if verdict else None),
        amount_text(verdict.estimate if verdict else None),
        between,
        f"{part.label}, {part.unit}" if verdict else NO_VALUE,
        short_label(theory_label(claim.theory)),
        kind_words(claim),
    )
    sign = VERDICT_SIGNS.get(word, "·")  # type: ignore[call-overload]
    slug = SLUGS.get(word, "untestable")
    known = {
        "claim": name,
        "theory": claim.theory,
        "label": claim.label,
        "verdict": word,
        "parts": ",".join(one.id for one in claim.parts),
        "count": str(evaluation.specifications.height if evaluation else 0),
    }
    data = "".join(f' data-{key}="{escape(value)}"' for key, value in known.items())
    return (
        f'<tr{data}><th scope="row">{escape(claim.label)}</th>'
        f'<td class="verdict {slug}"><span aria-hidden="true">{sign}</span> {escape(word)}</td>'
        + "".join(
            f"<td{_numeric(place)}>{unbroken(escape(cell))}</td>"
            for place, cell in enumerate(cells, start=2)
        )
        + "</tr>"
    )


def _numeric(place: int) -> str:
    return ' class="n"' if place in NUMBERS else ""


PAGE = Page("claims", "Claims", "claims.html", files)
