"""Which choices decide: shares of the variance of holding.

Holding is 1 or 0 for each combination of specification and draw; its variance V is that over all
combinations. For a choice c

    main_c  = Var(E[holding | c]) / V
    total_c = 1 − Var(E[holding | all others]) / V

(Sobol' 1993, Mathematical Modelling and Computational Experiments 1, 407-414; Homma & Saltelli
1996, Reliability Engineering & System Safety 52, 1-17). On a whole grid both are exact. On a sample
of a grid they are estimates: main effects from means by option, freed of what the chance of
sampling adds (as ω² does, Hays 1963); total effects from the pairs of specifications in the sample
that differ in this choice alone (Jansen 1999, Computer Physics Communications 117, 35-43). Where
there are too few such pairs, the total is the main effect with its interactions with each other
choice, so that interactions of three and more are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.claims.evaluation import Deciding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.specifications import Specifications

    Values = NDArray[np.float64]
    Index = NDArray[np.int64]

DRAWS = "draws"
DRAWS_LABEL = "assumptions within a specification"
_LEAST_PAIRS = 200
_GROUPS = 12
"""Options are joined to at most so many groups before interactions are estimated."""


def deciding_choices(
    specifications: Specifications, holds: NDArray[np.bool_]
) -> tuple[Deciding, ...]:
    """Every choice, the most deciding first; empty where all combinations agree.

    Parameters
    ----------
    specifications
        The grid.
    holds
        Whether the claim holds, shape (specifications, draws).
    """
    variance = float(holds.mean() * (1 - holds.mean()))
    if variance == 0:
        return ()
    effects = _sampled if specifications.sampled else _exact
    main, total = effects(specifications, holds.astype(np.float64))
    found = [
        Deciding(
            choice=choice.id,
            label=choice.label,
            main=_share(main[k] / variance),
            total=_share(total[k] / variance),
            options=_by_option(specifications, k, holds),
        )
        for k, choice in enumerate(specifications.claim.choices)
    ]
    if holds.shape[1] > 1:
        found.append(
            Deciding(
                DRAWS, DRAWS_LABEL, _share(main[-1] / variance), _share(total[-1] / variance), {}
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.total, -one.main, one.choice)))


def _share(value: float) -> float:
    return float(np.clip(round(value, 12), 0.0, 1.0))


def _by_option(
    specifications: Specifications, choice: int, holds: NDArray[np.bool_]
) -> dict[str, float]:
    column = specifications.options[:, choice]
    number = specifications.sizes[choice]
    taken = np.bincount(column, minlength=number)
    sums = np.bincount(column, weights=holds.mean(axis=1), minlength=number)
    labels = specifications.labels(choice)
    return {
        label: float(total / count)
        for label, total, count in zip(labels, sums, taken, strict=True)
        if count
    }


def _exact(specifications: Specifications, values: Values) -> tuple[list[float], list[float]]:
    """Variances on the whole grid, the draws as the last factor."""
    cube = values.reshape(*specifications.sizes, values.shape[1])
    main, total = [], []
    for axis in range(cube.ndim):
        others = tuple(k for k in range(cube.ndim) if k != axis)
        main.append(float(cube.mean(axis=others).var()))
        total.append(float(cube.var(axis=axis).mean()))
    return main, total


def _sampled(specifications: Specifications, values: Values) -> tuple[list[float], list[float]]:
    """Estimates from a sample of the grid; every specification has all draws."""
    share = values.mean(axis=1)
    columns = [
        _grouped(specifications.options[:, k], size) for k, size in enumerate(specifications.sizes)
    ]
    main = [_between(specifications.options[:, k], share) for k in range(len(specifications.sizes))]
    coarse = [_between(column, share) for column in columns]
    total = list(main)
    for k, one in enumerate(columns):
        for j in range(k):
            both = one * (columns[j].max() + 1) + columns[j]
            joint = max(_between(both, share) - coarse[k] - coarse[j], 0.0)
            total[k] += joint
            total[j] += joint
    for k, column in enumerate(columns):
        total[k] += _with_draws(column, values, coarse[k])
        paired = _from_pairs(specifications.options, k, specifications.sizes[k], values)
        total[k] = max(total[k] if paired is None else paired, main[k])
    draws_main = float(values.mean(axis=0).var())
    return [*main, draws_main], [*total, float(values.var(axis=1).mean())]


def _from_pairs(options: Index, choice: int, size: int, values: Values) -> float | None:
    """E[Var(holding | all others)] from pairs that differ in one choice; None from too few.

    Among m specifications that differ in the choice alone, s of which hold in a draw, s (m − s)
    pairs disagree.
    """
    others = np.delete(options, choice, axis=1)
    _, place, members = np.unique(others, axis=0, return_inverse=True, return_counts=True)
    pairs = float((members * (members - 1) / 2).sum())
    if pairs < _LEAST_PAIRS:
        return None
    order = np.argsort(place.reshape(-1), kind="stable")
    starts = np.concatenate([[0], np.cumsum(members)[:-1]])
    holding = np.add.reduceat(values[order], starts, axis=0)
    differ = float((holding * (members[:, None] - holding)).sum()) / values.shape[1]
    return differ / (2 * pairs) * (size - 1) / size


def _grouped(column: Index, size: int) -> Index:
    """Neighbouring options joined, so that each pair of groups has enough specifications."""
    return column if size <= _GROUPS else column * _GROUPS // size


def _between(group: Index, values: Values) -> float:
    """Variance between the means of groups, less what it would be by chance alone."""
    _, place, counts = np.unique(group, return_inverse=True, return_counts=True)
    place = place.reshape(-1)
    means = np.bincount(place, weights=values) / counts
    between = float((counts * (means - values.mean()) ** 2).sum())
    within = float(((values - means[place]) ** 2).sum())
    freedom = len(values) - len(counts)
    chance = (len(counts) - 1) * within / freedom if freedom > 0 else between
    return max(between - chance, 0.0) / len(values)


def _with_draws(column: Index, values: Values, main: float) -> float:
    """Variance of the interaction of a choice with the draws."""
    joint = float(np.mean([_between(column, values[:, d]) for d in range(values.shape[1])]))
    return max(joint - main, 0.0)
