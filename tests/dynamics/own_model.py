"""A model in one file, as a user would write it: the sum of three numbers, weighted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import SeedSequence

from worldclass.dynamics.course import Course
from worldclass.dynamics.model import Model, Output, Trajectory
from worldclass.dynamics.parameters import Parameters, parameter
from worldclass.dynamics.random_numbers import random_state, uniform


def _weight(default: float) -> Any:
    return parameter(default, unit="1", meaning="a number", source="test", range=(0.0, 1.0))


@dataclass(frozen=True)
class Weights(Parameters):
    """Three numbers, noise, and a way to leave the numbers."""

    strong: float = _weight(0.5)
    weak: float = _weight(0.5)
    idle: float = _weight(0.5)
    noise: float = parameter(0.0, unit="1", meaning="noise", source="test", limits=(0, 1))
    broken: bool = parameter(False, unit="", meaning="overflow", source="test")


def simulate(course: Course[Weights], seed: SeedSequence, snapshots: Sequence[float]) -> Trajectory:
    """Two times: 0 and the weighted sum."""
    one, found = course.parameters, Trajectory()
    noise = one.noise * uniform(random_state(seed))
    total = 3 * one.strong + one.weak + noise
    found.add("total", "all", [0, 1], [0.0, np.inf if one.broken else total])
    return found


MODEL = Model(
    id="weights",
    label="Weights",
    meaning="A sum.",
    citation="None",
    parameters=Weights,
    outputs=(Output("total", ("all",), "1", "the sum"),),
    time_unit="step",
    simulate=simulate,
)
