"""One run in the making: citizens of a class structure on their torus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.turns import OFF_DUTY, STATES
from worldclass.dynamics.class_unrest.advance import Memory, pass_period, remember
from worldclass.dynamics.class_unrest.citizens import draw_pool
from worldclass.dynamics.class_unrest.coalition import weights_between
from worldclass.dynamics.class_unrest.standing import NATIONS, SEXES, Standing, place_citizens
from worldclass.dynamics.class_unrest.turns import Climate, Streets
from worldclass.dynamics.lattice.bits import make_layer
from worldclass.dynamics.lattice.crowd import NOBODY, STATE, X, Y, settle
from worldclass.dynamics.lattice.vision import Vision, make_vision
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    import polars as pl
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    from worldclass.dynamics.class_unrest.parameters import ClassUnrest
    from worldclass.dynamics.course import Course
    from worldclass.people.snapshot import Snapshot

    Paths = dict[str, NDArray[np.float64]]

VARYING = (
    "cop_density", "longest_term", "legitimacy", "nation_gap", "privilege_loss", "relief",
    "network", "discipline", "leader_weight", "memory_effect", "backlash", "crackdown",
    "concession",
)  # fmt: skip
LINES = ("across_classes", "across_privilege", "across_nations", "across_sexes")
_ROUNDING = {"smooth": 0, "floor": 1, "round": 2}


@dataclass
class Uprising:
    """A run that can be let on, and looked at in between.

    Attributes
    ----------
    weights
        Shape (kinds, groups, groups): what active citizens of a group count for another.
    kind
        Shape (periods,): which of the weights hold.
    active, jailed
        Shape (periods, groups): citizens at the end of each period passed.
    cops, arrests, legitimacy
        Shape (periods,).
    oppressed
        Shape (groups,): 1 for groups of the oppressed nation, else 0.
    responding
        Periods for which the regime will still respond.
    """

    parameters: ClassUnrest
    standing: Standing
    streets: Streets
    memory: Memory
    sight: Vision
    paths: Paths
    weights: NDArray[np.float64]
    kind: NDArray[np.int64]
    order: NDArray[np.int32]
    random: NDArray[np.uint64]
    active: NDArray[np.int64]
    jailed: NDArray[np.int64]
    cops: NDArray[np.int64]
    arrests: NDArray[np.int64]
    legitimacy: NDArray[np.float64]
    oppressed: NDArray[np.float64]
    period: int = 0
    responding: int = 0

    def pass_periods(self, number: int) -> None:
        """Let some periods pass, but not more than the run has."""
        given, streets = self.parameters, self.streets
        fades = 0.5 ** (1 / given.memory_half_life)
        for period in range(self.period, min(self.period + number, given.periods)):
            now = {name: float(path[period]) for name, path in self.paths.items()}
            climate, cops = self._climate(now, period)
            pass_period(
                streets,
                self.standing.traits,
                self.sight,
                climate,
                cops,
                self.order,
                self.random,
            )
            remember(self.memory, streets, fades)
            self.active[period], self.jailed[period] = streets.group_active, streets.group_jailed
            self.cops[period], self.arrests[period] = cops, streets.group_arrested.sum()
            citizens = max(len(self.standing.traits.group), 1)
            self.legitimacy[period] = climate.legitimacy @ self.memory.size / citizens
            share = streets.group_active.sum() / citizens
            self.responding = max(self.responding - 1, 0)
            if share > given.response_trigger:
                self.responding = given.response_length
            self.period = period + 1

    def _climate(self, now: dict[str, float], period: int) -> tuple[Climate, int]:
        """What holds in the next period, and the number of cops."""
        given, memory = self.parameters, self.memory
        answer = float(self.responding > 0)
        legitimacy = (
            now["legitimacy"]
            - now["nation_gap"] * self.oppressed
            - now["backlash"] * memory.arrests
            + now["concession"] * answer
        )
        citizens = len(self.standing.traits.group)
        share = self.streets.group_active.sum() / max(citizens, 1)
        climate = Climate(
            self.weights[self.kind[period]],
            np.clip(legitimacy, 0.0, 1.0),
            given.threshold - now["memory_effect"] * memory.activity,
            now["relief"],
            now["privilege_loss"],
            given.arrest_constant,
            now["longest_term"],
            now["network"],
            now["leader_weight"],
            given.fatigue,
            0.5 ** (1 / given.recovery),
            bool(share < now["discipline"]),
            _ROUNDING[given.ratio],
            given.target_leaders,
        )
        wanted = now["cop_density"] * (1 + now["crackdown"] * answer) * given.side**2
        return climate, min(round(wanted), len(self.streets.person) - citizens)

    def agents(self, time: float) -> pl.DataFrame:
        """Everybody now: agent, x, y (empty off the torus), state, class, sex, nation."""
        import polars as pl

        person, groups = self.streets.person, self.standing.groups
        citizens = len(self.standing.traits.group)
        of = np.array(groups)[self.standing.traits.group]
        rest = len(person) - citizens
        frame = pl.DataFrame(
            {
                "time": np.full(len(person), float(time)),
                "agent": np.arange(len(person)),
                "x": person[:, X],
                "y": person[:, Y],
                "state": pl.Series(STATES).gather(person[:, STATE]),
                "class": [*(self.standing.classes[k] for k in of[:, 0]), *[None] * rest],
                "sex": [*(SEXES[k] for k in of[:, 1]), *[None] * rest],
                "nation": [*(NATIONS[k] for k in of[:, 2]), *[None] * rest],
            }
        ).filter(pl.col("state") != STATES[OFF_DUTY])
        return frame.with_columns(pl.when(pl.col("x", "y") >= 0).then(pl.col("x", "y")))


def make_uprising(
    course: Course[ClassUnrest], seed: SeedSequence, snapshot: Snapshot | None = None
) -> Uprising:
    """Citizens of a class structure on random sites, all quiet.

    Parameters
    ----------
    snapshot
        The population's that they are drawn from; by default the embedded one.

    Raises
    ------
    UsageError
        At some time there could be more persons than sites; or an unknown country or year.
    TheoryError
        An unknown theory.
    """
    given = course.parameters
    chance, random = np.random.default_rng(seed), random_state(seed)
    sites, times = given.side**2, np.arange(given.periods)
    paths = {name: course.path(name, times) for name in VARYING}
    citizens = round(given.citizen_density * sites)
    most = int(np.ceil((paths["cop_density"] * (1 + paths["crackdown"])).max() * sites))
    if citizens + most > sites:
        raise UsageError(
            f"{citizens} citizens and {most} cops do not fit on {sites} sites.",
            where="cop_density, crackdown",
            remedy="Lower the densities or the crackdown.",
        )
    pool = draw_pool(given.theory, given.country, given.year, snapshot)
    standing = place_citizens(pool, given, citizens, chance)
    weights, kind = _coalitions(course, standing)
    sight = make_vision("euclidean", given.vision)
    groups = len(standing.groups)
    streets = _empty_streets(given.side, sight.reach, citizens + most, groups)
    settle(
        streets.occupied,
        streets.resident,
        streets.person,
        streets.halo,
        chance.permutation(sites)[:citizens],
    )
    streets.person[citizens:, STATE] = OFF_DUTY
    size = np.bincount(standing.traits.group, minlength=groups).astype(np.int64)
    return Uprising(
        parameters=given,
        standing=standing,
        streets=streets,
        memory=Memory(size, np.zeros(groups), np.zeros(groups)),
        sight=sight,
        paths=paths,
        weights=weights,
        kind=kind,
        order=np.arange(citizens + most, dtype=np.int32),
        random=random,
        active=np.zeros((given.periods, groups), np.int64),
        jailed=np.zeros((given.periods, groups), np.int64),
        cops=np.zeros(given.periods, np.int64),
        arrests=np.zeros(given.periods, np.int64),
        legitimacy=np.zeros(given.periods),
        oppressed=np.array([float(nation) for _, _, nation in standing.groups]),
    )


def _coalitions(
    course: Course[ClassUnrest], standing: Standing
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The weights that hold at some time, and which of them hold in each period."""
    times = np.arange(course.parameters.periods)
    lines = np.stack([course.path(name, times) for name in LINES], axis=1)
    kinds, which = np.unique(lines, axis=0, return_inverse=True)
    weights = np.array([weights_between(standing, *row.tolist()) for row in kinds])
    return weights, np.asarray(which).ravel()


def _empty_streets(side: int, halo: int, persons: int, groups: int) -> Streets:
    occupied, cops, actives, heads = (make_layer(side, side, halo) for _ in range(4))
    person = np.zeros((persons, 4), np.int32)
    person[:, [X, Y]] = NOBODY
    return Streets(
        occupied,
        cops,
        actives,
        heads,
        np.full((side, side), NOBODY, np.int32),
        person,
        np.zeros(groups, np.int64),
        np.zeros(groups, np.int64),
        np.zeros(groups, np.int64),
        halo,
    )
