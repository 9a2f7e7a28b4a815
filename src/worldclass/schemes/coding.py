"""Code a Polars frame by a plan: the class of each row, and the reason where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.occupations.esco import unit_groups
from worldclass.schemes.fused import loops_for
from worldclass.schemes.kernel import in_shares, outcomes
from worldclass.surveys.canonical import REASONS

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.plan import Plan

_LONG = 1_000_000  # rows from which on threads make a column together
_FEW = 12  # reasons that are written one by one


def result_types(plan: Plan, column: str) -> dict[str, pl.DataType]:
    """Names and types of the new columns.

    Classes are an Enum in the order of the scheme, a scale is Float64; reasons are an Enum.
    """
    import polars as pl  # takes 0.2 s to import

    scale = plan.table.scheme.kind == "scale"
    kind = pl.Float64() if scale else pl.Enum([str(one) for one in plan.table.classes])
    return {column: kind, f"{column}_missing": pl.Enum(reasons_of(plan))}


def reasons_of(plan: Plan) -> list[str]:
    """Every reason that a plan can give: the table's, then the kinds that companions tell."""
    finer = [f"{name}: {why}" for name in plan.companions for why in REASONS]
    return list(dict.fromkeys([*plan.table.reasons, *finer]))


def code_columns(
    frame: pl.DataFrame,
    plan: Plan,
    column: str = "class",
    *,
    threads: int | None = None,
    empty: set[str] | None = None,
) -> list[pl.Series]:
    """The class of each row, and the reason where there is none.

    Parameters
    ----------
    frame
        The columns that the plan needs.
    plan
        How to code.
    column
        Name of the column of classes.
    threads
        How many threads share the work.
    empty
        Is given the names of the status columns in which the value of some row is missing, or
        means nothing.

    Returns
    -------
    Two columns, `column` and `column_missing`, of the types of `result_types`.
    """
    import polars as pl  # takes 0.2 s to import

    status = [frame[name] for name in plan.status]
    codes = unit_groups(frame[plan.code]) if plan.esco else frame[plan.code]
    loops = loops_for(len(frame))
    axes: set[int] = set()
    found = outcomes(
        plan.table, codes, status, digits=plan.digits, threads=threads, loops=loops, empty=axes
    )
    if empty is not None:
        empty |= {plan.status[place] for place in axes}
    kind, why = result_types(plan, column).values()
    given = len(plan.table.classes)
    complete = not len(found) or int(found.max()) < given
    assert isinstance(why, pl.Enum)
    if isinstance(kind, pl.Enum):
        classes = _in_parts(found, threads, lambda part: _enum(part, kind))
    else:
        scores = np.append(np.asarray(plan.table.classes, float), np.nan)
        classes = pl.Series(scores.take(found, mode="clip"))
        classes = classes if complete else classes.fill_nan(None)
    if complete:
        reasons = pl.repeat(None, len(found), dtype=why, eager=True)
    elif plan.companions or len(plan.table.reasons) > _FEW:
        refined = _refined(frame, plan, found, given)
        reasons = _in_parts(refined, threads, lambda part: _enum(part, why))
    else:
        reasons = _in_parts(found, threads, lambda part: _reasons(part, why, given))
    return [classes.alias(column), reasons.alias(f"{column}_missing")]


def _reasons(found: NDArray[Any], kind: pl.Enum, given: int) -> pl.Series:
    """The reasons of outcomes, one after another: a comparison is far cheaper than a category."""
    import polars as pl  # takes 0.2 s to import

    outcome, known = pl.Series(found), pl.Series(kind.categories, dtype=kind)
    reasons = pl.repeat(None, len(found), dtype=kind, eager=True)
    for place in range(len(known)):
        here = outcome == given + place
        if here.any():
            reasons = known.slice(place, 1).zip_with(here, reasons)
    return reasons


def _refined(frame: pl.DataFrame, plan: Plan, found: NDArray[Any], given: int) -> NDArray[Any]:
    """Index of each row's reason; a number beyond the last where a class is given."""
    import polars as pl  # takes 0.2 s to import

    texts = reasons_of(plan)
    if not plan.companions and len(texts) + given <= np.iinfo(found.dtype).max:
        return found - found.dtype.type(given)  # a class wraps around to beyond the last
    reasons = np.full(len(found), np.iinfo(np.uint16).max, np.uint16)
    np.subtract(found, given, out=reasons, where=found >= given, dtype=np.uint16, casting="unsafe")
    for name, source in plan.companions.items():
        rows = np.flatnonzero(reasons == texts.index(f"{name}: missing"))
        if len(rows):
            told = frame[source].gather(rows).cast(pl.String).cast(pl.Enum(REASONS), strict=False)
            place = np.array([texts.index(f"{name}: {why}") for why in REASONS])
            known = told.is_not_null().to_numpy()
            physical = told.drop_nulls().to_physical().cast(pl.Int64).to_numpy()
            reasons[rows[known]] = place[physical]
    return reasons


def _in_parts(
    found: NDArray[Any], threads: int | None, make: Callable[[NDArray[Any]], pl.Series]
) -> pl.Series:
    """A column that threads make in parts."""
    import polars as pl  # takes 0.2 s to import

    count = pl.thread_pool_size() if threads is None else threads
    if count < 2 or len(found) < _LONG:
        return make(found)
    size = -(-len(found) // count)
    parts: dict[int, pl.Series] = {}

    def work(starts: list[int]) -> None:
        for start in starts:
            parts[start] = make(found[start : start + size])

    starts = list(range(0, len(found), size))
    in_shares(work, starts, count)
    return pl.concat([parts[start] for start in starts], rechunk=True)


def _enum(indices: NDArray[Any], kind: pl.Enum) -> pl.Series:
    """Indices as an Enum; those beyond the last category are null."""
    import polars as pl  # takes 0.2 s to import

    physical = pl.Series([], dtype=kind).to_physical().dtype
    most = 255 if physical == pl.UInt8 else 65_535
    if indices.dtype.itemsize > 1 and physical == pl.UInt8:
        indices = np.minimum(indices, most).astype(np.uint8)
    series = pl.Series(indices)
    if series.dtype != physical:
        beyond = indices >= len(kind.categories)
        series = pl.Series(np.where(beyond, most, indices)).cast(physical)
    return _to_enum(series, kind)


def _to_enum(series: pl.Series, kind: pl.Enum) -> pl.Series:
    """Physical codes as an Enum, null where there is no such category."""
    import polars as pl  # takes 0.2 s to import

    to = getattr(series.cat, "to", None)  # not in Polars before 1.32
    if to is not None:
        return to(kind, strict=False)
    known = pl.Series(kind.categories, dtype=kind)
    inside = series < len(known)
    places = pl.select(pl.when(inside).then(series).cast(pl.UInt32)).to_series()
    return known.gather(places)
