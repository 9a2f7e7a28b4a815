"""Draw an agent with probability in proportion to money, in logarithmic time.

Candidates are those without an employer. Level 0 holds the sum over blocks of 32 agents, each
higher level the sum over 32 entries of the one below, until 32 or fewer are left. Changing one
agent's money changes one entry a level; a draw walks down one block a level. Sums are whole
coins, so that they never drift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.lean import inlined, inner
from worldclass.dynamics.random_numbers import below

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHIFT = 5
"""A block has 2⁵ = 32 entries: two or three levels up to a million agents."""


def make_tree(money: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sums of all levels one after the other, and where each level starts (and the last ends).

    Parameters
    ----------
    money
        Coins of each agent, 0 for one who is no candidate; shape (N,).

    Examples
    --------
    >>> tree, starts = make_tree(np.ones(100, dtype=np.int64))
    >>> tree.tolist(), starts.tolist()
    ([32, 32, 32, 4], [0, 4])
    """
    levels: list[NDArray[np.int64]] = []
    below_it = money
    while not levels or below_it.size > 1 << SHIFT:
        below_it = np.add.reduceat(below_it, np.arange(0, below_it.size, 1 << SHIFT))
        levels.append(below_it)
    starts = np.cumsum([0, *(level.size for level in levels)])
    return np.concatenate(levels), starts.astype(np.int64)


@inlined
def add(tree: NDArray[np.int64], starts: NDArray[np.int64], agent: int, coins: int) -> None:
    """Add coins to the candidate `agent`."""
    place = agent
    for level in range(starts.size - 1):
        place >>= SHIFT
        tree[starts[level] + place] += coins


@inner
def draw(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    random: NDArray[np.uint64],
    excluded: int,
) -> int:
    """A candidate, with probability in proportion to money; −1 when nobody has any.

    The money of the agent `excluded` must have been taken from the sums before.
    """
    top = starts.size - 2
    total = 0
    for k in range(starts[top], starts[top + 1]):
        total += tree[k]
    if total == 0:
        return -1
    rest = below(random, total)
    place = 0
    for level in range(top, -1, -1):
        k = starts[level] + place
        while rest >= tree[k]:
            rest -= tree[k]
            k += 1
        place = (k - starts[level]) << SHIFT
    while True:
        if agents[place].employer < 0 and place != excluded:
            if rest < agents[place].money:
                return place
            rest -= agents[place].money
        place += 1
