"""Random numbers inside compiled kernels: NumPy's SFC64 stream, inlined.

The generator is SFC64 of Chris Doty-Humphrey's PractRand, as NumPy has it: from the same seed the
same 64-bit words, and the same doubles in [0, 1). A kernel holds its state as four unsigned
integers, so that it compiles into the loop, needs no lock and is cached with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import int64, uint64

from worldclass.dynamics.compiled import kernel

if TYPE_CHECKING:
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

_TO_UNIT = 1.0 / 9007199254740992.0  # 2⁻⁵³


def random_state(seed: SeedSequence) -> NDArray[np.uint64]:
    """State of the generator for a seed: four 64-bit words.

    Examples
    --------
    >>> from numpy.random import SeedSequence, Generator, SFC64
    >>> state = random_state(SeedSequence(7))
    >>> float(uniform(state)) == Generator(SFC64(SeedSequence(7))).random()
    True
    """
    state: Any = np.random.SFC64(seed).state
    return np.array(state["state"]["state"], dtype=np.uint64)


@kernel
def next_word(state: NDArray[np.uint64]) -> Any:
    """The next 64 random bits; changes the state."""
    word = state[0] + state[1] + state[3]
    state[3] += uint64(1)
    state[0] = state[1] ^ (state[1] >> uint64(11))
    state[1] = state[2] + (state[2] << uint64(3))
    state[2] = ((state[2] << uint64(24)) | (state[2] >> uint64(40))) + word
    return word


@kernel
def uniform(state: NDArray[np.uint64]) -> float:
    """A double in [0, 1) with 53 random bits."""
    # Signed: processors turn signed numbers into doubles in one instruction.
    return int64(next_word(state) >> uint64(11)) * _TO_UNIT


@kernel
def below(state: NDArray[np.uint64], n: int) -> int:
    """A whole number from 0 to n − 1, for 0 < n ≤ 2⁵³.

    A uniform double times n, rounded down: probabilities are equal to within n · 2⁻⁵³.
    """
    drawn = int(uniform(state) * n)
    return drawn if drawn < n else n - 1
