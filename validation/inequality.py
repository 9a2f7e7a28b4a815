"""Validation: Gini and income shares of household surveys beside those of our distributions."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from validation.tables import Results, Section
from validation.world import Array, World
from worldclass.people import quantiles

FINE: Array = np.linspace(-8.0, 8.0, 3201)
WEIGHTS: Array = np.diff(ndtr(np.linspace(-8.0025, 8.0025, 3202)))
RANKS: Array = ndtr(FINE)


def incomes_at(logs: Array) -> Array:
    """Incomes at fine normal scores, shape (n, scores); the outer lines go on."""
    scores = quantiles.SCORES
    slope = np.diff(logs, axis=1) / np.diff(scores)
    piece = np.clip(np.searchsorted(scores, FINE, side="right") - 1, 0, len(scores) - 2)
    return np.exp(logs[:, piece] + slope[:, piece] * (FINE - scores[piece]))


def shares_of(logs: Array) -> dict[str, Array]:
    """Gini, share of the top tenth and of the bottom fifth in percent, each of shape (n,)."""
    incomes = incomes_at(logs)
    mass = incomes * WEIGHTS
    total = mass.sum(axis=1)
    middle = np.cumsum(WEIGHTS) - WEIGHTS / 2
    return {
        "gini": 100 * (2 * (mass * middle).sum(axis=1) / total - 1),
        "income_share_d10": 100 * mass[:, RANKS >= 0.9].sum(axis=1) / total,
        "income_share_q1": 100 * mass[:, RANKS < 0.2].sum(axis=1) / total,
    }


NAMES = {
    "gini": "Gini (used after the last distribution, and there only)",
    "income_share_d10": "share of the top tenth (not used)",
    "income_share_q1": "share of the bottom fifth (not used)",
}


def inequality(world: World) -> Section:
    """Bias and mean absolute error by period."""
    rows: list[tuple[str | float | int | None, ...]] = []
    line = ""
    for name, words in NAMES.items():
        published = world.published.series(name)
        i, j = np.nonzero(np.isfinite(published))
        error = shares_of(world.estimates["welfare_log"][:, i, j].T)[name] - published[i, j]
        surveyed = world.estimates["welfare_imputed"][i, j] == 0
        recent = world.years[j] >= 2020
        for part, where in (
            ("in a survey year of ours", surveyed & ~recent),
            ("other years to 2019", ~surveyed & ~recent),
            ("2020–2023", recent),
        ):
            some = error[where]
            rows.append(
                (f"{words}: {part}", int(where.sum()), float(some.mean()),
                 float(np.median(some)), float(np.abs(some).mean()))
            )  # fmt: skip
        if name == "income_share_d10":
            line = (
                f"The share of the top tenth, not used, is met with a mean absolute error of "
                f"{np.abs(error[surveyed]).mean():.1f} points in survey years and "
                f"{np.abs(error[recent]).mean():.1f} in 2020–2023 (bias "
                f"{error[recent].mean():+.1f})."
            )
    table = Results(
        "Inequality of household welfare, percentage points",
        ("quantity", "country-years", "bias", "median error", "mean absolute error"),
        rows,
        before="Published by the World Bank (Poverty and Inequality Platform), survey years.",
    )
    return Section(
        "Validation: inequality within countries",
        "The shape of our distributions is read from 199 brackets of an older edition of the same "
        "surveys.",
        [table],
        [line],
    )
