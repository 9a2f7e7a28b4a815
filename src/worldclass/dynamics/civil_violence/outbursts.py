"""Outbursts of rebellion: when they start, how large they are, how long the calm lasts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.model import Analysis

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.dynamics.civil_violence.parameters import CivilViolence

THRESHOLD = 50
"""Active citizens above which Epstein (2002) counts an outburst."""
RUNS = 10


class Outbursts(NamedTuple):
    """Complete outbursts of one run; arrays of shape (outbursts,).

    Attributes
    ----------
    start, end
        First period above the threshold, and first period no longer above it.
    activation
        Active citizens summed over the outburst's periods.
    peak
        Most active citizens in a period.
    calm
        Periods from the end of the outburst before to this start; -1 for the first.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    activation: NDArray[np.float64]
    peak: NDArray[np.float64]
    calm: NDArray[np.int64]


def find_outbursts(active: NDArray[np.float64], threshold: float = THRESHOLD) -> Outbursts:
    """Outbursts that begin and end within a run.

    Parameters
    ----------
    active
        Shape (periods,): active citizens at the end of each period.
    threshold
        An outburst lasts while more citizens than this are active.

    Examples
    --------
    >>> found = find_outbursts(np.array([0.0, 60, 80, 10, 0, 0, 90, 0]))
    >>> found.activation.tolist(), found.calm.tolist()
    ([140.0, 90.0], [-1, 3])
    """
    above = active > threshold
    change = np.diff(above.astype(np.int8))
    start, end = np.flatnonzero(change == 1) + 1, np.flatnonzero(change == -1) + 1
    if above.size and above[0]:  # began before the run
        end = end[1:]
    start = start[: len(end)]
    total = np.concatenate([[0.0], np.cumsum(active)])
    peaks = np.array([active[a:b].max() for a, b in zip(start, end, strict=True)])
    calm = np.concatenate([[-1], start[1:] - end[:-1]])[: len(start)]
    return Outbursts(start, end, total[end] - total[start], peaks, calm)


def summarise(active: NDArray[np.float64], threshold: float = THRESHOLD) -> dict[str, float]:
    """Number, mean and standard deviation of size and of calm, and share of quiet periods.

    A mean or deviation that too few outbursts leave undefined is missing from the result.

    Examples
    --------
    >>> summarise(np.array([0.0, 60, 80, 10, 0, 0, 90, 0]))["activation_mean"]
    115.0
    """
    found = find_outbursts(active, threshold)
    out = {
        "outbursts": float(len(found.start)),
        "peak": float(active.max()),
        "share_below_10": float((active < 10).mean()),
    }
    for name, values in (("activation", found.activation), ("calm", found.calm[1:])):
        if len(values):
            out[f"{name}_mean"] = float(values.mean())
        if len(values) > 1:
            out[f"{name}_sd"] = float(values.std(ddof=1))
    return out


def list_outbursts(parameters: CivilViolence, data: Path | None = None) -> pl.DataFrame:
    """Every outburst of some runs.

    Returns
    -------
    Columns `run, start, end, activation, peak, calm`, one row an outburst; `calm` is empty for
    the first of a run.

    Raises
    ------
    UsageError
        A data file was given: the analysis reads none.
    """
    import polars as pl

    from worldclass.dynamics.civil_violence.society import make_society
    from worldclass.dynamics.course import Course

    if data is not None:
        raise UsageError("Outbursts are found in runs, not in a file.", where=str(data))
    frames: list[pl.DataFrame] = []
    for run in range(RUNS):
        society = make_society(Course(parameters), np.random.SeedSequence(0, spawn_key=(run,)))
        society.pass_periods(parameters.periods)
        found = find_outbursts(society.reports[:, 0])
        frame = pl.DataFrame(found._asdict()).select(
            pl.lit(run, dtype=pl.Int64).alias("run"), *found._fields
        )
        frames.append(frame.with_columns(pl.when(pl.col("calm") >= 0).then(pl.col("calm"))))
    return pl.concat(frames)


OUTBURSTS = Analysis(
    meaning=(
        f"Outbursts (more than {THRESHOLD} active citizens) in {RUNS} runs: start, end, sum and "
        f"peak of active citizens, and the calm before."
    ),
    compute=list_outbursts,
)
