"""Code a Polars frame by a plan: the class of each row, and the reason where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.occupations.esco import unit_groups
from worldclass.occupations.longer import shortened
from worldclass.schemes.enums import enum_column
from worldclass.schemes.fused import loops_for
from worldclass.schemes.kernel import in_shares, outcomes, thread_count
from worldclass.surveys.canonical import REASONS

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.plan import Plan


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
    status = [frame[name] for name in plan.status]
    codes = frame[plan.code]
    codes = (
        unit_groups(codes)
        if plan.esco
        else shortened(codes, plan.table.classification, plan.digits)
    )
    loops = loops_for(len(frame))
    axes: set[int] = set()
    found = outcomes(
        plan.table, codes, status, digits=plan.digits, threads=threads, loops=loops, empty=axes
    )
    if empty is not None:
        empty |= {plan.status[place] for place in axes}
    types = result_types(plan, column)
    made: dict[str, pl.Series] = {}

    def make(names: list[str]) -> None:
        for name in names:
            of = _classes if name == column else _reasons
            made[name] = of(frame, plan, found, types[name]).alias(name)

    in_shares(make, list(types), thread_count(len(found), threads))
    return [made[name] for name in types]


def _classes(frame: pl.DataFrame, plan: Plan, found: NDArray[Any], kind: pl.DataType) -> pl.Series:
    """The class of each row, or its value on a scale."""
    import polars as pl  # takes 0.2 s to import

    if isinstance(kind, pl.Enum):
        return enum_column(found, kind)
    scores = np.append(np.asarray(plan.table.classes, float), np.nan)
    values = pl.Series(scores.take(found, mode="clip"))
    return values if _complete(plan, found) else values.fill_nan(None)


def _reasons(frame: pl.DataFrame, plan: Plan, found: NDArray[Any], kind: pl.DataType) -> pl.Series:
    """The reason of each row that has no class."""
    import polars as pl  # takes 0.2 s to import

    assert isinstance(kind, pl.Enum)
    if _complete(plan, found):
        return pl.repeat(None, len(found), dtype=kind, eager=True)
    return enum_column(_refined(frame, plan, found), kind)


def _complete(plan: Plan, found: NDArray[Any]) -> bool:
    """Whether every row has a class."""
    return int(found.max(initial=0)) < len(plan.table.classes)


def _refined(frame: pl.DataFrame, plan: Plan, found: NDArray[Any]) -> NDArray[Any]:
    """Index of each row's reason; a number beyond the last where a class is given."""
    import polars as pl  # takes 0.2 s to import

    texts, given = reasons_of(plan), len(plan.table.classes)
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
