"""What a model of counts is for fitting: free parameters with bounds, and a recursion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.protest_wave.week import NAMES, week_factors, weekdays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.counts import Recursion
    from worldclass.dynamics.protest_wave.events import EventSeries

    Values = NDArray[np.float64]

OBSERVATIONS = ("negative-binomial", "poisson")
WEEK_BOUNDS = (0.02, 50.0)
DISPERSION_BOUNDS = (1e-6, 20.0)


@dataclass(frozen=True)
class Free:
    """A parameter to be estimated.

    Parameters
    ----------
    name, unit
        As in tables.
    low, high
        Bounds of the search. An estimate on a bound is reported as such.
    signed
        Whether it may be negative; others are searched on a logarithmic scale.
    """

    name: str
    unit: str
    low: float
    high: float
    signed: bool = False


@dataclass(frozen=True)
class Grid:
    """Bins that a recursion runs over, and the factors of their days.

    Parameters
    ----------
    start, bins, width
        First day, number of bins, days a bin.
    week
        Factor of each bin, shape (bins,).
    """

    start: date
    bins: int
    width: float
    week: Values


@dataclass(frozen=True)
class Family:
    """A kind of model that can be fitted.

    Parameters
    ----------
    id, label
        Name in tables, and words.
    baseline
        Whether it only describes the series, without a mechanism.
    free
        Parameters of its own, before those of the week and the dispersion.
    build
        From their values and a grid to a recursion.
    starts
        Points at which the search begins, each of the shape of `free`.
    has_week
        Whether it knows the day of the week.
    """

    id: str
    label: str
    baseline: bool
    free: tuple[Free, ...]
    build: Callable[[Values, Grid], Recursion]
    starts: Callable[[EventSeries], list[list[float]]]
    has_week: bool = True


@dataclass(frozen=True)
class Setting:
    """A family with the choices about week and observation.

    Parameters
    ----------
    family
        What is fitted.
    week
        A key of `week.GROUPS`.
    observation
        One of `OBSERVATIONS`.
    """

    family: Family
    week: str = "weekend"
    observation: str = "negative-binomial"

    def __post_init__(self) -> None:
        if self.week not in NAMES or self.observation not in OBSERVATIONS:
            raise UsageError(
                f"There is no week '{self.week}' or no observation '{self.observation}'.",
                remedy=f"Weeks: {', '.join(NAMES)}; observations: {', '.join(OBSERVATIONS)}.",
            )

    @property
    def free(self) -> tuple[Free, ...]:
        """All parameters to be estimated: the family's, the week's, the dispersion."""
        names = NAMES[self.week] if self.family.has_week else ()
        ratios = tuple(Free(name, "ratio", *WEEK_BOUNDS) for name in names)
        spread = (Free("dispersion", "1", *DISPERSION_BOUNDS),)
        return (
            *self.family.free,
            *ratios,
            *(spread if self.observation == "negative-binomial" else ()),
        )

    def week_of(self, values: Values) -> Values:
        """Factors of Monday to Sunday, shape (7,)."""
        own = len(self.family.free)
        count = len(NAMES[self.week]) if self.family.has_week else 0
        choice = self.week if self.family.has_week else "none"
        return week_factors(choice, values[own : own + count])

    def dispersion_of(self, values: Values) -> float:
        """α; 0 for Poisson counts."""
        return float(values[-1]) if self.observation == "negative-binomial" else 0.0

    def recursion(self, values: Values, start: date, bins: int, width: float) -> Recursion:
        """The recursion of these values over bins from a day on."""
        week = self.week_of(values)[weekdays(start, bins, width)]
        grid = Grid(start, bins, width, week)
        return self.family.build(values[: len(self.family.free)], grid)
