"""Unrest on a class structure as a model that the engine runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.class_unrest.hypotheses import HYPOTHESES
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.class_unrest.pictures import (
    draw_grid,
    draw_range,
    draw_waves,
    larger_classes,
)
from worldclass.dynamics.class_unrest.uprising import make_uprising
from worldclass.dynamics.class_unrest.waves import members
from worldclass.dynamics.model import Model, Output, Trajectory
from worldclass.dynamics.snapshots import pass_all

if TYPE_CHECKING:
    from numpy.random import SeedSequence

    from worldclass.dynamics.course import Course


def simulate(
    course: Course[ClassUnrest], seed: SeedSequence, snapshots: Sequence[float]
) -> Trajectory:
    """Run unrest on a class structure once.

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
    Shares of a group's own citizens, for all citizens and for each class, sex and nation; groups
    without citizens are left out.
    """
    uprising = make_uprising(course, seed)
    agents = pass_all(uprising, course.parameters.periods, snapshots)
    times, found = np.arange(course.parameters.periods), Trajectory()
    size, citizens = uprising.memory.size, len(uprising.standing.traits.group)
    for name, inside in members(uprising.standing).items():
        own = int(size[inside].sum())
        if own == 0:
            continue
        active = uprising.active[:, inside].sum(axis=1) / own
        jailed = uprising.jailed[:, inside].sum(axis=1) / own
        found.add("active_share", name, times, active)
        found.add("jailed_share", name, times, jailed)
        found.add("wave_size", name, times[-1], active.sum())
        found.add("wave_peak", name, times[-1], active.max())
        found.add("citizen_share", name, times[0], own / citizens)
    found.add("cops", "all", times, uprising.cops)
    found.add("arrests", "all", times, uprising.arrests)
    found.add("legitimacy", "all", times, uprising.legitimacy)
    found.snapshots = agents
    return found


MODEL = Model(
    id="class-unrest",
    label="Unrest on a class structure",
    meaning=(
        "Epstein's civil violence with citizens drawn from the population table and a theory of "
        "class: hardship follows from class position; groups differ in legitimacy, count one "
        "another as allies or not, remember, tire, organise and follow leaders; the regime "
        "represses or reforms. Media, parties, elections and arms are left out."
    ),
    citation=(
        "Worldclass, after J. M. Epstein, Proceedings of the National Academy of Sciences 99 "
        "(suppl. 3), 2002, 7243–7250; hypotheses of Bromma, interview, October 2020, and rivals"
    ),
    parameters=ClassUnrest,
    outputs=(
        Output(
            "active_share",
            (),
            "share",
            "Active citizens over citizens of the group.",
            printed=larger_classes,
        ),
        Output(
            "jailed_share",
            (),
            "share",
            "Prisoners over citizens of the group.",
            printed=larger_classes,
        ),
        Output("wave_size", (), "periods", "Active share summed over the run."),
        Output("wave_peak", (), "share", "Largest active share of the run."),
        Output("citizen_share", (), "share", "The group's citizens over all citizens."),
        Output("cops", ("all",), "persons", "Cops on duty."),
        Output("arrests", ("all",), "persons a period", "Citizens arrested in the period."),
        Output("legitimacy", ("all",), "share", "Mean legitimacy, before personal differences."),
    ),
    time_unit="period",
    simulate=simulate,
    fans={"waves": ("active_share", "jailed_share")},
    pictures={"waves": draw_waves, "range": draw_range, "grid": draw_grid},
    analyses={"hypotheses": HYPOTHESES},
    agents=True,
    shortest={"periods": 1},
    compiling=7.0,
)
