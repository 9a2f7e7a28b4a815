"""The answer to a question about claims: a Polars frame of verdicts that can draw itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

import polars as pl

from worldclass.claims.conditions import conditions, least_met
from worldclass.core.errors import UsageError
from worldclass.core.result_frame import ResultFrame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.schema import Part

COLUMNS = {
    "claim": pl.String,
    "theory": pl.String,
    "number": pl.Int32,
    "label": pl.String,
    "kind": pl.String,
    "origin": pl.String,
    "verdict": pl.String,
    "share_holding": pl.Float64,
    "estimate": pl.Float64,
    "p05": pl.Float64,
    "p95": pl.Float64,
    "unit": pl.String,
    "condition": pl.String,
    "least_met": pl.String,
}
"""Columns of a table of verdicts: `estimate`, `p05`, `p95` and `unit` are of the first condition,
which `condition` names with its rule; `least_met` names the one that is met least often."""
CONDITION_COLUMNS = {
    "claim": pl.String,
    "theory": pl.String,
    "condition": pl.String,
    "holds": pl.String,
    "least_met": pl.Boolean,
    "share_holding": pl.Float64,
    "estimate": pl.Float64,
    "p05": pl.Float64,
    "p95": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "unit": pl.String,
}
"""Columns of a table of conditions, as `worldclass.claims.conditions.Condition` explains them."""


class ClaimsFrame(ResultFrame):
    """Verdicts as a Polars frame, with the evaluations behind them.

    Every Polars method works. What chooses rows (filter, sort, head, tail, slice) gives such a
    frame again, all else a plain Polars frame, which has no evaluations.

    Attributes
    ----------
    evaluations
        By claim: verdict, curve, what decides, evidence.
    """

    known = ("evaluations",)
    evaluations: Mapping[str, Evaluation] = MappingProxyType({})

    def _part(self, rows: pl.DataFrame) -> Self:
        """Some verdicts, with their own evaluations."""
        part = super()._part(rows)
        own = set(rows["claim"])
        part.evaluations = {name: one for name, one in self.evaluations.items() if name in own}
        return part

    @property
    def specifications(self) -> pl.DataFrame:
        """The curves of all claims: one row a specification, a column for each choice of any."""
        frames = [one.specifications for one in self.evaluations.values()]
        return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()

    @property
    def conditions(self) -> pl.DataFrame:
        """The conditions of all claims: one row each, with its rule, how often it is met, and its
        estimate. Null in `p05` and `p95`: only the intervals of single specifications are known."""
        rows = [row for one in self.evaluations.values() for row in _condition_rows(one)]
        return pl.DataFrame(rows, schema=CONDITION_COLUMNS, orient="row")

    def plot(self, claim: str | None = None, **options: Any) -> alt.VConcatChart:  # type: ignore[override]
        """Draw the specification curve of a claim, or the board of all.

        Parameters
        ----------
        claim
            Its id. Without it, one claim gives its curve, several the board of their verdicts.
        options
            As `worldclass.claims.pictures.draw` takes them.

        Raises
        ------
        UsageError
            There is no claim of that name.
        """
        from worldclass.claims.pictures import board, draw

        if claim is None and len(self.evaluations) > 1:
            return board(list(self.evaluations.values()), **options).framed()
        return draw(self._one(claim), **options)

    def _one(self, claim: str | None) -> Evaluation:
        known = list(self.evaluations)
        if claim is None and len(known) == 1:
            return self.evaluations[known[0]]
        if claim is None and not len(self):
            raise UsageError(
                "There is no claim to draw: the table of verdicts has no row.",
                where="plot",
                remedy="Look at what it was filtered by, or ask `claims` for others.",
            )
        if not known and len(self):
            raise UsageError(
                "A part of a table of verdicts has no curves.",
                where="plot",
                remedy="Draw the table that `claims` gave, or ask it for fewer claims.",
            )
        if claim is None or claim not in self.evaluations:
            what = "There is no claim." if claim is None else f"No claim '{claim:.60}'."
            raise UsageError(what, where="plot", remedy=f"Claims: {', '.join(known) or 'none'}.")
        return self.evaluations[claim]


def verdict_table(evaluations: Sequence[Evaluation]) -> ClaimsFrame:
    """One row a claim."""
    rows = [_row(one) for one in evaluations]
    frame = ClaimsFrame(rows, schema=COLUMNS, orient="row")
    frame.evaluations = {one.claim.id: one for one in evaluations}
    return frame


def _row(evaluation: Evaluation) -> tuple[Any, ...]:
    claim, verdict = evaluation.claim, evaluation.verdict
    first, least = claim.parts[0], least_met(evaluation)
    return (
        claim.id,
        claim.theory,
        claim.number,
        claim.label,
        claim.kind,
        claim.origin,
        verdict.word,
        verdict.share_holding,
        verdict.estimate,
        verdict.p05,
        verdict.p95,
        first.unit,
        condition_text(first),
        None if least is None else condition_text(least.part),
    )


def condition_text(part: Part) -> str:
    """A condition in words and its rule, such as "Growth of the number, South > 0"."""
    return f"{part.label} {part.holds}"


def _condition_rows(evaluation: Evaluation) -> list[tuple[Any, ...]]:
    claim, least = evaluation.claim, least_met(evaluation)
    return [
        (
            claim.id,
            claim.theory,
            one.part.label,
            one.part.holds,
            least is not None and one.part.id == least.part.id,
            one.share_holding,
            one.estimate,
            one.p05,
            one.p95,
            one.low,
            one.high,
            one.part.unit,
        )
        for one in conditions(evaluation)
    ]
