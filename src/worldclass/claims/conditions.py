"""The conditions of a claim's rule, each with its estimate, and the one that is met least often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.schema import Part


@dataclass(frozen=True)
class Condition:
    """One condition over all specifications.

    Attributes
    ----------
    part
        Its label, unit, formula and rule.
    share_holding
        Share of the combinations of specification and draw in which it is met, 0 to 1.
    estimate
        Median of the specifications' central values.
    p05, p95
        5th and 95th percentile over all combinations; null where only the interval of each
        specification is known.
    low, high
        5th percentile of the low ends and 95th percentile of the high ends of the specifications'
        own 5-95 % intervals: mostly wider than `p05` to `p95`.
    """

    part: Part
    share_holding: float
    estimate: float
    p05: float | None
    p95: float | None
    low: float
    high: float


def conditions(evaluation: Evaluation) -> tuple[Condition, ...]:
    """The conditions in the order of the claim; none where nothing was evaluated.

    Examples
    --------
    >>> from worldclass.claims.query import claims
    >>> found = claims("industry-left-the-north", cache=False).evaluations
    >>> [one.part.id for one in conditions(found["industry-left-the-north"])]
    ['north', 'south']
    """
    if evaluation.parts.is_empty():
        return ()
    rows = evaluation.parts.partition_by("part", as_dict=True)
    return tuple(_condition(evaluation, part, rows[(part.id,)]) for part in evaluation.claim.parts)


def least_met(evaluation: Evaluation) -> Condition | None:
    """The condition that is met least often, so that it decides whether all are; of equals the
    first; null where nothing was evaluated."""
    return min(conditions(evaluation), key=lambda one: one.share_holding, default=None)


def _condition(evaluation: Evaluation, part: Part, rows: pl.DataFrame) -> Condition:
    low, middle, high = (rows[name].to_numpy() for name in ("p05", "estimate", "p95"))
    least, most = float(np.percentile(low, 5)), float(np.percentile(high, 95))
    verdict = evaluation.verdict
    p05, p95, estimate = verdict.p05, verdict.p95, verdict.estimate
    if part.id != evaluation.claim.parts[0].id:
        # Draws of other conditions are not kept; without any, the specifications are all there is.
        known = len(rows) == 1 or bool((low == high).all())
        p05, p95 = (least, most) if known else (None, None)
        estimate = float(np.median(middle))
    share = float(rows["share_holding"].to_numpy().mean())
    assert estimate is not None  # there are rows, so that something was evaluated
    return Condition(part, share, estimate, p05, p95, least, most)
