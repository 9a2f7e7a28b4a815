"""Pictures of evaluations: the specification curve of a claim, and boards of verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.charts.specification_columns import Options
from worldclass.charts.specification_curve import Curve, specification_curve
from worldclass.charts.verdict_board import comparison_board, verdict_board
from worldclass.charts.verdicts import Cutoffs, holding_text
from worldclass.claims.choice_words import choice_label
from worldclass.claims.conditions import least_met
from worldclass.claims.cutoffs import cutoffs
from worldclass.core.errors import UsageError
from worldclass.theories.library import list_theories, load_theory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import altair as alt
    import polars as pl

    from worldclass.charts.picture import Picture
    from worldclass.claims.evaluation import Evaluation

MOST_NAMED = 3
"""Theories that the title of a board names."""
_ASKING = frozenset(
    {"are", "can", "did", "do", "does", "has", "have", "how", "is", "what", "when", "where"}
    | {"which", "who", "whom", "whose", "why", "will"}
)


def draw(evaluation: Evaluation, *, part: str | None = None, width: int = 760) -> alt.VConcatChart:
    """Draw the specification curve of a claim, with title and note.

    Parameters
    ----------
    evaluation
        From `worldclass.claims(...).evaluations`.
    part
        Id of one condition of the decision rule; all of them by default.
    width
        Pixels.

    Raises
    ------
    UsageError
        The claim has no such condition, or was not evaluated for want of data.
    """
    return curve(evaluation, part=part, width=width).framed()


def curve(evaluation: Evaluation, *, part: str | None = None, width: int = 760) -> Picture:
    """The specification curve of a claim; parameters and errors are those of `draw`."""
    claim = evaluation.claim
    if evaluation.specifications.is_empty():
        raise UsageError(
            f"The claim '{claim.id}' was not evaluated, so that there is nothing to draw.",
            where=claim.id,
            remedy=evaluation.verdict.because,
        )
    names = [one.id for one in claim.parts]
    if part is not None and part not in names:
        raise UsageError(
            f"The claim '{claim.id}' has no condition '{part[:40]}'.",
            where="part",
            remedy=f"Its conditions: {', '.join(names)}.",
        )
    shown = [one for one in claim.parts if part in (None, one.id)]
    return specification_curve(
        [Curve(one.label, one.unit, one.holds, _rows(evaluation, one.id)) for one in shown],
        evaluation.specifications,
        [Options(one.id, choice_label(claim, one), tuple(one.settings)) for one in claim.choices],
        title=claim.label,
        cutoffs=limits(),
        drawn=evaluation.draws > 1,
        subtitle=headline(evaluation),
        footnote=footnote([evaluation]),
        width=width,
    )


def board(
    evaluations: Sequence[Evaluation], *, title: str = "", subtitle: str = "", width: int = 760
) -> Picture:
    """The verdicts of several claims.

    Parameters
    ----------
    evaluations
        From top to bottom.
    title, subtitle, width
        As in other pictures; the title names the theories by default.

    Raises
    ------
    UsageError
        There is no evaluation.
    """
    return verdict_board(
        _table([_verdict(one) for one in evaluations]),
        title=title or board_title(one.claim.theory for one in evaluations),
        cutoffs=limits(),
        subtitle=subtitle,
        footnote=footnote(evaluations),
        width=width,
    )


def board_title(theories: Iterable[str]) -> str:
    """Whose claims a board shows; the ids of theories may be repeated.

    Examples
    --------
    >>> board_title(["kharas", "kharas"])
    'Verdicts on Global middle class, 11 to 110 dollars a day (Kharas)'
    """
    chosen = list(dict.fromkeys(theories))
    if len(chosen) > MOST_NAMED:
        return f"Verdicts on claims of {len(chosen)} theories"
    return f"Verdicts on {' and '.join(theory_name(theory) for theory in chosen)}"


def theory_name(theory: str) -> str:
    """A theory in words, by its id."""
    return load_theory(theory).label if theory in list_theories() else theory


def comparison(
    theories: Mapping[str, Sequence[Evaluation]],
    *,
    title: str,
    subtitle: str = "",
    width: int = 760,
) -> Picture:
    """The verdicts of theories on the questions that all of them answer.

    Parameters
    ----------
    theories
        By name in words: evaluations of its claims.
    title, subtitle, width
        As in other pictures.

    Raises
    ------
    UsageError
        They share no question.
    """
    shared = shared_questions(theories)
    if not shared:
        raise UsageError(
            f"{' and '.join(theories)} share no question.",
            remedy="Claims are set side by side where their 'question' is the same.",
        )
    rows = [
        _verdict(one) | {"question": question_words(question), "theory": theory}
        for question in shared
        for theory, evaluations in theories.items()
        for one in evaluations
        if one.claim.question == question
    ]
    every = [one for evaluations in theories.values() for one in evaluations]
    return comparison_board(
        _table(rows), title=title, cutoffs=limits(), subtitle=subtitle,
        footnote=footnote(every), width=width,
    )  # fmt: skip


def shared_questions(theories: Mapping[str, Sequence[Evaluation]]) -> list[str]:
    """Questions on which every theory has a claim, in the order of the first theory."""
    asked = [[one.claim.question for one in evaluations] for evaluations in theories.values()]
    if not asked:
        return []
    return [name for name in dict.fromkeys(asked[0]) if all(name in own for own in asked)]


def question_words(question: str) -> str:
    """A question's id as a heading.

    Examples
    --------
    >>> question_words("size-of-the-worker-elite"), question_words("who-is-the-majority")
    ('Size of the worker elite', 'Who is the majority?')
    """
    words = question.replace("-", " ")
    asks = question.partition("-")[0] in _ASKING
    return words[:1].upper() + words[1:] + ("?" if asks else "")


def limits() -> Cutoffs:
    """The cut-offs of verdicts, for pictures."""
    fixed = cutoffs()
    return Cutoffs(fixed.holds, fixed.fails)


def headline(evaluation: Evaluation) -> str:
    """Verdict, share, combinations and, of several conditions, the one that is met least often."""
    verdict = evaluation.verdict
    word = verdict.word[:1].upper() + verdict.word[1:]
    if verdict.share_holding is None:
        return word
    number = evaluation.specifications.height
    grid = f"{number:,} specification{'s' if number > 1 else ''}"
    if evaluation.possible > number:
        grid += f" (a sample of {evaluation.possible:,})"
    draws = f" × {evaluation.draws:,} draws" if evaluation.draws > 1 else ""
    rule = "the rule is met" if len(evaluation.claim.parts) == 1 else "all conditions are met"
    if evaluation.claim.assumed:
        word += " (the numbers rest on what is assumed)"
    told = f"{word}: {rule} in {holding_text(verdict.share_holding)} of {grid}{draws}"
    least = least_met(evaluation) if len(evaluation.claim.parts) > 1 else None
    if least is None or least.share_holding == 1.0:
        return told
    return f"{told}; least often “{least.part.label}”, in {holding_text(least.share_holding)}"


def footnote(evaluations: Iterable[Evaluation]) -> str:
    """Whose numbers, and of which day."""
    found = {(one.version, one.computed) for one in evaluations if one.computed}
    if not found:
        return ""
    version, day = max(found)
    return f"worldclass {version}, {day}."


def _rows(evaluation: Evaluation, part: str) -> pl.DataFrame:
    own = evaluation.parts.filter(evaluation.parts["part"] == part)
    return own.select("specification", "estimate", "p05", "p95", "share_holding")


def _verdict(evaluation: Evaluation) -> dict[str, Any]:
    claim = evaluation.claim
    return {
        "claim": claim.id,
        "number": claim.number,
        "label": claim.label,
        "kind": claim.kind,
        "origin": claim.origin,
        "verdict": evaluation.verdict.word,
        "share_holding": evaluation.verdict.share_holding,
    }


def _table(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        rows, schema_overrides={"share_holding": pl.Float64}, infer_schema_length=None
    )
