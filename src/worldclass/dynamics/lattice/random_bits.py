"""Random numbers inside compiled loops: xoshiro256++ on four words of state.

Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM
Transactions on Mathematical Software 47(4), 2021. The state comes from NumPy's `SeedSequence`,
so that runs of one root seed are independent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.lattice.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    State = NDArray[np.uint64]

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_UNIT = 1.0 / (1 << 53)


def make_state(seed: np.random.SeedSequence | int) -> State:
    """Four words of state from a seed, shape (4,).

    Example
    -------
    >>> make_state(1).shape
    (4,)
    """
    sequence = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    return sequence.generate_state(4, np.uint64)


@compiled
def next_word(state: State) -> np.uint64:
    """The next 64 random bits."""
    first, last = state[0], state[3]
    total = first + last
    word = ((total << np.uint64(23)) | (total >> np.uint64(41))) + first
    shifted = state[1] << np.uint64(17)
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    turned = state[3]
    state[3] = (turned << np.uint64(45)) | (turned >> np.uint64(19))
    return word


@compiled
def uniform(state: State) -> float:
    """A number from 0 (included) to 1 (excluded)."""
    return np.int64(next_word(state) >> np.uint64(11)) * _UNIT


@compiled
def below(state: State, bound: int) -> int:
    """A whole number from 0 to bound - 1, each equally likely; bound at most 2³².

    Source: D. Lemire, "Fast random integer generation in an interval", ACM Transactions on
    Modeling and Computer Simulation 29(1), 2019.
    """
    limit = np.uint64(bound)
    product = (next_word(state) >> _HALF) * limit
    rest = product & _LOW
    if rest < limit:
        least = ((_LOW - limit) + np.uint64(1)) % limit
        while rest < least:
            product = (next_word(state) >> _HALF) * limit
            rest = product & _LOW
    return np.int64(product >> _HALF)


@compiled
def shuffle(state: State, order: NDArray[np.int32], length: int) -> None:
    """Put the first `length` entries into random order (Fisher and Yates)."""
    for last in range(length - 1, 0, -1):
        other = below(state, last + 1)
        kept = order[last]
        order[last] = order[other]
        order[other] = kept
