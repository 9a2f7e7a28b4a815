"""One run in the making: persons on their torus, and the periods that have passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.advance import (
    FIXED,
    REPORTED,
    SHUFFLED,
    WITH_REPLACEMENT,
    Paths,
    Traits,
    advance,
    post_cops,
)
from worldclass.dynamics.civil_violence.turns import (
    ALWAYS_MAXIMUM,
    BELOW_MAXIMUM,
    FLOOR,
    OFF_DUTY,
    ROUND,
    SMOOTH,
    STATES,
    TO_MAXIMUM,
    Rules,
    Town,
)
from worldclass.dynamics.lattice.bits import make_layer
from worldclass.dynamics.lattice.crowd import NOBODY, STATE, X, Y, settle
from worldclass.dynamics.lattice.vision import Vision, make_vision
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    import polars as pl
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    from worldclass.dynamics.civil_violence.parameters import CivilViolence
    from worldclass.dynamics.course import Course

_RATIO = {"smooth": SMOOTH, "floor": FLOOR, "round": ROUND}
_TERM = {
    "below-maximum": BELOW_MAXIMUM,
    "to-maximum": TO_MAXIMUM,
    "always-maximum": ALWAYS_MAXIMUM,
}
_ACTIVATION = {"shuffled": SHUFFLED, "with-replacement": WITH_REPLACEMENT, "fixed": FIXED}


@dataclass
class Society:
    """A run that can be let on for some periods, and looked at in between.

    Attributes
    ----------
    period
        Periods passed.
    reports
        Shape (periods, 5), columns as in `REPORTED`; filled up to `period`.
    """

    parameters: CivilViolence
    town: Town
    traits: Traits
    sight: Vision
    cop_sight: Vision
    paths: Paths
    order: NDArray[np.int32]
    random: NDArray[np.uint64]
    reports: NDArray[np.float64]
    period: int = 0

    def pass_periods(self, number: int) -> None:
        """Let some periods pass, but not more than the run has."""
        given = self.parameters
        stop = min(self.period + number, given.periods)
        rules = Rules(
            given.movement == "everyone",
            given.movement != "nobody",
            given.turn == "move-first",
            given.prison == "in-place",
            _RATIO[given.ratio],
            _TERM[given.term],
        )
        advance(
            self.town,
            self.traits,
            self.sight,
            self.cop_sight,
            rules,
            _ACTIVATION[given.activation],
            given.arrest_constant,
            self.paths,
            self.period,
            stop,
            self.order,
            self.random,
            self.reports,
        )
        self.period = stop

    def agents(self, time: float) -> pl.DataFrame:
        """Everybody now: agent, x, y (empty off the torus), state, hardship, risk_aversion."""
        import polars as pl

        person = self.town.person
        citizens, rest = len(self.traits.hardship), len(person) - len(self.traits.hardship)
        frame = pl.DataFrame(
            {
                "time": np.full(len(person), float(time)),
                "agent": np.arange(len(person)),
                "x": person[:, X],
                "y": person[:, Y],
                "state": pl.Series(STATES).gather(person[:, STATE]),
                "hardship": np.append(self.traits.hardship, np.full(rest, np.nan)),
                "risk_aversion": np.append(self.traits.risk_aversion, np.full(rest, np.nan)),
            }
        )
        on_duty = frame.filter((pl.col("agent") < citizens) | (pl.col("state") != STATES[OFF_DUTY]))
        return on_duty.with_columns(
            pl.when(pl.col("x", "y") >= 0).then(pl.col("x", "y")),
            pl.col("hardship", "risk_aversion").fill_nan(None),
        )


def make_society(course: Course[CivilViolence], seed: SeedSequence) -> Society:
    """Persons on random sites of an otherwise empty torus, all quiet.

    Raises
    ------
    UsageError
        At some time there would be more persons than sites.
    """
    given = course.parameters
    chance, random = np.random.default_rng(seed), random_state(seed)
    sites = given.width * given.height
    citizens, paths = _numbers(course, chance)
    most = int(paths.cops.max())
    if citizens + most > sites:
        raise UsageError(
            f"{citizens} citizens and {most} cops do not fit on {sites} sites.",
            where="cop_density",
            remedy="Lower the densities, or the interventions that raise the number of cops.",
        )
    sight = make_vision(given.neighbourhood, given.vision)
    cop_sight = make_vision(given.neighbourhood, given.cop_vision)
    halo = max(sight.reach, cop_sight.reach)
    town = _empty_town(given.width, given.height, halo, citizens + most)
    traits = Traits(chance.random(citizens), chance.random(citizens), np.empty(citizens))
    settle(town.occupied, town.resident, town.person, halo, chance.permutation(sites)[:citizens])
    town.person[citizens:, STATE] = OFF_DUTY
    order = np.arange(citizens + most, dtype=np.int32)
    post_cops(town, citizens, int(paths.cops[0]), order, random)
    reports = np.zeros((given.periods, len(REPORTED)))
    return Society(given, town, traits, sight, cop_sight, paths, order, random, reports)


def _empty_town(width: int, height: int, halo: int, persons: int) -> Town:
    """A torus on which nobody stands yet."""
    occupied, cops, actives = (make_layer(width, height, halo) for _ in range(3))
    person = np.zeros((persons, 4), np.int32)
    person[:, [X, Y]] = NOBODY
    resident = np.full((height, width), NOBODY, np.int32)
    return Town(occupied, cops, actives, resident, person, np.zeros(4, np.int64), halo)


def _numbers(course: Course[CivilViolence], chance: np.random.Generator) -> tuple[int, Paths]:
    """Citizens, and what changes in time; the first period has the values at time 0."""
    given = course.parameters
    sites, times = given.width * given.height, np.arange(given.periods)
    paths = Paths(
        course.path("legitimacy", times),
        course.path("threshold", times),
        course.path("longest_term", times),
        np.rint(course.path("cop_density", times) * sites).astype(np.int64),
    )
    if given.placement == "exact":
        return round(given.citizen_density * sites), paths
    first = int(paths.cops[0])
    drawn = int(chance.binomial(sites, first / sites))
    left = 1 - first / sites
    share = min(1.0, given.citizen_density / left) if left > 0 else 0.0
    citizens = int(chance.binomial(sites - drawn, share))
    if first > 0:
        paths = paths._replace(cops=np.rint(paths.cops * (drawn / first)).astype(np.int64))
    return citizens, paths
