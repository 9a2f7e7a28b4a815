"""A small tree that says in words where a claim holds.

The share of draws in which a specification holds is split by options, at most three times in a
row, each time so that the squared error falls most. For the squared error, the best of all ways to
part k options in two is among the k − 1 that part them in the order of their means (Fisher 1958,
JASA 53, 789-798; Breiman et al. 1984, ch. 9), so that the search is exact. Options that are numbers
in order are parted at a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.charts.verdicts import holding_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.schema import Choice
    from worldclass.claims.specifications import Specifications

    Values = NDArray[np.float64]
    Index = NDArray[np.int64]

DEPTH = 3
LEAST_GAIN = 0.02
"""A split must take away this share of the whole squared error."""


@dataclass(frozen=True)
class _Split:
    choice: int
    left: frozenset[int]
    gain: float


def rules(specifications: Specifications, share: Values) -> tuple[str, ...]:
    """One line for each leaf; empty where one rule fits all.

    Parameters
    ----------
    specifications
        The grid.
    share
        Share of draws in which each specification holds.
    """
    whole = float(((share - share.mean()) ** 2).sum())
    everything = [frozenset(range(size)) for size in specifications.sizes]
    if whole < 1e-12:
        return ()
    rows = np.arange(len(share))
    leaves = _grow(specifications, share, rows, everything, whole, DEPTH)
    if len(leaves) < 2:
        return ()
    return tuple(_line(specifications, share, rows, kept) for rows, kept in leaves)


def _grow(
    specifications: Specifications,
    share: Values,
    rows: Index,
    kept: list[frozenset[int]],
    whole: float,
    depth: int,
) -> list[tuple[Index, list[frozenset[int]]]]:
    split = _best(specifications, share[rows], rows, kept) if depth else None
    if split is None or split.gain < LEAST_GAIN * whole:
        return [(rows, kept)]
    column = specifications.options[rows, split.choice]
    goes_left = np.isin(column, list(split.left))
    leaves: list[tuple[Index, list[frozenset[int]]]] = []
    for part, options in (
        (rows[goes_left], split.left),
        (rows[~goes_left], kept[split.choice] - split.left),
    ):
        narrowed = [*kept[: split.choice], options, *kept[split.choice + 1 :]]
        leaves += _grow(specifications, share, part, narrowed, whole, depth - 1)
    return leaves


def _best(
    specifications: Specifications, share: Values, rows: Index, kept: list[frozenset[int]]
) -> _Split | None:
    """The split that takes away most squared error; the first of equals."""
    best: _Split | None = None
    for k, choice in enumerate(specifications.claim.choices):
        column = specifications.options[rows, k]
        size = specifications.sizes[k]
        counts = np.bincount(column, minlength=size)
        sums = np.asarray(np.bincount(column, weights=share, minlength=size), dtype=np.float64)
        present = np.flatnonzero(counts)
        if len(present) < 2:
            continue
        order = (
            present
            if in_order(choice)
            else present[np.argsort(sums[present] / counts[present], kind="stable")]
        )
        gains = _gains(counts[order], sums[order])
        place = int(np.argmax(gains))
        if best is None or gains[place] > best.gain + 1e-12:
            best = _Split(k, _left(order, place, kept[k], choice), float(gains[place]))
    return best


def _gains(counts: Index, sums: Values) -> Values:
    """Squared error taken away by a cut after each position but the last."""
    n, s = np.cumsum(counts)[:-1], np.cumsum(sums)[:-1]
    whole_n, whole_s = counts.sum(), sums.sum()
    return s**2 / n + (whole_s - s) ** 2 / (whole_n - n) - whole_s**2 / whole_n


def _left(order: Index, place: int, kept: frozenset[int], choice: Choice) -> frozenset[int]:
    """Options that go left; in order, those that no specification took go with their neighbour."""
    if in_order(choice):
        return frozenset(option for option in kept if option <= order[place])
    return frozenset(order[: place + 1].tolist())


def in_order(choice: Choice) -> bool:
    """Whether a choice's options are numbers that rise."""
    values = [next(iter(one.values())) for one in choice.settings.values() if len(one) == 1]
    numbers = [one for one in values if isinstance(one, int | float)]
    return len(numbers) == len(choice.settings) and numbers == sorted(numbers)


def _line(
    specifications: Specifications, share: Values, rows: Index, kept: list[frozenset[int]]
) -> str:
    conditions = [
        _condition(choice, specifications.labels(k), kept[k])
        for k, choice in enumerate(specifications.claim.choices)
        if len(kept[k]) < specifications.sizes[k]
    ]
    found = holding_text(float(share[rows].mean()))
    noun = "specification" if len(rows) == 1 else "specifications"
    return f"{'; '.join(conditions)}: holds in {found} ({len(rows):,} {noun})"


def _condition(choice: Choice, labels: list[str], kept: frozenset[int]) -> str:
    first, last = min(kept), max(kept)
    if not in_order(choice) or len(kept) < last - first + 1:
        return f"{choice.label}: {' or '.join(labels[option] for option in sorted(kept))}"
    if first == last:
        return f"{choice.label}: {labels[first]}"
    if first == 0:
        return f"{choice.label}: up to {labels[last]}"
    if last == len(labels) - 1:
        return f"{choice.label}: {labels[first]} and more"
    return f"{choice.label}: {labels[first]} to {labels[last]}"
