"""Two theories on the questions that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from worldclass.claims.query import claims
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.frame import ClaimsFrame

_SIDE = {
    "claim": pl.String,
    "theory": pl.String,
    "label": pl.String,
    "verdict": pl.String,
    "share_holding": pl.Float64,
}


def compare_claims(
    theory: str | ClaimsFrame, other: str | ClaimsFrame, **options: Any
) -> pl.DataFrame:
    """Claims of two theories about the same question, side by side.

    Parameters
    ----------
    theory, other
        Theories, or anything else that `worldclass.claims` takes; or tables that it gave.
    options
        As `worldclass.claims` takes them.

    Returns
    -------
    One row a pair of claims with the same question: `question`, then claim, theory, label, verdict
    and share_holding of the first, and with the prefix `other_` those of the second.

    Raises
    ------
    ClaimError
        They share no question.
    """
    left, right = (list(_verdicts(one, options).evaluations.values()) for one in (theory, other))
    rows = [
        (one.claim.question, *_side(one), *_side(two))
        for one in left
        for two in right
        if one.claim.question == two.claim.question and one.claim.id != two.claim.id
    ]
    if not rows:
        raise ClaimError(
            "The two have no claim on the same question.",
            where=f"questions {_questions(left)}; {_questions(right)}",
            remedy="Claims are set side by side where their 'question' is the same.",
        )
    others = {f"other_{name}": kind for name, kind in _SIDE.items()}
    return pl.DataFrame(rows, schema={"question": pl.String, **_SIDE, **others}, orient="row")


def _verdicts(one: str | ClaimsFrame, options: dict[str, Any]) -> ClaimsFrame:
    return claims(one, **options) if not hasattr(one, "evaluations") else one  # type: ignore[return-value]


def _side(evaluation: Evaluation) -> tuple[Any, ...]:
    claim, verdict = evaluation.claim, evaluation.verdict
    return (claim.id, claim.theory, claim.label, verdict.word, verdict.share_holding)


def _questions(evaluations: Sequence[Evaluation]) -> str:
    return ", ".join(sorted({one.claim.question for one in evaluations})) or "none"
