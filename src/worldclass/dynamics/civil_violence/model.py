"""Epstein's civil violence as a model that the engine runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.civil_violence.choices import CHOICES
from worldclass.dynamics.civil_violence.outbursts import OUTBURSTS
from worldclass.dynamics.civil_violence.parameters import CivilViolence
from worldclass.dynamics.civil_violence.pictures import draw_grid
from worldclass.dynamics.civil_violence.society import make_society
from worldclass.dynamics.model import Model, Output, Trajectory
from worldclass.dynamics.snapshots import pass_all

if TYPE_CHECKING:
    from numpy.random import SeedSequence

    from worldclass.dynamics.course import Course

CITATION = (
    "J. M. Epstein, Modeling civil violence: An agent-based computational approach, Proceedings "
    "of the National Academy of Sciences 99 (suppl. 3), 2002, 7243–7250, "
    "doi:10.1073/pnas.092080199"
)


def simulate(
    course: Course[CivilViolence], seed: SeedSequence, snapshots: Sequence[float]
) -> Trajectory:
    """Run model I once.

    Parameters
    ----------
    course
        Parameters and their paths; period t takes the values at time t.
    seed
        The only source of chance.
    snapshots
        Periods at whose end everybody is to be listed.

    Returns
    -------
    Series with one value a period, from period 0: everything as it stands at the period's end.
    """
    society = make_society(course, seed)
    agents = pass_all(society, course.parameters.periods, snapshots)
    active, jailed, cops, arrests, tension = society.reports.T
    quiet = len(society.traits.hardship) - active - jailed
    times, found = np.arange(course.parameters.periods), Trajectory()
    series = {
        "active": active,
        "quiet": quiet,
        "jailed": jailed,
        "cops": cops,
        "arrests": arrests,
        "tension": tension,
        "legitimacy": society.paths.legitimacy,
    }
    for quantity, values in series.items():
        found.add(quantity, "all", times, values)
    found.snapshots = agents
    return found


MODEL = Model(
    id="civil-violence",
    label="Civil violence (Epstein 2002, model I)",
    meaning=(
        "Citizens become active when their grievance exceeds the risk of arrest that they see "
        "around them; cops arrest active citizens. Rebellion comes in outbursts. Classes, "
        "organisation and memory are left out (see class-unrest)."
    ),
    citation=CITATION,
    parameters=CivilViolence,
    outputs=(
        Output("active", ("all",), "persons", "Citizens in rebellion."),
        Output("quiet", ("all",), "persons", "Citizens neither active nor in jail."),
        Output("jailed", ("all",), "persons", "Prisoners."),
        Output("cops", ("all",), "persons", "Cops on duty."),
        Output("arrests", ("all",), "persons a period", "Citizens arrested in the period."),
        Output(
            "tension",
            ("all",),
            "ratio",
            "Mean grievance × share quiet ÷ mean risk aversion, of citizens not in jail.",
        ),
        Output("legitimacy", ("all",), "share", "Legitimacy of the regime in the period."),
    ),
    time_unit="period",
    simulate=simulate,
    pictures={"grid": draw_grid},
    fans={"waves": ("active", "jailed", "tension"), "policy": ("legitimacy", "cops", "active")},
    analyses={"outbursts": OUTBURSTS, "choices": CHOICES},
    agents=True,
    shortest={"periods": 1},
    compiling=7.0,
)
