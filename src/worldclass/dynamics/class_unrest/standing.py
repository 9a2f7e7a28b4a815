"""Where each citizen stands: class, sex, nation, hardship, legitimacy, organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.class_unrest.citizens import Pool
    from worldclass.dynamics.class_unrest.parameters import ClassUnrest

SEXES, NATIONS = ("female", "male"), ("dominant", "oppressed")


class Traits(NamedTuple):
    """What citizens are like; arrays of shape (citizens,).

    Attributes
    ----------
    group
        Class × sex × nation, nation the fastest; see `Standing.groups`.
    hardship, legitimacy, risk_aversion
        Before what changes in time; legitimacy as a difference from the regime's.
    privileged, organised, leader, oppressed
        0 or 1.
    fatigue
        What activity has added to the threshold; changes in the run.
    """

    group: NDArray[np.int64]
    hardship: NDArray[np.float64]
    legitimacy: NDArray[np.float64]
    risk_aversion: NDArray[np.float64]
    privileged: NDArray[np.int8]
    organised: NDArray[np.int8]
    leader: NDArray[np.int8]
    oppressed: NDArray[np.int8]
    fatigue: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Standing:
    """Citizens and the groups they form.

    Attributes
    ----------
    classes
        Ids of classes.
    privileged
        Shape (classes,): whether a class is privileged.
    traits
        Of the citizens.
    """

    classes: tuple[str, ...]
    privileged: NDArray[np.bool_]
    traits: Traits

    @property
    def groups(self) -> list[tuple[int, int, int]]:
        """Class, sex and nation of each group, as indices."""
        numbers = range(len(self.classes))
        return [(k, sex, nation) for k in numbers for sex in (0, 1) for nation in (0, 1)]


def place_citizens(
    pool: Pool, given: ClassUnrest, number: int, chance: np.random.Generator
) -> Standing:
    """Take citizens from a pool and give each the traits that follow from its place.

    Hardship is 1 − r ± spread, with r the mean rank of the class or the own rank, held within 0
    and 1; legitimacy differs from the regime's by gradient · (r − ½); the odds of belonging to
    the oppressed nation fall with exp(−tilt · r), and its share is as given.

    Parameters
    ----------
    pool
        Whom to take from, with replacement.
    given
        Parameters.
    number
        Citizens.
    chance
        Random numbers.
    """
    taken = chance.integers(len(pool.place), size=number)
    place, sex = pool.place[taken], pool.sex[taken]
    of_class = pool.class_rank
    rank = of_class[place] if given.hardship_from != "income" else pool.rank[taken]
    shift = given.hardship_spread * (2 * chance.random(number) - 1)
    hardship = np.clip(1 - rank + shift, 0, 1)
    if given.hardship_from == "chance":
        hardship = chance.random(number)
    oppressed = _nation(of_class[place], given, chance)
    privileged = of_class >= given.privileged_above
    leader = chance.random(number) < given.leaders
    aversion = chance.random(number) * np.where(leader, 1 - given.leader_boldness, 1)
    traits = Traits(
        (place * 2 + sex) * 2 + oppressed,
        hardship,
        given.legitimacy_gradient * (rank - 0.5),
        aversion,
        privileged[place].astype(np.int8),
        (chance.random(number) < given.organised).astype(np.int8),
        leader.astype(np.int8),
        oppressed.astype(np.int8),
        np.zeros(number),
    )
    return Standing(pool.classes, privileged, traits)


def _nation(
    rank: NDArray[np.float64], given: ClassUnrest, chance: np.random.Generator
) -> NDArray[np.int64]:
    """Who belongs to the oppressed nation, 0 or 1."""
    share, drawn = given.nation_share, chance.random(len(rank))
    if share in (0, 1):
        return np.full(len(rank), int(share))

    def excess(level: float) -> float:
        return float(expit(level - given.nation_tilt * rank).mean()) - share

    level = float(cast(Any, brentq)(excess, -60, 60))
    return (drawn < expit(level - given.nation_tilt * rank)).astype(np.int64)
