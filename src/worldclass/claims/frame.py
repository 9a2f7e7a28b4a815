"""The answer to a question about claims: a Polars frame of verdicts that can draw itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from worldclass.claims.evaluation import Evaluation

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
}
"""Columns of a table of verdicts."""


class ClaimsFrame(pl.DataFrame):
    """Verdicts as a Polars frame, with the evaluations behind them.

    Every Polars method works; what it returns has no evaluations.

    Attributes
    ----------
    evaluations
        By claim: verdict, curve, what decides, evidence.
    """

    evaluations: Mapping[str, Evaluation] = MappingProxyType({})

    @property
    def specifications(self) -> pl.DataFrame:
        """The curves of all claims: one row a specification, a column for each choice of any."""
        frames = [one.specifications for one in self.evaluations.values()]
        return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()

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
            words: dict[str, Any] = {"title": "Verdicts", **options}
            return board(list(self.evaluations.values()), **words).framed()
        return draw(self._one(claim), **options)

    def _one(self, claim: str | None) -> Evaluation:
        known = list(self.evaluations)
        if claim is None and len(known) == 1:
            return self.evaluations[known[0]]
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
        claim.parts[0].unit,
    )
