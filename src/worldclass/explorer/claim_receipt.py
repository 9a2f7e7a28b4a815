"""The receipt of a claim: everything behind its verdict, in an order for readers.

A receipt is data: headed blocks of paragraphs, lists, tables and one picture. `claim_html`,
`claim_markdown` and `claim_console` write it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldclass.charts.numbers import NO_VALUE
from worldclass.charts.verdicts import amount_text, holding_text
from worldclass.claims.choice_words import choice_label
from worldclass.claims.conditions import conditions
from worldclass.claims.pictures import headline
from worldclass.explorer.claim_words import (
    SPAN,
    between_words,
    command_of,
    decider_sentences,
    limits_of,
    marks,
    what_would_change,
)

if TYPE_CHECKING:
    from worldclass.claims.evaluation import Deciding, Evaluation
    from worldclass.claims.schema import Choice

MOST_OPTIONS = 8
METHOD_PAGE = "claims-method.md"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """A table; of its columns, so many leading ones hold text."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1


@dataclass(frozen=True)
class Command:
    """A line to type."""

    line: str


@dataclass(frozen=True)
class CurvePlace:
    """Where the specification curve stands."""


Item = Text | Points | Rows | Command | CurvePlace


@dataclass(frozen=True)
class Block:
    """Items under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Receipt:
    """A claim with its verdict and everything behind it.

    Attributes
    ----------
    evaluation
        What it tells.
    title
        Number and label.
    statement, source
        In our words, and whose claim it is.
    verdict
        One line: word, share, combinations.
    marks
        What sets the claim apart: analytic, companion.
    blocks
        From top to bottom.
    """

    evaluation: Evaluation
    title: str
    statement: str
    source: str
    verdict: str
    marks: tuple[str, ...]
    blocks: tuple[Block, ...]


def receipt(evaluation: Evaluation, *, command: str | None = None, alike: int = 1) -> Receipt:
    """The receipt of an evaluation.

    Parameters
    ----------
    evaluation
        Of one claim.
    command
        The line that computes it again; by default that of a claim of the package.
    alike
        Number of claims that were tested together with it.
    """
    claim = evaluation.claim
    blocks = (
        Block("Verdict", _verdict(evaluation)),
        Block("What decides it", _deciding(evaluation)),
        Block("What would change the verdict", _change(evaluation)),
        Block("What would test it", (Text(claim.would_test),) if claim.would_test else ()),
        Block("Rule", _rule(evaluation)),
        Block("Choices, and why they are open", _choices(evaluation)),
        Block("Data", _data(evaluation)),
        Block("Limits", (Points(tuple(limits_of(evaluation, alike))),)),
        Block("History", (Text(claim.history),) if claim.history else ()),
        Block("Run it again", _again(evaluation, command)),
    )
    return Receipt(
        evaluation,
        f"{claim.number}. {claim.label}",
        claim.statement,
        claim.source,
        headline(evaluation),
        marks(evaluation),
        tuple(block for block in blocks if block.items),
    )


def _verdict(evaluation: Evaluation) -> tuple[Item, ...]:
    """In words, then the curve."""
    items: list[Item] = [Text(evaluation.verdict.because)]
    if told := decider_sentences(evaluation):
        items.append(Text(told))
    if evaluation.absent and evaluation.receipt:
        items.append(
            Text(
                f"The numbers are those stored with the package on {evaluation.computed}: "
                f"data that it may not carry are absent here ({', '.join(evaluation.absent)})."
            )
        )
    if not evaluation.specifications.is_empty():
        items.append(CurvePlace())
    return tuple(items)


def _deciding(evaluation: Evaluation) -> tuple[Item, ...]:
    """Shares of variance, share that holds by option, and the tree."""
    verdict = evaluation.verdict
    if verdict.share_holding is None:
        return ()
    if not verdict.deciding:
        same = "holds" if verdict.share_holding > 0.5 else "fails"
        return (Text(f"Nothing: the rule {same} in every specification and every draw."),)
    claim = evaluation.claim
    labels = {one.id: choice_label(claim, one) for one in claim.choices}
    rows = tuple(
        (
            labels.get(one.choice, one.label),
            _options(one),
            holding_text(one.main),
            holding_text(one.total),
        )
        for one in verdict.deciding
    )
    header = ("Choice", "How often it holds, by option", "Alone", "With interactions")
    caption = "Share of the variance of holding that each choice explains"
    items: list[Item] = [Rows(caption, header, rows, text_columns=2)]
    if verdict.tree:
        items.append(Text("Where it holds, in a few rules:"))
        items.append(Points(verdict.tree))
    return tuple(items)


def _options(one: Deciding) -> str:
    """Options with their shares; of many, the first, the middle and the last."""
    told = [f"{option}: {holding_text(share)}" for option, share in one.options.items()]
    if len(told) > MOST_OPTIONS:
        told = [told[0], told[len(told) // 2], told[-1]]
        return f"{' … '.join(told)} ({len(one.options)} options)"
    return "; ".join(told)


def _change(evaluation: Evaluation) -> tuple[Item, ...]:
    claim = evaluation.claim
    written = [claim.changes] if claim.changes else []
    told = (*written, *what_would_change(evaluation))
    return (Points(told),) if told else ()


def _rule(evaluation: Evaluation) -> tuple[Item, ...]:
    """Scope and reading, conditions, and the quantities behind their terms."""
    claim = evaluation.claim
    known = {one.part.id: one for one in conditions(evaluation)}
    rows: list[tuple[str, ...]] = []
    for part in claim.parts:
        found: tuple[str, ...] = (NO_VALUE, NO_VALUE, NO_VALUE)
        if (own := known.get(part.id)) is not None:
            share = holding_text(own.share_holding)
            found = (amount_text(own.estimate), between_words(own), share)
        rows.append((part.label, part.estimate, part.unit, part.holds, *found))
    header = ("Condition", "Estimate", "Unit", "Holds where", "Median", "5–95 %", "Holds in")
    caption = "All conditions must hold" if len(rows) > 1 else "The condition"
    spans = any(one.p05 is None for one in known.values())
    caption += f"; in brackets: {SPAN}" if spans else ""
    terms = tuple((name, *_term(entry, claim.common)) for name, entry in claim.terms.items())
    return (
        Text(claim.reading),
        Text(f"Scope: {claim.scope}"),
        Rows(caption, header, tuple(rows), text_columns=4),
        Rows("Terms of the estimates", ("Term", "Quantity", "Of"), terms, text_columns=3),
    )


def _term(entry: dict[str, Any], common: dict[str, Any]) -> tuple[str, str]:
    """Quantity and fields of a term; $ marks what a choice fills."""
    own = {**common, **entry}
    quantity = str(own.pop("quantity", ""))
    return quantity, "; ".join(f"{key} {_value(value)}" for key, value in own.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choices(evaluation: Evaluation) -> tuple[Item, ...]:
    claim = evaluation.claim
    rows = tuple((choice_label(claim, one), _labels(one), one.reason) for one in claim.choices)
    if not rows:
        return (Text("None: there is one specification."),)
    header = ("Choice", "Options", "Why it is open")
    return (Rows("Choices that were varied", header, rows, text_columns=3),)


def _labels(choice: Choice) -> str:
    labels = list(choice.settings)
    if choice.spread is not None:
        ratio = " in equal ratios" if choice.spread.scale == "log" else ""
        return f"{labels[0]} to {labels[-1]}, {len(labels)} values{ratio}"
    if len(labels) > 2 * MOST_OPTIONS:
        return f"{'; '.join(labels[:MOST_OPTIONS])}; … ({len(labels)} options)"
    return "; ".join(labels)


def _data(evaluation: Evaluation) -> tuple[Item, ...]:
    """Sources, imputed share, method and page, by quantity."""
    if not evaluation.evidence:
        return ()
    items: list[Item] = []
    for name, own in evaluation.evidence.items():
        imputed = ""
        if own.imputed is not None:
            imputed = f" Of the input, {holding_text(own.imputed)} was imputed."
        items.append(Text(f"{name}: {own.method}{imputed} Explained in {own.page}."))
        items.append(Points(own.sources))
    prints = tuple((name, digest) for name, digest in evaluation.fingerprints.items())
    if prints:
        header = ("Data", "Fingerprint")
        items.append(Rows("Content of the data that were used", header, prints, text_columns=2))
    return tuple(items)


def _again(evaluation: Evaluation, command: str | None) -> tuple[Item, ...]:
    claim = evaluation.claim
    drawn = evaluation.draws if evaluation.draws > 1 else None
    line = command or command_of(claim.id, draws=drawn, most=_most(evaluation))
    day = f", {evaluation.computed}" if evaluation.computed else ""
    made = f"worldclass {evaluation.version}{day}; claim file {claim.digest[:12]}."
    return (Command(line), Text(made))


def _most(evaluation: Evaluation) -> int | None:
    """The size of the sample, where one was taken."""
    number = evaluation.specifications.height
    return number if 0 < number < evaluation.possible else None
