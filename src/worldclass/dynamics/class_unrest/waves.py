"""How large a wave is, for everybody and for each class, sex and nation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.class_unrest.standing import NATIONS, SEXES
from worldclass.dynamics.class_unrest.uprising import make_uprising

if TYPE_CHECKING:
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    from worldclass.dynamics.class_unrest.parameters import ClassUnrest
    from worldclass.dynamics.class_unrest.standing import Standing
    from worldclass.dynamics.course import Course
    from worldclass.people.snapshot import Snapshot


def members(standing: Standing) -> dict[str, NDArray[np.bool_]]:
    """Which groups make up all citizens, each class, sex and nation; arrays of shape (groups,)."""
    groups = np.array(standing.groups)
    out: dict[str, NDArray[np.bool_]] = {"all": np.ones(len(groups), bool)}
    for column, names in enumerate((standing.classes, SEXES, NATIONS)):
        out |= {name: groups[:, column] == place for place, name in enumerate(names)}
    return out


def wave_size(
    course: Course[ClassUnrest],
    seed: SeedSequence,
    group: str = "all",
    start: int = 0,
    snapshot: Snapshot | None = None,
) -> float:
    """Active share of a group summed over the periods of a run from `start` on.

    Parameters
    ----------
    group
        "all", a class of the theory, a sex or a nation. A group without citizens has a wave of 0.
    snapshot
        The population's that citizens are drawn from; by default the embedded one.

    Raises
    ------
    KeyError
        The theory has no such class.
    """
    uprising = make_uprising(course, seed, snapshot)
    uprising.pass_periods(course.parameters.periods)
    inside = members(uprising.standing)[group]
    own = max(int(uprising.memory.size[inside].sum()), 1)
    return float(uprising.active[start:, inside].sum() / own)
