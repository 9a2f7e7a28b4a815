"""Sentences about claims and their verdicts that receipt, report and terminal share."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from worldclass.charts.numbers import NO_VALUE
from worldclass.charts.verdicts import (
    VERDICT_SIGNS,
    WORDS,
    amount_text,
    holding_text,
)
from worldclass.claims.conditions import least_met
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.frame import condition_text
from worldclass.claims.verdict import word_of

if TYPE_CHECKING:
    from worldclass.claims.conditions import Condition
    from worldclass.claims.cutoffs import Cutoffs
    from worldclass.claims.evaluation import Deciding, Evaluation, Word

OTHER_CUTOFFS = ((0.95, 0.05), (0.8, 0.2), (2 / 3, 1 / 3))
"""Pairs at which a receipt asks what the verdict would be; for information only."""
MOST_FLIPS = 6
SPAN = "from the 5th percentile of the specifications’ low ends to the 95th of their high ends"
"""What an interval is where the draws of a condition are not kept, but its intervals are."""

KINDS = {
    "empirical": "Empirical: the world decides it; data could have come out otherwise.",
    "analytic": "Analytic: with the definitions as they are, it is nearly true or nearly false "
    "from the outset. The verdict says how the definitions work more than how the world is.",
}
ORIGINS = {
    "text": "From the text: its author states it, in other words.",
    "companion": "Companion: the statement is ours. It tests the theory’s picture of the world; "
    "its author did not make it, and its failing does not refute a sentence of the author.",
}
WHAT_SHARES_ARE = (
    "The share counts specifications and draws. It is not a probability that the claim is true: "
    "nobody drew the specifications from a population of analyses, and each counts the same, "
    "however plausible."
)


def estimate_words(evaluation: Evaluation) -> str:
    """Estimate of the first condition, with its interval and unit.

    Empty where nothing was evaluated.
    """
    verdict, part = evaluation.verdict, evaluation.claim.parts[0]
    if verdict.estimate is None:
        return ""
    between = f"{amount_text(verdict.p05)} to {amount_text(verdict.p95)}"
    return f"{amount_text(verdict.estimate)} {part.unit} (5–95 %: {between})"


def condition_words(condition: Condition) -> str:
    """A condition with its rule, and how often it is met.

    Examples
    --------
    >>> from worldclass.claims.query import claims
    >>> (found,) = claims("worker-elite-moved-south").evaluations.values()
    >>> condition_words(least_met(found))
    'Change of the share of adults, North < 0: met in 29 %'
    """
    share = holding_text(condition.share_holding)
    return f"{condition_text(condition.part)}: met in {share}"


def amount_words(condition: Condition) -> str:
    """The estimate of a condition, with its unit."""
    return f"{amount_text(condition.estimate)} {condition.part.unit}"


def between_words(condition: Condition) -> str:
    """The interval of a condition's estimate; in brackets where it is a span of intervals."""
    if condition.p05 is not None:
        return f"{amount_text(condition.p05)} to {amount_text(condition.p95)}"
    return f"[{amount_text(condition.low)} to {amount_text(condition.high)}]"


def decider_words(evaluation: Evaluation) -> str:
    """The condition met least often, with its rule, its share and its estimate, for a cell."""
    least = least_met(evaluation)
    if least is None:
        return NO_VALUE
    told = f"{amount_words(least)}, 5–95 %: {between_words(least)}"
    return f"{condition_words(least)}; {told}"


def decider_sentences(evaluation: Evaluation) -> str:
    """Which condition is met least often, its estimate, and what that must be; empty without
    numbers."""
    least = least_met(evaluation)
    if least is None:
        return ""
    share = holding_text(least.share_holding)
    if len(evaluation.claim.parts) == 1:
        head = f"{least.part.label}"
    elif least.share_holding == 1.0:
        head = f"Every condition is met in all combinations. The first, {least.part.label}"
    else:
        head = f"Of its conditions, this is met least often, in {share}: {least.part.label}"
    told = amount_words(least)
    over = "5–95 %" if least.p05 is not None else SPAN
    return (
        f"{head}: {told}, the median over specifications ({over}: "
        f"{between_words(least).strip('[]')}); the rule needs {least.part.holds}."
    )


def marks(evaluation: Evaluation) -> tuple[str, ...]:
    """What sets a claim apart: analytic, companion."""
    claim = evaluation.claim
    kind = (claim.kind,) if claim.kind == "analytic" else ()
    return kind + ((claim.origin,) if claim.origin == "companion" else ())


def verdict_text(word: Word, share: float | None) -> str:
    """Sign, word and share."""
    told = f"{VERDICT_SIGNS[word]} {word}"
    return told if share is None else f"{told}, {holding_text(share)}"


