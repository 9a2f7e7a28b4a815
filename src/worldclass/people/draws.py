"""The matrix of draws × assumptions: one standard score each, common to all countries and years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.people.assumptions import Scores, assumptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPLITS = 8
"""Columns kept for the latent splits of a theory, in the order in which it declares them."""
STORED = 256
DEFAULT = 200
SEED = 20201001


def columns() -> tuple[str, ...]:
    """Names of the columns: assumptions in file order, then the places for splits."""
    return (*assumptions(), *(f"split_{k + 1}" for k in range(SPLITS)))


@dataclass(frozen=True)
class Draws:
    """Standard scores, shape (draws, columns)."""

    scores: NDArray[np.float64]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return self.scores.shape[0]

    def take(self, number: int) -> Draws:
        """The first `number` draws."""
        return Draws(self.scores[:number], self.names)

    def one(self, index: int, anchor: str | None = None) -> Scores:
        """The scores of one draw."""
        return Scores(dict(zip(self.names, self.scores[index].tolist(), strict=True)), anchor)

    def column(self, name: str) -> NDArray[np.float64]:
        """Scores of one column, shape (draws,)."""
        return self.scores[:, self.names.index(name)]


def make_draws(number: int = STORED, seed: int = SEED) -> Draws:
    """Draw from a scrambled Sobol sequence, pushed through the normal's quantile function.

    Parameters
    ----------
    number
        At least 2; powers of two balance best.
    seed
        Seed of the scrambling.

    Source: Owen (1997), Annals of Statistics 25(4), 1541-1562, through `scipy.stats.qmc`.
    """
    if number < 2:
        raise UsageError(
            f"{number} draws cannot give an interval.", where="draws", remedy="Use 2 or more."
        )
    from scipy.special import ndtri
    from scipy.stats import qmc

    names = columns()
    power = int(np.ceil(np.log2(number)))
    points = qmc.Sobol(len(names), scramble=True, rng=np.random.default_rng(seed)).random_base2(
        power
    )
    points = np.clip(points[:number], 1e-6, 1 - 1e-6)
    return Draws(np.round(ndtri(points), 6), names)


def choose_draws(stored: Draws, number: int) -> Draws:
    """The first stored draws, or fresh ones of the same sequence where more are asked for."""
    return stored.take(number) if 2 <= number <= len(stored) else make_draws(number)
