"""Values of status columns that mean nothing: found cheaply, and said aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from worldclass.core.caller import warn_caller
from worldclass.schemes.kernel import states_of_column
from worldclass.schemes.status import LARGEST
from worldclass.surveys.columns import status_columns

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.axes import StatusAxis
    from worldclass.schemes.coder import Coder

SHOWN = 5
NOT_UNDERSTOOD = "value not understood, taken as missing"
"""The coding report's name for such values."""
_RECODE = (
    "Recode it, or name the survey that the data come from (survey=), whose codes are then read"
)


class UnreadableValueWarning(UserWarning):
    """A status column holds values that mean nothing there, and count as missing."""


def unreadable(series: pl.Series, axis: StatusAxis) -> tuple[int, tuple[str, ...]]:
    """Rows of a status column whose value is given but not understood, and examples.

    Null, NaN and empty text are missing values, and no others.

    Example
    -------
    >>> import polars as pl
    >>> from worldclass.schemes.compile import compile_scheme
    >>> from worldclass.schemes.library import load_scheme
    >>> axis = compile_scheme(load_scheme("esec"), "isco08").axes[0]
    >>> unreadable(pl.Series([1, 2, 2, 0, None]), axis)
    (2, ('2',))
    """
    import polars as pl  # takes 0.2 s to import

    kind = series.dtype
    if isinstance(kind, pl.Boolean | pl.Null) or kind.is_nested() or not len(series):
        return 0, ()
    if series.dtype.is_float():
        series = series.fill_nan(None)
    elif not series.dtype.is_numeric():
        series = series.cast(pl.String)
    if _plainly_read(series, axis):
        return 0, ()
    distinct = series.drop_nulls().unique()
    if series.dtype == pl.String:
        distinct = distinct.filter(distinct.str.strip_chars() != "")
    states = pl.Series(states_of_column(distinct, axis))
    strange = distinct.filter(states == axis.size - 1)
    if not len(strange):
        return 0, ()
    shown = strange.sort().head(SHOWN).cast(pl.String)
    return int(series.is_in(strange.implode()).sum()), tuple(shown)


def _plainly_read(series: pl.Series, axis: StatusAxis) -> bool:
    """Whether a quick look finds nothing strange in a column."""
    import polars as pl  # takes 0.2 s to import

    low, high = _limits(axis)
    if not series.dtype.is_numeric():
        known = [str(number) for number in range(int(low), int(high) + 1)] if high < 100 else []
        return bool(series.is_in([*axis.codes, *known, ""]).all())
    if axis.kind in ("boolean", "words") and not series.dtype.is_integer():
        known = pl.Series(range(int(low), int(high) + 1), dtype=pl.Float64)
        return bool(series.cast(pl.Float64).is_in(known.implode()).all())
    least, most = series.min(), series.max()
    return least is None or bool(low <= least and most <= high)  # pyright: ignore[reportOperatorIssue]


def _limits(axis: StatusAxis) -> tuple[float, float]:
    """Least and largest number that mean something on an axis."""
    if axis.kind == "boolean":
        return 0, 1
    if axis.kind == "words":
        numbers = status_columns()[axis.name].numbers
        return min(numbers), max(numbers)
    return axis.breaks[0], LARGEST if axis.high is None else axis.high


@dataclass
class Strange:
    """Values that were not understood, gathered over blocks of rows."""

    found: dict[str, tuple[int, tuple[str, ...]]] = field(
        default_factory=dict[str, tuple[int, tuple[str, ...]]]
    )
    _lock: Any = field(default_factory=Lock, repr=False)

    def add(self, name: str, rows: int, examples: Iterable[str]) -> None:
        """Count rows of a column."""
        with self._lock:
            before, shown = self.found.get(name, (0, ()))
            self.found[name] = before + rows, tuple(dict.fromkeys([*shown, *examples]))[:SHOWN]


def watched(coder: Coder, strange: Strange) -> Coder:
    """The coder, which looks for values that are not understood in what it codes.

    A survey's adapter leaves none in the columns that it makes; its unknown codes are in the
    coding report.
    """
    plan = coder.plan
    if plan is None:
        return coder
    adapted = coder.adaptation.plan.made if coder.adaptation else {}
    own = [
        (axis, name)
        for axis, name in zip(plan.table.axes, plan.status, strict=True)
        if name not in adapted
    ]

    def run(
        frame: pl.DataFrame, threads: int | None, empty: set[str] | None = None
    ) -> list[pl.Series]:
        empty = set() if empty is None else empty
        made = coder.run(frame, threads, empty)
        for axis, name in own:
            # a value that means nothing is missing; where none is, there is nothing to look for
            rows, examples = unreadable(frame[name], axis) if name in empty else (0, ())
            if rows:
                strange.add(name, rows, examples)
        return made

    return replace(coder, run=run)


def warn_unreadable(coder: Coder, found: dict[str, tuple[int, tuple[str, ...]]]) -> None:
    """Say aloud which columns hold values that are not understood, one warning a column."""
    plan = coder.plan
    if plan is None:
        return
    for axis, name in zip(plan.table.axes, plan.status, strict=True):
        if name in found:
            rows, examples = found[name]
            way = "Recode it" if coder.adaptation else _RECODE
            words = f"{_words(axis, name, rows, examples)} {way}."
            warn_caller(words, UnreadableValueWarning)


def _words(axis: StatusAxis, name: str, rows: int, examples: tuple[str, ...]) -> str:
    low, high = _limits(axis)
    column = status_columns()[axis.name]
    if axis.kind == "boolean":
        meant = "1 (yes) and 0 (no)"
    elif axis.kind == "words":
        meant = ", ".join(column.codes)
    else:
        meant = f"numbers from {low:g}" + (f" to {high:.0f}" if high < LARGEST else "")
    return (
        f"Column '{name}' holds values that are not understood and count as missing, in {rows:,} "
        f"rows: {', '.join(examples)}. It takes {meant}."
    )
