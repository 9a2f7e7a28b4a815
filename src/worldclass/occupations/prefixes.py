"""The fewest prefixes that give every code of a list its value, by longest prefix."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Values = tuple[str, ...]


def shortest_prefixes(leaves: Mapping[str, Values], outside: Values) -> dict[str, Values]:
    """The fewest prefixes that say which code has which values.

    Dynamic programming up the tree of digits. With B(n, v) the cost of everything below node n when
    it inherits values v from above, and p(k) = 1 + ε·(digits of k) the price of listing k,

        B(n, v) = Σ over branches k of min(B(k, v), p(k) + min over w of B(k, w)).

    Parameters
    ----------
    leaves
        Values of each code; codes are texts of equal length.
    outside
        Values that hold where no prefix is listed.

    Returns
    -------
    dict
        Values by prefix. A prefix that covers a single code is written as that code.

    Example
    -------
    >>> shortest_prefixes({"11": ("a",), "12": ("a",), "13": ("b",), "20": ("",)}, ("",))
    {'1': ('a',), '13': ('b',)}
    """
    candidates = sorted(set(leaves.values()) | {outside})
    place = {values: number for number, values in enumerate(candidates)}
    branches = _tree(leaves)
    cost: dict[str, np.ndarray] = {}
    for leaf, values in leaves.items():
        cost[leaf] = np.full(len(candidates), np.inf)
        cost[leaf][place[values]] = 0.0
    for node in sorted(branches, key=len, reverse=True):
        cost[node] = np.zeros(len(candidates))
        for kid in branches[node]:
            cost[node] += np.minimum(cost[kid], cost[kid].min() + _price(kid))
    found: dict[str, Values] = {}
    pending = [("", place[outside])]
    while pending:
        node, value = pending.pop()
        for kid in branches.get(node, ()):
            best = int(cost[kid].argmin())
            listed = bool(cost[kid][best] + _price(kid) < cost[kid][value])
            if listed:
                found[_only_leaf(kid, branches)] = candidates[best]
            pending.append((kid, best if listed else value))
    return dict(sorted(found.items()))


def _tree(leaves: Mapping[str, Values]) -> dict[str, list[str]]:
    """The branches of every node above the codes."""
    branches: dict[str, dict[str, None]] = {}
    for leaf in sorted(leaves):
        for length in range(1, len(leaf) + 1):
            branches.setdefault(leaf[: length - 1], {})[leaf[:length]] = None
    return {node: list(kids) for node, kids in branches.items()}


def _only_leaf(node: str, branches: Mapping[str, list[str]]) -> str:
    """The code below a node, if there is only one; else the node."""
    below = node
    while len(branches.get(below, ())) == 1:
        below = branches[below][0]
    return node if below in branches else below


def _price(prefix: str) -> float:
    """The price of listing a prefix; its digits count so little that they only break ties."""
    return 1 + len(prefix) * 2.0**-20
