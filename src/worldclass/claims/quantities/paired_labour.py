"""Draws of the labour accounts, paired with the population's of the same number.

Both are scrambled Sobol sequences. Taken in order, a column of one would be correlated with a
column of the other by up to 0.9, so that a claim about persons and hours would see its assumptions
move together. Labour's are therefore taken in a random order, but inside blocks of 64: the first 64
are still balanced, and a draw's number means the same however many are asked for.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from worldclass.flows.labour.assumptions import LabourDraws, make_labour_draws

BLOCK = 64
ORDER_SEED = 20201004


@lru_cache(maxsize=4)
def labour_until(block: int) -> LabourDraws:
    """The draws 0 to 64 · (block + 1) − 1.

    Examples
    --------
    >>> first, both = labour_until(0), labour_until(1)
    >>> len(both), bool((both.scores[:64] == first.scores).all())
    (128, True)
    """
    made = make_labour_draws(BLOCK * (block + 1))
    orders = [
        BLOCK * k + np.random.default_rng((ORDER_SEED, k)).permutation(BLOCK)
        for k in range(block + 1)
    ]
    return LabourDraws(made.scores[np.concatenate(orders)], made.own_seed)


def blocks_of(draws: list[int]) -> dict[int, list[int]]:
    """Places in `draws` by the block of 64 that each number lies in; negative ones are left out.

    Examples
    --------
    >>> blocks_of([-1, 3, 64, 5])
    {0: [1, 3], 1: [2]}
    """
    found: dict[int, list[int]] = {}
    for place, draw in enumerate(draws):
        if draw >= 0:
            found.setdefault(draw // BLOCK, []).append(place)
    return found
