"""A frame read under a survey design: weights, units, strata and replicates as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.design import SurveyDesign
from worldclass.statistics.frames import to_polars

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Sample:
    """Arrays of a survey, rows in the frame's order.

    Attributes
    ----------
    frame
        The chosen columns.
    weight
        Weights, shape (rows).
    unit
        Position of the row's primary unit, shape (rows); units are numbered over all strata.
    stratum
        Position of each unit's stratum, shape (units).
    rate
        Share of each stratum's units that were drawn, shape (strata); 0 without correction.
    replicates
        Replicate weights, shape (rows, replicates); None without.
    factors
        Factor of each replicate's squared deviation, shape (replicates).
    """

    frame: pl.DataFrame
    design: SurveyDesign
    weight: NDArray[np.float64]
    unit: NDArray[np.int64]
    stratum: NDArray[np.int64]
    stratum_names: tuple[str, ...]
    rate: NDArray[np.float64]
    replicates: NDArray[np.float64] | None
    factors: NDArray[np.float64]


def read_sample(data: Any, columns: Sequence[str], design: Any) -> Sample:
    """Read a table under a design.

    Parameters
    ----------
    data
        Polars or pandas frame, Arrow table or DuckDB relation.
    columns
        Columns to keep for the analysis.
    design
        A `SurveyDesign`; None is simple random sampling.

    Raises
    ------
    UsageError
        When the design is none, or a column is absent; when weights are missing, negative or not
        finite, or units and strata missing (the rows are named); when a stratum has one unit and
        the design does not say what to do.
    """
    design = SurveyDesign() if design is None else design
    if not isinstance(design, SurveyDesign):
        raise UsageError(
            f"{design!r} is no survey design",
            where="survey statistics",
            remedy="Give SurveyDesign(weight=…, psu=…, strata=…), with the names of columns.",
        )
    frame = to_polars(data)
    names = _replicate_columns(frame, design)
    asked = [design.weight, design.psu, design.strata, design.fpc]
    need = [*columns, *(name for name in asked if name), *names]
    absent = [name for name in dict.fromkeys(need) if name not in frame.columns]
    if absent:
        raise UsageError(
            f"no column {', '.join(map(repr, absent))}",
            where="survey statistics",
            remedy=f"The table has: {', '.join(frame.columns)}.",
        )
    if not frame.height:
        raise UsageError(
            "the table has no rows",
            where="survey statistics",
            remedy="Look for a filter that leaves nobody.",
        )
    weight = _weights(frame, design.weight) if design.weight else np.ones(frame.height)
    if not weight.any():
        raise UsageError(
            "all weights are 0",
            where=f"column {design.weight}",
            remedy="Name the column of weights, or leave it out.",
        )
    unit, stratum, stratum_names = _units(frame, design)
    replicates = np.column_stack([_weights(frame, name) for name in names]) if names else None
    sample = Sample(
        frame.select(list(dict.fromkeys(columns))),
        design,
        weight,
        unit,
        stratum,
        stratum_names,
        _rates(frame, design, unit, stratum, stratum_names),
        replicates,
        _factors(design, len(names)),
    )
    if replicates is None:
        _check_single(sample)
    return sample


def _replicate_columns(frame: pl.DataFrame, design: SurveyDesign) -> list[str]:
    """Names of the replicate weights; a prefix with a star takes all that start with it."""
    if design.replicates is None:
        return []
    if not isinstance(design.replicates, str):
        return list(design.replicates)
    if not design.replicates.endswith("*"):
        return [design.replicates]
    prefix = design.replicates[:-1]
    found = [name for name in frame.columns if name.startswith(prefix) and name != design.weight]
    if not found:
        raise UsageError(
            f"no column starts with {prefix!r}",
            where="survey design, replicates",
            remedy=f"The table has: {', '.join(frame.columns)}.",
        )
    return found


def _weights(frame: pl.DataFrame, name: str) -> NDArray[np.float64]:
    """A column of weights, checked."""
    import polars as pl

    if not frame.schema[name].is_numeric():
        raise UsageError(
            f"weights are {frame.schema[name]}, not numbers",
            where=f"column {name}",
            remedy="Name the column of weights, or turn it into numbers.",
        )
    weight = frame[name].cast(pl.Float64).to_numpy()
    bad = np.flatnonzero(~(np.isfinite(weight) & (weight >= 0)))
    if bad.size:
        shown = ", ".join(f"row {row}: {weight[row]:g}" for row in bad[:_SHOWN])
        more = f" and {bad.size - _SHOWN} more" if bad.size > _SHOWN else ""
        raise UsageError(
            f"{bad.size} weights are missing, negative or not finite ({shown}{more})",
            where=f"column {name}",
            remedy="Remove these rows, or repair their weights; rows count from 0.",
        )
    return weight.astype(np.float64)


def _codes(frame: pl.DataFrame, name: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Positions of a column's values among the sorted distinct ones; none may be missing."""
    import polars as pl

    column = frame[name]
    if column.dtype.is_float():
        column = column.fill_nan(None)
    empty = np.flatnonzero(column.is_null().to_numpy())
    if empty.size:
        rows = ", ".join(map(str, empty[:_SHOWN]))
        raise UsageError(
            f"{empty.size} values are missing (rows {rows})",
            where=f"column {name}",
            remedy="Every row needs its unit and stratum; rows count from 0.",
        )
    ranks = column.cast(pl.String).rank("dense").to_numpy().astype(np.int64) - 1
    return ranks, tuple(column.cast(pl.String).unique().sort().to_list())


