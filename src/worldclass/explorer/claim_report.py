"""The claims of a theory as one self-contained page: verdicts, board, a receipt each, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from worldclass.charts.numbers import NO_VALUE
from worldclass.charts.verdicts import holding_text
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.pictures import board, comparison, footnote, shared_questions
from worldclass.core.atomic import write_text
from worldclass.core.errors import UsageError
from worldclass.explorer.claim_html import SLUGS, receipt_html
from worldclass.explorer.claim_receipt import receipt
from worldclass.explorer.claim_words import (
    SPAN,
    counts_sentence,
    decider_words,
    marks,
    verdict_counts,
)
from worldclass.explorer.figures import PHONE, WIDE
from worldclass.explorer.html_parts import definitions, paragraphs, section, table, unbroken
from worldclass.explorer.page import assemble, figure_html

if TYPE_CHECKING:
    from pathlib import Path

    from worldclass.claims.evaluation import Evaluation

METHOD = (
    "A claim is a statement tied to quantities, a decision rule and the choices that may "
    "defensibly be made otherwise: thresholds, parameters of the theory, data, years, groupings, "
    "imputation. The rule is tried in every combination of choices (a specification), or in a "
    "sample drawn with a fixed seed where there are too many, and in each under many draws of "
    "the named assumptions. A draw means the same assumptions in every quantity and "
    "specification, so that differences within a draw are coherent. Rules, choices and cut-offs "
    "were written down and committed before the first run.",
    "The intervals come from these assumptions, not from a model of sampling: most inputs are "
    "published aggregates. (Where a quantity is estimated from a panel of countries, its draws "
    "resample the countries.) There is therefore no p-value, for one claim or for all together.",
)
LITERATURE = (
    "Simonsohn, Simmons & Nelson (2020), “Specification curve analysis”, Nature Human Behaviour "
    "4, 1208–1214. Steegen, Tuerlinckx, Gelman & Vanpaemel (2016), “Increasing transparency "
    "through a multiverse analysis”, Perspectives on Psychological Science 11, 702–712. Leamer "
    "(1983), “Let’s take the con out of econometrics”, American Economic Review 73, 31–43. Del "
    "Giudice & Gangestad (2021), “A traveler’s guide to the multiverse”, Advances in Methods and "
    "Practices in Psychological Science 4. Gelman & Loken (2014), “The statistical crisis in "
    "science”, American Scientist 102, 460–465."
)


def write_claim_report(
    evaluations: Sequence[Evaluation],
    path: str | Path,
    *,
    theory: str,
    command: str,
    rivals: Mapping[str, Sequence[Evaluation]] | None = None,
) -> None:
    """Write the page of a theory's claims.

    Parameters
    ----------
    evaluations
        Of its claims, in their order.
    path
        The page; it appears complete or not at all.
    theory
        Its name in words.
    command
        The line that writes the page again.
    rivals
        By name in words: evaluations of another theory's claims, compared on shared questions.

    Raises
    ------
    UsageError
        There is no claim.
    OutputError
        The file cannot be written.
    """
    write_text(path, claim_report(evaluations, theory=theory, command=command, rivals=rivals))


def claim_report(
    evaluations: Sequence[Evaluation],
    *,
    theory: str,
    command: str,
    rivals: Mapping[str, Sequence[Evaluation]] | None = None,
) -> str:
    """HTML of the page; parameters and errors are those of `write_claim_report`."""
    if not evaluations:
        raise UsageError("There is no claim to report on.", remedy="Name a theory with claims.")
    receipts = "".join(receipt_html(receipt(one, alike=len(evaluations))) for one in evaluations)
    blocks = {
        "brand": "claims",
        "title": escape(f"{theory}: what it claims, and what holds"),
        "opening": unbroken(escape(counts_sentence(evaluations, f"“{theory}”"))),
        "sentences": _sentences(evaluations),
        "notes": f"<p>{unbroken(escape(cutoffs_sentence()))} {escape(footnote(evaluations))}</p>",
        "sections": section("board", "All verdicts", _board(evaluations, theory))
        + _rivals(evaluations, theory, rivals or {})
        + receipts
        + section("sources", "Sources", _sources(evaluations))
        + section("method", "How to read it", _method())
        + section("again", "Run it again", f"<pre><code>{escape(command)}</code></pre>"),
    }
    return assemble(blocks, styles=("claims.css",))


def cutoffs_sentence() -> str:
    """When a claim holds and fails."""
    limits = cutoffs()
    return (
        f"A claim holds when its rule is met in at least {100 * limits.holds:g} % of all "
        f"combinations of specification and draw, fails when it is met in at most "
        f"{100 * limits.fails:g} %, and otherwise depends on the choices made; it is not testable "
        "here when what would decide it is itself assumed, or absent. The cut-offs are the same "
        "for every theory and were fixed before any run. They are conventions."
    )


def _sentences(evaluations: Sequence[Evaluation]) -> str:
    """Each verdict with links to its claims."""
    items: list[str] = []
    for word, count in verdict_counts(evaluations).items():
        if not count:
            continue
        links = "; ".join(
            f'<a href="#claim-{escape(one.claim.id)}">{escape(one.claim.label)}</a>'
            for one in evaluations
            if one.verdict.word == word
        )
        head = f"<b>{escape(word[:1].upper() + word[1:])}</b> ({count})"
        items.append(f'<li class="{SLUGS[word]}"><i class="chip"></i>{head}: {links}.</li>')
    return "".join(items)


def _board(evaluations: Sequence[Evaluation], theory: str) -> str:
    """The picture, and the same as a table."""
    wide, phone = (
        board(evaluations, title=f"Verdicts on {theory}", width=width) for width in (WIDE, PHONE)
    )
    rows = [
        (
            f"{one.claim.number}. {one.claim.label}",
            one.verdict.word,
            ", ".join(marks(one)) or NO_VALUE,
            decider_words(one),
            holding_text(one.verdict.share_holding),
        )
        for one in evaluations
    ]
    header = ("Claim", "Verdict", "Kind, origin", "Condition least often met", "Holds in")
    caption = f"Every claim, its verdict, and how often it holds. In brackets: {SPAN}"
    return figure_html("verdicts", wide, phone) + table(caption, header, rows, text_columns=4)


def _rivals(
    evaluations: Sequence[Evaluation], theory: str, rivals: Mapping[str, Sequence[Evaluation]]
) -> str:
    """One board for each rival that shares a question."""
    figures: list[str] = []
    for place, (rival, own) in enumerate(rivals.items()):
        both = {theory: evaluations, rival: own}
        if shared_questions(both):
            title = f"{theory} and {rival} on shared questions"
            wide, phone = (comparison(both, title=title, width=width) for width in (WIDE, PHONE))
            figures.append(figure_html(f"rival{place}", wide, phone))
    return section("rivals", "Beside other theories", "".join(figures))


def _sources(evaluations: Sequence[Evaluation]) -> str:
    """Every source once, with the claims that use it."""
    users: dict[str, list[str]] = {}
    for one in evaluations:
        lines = {line for own in one.evidence.values() for line in own.sources}
        for line in sorted(lines):
            users.setdefault(line, []).append(str(one.claim.number))
    rows = [(line, ", ".join(numbers)) for line, numbers in users.items()]
    return (
        table("Sources, and the claims that use them", ("Source", "Claims"), rows, text_columns=2)
        if rows
        else ""
    )


def _method() -> str:
    entries = [
        ("How a verdict comes about", "".join(paragraphs(text) for text in METHOD)),
        ("Cut-offs", paragraphs(cutoffs_sentence())),
        ("Literature", paragraphs(LITERATURE)),
    ]
    return definitions(entries)
