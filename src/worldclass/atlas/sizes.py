"""From a run to the tidy table: sizes, intervals, shares and the imputed part."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.areas import Area, sum_over
from worldclass.atlas.run import WORKERS, Run
from worldclass.people.cells import ADULTS, IN_LABOUR_FORCE
from worldclass.people.grid import SEX_CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    Values = NDArray[np.floating[Any]]

INTERVAL = (5.0, 95.0)
COLUMNS = (
    "theory", "class", "country", "year", "sex", "persons", "persons_p05", "persons_p95",
    "share_population", "share_adults", "share_workforce", "imputed", "only_bounds",
)  # fmt: skip


@dataclass(frozen=True)
class Sizes:
    """Class sizes by area; arrays of shape (classes, 3 sexes with total, areas, years)."""

    persons: Values
    adults: Values
    workforce: Values
    low: Values
    high: Values
    imputed: Values


@dataclass(frozen=True)
class Bases:
    """Persons that shares refer to; arrays of shape (3 sexes with total, areas, years)."""

    population: Values
    adults: Values
    workforce: Values


def sizes_of(
    run: Run, areas: Sequence[Area], intervals: tuple[Values, Values] | None = None
) -> Sizes:
    """Sizes with 5-95 % intervals; where data only bound a class, no less than its bounds.

    Parameters
    ----------
    run, areas
        What was computed, and how to add it up.
    intervals
        Intervals known already; else they come from the run's draws. Without either, low and
        high equal the centre.
    """
    codes = run.grid.countries
    persons = with_total(sum_over(run.central, codes, areas))
    adults = with_total(sum_over(run.adults, codes, areas))
    workforce = with_total(sum_over(run.workforce, codes, areas))
    imputed = with_total(sum_over(run.imputed, codes, areas))
    low, high = persons.copy(), persons.copy()
    if intervals is not None:
        narrow = intervals[1] - intervals[0] <= 2e-3 * intervals[1]
        low, high = (np.where(narrow & _near(persons, end), persons, end) for end in intervals)
    elif run.draws is not None:
        low, high = _intervals(run.draws, run.grid.countries, areas)
    low, high = _settled(persons, low), _settled(persons, high)
    if run.bounded.any():
        ends = [with_total(sum_over(v, codes, areas)) for v in (run.low, run.high)]
        low[run.bounded] = np.minimum.reduce([*ends, low])[run.bounded]
        high[run.bounded] = np.maximum.reduce([*ends, high])[run.bounded]
    share = np.divide(imputed, persons, out=np.zeros_like(imputed), where=persons > 0)
    return Sizes(persons, adults, workforce, low, high, np.clip(share, 0, 1))


def _near(persons: Values, end: Values) -> NDArray[np.bool_]:
    """Whether a stored end is the centre but for its rounding to four digits."""
    return np.abs(end - persons) <= 1.01e-3 * persons


def _settled(persons: Values, end: Values) -> Values:
    """An end of an interval, or the centre where only single precision tells them apart."""
    same = np.abs(end - persons) <= 1e-6 * persons
    return np.where(same, persons, end)


def bases_of(
    population: NDArray[np.floating[Any]], codes: Sequence[str], areas: Sequence[Area]
) -> Bases:
    """Persons that shares refer to.

    Parameters
    ----------
    population
        Shape (21 cells, sexes, countries, years).
    """

    def total(part: NDArray[np.floating[Any]]) -> Values:
        return with_total(sum_over(part.sum(axis=0, dtype=np.float64), codes, areas))

    return Bases(total(population), total(population[:ADULTS]), total(population[:IN_LABOUR_FORCE]))


def with_total(values: Values) -> Values:
    """Append the sum over sexes, which are the third-last axis."""
    return np.concatenate([values, values.sum(axis=-3, keepdims=True)], axis=-3)


def _intervals(
    draws: NDArray[np.floating[Any]], codes: Sequence[str], areas: Sequence[Area]
) -> tuple[Values, Values]:
    classes = draws.shape[1]

    def one(position: int) -> Values:
        values = with_total(sum_over(draws[:, position], codes, areas))
        return percentiles(values.astype(np.float32))

    with ThreadPoolExecutor(WORKERS) as pool:
        both = np.stack(list(pool.map(one, range(classes))), axis=1)
    return both[0].astype(np.float64), both[1].astype(np.float64)


def percentiles(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """5th and 95th percentile over the first axis (linear interpolation), shape (2, ...)."""
    number = values.shape[0]
    points = [q / 100 * (number - 1) for q in INTERVAL]
    kth = sorted({int(f(p)) for p in points for f in (np.floor, np.ceil)})
    ordered = np.partition(values, kth, axis=0)
    ends = []
    for point in points:
        lower, upper = int(np.floor(point)), int(np.ceil(point))
        ends.append(ordered[lower] + (point - lower) * (ordered[upper] - ordered[lower]))
    return np.stack(ends)


def to_frame(run: Run, sizes: Sizes, bases: Bases, areas: Sequence[Area]) -> pl.DataFrame:
    """The tidy table, ordered by area, year, class and sex.

    `only_bounds` marks the classes that the data only bound: `persons_p05` and `persons_p95` are
    then bounds, and `persons` and the shares one reading of them, which is no estimate.
    """
    import polars as pl

    rules = run.compiled.theory.classes
    keep = [k for k, rule in enumerate(rules) if not (rule.residual and not sizes.persons[k].any())]
    ids = [run.compiled.classes[k] for k in keep]
    years = run.grid.years
    shape = (len(areas), len(years), len(keep), len(SEX_CODES))

    def flat(values: Values) -> Values:
        return values[keep].transpose(2, 3, 0, 1).reshape(-1)

    def share(part: Values, base: Values) -> Values:
        wide = np.broadcast_to(base, part.shape)
        return np.divide(part, wide, out=np.zeros_like(part), where=wide > 0)

    codes = np.indices(shape).reshape(len(shape), -1)
    return pl.DataFrame(
        {
            "theory": pl.repeat(
                run.compiled.theory.id, codes.shape[1], dtype=pl.String, eager=True
            ),
            "class": _codes(ids, codes[2]),
            "country": _codes([area.code for area in areas], codes[0]),
            "year": np.asarray(years, dtype=np.int32)[codes[1]],
            "sex": _codes(list(SEX_CODES), codes[3]),
            "persons": flat(sizes.persons),
            "persons_p05": flat(sizes.low),
            "persons_p95": flat(sizes.high),
            "share_population": flat(share(sizes.persons, bases.population)),
            "share_adults": flat(share(sizes.adults, bases.adults)),
            "share_workforce": flat(share(sizes.workforce, bases.workforce)),
            "imputed": flat(sizes.imputed),
            "only_bounds": run.bounded[keep][codes[2]],
        }
    )


def _codes(names: list[str], positions: NDArray[np.int_]) -> pl.Series:
    import polars as pl

    return pl.Series(names, dtype=pl.String).gather(positions)