def counts_sentence(evaluations: Sequence[Evaluation], theory: str) -> str:
    """How many claims of a theory got which verdict."""
    counts, number = verdict_counts(evaluations), len(evaluations)
    verbs = {
        "holds": ("holds", "hold"),
        "depends": ("depends on the choices made", "depend on the choices made"),
        "fails": ("fails", "fail"),
        "not testable here": ("cannot be tested with the data here",) * 2,
    }
    if number == 1:
        return f"The claim of {theory} {verbs[evaluations[0].verdict.word][0]}."
    told = [f"{n} {verbs[word][n > 1]}" for word, n in counts.items() if n]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return f"Of {number} claims of {theory}, {listed}."


def verdict_counts(evaluations: Sequence[Evaluation]) -> dict[Word, int]:
    """Number of claims by verdict, in the order in which verdicts are told."""
    found = [one.verdict.word for one in evaluations]
    return {word: found.count(word) for word in WORDS}  # type: ignore[misc]


def what_would_change(evaluation: Evaluation) -> list[str]:
    """Other cut-offs, and options that alone would give another verdict."""
    verdict = evaluation.verdict
    share = verdict.share_holding
    if share is None:
        return []
    told = [_by_cutoffs(share)]
    limits = cutoffs()
    now = word_of(share, limits)
    flips = [text for one in verdict.deciding for text in _flips(one, now, limits)]
    if flips:
        more = f"; and {len(flips) - MOST_FLIPS} more" if len(flips) > MOST_FLIPS else ""
        listed = "; ".join(flips[:MOST_FLIPS])
        told.append(f"With one option alone the word would be another: {listed}{more}.")
    else:
        told.append(f"No option alone gives another word than “{now}”.")
    return told


def _flips(one: Deciding, now: Word, limits: Cutoffs) -> list[str]:
    """Options of a choice that alone give another word; neighbours with one word together."""
    runs: list[tuple[Word, list[str], list[float]]] = []
    before: Word | None = None
    for option, share in one.options.items():
        word = word_of(share, limits)
        if word != before:
            runs.append((word, [], []))
        runs[-1][1].append(option)
        runs[-1][2].append(share)
        before = word
    told: list[str] = []
    for word, options, shares in runs:
        if word != now:
            ends = f"“{options[0]}”" + (f" to “{options[-1]}”" if len(options) > 1 else "")
            least, most = holding_text(min(shares)), holding_text(max(shares))
            told.append(
                f"{one.label}, {ends}: {word} ({' to '.join(dict.fromkeys((least, most)))})"
            )
    return told


def _by_cutoffs(share: float) -> str:
    """What the word would be at other cut-offs."""
    limits = cutoffs()
    now = word_of(share, limits)
    others = {
        f"{100 * high:.0f} and {100 * low:.0f} %": word_of(
            share, limits.model_copy(update={"holds": high, "fails": low})
        )
        for high, low in OTHER_CUTOFFS
    }
    fixed = f"{100 * limits.holds:.0f} and {100 * limits.fails:.0f} %"
    if set(others.values()) == {now}:
        return f"The word would be the same at cut-offs of {_listed(list(others))}."
    told = [f"at {pair} “{word}”" for pair, word in others.items()]
    return f"At the cut-offs of {fixed} the word is “{now}”; {_listed(told)}."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def limits_of(evaluation: Evaluation, alike: int) -> list[str]:
    """What the verdict does not mean.

    Parameters
    ----------
    alike
        Number of claims that were tested together with this one.
    """
    claim, number = evaluation.claim, evaluation.specifications.height
    told = [KINDS[claim.kind], ORIGINS[claim.origin], WHAT_SHARES_ARE]
    if number > 1:
        told.append(
            f"Dependence: the {number:,} specifications use the same data, so that they are far "
            "fewer than so many independent tests; their agreement cannot exceed what the data "
            "know."
        )
    if evaluation.possible > number > 1:
        told.append(
            f"Sample: {number:,} of {evaluation.possible:,} specifications were drawn with a "
            "fixed seed; the share of the whole grid differs by chance, by about "
            f"{100 * _sampling_error(evaluation):.1f} percentage points or less in 95 of 100 "
            "samples."
        )
    if alike > 1:
        told.append(
            f"Multiplicity: it is one of {alike} claims that were tested together, and no "
            "correction was made for that. The more are tested, the more fall on one side of a "
            "cut-off by luck."
        )
    return told


def _sampling_error(evaluation: Evaluation) -> float:
    """Two standard errors of the mean share, for a sample without replacement."""
    shares = evaluation.specifications["share_holding"]
    number = shares.len()
    left = 1 - number / evaluation.possible
    return 1.96 * float(shares.std() or 0.0) * (left / number) ** 0.5  # type: ignore[arg-type]


def command_of(claim: str, *, draws: int | None = None, most: int | None = None) -> str:
    """The line that computes a claim again; it needs no receipt."""
    words = ["worldclass claims run", shlex.quote(claim), "--fresh"]
    words += [f"--draws {draws}"] if draws not in (None, cutoffs().draws) else []
    words += [f"--most {most}"] if most not in (None, cutoffs().most_specifications) else []
    return " ".join(words)