def _units(
    frame: pl.DataFrame, design: SurveyDesign
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[str, ...]]:
    """Unit of each row, stratum of each unit, names of the strata."""
    of_row, names = np.zeros(frame.height, dtype=np.int64), ("all",)
    if design.strata:
        of_row, names = _codes(frame, design.strata)
    if not design.psu:
        return np.arange(frame.height), of_row, names
    within, labels = _codes(frame, design.psu)
    pairs, unit = np.unique(of_row * len(labels) + within, return_inverse=True)
    return unit.astype(np.int64), pairs // len(labels), names


def _rates(
    frame: pl.DataFrame,
    design: SurveyDesign,
    unit: NDArray[np.int64],
    stratum: NDArray[np.int64],
    names: tuple[str, ...],
) -> NDArray[np.float64]:
    """Share of the units drawn in each stratum."""
    rate = np.zeros(len(names))
    if not design.fpc:
        return rate
    given = _weights(frame, design.fpc)
    of_row = stratum[unit]
    low, high = np.full(len(names), np.inf), np.full(len(names), -np.inf)
    np.minimum.at(low, of_row, given)
    np.maximum.at(high, of_row, given)
    drawn = np.bincount(stratum, minlength=len(names))
    bad = [
        names[at]
        for at in range(len(names))
        if low[at] != high[at] or low[at] <= 0 or 1 < low[at] < drawn[at]
    ]
    if bad:
        raise UsageError(
            f"the correction differs inside a stratum, or is less than the units drawn: "
            f"{', '.join(bad[:_SHOWN])}",
            where=f"column {design.fpc}",
            remedy="One value in each stratum: a share of at most 1, or the number of units.",
        )
    return np.where(low <= 1, low, drawn / low)


def _factors(design: SurveyDesign, number: int) -> NDArray[np.float64]:
    """Factor of each replicate's squared deviation."""
    if not number:
        return np.zeros(0)
    usual = {
        "brr": 1 / number,
        "fay": 1 / (number * (1 - design.fay) ** 2),
        "jk1": (number - 1) / number,
        "jkn": 1.0,
        "bootstrap": 1 / number,
    }
    scale = usual[str(design.method)] if design.scale is None else design.scale
    each = np.ones(number) if design.rscales is None else np.asarray(design.rscales, dtype=float)
    if each.shape != (number,) or not np.all(each >= 0) or scale <= 0:
        raise UsageError(
            f"{each.size} rscales for {number} replicates, or a factor below 0",
            where="survey design",
        )
    return scale * each


def _check_single(sample: Sample) -> None:
    """Refuse strata with one unit unless the design says what to do."""
    drawn = np.bincount(sample.stratum, minlength=len(sample.stratum_names))
    single = [sample.stratum_names[at] for at in np.flatnonzero((drawn == 1) & (sample.rate < 1))]
    if sample.design.single_psu == "error" and single:
        more = f" and {len(single) - _SHOWN} more" if len(single) > _SHOWN else ""
        raise UsageError(
            f"the variance is unknown inside strata with one unit: "
            f"{', '.join(single[:_SHOWN])}{more}",
            where=f"column {sample.design.strata or sample.design.psu or 'rows'}",
            remedy='Merge strata, or say single_psu="centered" or "certainty".',
        )
