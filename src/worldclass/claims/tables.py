"""The tables of an evaluation: specifications, and parts of the decision rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.claims.schema import Claim, Part
    from worldclass.claims.specifications import Specifications

    Values = NDArray[np.float64]

NUMBERS = ("estimate", "p05", "p95", "share_holding")


@dataclass(frozen=True)
class Outcome:
    """One part of the decision rule in all combinations.

    Attributes
    ----------
    part
        Which.
    centre
        Central value by specification.
    drawn
        Value in each draw, shape (specifications, draws); one column where nothing is drawn.
    holds
        Whether the rule is met, of the shape of `drawn`.
    """

    part: Part
    centre: Values
    drawn: Values
    holds: NDArray[np.bool_]

    def numbers(self) -> dict[str, Values]:
        """Estimate, percentiles over the draws, and share of draws, by specification."""
        low, high = np.percentile(self.drawn, [5, 95], axis=1)
        share = self.holds.mean(axis=1)
        return dict(zip(NUMBERS, (np.array(self.centre), low, high, share), strict=True))


def specification_table(
    specifications: Specifications, first: Outcome, together: NDArray[np.bool_]
) -> pl.DataFrame:
    """One row a specification; `share_holding` is of the draws in which all parts hold."""
    import polars as pl

    numbers = {**first.numbers(), "share_holding": together.mean(axis=1)}
    return pl.DataFrame(
        {
            "claim": pl.Series([specifications.claim.id]).new_from_index(0, len(specifications)),
            "specification": np.arange(1, len(specifications) + 1, dtype=np.int32),
            **specifications.columns(),
            **numbers,
        }
    )


def part_table(claim: Claim, outcomes: Sequence[Outcome]) -> pl.DataFrame:
    """One row a specification and part."""
    import polars as pl

    return pl.concat([_one_part(claim, one.part, one.numbers()) for one in outcomes])


def _one_part(claim: Claim, part: Part, numbers: dict[str, Values]) -> pl.DataFrame:
    import polars as pl

    height = len(numbers["estimate"])
    words = {
        "claim": claim.id,
        "specification": None,
        "part": part.id,
        "label": part.label,
        "unit": part.unit,
        "holds": part.holds,
    }
    columns: dict[str, pl.Series] = {}
    for name, text in words.items():
        columns[name] = (
            pl.Series(name, np.arange(1, height + 1, dtype=np.int32))
            if text is None
            else pl.Series(name, [text]).new_from_index(0, height)
        )
    return pl.DataFrame({**columns, **numbers})


def empty_tables(claim: Claim) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables without rows, for a claim whose data are absent."""
    import polars as pl

    nothing = {name: np.empty(0) for name in NUMBERS}
    specifications = pl.DataFrame(
        {
            "claim": pl.Series([], dtype=pl.String),
            "specification": pl.Series([], dtype=pl.Int32),
            **{choice.id: pl.Series([], dtype=pl.String) for choice in claim.choices},
            **nothing,
        }
    )
    return specifications, pl.concat([_one_part(claim, part, nothing) for part in claim.parts])
