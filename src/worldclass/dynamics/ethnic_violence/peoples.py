"""One run of model II in the making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.turns import (
    FLOOR,
    OFF_DUTY,
    ROUND,
    SMOOTH,
    STATES,
)
from worldclass.dynamics.ethnic_violence.advance import Fixed, Paths, advance, judge, post_cops
from worldclass.dynamics.ethnic_violence.turns import DEAD, PEOPLE, Land, enter
from worldclass.dynamics.lattice.bits import make_layer
from worldclass.dynamics.lattice.crowd import NOBODY, STATE, X, Y
from worldclass.dynamics.lattice.vision import Vision, make_vision
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    import polars as pl
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    from worldclass.dynamics.course import Course
    from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence

GROUPS = ("first", "second")
_RATIO = {"smooth": SMOOTH, "floor": FLOOR, "round": ROUND}
_TOTALS = 13
MOST_PLACES = 100_000_000
"""Persons on the torus and in prison at a time; each takes 70 bytes."""


@dataclass
class Peoples:
    """A run that can be let on for some periods, and looked at in between.

    Attributes
    ----------
    period
        Periods passed; no more pass once a group is gone, if the parameters say so.
    reports
        Shape (periods, 13), columns as `advance` says; filled up to `period`.
    """

    parameters: EthnicViolence
    land: Land
    sights: tuple[Vision, Vision, Vision]
    paths: Paths
    order: NDArray[np.int32]
    random: NDArray[np.uint64]
    reports: NDArray[np.int64]
    period: int = 0
    ended: bool = False

    def pass_periods(self, number: int) -> None:
        """Let some periods pass, but not more than the run has."""
        given = self.parameters
        stop = min(self.period + number, given.periods)
        if self.ended or stop == self.period:
            return
        fixed = Fixed(
            given.arrest_constant,
            given.oldest,
            _RATIO[given.ratio],
            given.without_victim == "quiet",
            given.stop_when_one_left,
        )
        self.period = advance(
            self.land,
            *self.sights,
            fixed,
            self.paths,
            self.period,
            stop,
            self.order,
            self.random,
            self.reports,
        )
        gone = self.land.totals[PEOPLE : PEOPLE + len(GROUPS)].min() == 0
        self.ended = given.stop_when_one_left and bool(gone)

    @property
    def extinction_time(self) -> int | None:
        """Period in which a group died out, counted from 0; none where both still live.

        It is also the number of whole periods that both groups outlasted.
        """
        people = self.reports[: self.period, 1 + PEOPLE : 1 + PEOPLE + len(GROUPS)]
        gone = np.flatnonzero((people == 0).any(axis=1))
        return int(gone[0]) if gone.size else None

    def agents(self, time: float) -> pl.DataFrame:
        """Everybody alive: agent, x, y (empty off the torus), state, people (empty for cops)."""
        import polars as pl

        person, cops = self.land.person, int(self.paths.cops.max())
        frame = pl.DataFrame(
            {
                "time": np.full(len(person), float(time)),
                "agent": np.arange(len(person)),
                "x": person[:, X],
                "y": person[:, Y],
                "state": pl.Series([*STATES, "dead"]).gather(person[:, STATE]),
                "people": pl.Series(GROUPS).gather(self.land.group.astype(np.int64)),
            }
        )
        here = frame.filter(~pl.col("state").is_in(["dead", STATES[OFF_DUTY]]))
        return here.with_columns(
            pl.when(pl.col("x", "y") >= 0).then(pl.col("x", "y")),
            pl.when(pl.col("agent") >= cops).then(pl.col("people")),
        )


def make_peoples(course: Course[EthnicViolence], seed: SeedSequence) -> Peoples:
    """Two groups mixed at random on an otherwise empty torus, all quiet."""
    given = course.parameters
    chance, random = np.random.default_rng(seed), random_state(seed)
    sites, times = given.width * given.height, np.arange(given.periods)
    names = ("legitimacy", "threshold", "longest_term", "cloning")
    legitimacy, threshold, longest, cloning = (course.path(name, times) for name in names)
    numbers = np.rint(course.path("cop_density", times) * sites).astype(np.int64)
    paths = Paths(legitimacy, threshold, longest, cloning, numbers)
    citizens, posts = round(given.citizen_density * sites), int(numbers.max())
    if citizens + int(numbers[0]) > sites:
        raise UsageError(
            f"{citizens} citizens and {int(numbers[0])} cops do not fit on {sites} sites.",
            where="cop_density",
            remedy="Lower the densities.",
        )
    sight = make_vision(given.neighbourhood, given.vision)
    cop_sight = make_vision(given.neighbourhood, given.cop_vision)
    near = make_vision("moore", 1)
    # A prisoner lives no longer than anybody, and a cop arrests one person a period.
    places = posts + max(sites, citizens) + posts * given.oldest
    if places > MOST_PLACES:
        raise UsageError(
            f"Up to {places:,} persons and prisoners do not fit into memory.",
            where="width, height, cop_density, oldest",
            remedy=f"Let {MOST_PLACES:,} suffice: take fewer sites or cops, or shorter lives.",
        )
    land = _empty_land(given, max(sight.reach, cop_sight.reach), posts, places)
    _settle(given, land, posts, citizens, chance)
    judge(land, float(legitimacy[0]), float(threshold[0]), given.arrest_constant)
    post_cops(land, posts, int(numbers[0]), random)
    return Peoples(
        given,
        land,
        (sight, cop_sight, near),
        paths,
        np.zeros(places, np.int32),
        random,
        np.zeros((given.periods, _TOTALS), np.int64),
    )


def _empty_land(given: EthnicViolence, halo: int, posts: int, places: int) -> Land:
    occupied, cops, actives, first, second = (
        make_layer(given.width, given.height, halo) for _ in range(5)
    )
    person = np.full((places, 4), NOBODY, np.int32)
    person[:, STATE] = DEAD
    person[:posts, STATE] = OFF_DUTY
    return Land(
        occupied,
        cops,
        actives,
        first,
        second,
        np.full((given.height, given.width), NOBODY, np.int32),
        person,
        np.zeros(places, np.int8),
        np.zeros(places),
        np.zeros(places),
        np.zeros(places),
        np.zeros(places, np.int64),
        np.zeros(places + 1, np.int32),
        np.zeros(_TOTALS, np.int64),
        halo,
    )


def _settle(
    given: EthnicViolence, land: Land, posts: int, citizens: int, chance: np.random.Generator
) -> None:
    """Put citizens on random sites; the first ones, of random places, are the first group."""
    whole = slice(posts, posts + citizens)
    first = round(given.first_share * citizens)
    land.group[posts + first : posts + citizens] = 1
    land.hardship[whole] = chance.random(citizens)
    land.risk_aversion[whole] = chance.random(citizens)
    ages = chance.integers(1, given.oldest + 1, size=citizens)
    passed = np.floor(chance.random(citizens) * ages) if given.start_ages == "mixed" else 0 * ages
    land.death[whole] = ages - passed.astype(np.int64)
    for number, site in enumerate(chance.permutation(given.width * given.height)[:citizens]):
        enter(land, posts + number, int(site) % given.width, int(site) // given.width)
    land.totals[PEOPLE], land.totals[PEOPLE + 1] = first, citizens - first
