"""Named assumptions of the labour accounts, their draws, and their values under a draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from pydantic import RootModel

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import UsageError
from worldclass.flows.labour.classes import PACKAGE, industry_classes
from worldclass.people.assumptions import LIMIT, P95, Assumption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from worldclass.flows.labour.classes import IndustryClass
    from worldclass.people.grid import Array

SEED = 20201002
DEFAULT = 200
STORED = 256
DECIMALS = 6
BY_CLASS = ("industry_error", "country_error", "country_women_odds")
"""Assumptions without a column of their own: the first is drawn for each industry class, in the
columns `error:CLASS`, the others for each class of each country (`own_errors.py`)."""


class _File(RootModel[dict[str, Assumption]]):
    pass


@cache
def assumptions() -> Mapping[str, Assumption]:
    """All named assumptions, in the order of the file."""
    return load_toml(package_file(PACKAGE, "assumptions.toml"), _File).root


@cache
def columns() -> tuple[str, ...]:
    """Columns of the draws: assumptions, then error and women's share of each industry class."""
    classes = tuple(industry_classes())
    return (
        *(name for name in assumptions() if name not in BY_CLASS),
        *(f"error:{name}" for name in classes),
        *(f"women:{name}" for name in classes),
    )


@dataclass(frozen=True)
class LabourDraws:
    """Standard scores of several draws; NaN stands for the central value.

    Attributes
    ----------
    scores
        Shape (draws, columns), in the order of `columns`.
    own_seed
        Seed of each country's own errors; none where it is None.
    """

    scores: Array
    own_seed: int | None = None

    def __len__(self) -> int:
        return self.scores.shape[0]

    def column(self, name: str) -> Array:
        """Scores of one column, NaN where central; shape (draws,)."""
        return self.scores[:, columns().index(name)]

    def value(self, name: str) -> Array:
        """An assumption's value; shape (draws,) or (draws, groups). The score of an error."""
        return value_at(assumptions()[name], self.column(name))

    def of_classes(self, what: str, classes: Sequence[IndustryClass]) -> Array:
        """Scores of the columns `error` or `women` of some classes, shape (draws, classes)."""
        names = columns()
        places = [names.index(f"{what}:{one.name}") for one in classes]
        return np.clip(np.nan_to_num(self.scores[:, places], nan=0.0), -LIMIT, LIMIT)

    def choice(self, name: str) -> NDArray[np.int_]:
        """Place of the chosen option among the options; shape (draws,)."""
        assumption = assumptions()[name]
        chosen = [
            str(assumption.central) if np.isnan(score) else assumption.choose(float(score))
            for score in self.column(name)
        ]
        return np.array([assumption.options.index(option) for option in chosen])


@dataclass(frozen=True)
class Scores:
    """Standard scores by column name; what is absent stays at its centre.

    Examples
    --------
    >>> float(Scores({"women_hours": 0.0}).as_draws().value("women_hours")[0])
    0.88
    """

    scores: Mapping[str, float]

    def as_draws(self) -> LabourDraws:
        """One draw.

        Raises
        ------
        UsageError
            A name that is no column.
        """
        unknown = sorted(set(self.scores) - set(columns()))
        if unknown:
            raise UsageError(
                f"There is no assumption {unknown[0]!r}.",
                where="scores of the labour accounts",
                remedy=f"Use {', '.join(name for name in columns() if ':' not in name)}, "
                "or error:CLASS and women:CLASS of an industry class.",
            )
        row = [float(self.scores.get(name, np.nan)) for name in columns()]
        return LabourDraws(np.array([row]))


CENTRAL = Scores({})


@lru_cache(maxsize=4)
def make_labour_draws(number: int = DEFAULT, seed: int = SEED) -> LabourDraws:
    """Standard scores from a scrambled Sobol sequence; the shipped ones where they suffice.

    `draws.npy` holds the first 256 of the default seed, so that few draws do not wait for a
    second's import. `scripts/build_labour_draws.py` writes it.

    Parameters
    ----------
    number
        At least 2; powers of two balance best. Fewer draws are the first of more.
    seed
        Seed of the scrambling.

    Source: Owen (1997), Annals of Statistics 25(4), 1541-1562, through `scipy.stats.qmc`.

    Raises
    ------
    UsageError
        Fewer than two draws.
    """
    if number < 2:
        raise UsageError(
            f"{number} draws cannot give an interval.", where="draws", remedy="Use 2 or more."
        )
    if seed == SEED and number <= STORED:
        return LabourDraws(_shipped()[:number], seed)
    return LabourDraws(sobol_scores(number, seed), seed)


def sobol_scores(number: int, seed: int = SEED) -> Array:
    """Scores made anew: a scrambled Sobol sequence through the normal's quantile function.

    Returns
    -------
    Shape (number, columns), rounded to 6 decimals.
    """
    from scipy.special import ndtri
    from scipy.stats import qmc

    power = int(np.ceil(np.log2(number)))
    sobol = qmc.Sobol(len(columns()), scramble=True, rng=np.random.default_rng(seed))
    points = np.clip(sobol.random_base2(power)[:number], 1e-6, 1 - 1e-6)
    return np.round(ndtri(points), DECIMALS)


@cache
def _shipped() -> Array:
    """The shipped scores: single precision holds 6 decimals of a score below 8."""
    with package_file(PACKAGE, "draws.npy").open("rb") as stream:
        return np.round(np.load(stream, allow_pickle=False).astype(np.float64), DECIMALS)


def value_at(assumption: Assumption, scores: Array) -> Array:
    """Value of an assumption at several scores, as `Assumption.at` gives it for one.

    Returns
    -------
    Shape (draws,) or (draws, groups).
    """
    held = np.clip(np.nan_to_num(scores, nan=0.0), -LIMIT, LIMIT)
    if assumption.kind == "error":
        return held
    low, central, high = (
        np.asarray(v, float) for v in (assumption.low, assumption.central, assumption.high)
    )
    if assumption.scale == "log":
        return np.exp(between(np.log(low), np.log(central), np.log(high), held))
    return between(low, central, high, held)


def between(low: Array, central: Array, high: Array, scores: Array) -> Array:
    """Straight lines through low, central and high at scores −1.645, 0 and 1.645.

    Parameters
    ----------
    low, central, high
        Shape () or (groups,).
    scores
        Shape (draws,), or (draws, groups) for a score per group.
    """
    if scores.ndim == 1 and central.ndim == 1:
        scores = scores[:, None]
    up, down = np.maximum(scores, 0.0) / P95, np.maximum(-scores, 0.0) / P95
    return central + (high - central) * up + (low - central) * down
