"""Ethnic violence as a model that the engine runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence
from worldclass.dynamics.ethnic_violence.peoples import GROUPS, make_peoples
from worldclass.dynamics.ethnic_violence.pictures import draw_grid
from worldclass.dynamics.ethnic_violence.sweep import COP_DENSITY
from worldclass.dynamics.ethnic_violence.turns import (
    ACTIVES,
    BIRTHS,
    DEATHS,
    KILLS,
    PEOPLE,
    PRISONERS,
)
from worldclass.dynamics.model import Model, Output, Trajectory
from worldclass.dynamics.snapshots import pass_all

if TYPE_CHECKING:
    from numpy.random import SeedSequence

    from worldclass.dynamics.course import Course

_COLUMNS = {
    "alive": PEOPLE,
    "active": ACTIVES,
    "jailed": PRISONERS,
    "killings": KILLS,
    "births": BIRTHS,
    "deaths_of_age": DEATHS,
}


def simulate(
    course: Course[EthnicViolence], seed: SeedSequence, snapshots: Sequence[float]
) -> Trajectory:
    """Run model II once, to its end or until a group is gone.

    Parameters
    ----------
    course
        Parameters and their paths; period t takes the values at time t.
    seed
        The only source of chance.
    snapshots
        Periods at whose end everybody is to be listed.
    """
    peoples = make_peoples(course, seed)
    agents = pass_all(peoples, course.parameters.periods, snapshots)
    reports, times = peoples.reports[: peoples.period], np.arange(peoples.period)
    found = Trajectory()
    for quantity, column in _COLUMNS.items():
        for group, name in enumerate(GROUPS):
            found.add(quantity, name, times, reports[:, 1 + column + group])
    found.add("cops", "all", times, reports[:, 0])
    gone = peoples.extinction_time
    found.add("extinction", "all", times[-1], float(gone is not None))
    lasted = float(times[-1] + 1 if gone is None else gone)
    found.add("extinction_time", "all", times[-1], lasted)
    found.snapshots = agents
    return found


MODEL = Model(
    id="ethnic-violence",
    label="Ethnic violence (Epstein 2002, model II)",
    meaning=(
        "Citizens of two groups whose grievance against the other exceeds the risk of arrest "
        "kill whom they see of it; citizens clone, age and die; cops arrest killers of either "
        "group. Class and state power are left out."
    ),
    citation=(
        "J. M. Epstein, Modeling civil violence: An agent-based computational approach, "
        "Proceedings of the National Academy of Sciences 99 (suppl. 3), 2002, 7243–7250, "
        "doi:10.1073/pnas.092080199"
    ),
    parameters=EthnicViolence,
    outputs=(
        Output("alive", GROUPS, "persons", "Citizens alive, prisoners included."),
        Output("active", GROUPS, "persons", "Active citizens: those who kill, or would."),
        Output("jailed", GROUPS, "persons", "Prisoners."),
        Output("killings", GROUPS, "persons a period", "Killings by citizens of the group."),
        Output("births", GROUPS, "persons a period", "Citizens cloned."),
        Output("deaths_of_age", GROUPS, "persons a period", "Citizens who died of age."),
        Output("cops", ("all",), "persons", "Cops on duty."),
        Output("extinction", ("all",), "yes or no", "1 where a group died out.", last=True),
        Output(
            "extinction_time",
            ("all",),
            "period",
            "Period in which a group died out, from 0; the length of the run where none did.",
            last=True,
        ),
    ),
    time_unit="period",
    simulate=simulate,
    pictures={"grid": draw_grid},
    fans={"groups": ("alive", "killings", "active")},
    analyses={"cop-density": COP_DENSITY},
    agents=True,
    shortest={"periods": 1},
    compiling=10.0,
)
