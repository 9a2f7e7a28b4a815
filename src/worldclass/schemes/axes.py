"""The grid of employment positions: every combination of states of the status columns.

A column of words has one state for each word, a number one for each interval between the points
at which some rule changes its mind; each has one state more for a missing value, the last.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.schemes.conditions import Variable, comparisons, names_used
from worldclass.surveys.columns import Kind, status_columns

LARGEST_GRID = 20_000


@dataclass(frozen=True)
class StatusAxis:
    """One status column of the grid.

    Parameters
    ----------
    name
        The column.
    kind
        "boolean", "integer", "number" or "words".
    codes
        The words of a column of words.
    breaks
        Of a number: state k holds the values from `breaks[k]` to below `breaks[k + 1]`.
    high
        Largest valid number, or None. Values below the first break or above it are missing.
    size
        Number of states; the last is the missing value.
    stride
        A person's flat state is the sum over the axes of state × stride.
    """

    name: str
    kind: Kind
    codes: tuple[str, ...]
    breaks: tuple[float, ...]
    high: float | None
    size: int
    stride: int

    def state(self, value: object) -> int:
        """The state of one value: a number, a word, or "missing".

        Example
        -------
        >>> StatusAxis("employees", "integer", (), (0, 1, 10), None, 4, 1).state(9)
        1
        """
        if value == "missing":
            return self.size - 1
        if self.kind == "words":
            return self.codes.index(str(value))
        return bisect.bisect_right(self.breaks, float(str(value))) - 1

    def describe(self, state: int) -> str:
        """A state in words, such as "employees 1–9"."""
        if state == self.size - 1:
            return f"{self.name} missing"
        if self.kind == "words":
            return f"{self.name} {self.codes[state]}"
        low = self.breaks[state]
        following = self.breaks[state + 1] if state + 1 < len(self.breaks) else None
        if self.kind == "number":
            return f"{self.name} from {low:g}"
        last = self.high if following is None else following - 1
        if last is None:
            return f"{self.name} {low:g} or more"
        return f"{self.name} {low:g}" + (f"–{last:g}" if last > low else "")

    def representatives(self) -> NDArray[np.float64]:
        """A value in each state: the number where it begins, or the word's index (−1 missing)."""
        if self.kind == "words":
            return np.array([*range(len(self.codes)), -1], dtype=float)
        return np.array([*self.breaks, math.nan])


def build_axes(rules: Iterable[str]) -> tuple[StatusAxis, ...]:
    """The axes of all status columns that some rules use, in the order of `columns.toml`.

    Raises
    ------
    TheoryError
        The grid would be too large.
    """
    texts = list(rules)
    used = set[str]().union(*(names_used(text) for text in texts))
    points: dict[str, set[float]] = {}
    for text in texts:
        for name, number in comparisons(text):
            points.setdefault(name, set()).add(number)
    drafts = [_draft(name, points.get(name, set())) for name in status_columns() if name in used]
    return _with_strides(drafts)


def flatten(axes: tuple[StatusAxis, ...]) -> int:
    """Number of flat states."""
    return math.prod(axis.size for axis in axes)


def states_of(axes: tuple[StatusAxis, ...], axis: StatusAxis) -> NDArray[np.intp]:
    """An axis's state in each flat state, shape (states,)."""
    return np.arange(flatten(axes)) // axis.stride % axis.size


def grid_names(axes: tuple[StatusAxis, ...]) -> dict[str, Variable]:
    """The status columns as variables of rules, each of shape (states,)."""
    return {
        axis.name: Variable(
            axis.codes if axis.kind == "words" else None,
            axis.representatives()[states_of(axes, axis)],
        )
        for axis in axes
    }


def slice_axes(
    axes: tuple[StatusAxis, ...], fixed: Mapping[str, object]
) -> tuple[tuple[StatusAxis, ...], NDArray[np.intp]]:
    """The axes that are left when some columns have one value, and the flat states that remain."""
    keep = np.ones(flatten(axes), dtype=bool)
    for axis in axes:
        if axis.name in fixed:
            keep &= states_of(axes, axis) == axis.state(fixed[axis.name])
    left = _with_strides([axis for axis in axes if axis.name not in fixed])
    return left, np.flatnonzero(keep)


def merge_states(
    axes: tuple[StatusAxis, ...], cells: NDArray[np.int32]
) -> tuple[tuple[StatusAxis, ...], NDArray[np.int32]]:
    """Numbers' neighbouring states that never differ, made one.

    Parameters
    ----------
    axes
        The axes.
    cells
        Outcomes, shape (rows, states).
    """
    shape = [axis.size for axis in reversed(axes)]
    block = cells.reshape(len(cells), *shape)
    kept: list[StatusAxis] = []
    for place, axis in enumerate(axes):
        dimension = block.ndim - 1 - place
        lines = np.moveaxis(block, dimension, 0)
        first = [True] + [
            axis.kind in ("boolean", "words")
            or state == axis.size - 1
            or not np.array_equal(lines[state], lines[state - 1])
            for state in range(1, axis.size)
        ]
        block = np.compress(first, block, axis=dimension)
        breaks = tuple(b for b, keep in zip(axis.breaks, first, strict=False) if keep)
        kept.append(_axis(axis.name, axis.kind, axis.codes, breaks, axis.high))
    merged = _with_strides(kept)
    return merged, np.ascontiguousarray(block.reshape(len(cells), -1))


def _draft(name: str, points: set[float]) -> StatusAxis:
    """An axis without its stride."""
    column = status_columns()[name]
    if column.kind == "words":
        return _axis(name, column.kind, column.codes, (), None)
    if column.kind == "boolean":
        return _axis(name, column.kind, (), (0.0, 1.0), 1.0)
    low, high = float(column.low or 0), column.high
    steps: set[float] = {low}
    for point in points:
        if column.kind == "integer":
            steps |= {float(math.floor(point)), float(math.floor(point) + 1)}
        else:
            steps |= {point, float(np.nextafter(point, math.inf))}
    inside = (b for b in steps if b >= low and (high is None or b <= high))
    return _axis(name, column.kind, (), tuple(sorted(inside)), high)


def _axis(
    name: str, kind: Kind, codes: tuple[str, ...], breaks: tuple[float, ...], high: float | None
) -> StatusAxis:
    return StatusAxis(name, kind, codes, breaks, high, len(codes or breaks) + 1, 1)


def _with_strides(drafts: list[StatusAxis]) -> tuple[StatusAxis, ...]:
    """Axes with strides: the first varies fastest."""
    found: list[StatusAxis] = []
    stride = 1
    for axis in drafts:
        found.append(
            StatusAxis(axis.name, axis.kind, axis.codes, axis.breaks, axis.high, axis.size, stride)
        )
        stride *= axis.size
    if stride > LARGEST_GRID:
        raise TheoryError(
            f"The rules distinguish {stride:,} employment positions; at most {LARGEST_GRID:,} "
            f"are taken.",
            remedy="Use fewer columns or fewer cut points.",
        )
    return tuple(found)
