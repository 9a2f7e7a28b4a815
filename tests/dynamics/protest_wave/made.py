"""Series made by known parameters, for tests of what finds them again."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.random import SeedSequence

from worldclass.dynamics.protest_wave.counts import draw_paths
from worldclass.dynamics.protest_wave.events import EventSeries
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.random_numbers import random_state

START = date(2020, 5, 26)


def series_of(counts: object, start: date = START) -> EventSeries:
    """Observed days with these counts."""
    values = np.asarray(counts, dtype=float)
    return EventSeries(start, 1.0, values, np.ones(values.size, dtype=bool))


def make(
    setting: Setting, values: list[float], days: int, seed: int, first: float = 10.0
) -> EventSeries:
    """A series that the setting makes with these values."""
    recursion = setting.recursion(np.array(values), START, days, 1.0)
    drawn, means = np.empty((1, days)), np.empty((1, days))
    dispersion = setting.dispersion_of(np.array(values))
    state = random_state(SeedSequence(seed))
    draw_paths(*recursion.arrays, np.array([first]), dispersion, state, drawn, means, True)
    return series_of(drawn[0])
