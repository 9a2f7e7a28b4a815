"""The grid of choices, and what each specification makes of a claim's terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.claims.schema import Claim

    Index = NDArray[np.int64]

RESERVED = ("claim", "specification", "estimate", "p05", "p95", "share_holding", "draws")
"""Names of columns that no choice may take."""
_ROUNDS = 1_000


@dataclass(frozen=True)
class Specifications:
    """Which options each specification takes.

    Attributes
    ----------
    claim
        Whose choices.
    options
        Number of the option, shape (specifications, choices).
    possible
        Number of specifications in the whole grid.
    """

    claim: Claim
    options: Index
    possible: int

    def __len__(self) -> int:
        return len(self.options)

    @property
    def sampled(self) -> bool:
        """Whether the grid is larger than what was taken of it."""
        return self.possible > len(self)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of options by choice."""
        return sizes(self.claim)

    def labels(self, choice: int) -> list[str]:
        """Labels of a choice's options."""
        return list(self.claim.choices[choice].settings)

    def words(self, number: int) -> str:
        """A specification in words.

        Parameters
        ----------
        number
            Its row.
        """
        parts = [
            f"{choice.id} {self.labels(k)[self.options[number, k]]}"
            for k, choice in enumerate(self.claim.choices)
        ]
        return ", ".join(parts) or "the only one"

    def columns(self) -> dict[str, pl.Series]:
        """The labels of the options taken, by choice."""
        import polars as pl

        return {
            choice.id: pl.Series(
                choice.id, np.array(self.labels(k), dtype=object)[self.options[:, k]], pl.String
            )
            for k, choice in enumerate(self.claim.choices)
        }


def sizes(claim: Claim) -> tuple[int, ...]:
    """Number of options of each choice."""
    return tuple(len(choice.settings) for choice in claim.choices)


def specify(claim: Claim, most: int, seed: int) -> Specifications:
    """All specifications of a claim, or a balanced sample where there are more than `most`.

    In a sample, no specification occurs twice, and each option of a choice occurs as often as any
    other (up to one, as far as the grid allows).

    Parameters
    ----------
    claim
        Its choices make the grid.
    most
        Size of the sample.
    seed
        Of the sample.

    Raises
    ------
    ClaimError
        A choice bears the name of a column.
    """
    if taken := [choice.id for choice in claim.choices if choice.id in RESERVED]:
        raise ClaimError(
            f"A choice cannot be called '{taken[0]}': results have a column of that name.",
            where=f"claim {claim.id}",
            remedy="Call it otherwise.",
        )
    lengths = sizes(claim)
    return Specifications(claim, grid(lengths, most, seed), prod(lengths))


def grid(lengths: Sequence[int], most: int, seed: int) -> Index:
    """Numbers of options, in order, shape (specifications, choices).

    Examples
    --------
    >>> grid((2, 2), most=10, seed=1).tolist()
    [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> np.bincount(grid((5, 4), most=10, seed=1)[:, 0]).tolist()
    [2, 2, 2, 2, 2]
    """
    possible = prod(lengths)
    if possible <= most:
        return _all(lengths)
    chance = np.random.default_rng([seed, most, *lengths])
    if possible <= 2 * most:  # dense: choose what to leave out
        left_out = _rank(_sample(lengths, possible - most, chance), lengths)
        kept = np.ones(possible, dtype=bool)
        kept[left_out] = False
        return _all(lengths)[kept]
    found = _sample(lengths, most, chance)
    return found[np.lexsort(found.T[::-1])]


def _all(lengths: Sequence[int]) -> Index:
    return np.indices(lengths, dtype=np.int64).reshape(len(lengths), prod(lengths)).T


def _rank(rows: Index, lengths: Sequence[int]) -> Index:
    return np.asarray(np.ravel_multi_index(tuple(rows.T), tuple(lengths)), dtype=np.int64)


def _sample(lengths: Sequence[int], number: int, chance: np.random.Generator) -> Index:
    """Distinct rows with balanced columns: shuffled columns, then swaps until none is double."""
    columns = [
        chance.permutation(np.resize(chance.permutation(length), number)) for length in lengths
    ]
    rows = np.stack(columns, axis=1)
    for _ in range(_ROUNDS):
        double = _doubles(rows, lengths)
        if not len(double):
            return rows
        column = rows[:, chance.integers(len(lengths))]
        for one, other in zip(
            double.tolist(), chance.integers(number, size=len(double)).tolist(), strict=True
        ):
            column[one], column[other] = column[other], column[one]
    return _with_unused(rows, lengths, chance)


def _doubles(rows: Index, lengths: Sequence[int]) -> Index:
    """Places of rows that occurred before."""
    small = prod(lengths) < 2**62
    kinds = _rank(rows, lengths) if small else rows
    _, first = np.unique(kinds, axis=None if small else 0, return_index=True)
    repeated = np.ones(len(rows), dtype=bool)
    repeated[first] = False
    return np.flatnonzero(repeated)


def _with_unused(rows: Index, lengths: Sequence[int], chance: np.random.Generator) -> Index:
    """Rows without doubles where swaps found no balanced way: unused ones instead."""
    taken = {tuple(row) for row in rows.tolist()}
    for place in _doubles(rows, lengths):
        while (new := tuple(int(chance.integers(length)) for length in lengths)) in taken:
            pass
        rows[place] = new
        taken.add(new)
    return rows


def distinct(options: Index, columns: Sequence[int]) -> tuple[Index, Index]:
    """Distinct rows of some columns, and for each row of the whole the number of its kind."""
    if not columns:
        return np.zeros((1, 0), dtype=np.int64), np.zeros(len(options), dtype=np.int64)
    kinds, place = np.unique(options[:, list(columns)], axis=0, return_inverse=True)
    return kinds, place.reshape(-1)
