"""What a model is: parameters, a kernel that runs, and declared outputs.

A run returns a `Trajectory`: series of named quantities by group over time. The engine turns it
into rows `model, run, seed, time, group, quantity, value`; models know nothing of tables, seeds
of other runs, workers or files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from worldclass.core.errors import SimulationError as SimulationError

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    from worldclass.dynamics.course import Course
    from worldclass.dynamics.parameters import Parameters

MECHANISM = "Mechanism, not forecast: a simulation shows what its assumptions imply."
"""What every table on the command line and every picture of a simulation says."""


@dataclass(frozen=True)
class Output:
    """A quantity that a model reports.

    Parameters
    ----------
    quantity
        Its name in tables, in lower case with underscores.
    groups
        The groups it is reported for; empty when they arise in the run (firm sizes, say).
    unit
        Of `value`; shares are 0 to 1 and have the unit "share".
    meaning
        One sentence.
    view
        Ends of the axis in pictures, where values can run off; null to fit the values.
    caution
        Of a share: what pictures say where it leaves the range from 0 to 1.
    last
        Whether the last value sums up a run: for running totals and single events, of which a
        mean over time says nothing.
    printed
        Of groups that arise in the run: those that a printed summary of a table shows.
    """

    quantity: str
    groups: tuple[str, ...]
    unit: str
    meaning: str
    view: tuple[float, float] | None = None
    caution: str = ""
    last: bool = False
    printed: Callable[[pl.DataFrame], Sequence[str]] | None = None


@dataclass(frozen=True)
class Series:
    """One quantity of one group at some times; both arrays have the same length."""

    quantity: str
    group: str
    times: NDArray[Any]
    values: NDArray[Any]


@dataclass
class Trajectory:
    """What one run gives.

    Parameters
    ----------
    series
        Filled by `add`.
    snapshots
        Agents at the times asked for: columns `time`, `agent` and the model's own; or null.
    """

    series: list[Series] = field(default_factory=list[Series])
    snapshots: pl.DataFrame | None = None

    def add(self, quantity: str, group: str, times: Any, values: Any) -> None:
        """Append the series of a quantity and group.

        Parameters
        ----------
        times, values
            One-dimensional and of the same length; or both a single number.
        """
        at, held = np.atleast_1d(np.asarray(times)), np.atleast_1d(np.asarray(values))
        self.series.append(Series(quantity, group, at, held))


class Simulate(Protocol):
    """Run a model once.

    Parameters
    ----------
    course
        Parameters at the start and their paths in time.
    seed
        The only source of chance: equal seeds give equal runs, whatever ran before.
    snapshots
        Times at which agents are wanted; empty for none.
    """

    def __call__(
        self, course: Course[Any], seed: SeedSequence, snapshots: Sequence[float]
    ) -> Trajectory: ...


class Draw(Protocol):
    """Draw a table of results as a `Picture` (charts know tables, models say which)."""

    def __call__(self, table: pl.DataFrame, title: str) -> Any: ...


@dataclass(frozen=True)
class Analysis:
    """A question about a model beyond its runs: equilibria, basins, a fit to data.

    Parameters
    ----------
    meaning
        One sentence.
    compute
        From parameters, and a file of data where the analysis reads one, to a tidy table.
    draw
        From that table to a picture; null where there is none.
    data
        What the file must hold; empty when the analysis reads none.
    """

    meaning: str
    compute: Callable[[Any, Path | None], pl.DataFrame]
    draw: Draw | None = None
    data: str = ""


@dataclass(frozen=True)
class Model:
    """A model that the engine can run.

    Parameters
    ----------
    id, label
        Name in commands and tables, and in words.
    meaning
        Two or three sentences: what happens in it, and what it leaves out.
    citation
        Where it is published.
    parameters
        Dataclass of its parameters.
    outputs
        Everything it reports.
    time_unit
        "year", "period", "day" …
    simulate
        The kernel's door.
    fans
        Named pictures over time: the quantities of their panels. The first is the default; without
        any, the first three quantities are drawn.
    pictures
        Named ways to draw runs otherwise.
    analyses
        Named questions beyond runs.
    agents
        Whether it can take snapshots of agents.
    shortest
        Settings that make the shortest run in which its kernels are compiled, so that this is done
        once, before workers start; empty where there are none.
    compiling
        Seconds of processor time that this takes; 0 where nobody has measured it.
    """

    id: str
    label: str
    meaning: str
    citation: str
    parameters: type[Parameters]
    outputs: tuple[Output, ...]
    time_unit: str
    simulate: Simulate
    fans: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    pictures: Mapping[str, Draw] = field(default_factory=dict[str, Draw])
    analyses: Mapping[str, Analysis] = field(default_factory=dict[str, Analysis])
    agents: bool = False
    shortest: Mapping[str, Any] = field(default_factory=dict[str, Any])
    compiling: float = 0.0
