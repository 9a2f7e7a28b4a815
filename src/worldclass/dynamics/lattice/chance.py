"""Choices by chance inside compiled loops, in whole numbers only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.lean import inlined, inner
from worldclass.dynamics.random_numbers import next_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HALF, _LOW, _ONE = np.uint64(32), np.uint64(0xFFFFFFFF), np.uint64(1)
_SIGNED: Any = np.int64  # as a name that has no type, since int() keeps words unsigned


@inlined
def pick(random: NDArray[np.uint64], number: int) -> int:
    """A whole number from 0 to number - 1, each exactly as likely; 0 < number < 2³².

    Faster than through a fraction, which must be converted twice.

    Source: D. Lemire, "Fast random integer generation in an interval", ACM Transactions on
    Modeling and Computer Simulation 29(1), 2019.
    """
    limit = np.uint64(number)
    product = (next_word(random) >> _HALF) * limit
    if product & _LOW < limit:
        least = (_LOW - limit + _ONE) % limit
        while product & _LOW < least:
            product = (next_word(random) >> _HALF) * limit
    return _SIGNED(product >> _HALF)


@inner
def shuffle(random: NDArray[np.uint64], order: NDArray[np.int32], length: int) -> None:
    """Put the first `length` entries into random order (Fisher and Yates)."""
    for last in range(length - 1, 0, -1):
        other = pick(random, last + 1)
        kept = order[last]
        order[last] = order[other]
        order[other] = kept
