"""The early-warning logit on panels whose countries are drawn with replacement.

A country that is drawn twice counts twice: its rows enter the likelihood with weight 2,

    ℓ(b) = Σ_it w_i [ y_it η_it − log(1 + e^{η_it}) ],   η = a + x·b,

which is the logit on the panel in which it stands twice. With all weights 1 it is that of
`early_warning`.

Source: Cameron, Gelbach & Miller (2008), Review of Economics and Statistics 90(3), 414–427, on
resampling whole clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from worldclass.core.errors import SourceError
from worldclass.dynamics.debt_crisis.early_warning import explained_rows

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MOST_STEPS, TOLERANCE = 60, 1e-10


@dataclass(frozen=True)
class WarningRows:
    """Years of countries with all lags of real credit growth.

    Attributes
    ----------
    countries
        Names, in alphabetical order.
    country, year
        Position of each row's country, and its year, shape (n,).
    growth
        Shape (n, lags).
    crisis
        1 in the first year of a crisis, shape (n,).
    """

    countries: tuple[str, ...]
    country: NDArray[np.int64]
    year: NDArray[np.int64]
    growth: Values
    crisis: Values

    def only(self, inside: NDArray[np.bool_]) -> WarningRows:
        """Some of the rows."""
        return WarningRows(
            self.countries,
            self.country[inside],
            self.year[inside],
            self.growth[inside],
            self.crisis[inside],
        )

    @property
    def with_crisis(self) -> WarningRows:
        """Rows of countries that had a crisis: others tell nothing where countries differ."""
        had = np.bincount(self.country, self.crisis, len(self.countries)) > 0
        return self.only(had[self.country])


def warning_rows(
    panel: pl.DataFrame,
    *,
    lags: int,
    without: Sequence[tuple[int, int]],
    years: tuple[int, int] | None = None,
) -> WarningRows:
    """The rows that `early_warning` explains.

    Parameters
    ----------
    panel
        From `read_panel`.
    lags, without
        As in `early_warning`.
    years
        First and last year, lags included; by default all.

    Raises
    ------
    SourceError
        Too few crises to fit.
    """
    import polars as pl

    names = tuple(sorted(set(panel["country"])))
    if years is not None:
        panel = panel.filter(pl.col("year").is_between(*years))
    frame = explained_rows(panel, lags, without)
    rows = WarningRows(
        names,
        np.searchsorted(names, frame["country"].to_numpy()).astype(np.int64),
        frame["year"].to_numpy().astype(np.int64),
        frame.select([f"lag{lag}" for lag in range(1, lags + 1)]).to_numpy(),
        frame["crisis"].to_numpy(),
    )
    if rows.crisis.sum() <= lags:
        raise SourceError(
            f"{rows.crisis.sum():.0f} crises in {len(rows.crisis)} usable rows are too few.",
            where="panel",
            remedy=f"The fit needs more than {lags}, with {lags + 1} years of credit before each.",
        )
    return rows


def weighted_logit(columns: Values, happened: Values, weights: Values, start: Values) -> Values:
    """Maximum likelihood by Newton's method, steps halved while they lower the likelihood.

    Parameters
    ----------
    columns
        Shape (n, k), of full rank over the rows with weight.
    happened, weights
        Shape (n,).
    start
        Shape (k,).

    Raises
    ------
    SourceError
        There is no maximum: some combination of the columns tells crises perfectly.

    Examples
    --------
    >>> ones, half = np.ones((4, 1)), np.array([1.0, 0.0, 0.0, 0.0])
    >>> float(expit(weighted_logit(ones, half, np.array([3.0, 1, 1, 1]), np.zeros(1)))[0])
    0.5
    """

    def look(at: Values) -> tuple[float, Values]:
        """Likelihood at a point, and index there."""
        index = columns @ at
        return float((weights * (happened * index - np.logaddexp(0, index))).sum()), index

    point = start
    best, index = look(point)
    for _ in range(MOST_STEPS):
        chance = expit(index)
        slope = columns.T @ (weights * (happened - chance))
        bend = columns.T @ ((weights * chance * (1 - chance))[:, None] * columns)
        try:
            step = np.linalg.solve(bend, slope)
        except np.linalg.LinAlgError:
            break
        if np.abs(step).max() < TOLERANCE:
            return point
        reached, index = look(point + step)
        for _ in range(30):
            if reached >= best - 1e-9:
                break
            step = step / 2
            reached, index = look(point + step)
        point, best = point + step, reached
    raise SourceError(
        "The logit cannot be fitted: some combination tells crises perfectly.",
        where="panel",
        remedy="Use more countries or years, or fewer lags.",
    )


def fit_rows(rows: WarningRows, weights: Values, *, effects: bool) -> tuple[Values, Values]:
    """Slopes of the lags, and the index of each row with weight.

    Parameters
    ----------
    weights
        Of the countries, shape (countries,).
    effects
        Whether each country has a level of its own; its rows must hold a crisis.

    Returns
    -------
    Shapes (lags,) and (rows with weight,).
    """
    inside = weights[rows.country] > 0
    used = rows.only(inside)
    lags, weight = used.growth.shape[1], weights[used.country]
    present, place = np.unique(used.country if effects else 0 * used.country, return_inverse=True)
    dummies = (place[:, None] == np.arange(len(present))).astype(float)
    share = (weight * used.crisis) @ dummies / (weight @ dummies)
    start = np.concatenate([np.zeros(lags), logit(share)])
    columns = np.column_stack([used.growth, dummies])
    values = weighted_logit(columns, used.crisis, weight, start)
    return values[:lags], columns @ values


def weighted_area(index: Values, happened: NDArray[np.bool_], weights: Values) -> float:
    """AUROC where rows count with weights: P(X > Y) + P(X = Y)/2.

    Examples
    --------
    >>> index, happened = np.array([1.0, 2.0, 3.0]), np.array([False, True, False])
    >>> weighted_area(index, happened, np.array([3.0, 1.0, 1.0]))
    0.75
    """
    values, place = np.unique(index, return_inverse=True)
    events = np.bincount(place, np.where(happened, weights, 0.0), len(values))
    quiet = np.bincount(place, np.where(happened, 0.0, weights), len(values))
    below = np.cumsum(quiet) - quiet
    return float((events * (below + quiet / 2)).sum() / (events.sum() * quiet.sum()))


def area_of_fit(rows: WarningRows, weights: Values, index: Values) -> float:
    """AUROC of the index that `fit_rows` gives."""
    used = rows.only(weights[rows.country] > 0)
    return weighted_area(index, used.crisis > 0, weights[used.country])


def forecast_area(rows: WarningRows, weights: Values, first: int) -> float:
    """AUROC of each year's index, fitted to earlier years alone, countries pooled.

    Parameters
    ----------
    first
        First year that is forecast.

    Raises
    ------
    SourceError
        No crisis, or no quiet year, could be forecast.
    """
    used = rows.only(weights[rows.country] > 0)
    weight, lags = weights[used.country], used.growth.shape[1]
    columns = np.column_stack([used.growth, np.ones(len(used.year))])
    start: Values | None = None
    index = np.full(len(used.year), np.nan)
    for year in np.unique(used.year[used.year >= first]):
        past, now = used.year < year, used.year == year
        if used.crisis[past].sum() <= lags:
            continue
        share = float((weight * used.crisis)[past].sum() / weight[past].sum())
        begun = np.append(np.zeros(lags), logit(share)) if start is None else start
        start = weighted_logit(columns[past], used.crisis[past], weight[past], begun)
        index[now] = used.growth[now] @ start[:lags]
    seen = ~np.isnan(index)
    happened = used.crisis[seen] > 0
    if not happened.any() or happened.all():
        raise SourceError(
            f"From {first} on no crisis and quiet year can be forecast from earlier years.",
            where="panel",
            remedy="Let forecasts begin earlier, or use more years.",
        )
    return weighted_area(index[seen], happened, weight[seen])
