"""Does credit growth warn of banking crises? A logit on a panel of countries and years.

    logit P(crisis_it) = a_i + Σ_{l=1}^{5} b_l Δlog(credit_{i,t−l} / prices_{i,t−l})

after Schularick & Taylor (2012). How well it ranks years is the area under the ROC curve
(AUROC): the probability that a crisis year gets a higher index than a quiet one; 0.5 is chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

import numpy as np

from worldclass.core.errors import SourceError, UsageError, WorldclassError
from worldclass.dynamics.debt_crisis.panel import read_panel

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

WARS = ((1914, 1919), (1939, 1947))
"""Years left out, as is usual for this panel: the two world wars and their aftermath."""
LAGS = 5
FIRST_FORECAST = 1984
NORMAL_95 = 1.959963984540054


def early_warning(
    source: str | Path | pl.DataFrame,
    *,
    credit: str = "",
    countries: Sequence[str] | None = None,
    years: tuple[int, int] | None = None,
    without: Sequence[tuple[int, int]] = WARS,
    lags: int = LAGS,
    first_forecast: int = FIRST_FORECAST,
) -> pl.DataFrame:
    """Fit the logit with country effects, and say how well it warns.

    Parameters
    ----------
    source, credit
        The panel; see `read_panel`.
    countries, years
        Countries, and first and last year, to use; by default all.
    without
        Periods whose years are left out as years to be explained; lags may reach into them.
    lags
        Lags of yearly growth.
    first_forecast
        First year that is forecast from earlier years alone.

    Returns
    -------
    Columns `quantity, group, value, low, high`, 95 % intervals. Quantities: `coefficient` (group
    `lag1` …, `sum`), `p_value` (group `lags`: of the hypothesis that all are zero), `auroc`
    (groups `country-effects`, `pooled`, `out-of-sample`), `marginal_effect` (group `sum`:
    points of probability for one standard deviation more growth in every lag, averaged over the
    rows; its interval carries the slopes' uncertainty alone),
    and counts `rows`, `crises`, `countries`, `countries_left_out`.

    Raises
    ------
    SourceError
        Too few crises to fit.
    UsageError
        A country that is not in the panel.
    WorldclassError
        statsmodels is not installed.

    Source: Schularick & Taylor (2012), American Economic Review 102(2), 1029–1061; AUROC
    intervals after DeLong, DeLong & Clarke-Pearson (1988), which take years as independent.
    """
    import polars as pl

    panel = read_panel(source, credit=credit)
    if countries is not None:
        unknown = sorted(set(countries) - set(panel["country"]))
        if unknown:
            raise UsageError(
                f"The panel has no country {', '.join(unknown[:5])}.",
                where="countries",
                remedy=f"It has {', '.join(sorted(set(panel['country']))[:40])}.",
            )
        panel = panel.filter(pl.col("country").is_in(list(countries)))
    if years is not None:
        panel = panel.filter(pl.col("year").is_between(*years))
    rows = explained_rows(panel, lags, without)
    sample = rows.filter(pl.col("crisis").sum().over("country") > 0)
    if sample["crisis"].sum() <= lags:
        raise SourceError(
            f"{int(sample['crisis'].sum())} crises in {sample.height} usable rows are too few.",
            where="panel",
            remedy=f"The fit needs more than {lags}, with {lags + 1} years of credit before each.",
        )
    found = [*_coefficients(sample, lags)]
    happened = sample["crisis"].to_numpy() > 0
    effects, pooled = _fit(sample, lags, True), _fit(sample, lags, False)
    for name, fitted in (("country-effects", effects), ("pooled", pooled)):
        found.append(_area(name, fitted.index, happened))
    forecast = _out_of_sample(rows, lags, first_forecast)
    found += [forecast] if forecast else []
    counts = {
        "rows": sample.height,
        "crises": float(sample["crisis"].sum()),
        "countries": sample["country"].n_unique(),
        "countries_left_out": rows["country"].n_unique() - sample["country"].n_unique(),
    }
    found += [_row(name, "all", float(value)) for name, value in counts.items()]
    return pl.DataFrame(found, infer_schema_length=None)


def area_under_curve(index: Values, happened: NDArray[np.bool_]) -> tuple[float, float]:
    """AUROC and its standard error.

        A = P(X > Y) + P(X = Y)/2,   X, Y index of an event and of a quiet year

    Examples
    --------
    >>> area_under_curve(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, True, True]))[0]
    1.0
    """
    from scipy.stats import rankdata

    events, quiet = index[happened], index[~happened]
    m, n = events.size, quiet.size
    ranks = rankdata(np.concatenate([events, quiet]))
    of_events = (ranks[:m] - rankdata(events)) / n  # share of quiet years below each event
    of_quiet = 1 - (ranks[m:] - rankdata(quiet)) / m
    area = float(of_events.mean())
    variance = (of_events.var(ddof=1) / m if m > 1 else np.nan) + of_quiet.var(ddof=1) / n
    return area, float(np.sqrt(variance))


@dataclass(frozen=True)
class _Fitted:
    """A fitted logit: index of each row, slopes of the lags and their covariance."""

    index: Values
    slopes: Values
    covariance: Values
    effects: dict[str, float]


def explained_rows(
    panel: pl.DataFrame, lags: int, without: Sequence[tuple[int, int]]
) -> pl.DataFrame:
    """Rows with a crisis variable and all lags of real credit growth."""
    import polars as pl

    level = panel.select(
        "country", "year", (pl.col("credit") / pl.col("prices")).log().alias("level")
    )
    before = level.select("country", pl.col("year") + 1, pl.col("level").alias("before"))
    grown = level.join(before, on=["country", "year"]).select(
        "country", "year", (pl.col("level") - pl.col("before")).alias("growth")
    )
    rows = panel.select("country", "year", "crisis")
    for lag in range(1, lags + 1):
        moved = grown.select("country", pl.col("year") + lag, pl.col("growth").alias(f"lag{lag}"))
        rows = rows.join(moved, on=["country", "year"], how="left")
    for first, last in without:
        rows = rows.filter(~pl.col("year").is_between(first, last))
    return rows.drop_nulls().sort("country", "year")


def _fit(sample: pl.DataFrame, lags: int, effects: bool) -> _Fitted:
    """The logit by maximum likelihood."""
    try:
        from statsmodels.discrete.discrete_model import Logit
    except ImportError as missing:
        raise WorldclassError(
            "The early-warning fit needs statsmodels.",
            remedy='Install it: pip install "worldclass[statistics]".',
        ) from missing
    growth = sample.select([f"lag{lag}" for lag in range(1, lags + 1)]).to_numpy()
    names = sorted(set(sample["country"])) if effects else ["all"]
    held = sample["country"].to_numpy()
    dummies = (
        np.column_stack([held == name for name in names]) if effects else np.ones((len(held), 1))
    )
    columns = np.column_stack([growth, dummies.astype(float)])
    with catch_warnings():
        simplefilter("error")
        try:
            model: Any = Logit(sample["crisis"].to_numpy(), columns)
            result: Any = model.fit(disp=0, maxiter=200, method="newton")
        except Exception as error:
            raise SourceError(
                f"The logit cannot be fitted: {error}",
                where="panel",
                remedy="Use more countries or years: some combination tells crises perfectly.",
            ) from error
    values, covariance = np.asarray(result.params), np.asarray(result.cov_params())
    return _Fitted(
        columns @ values,
        values[:lags],
        covariance[:lags, :lags],
        dict(zip(names, values[lags:].tolist(), strict=True)),
    )


def _coefficients(sample: pl.DataFrame, lags: int) -> list[dict[str, Any]]:
    """Slopes with intervals, their sum, their joint test, and what a common boom means."""
    from scipy.stats import chi2

    fitted = _fit(sample, lags, True)
    errors = np.sqrt(np.diag(fitted.covariance))
    rows = [
        _row("coefficient", f"lag{k + 1}", slope, error)
        for k, (slope, error) in enumerate(zip(fitted.slopes, errors, strict=True))
    ]
    total, error = fitted.slopes.sum(), float(np.sqrt(fitted.covariance.sum()))
    rows.append(_row("coefficient", "sum", total, error))
    wald = fitted.slopes @ np.linalg.solve(fitted.covariance, fitted.slopes)
    rows.append(_row("p_value", "lags", float(chi2.sf(wald, lags))))
    growth = sample.select([f"lag{lag}" for lag in range(1, lags + 1)]).to_numpy()
    chance = 1 / (1 + np.exp(-fitted.index))
    weight = float((chance * (1 - chance)).mean()) * float(growth.std())
    rows.append(_row("marginal_effect", "sum", weight * total, weight * error))
    return rows


def _out_of_sample(rows: pl.DataFrame, lags: int, first: int) -> dict[str, Any] | None:
    """AUROC of each year's index, fitted to earlier years alone, countries pooled."""
    import polars as pl

    index: list[Values] = []
    happened: list[Values] = []
    for year in sorted(set(rows["year"])):
        past, now = rows.filter(pl.col("year") < year), rows.filter(pl.col("year") == year)
        if year < first or past["crisis"].sum() <= lags:
            continue
        slopes = _fit(past, lags, False).slopes
        index.append(now.select([f"lag{lag}" for lag in range(1, lags + 1)]).to_numpy() @ slopes)
        happened.append(now["crisis"].to_numpy())
    if not happened or not 0 < np.concatenate(happened).mean() < 1:
        return None
    return _area("out-of-sample", np.concatenate(index), np.concatenate(happened) > 0)


def _area(name: str, index: Values, happened: NDArray[np.bool_]) -> dict[str, Any]:
    area, error = area_under_curve(index, happened)
    row = _row("auroc", name, area, error)
    return row | {"low": max(row["low"], 0.0), "high": min(row["high"], 1.0)}


def _row(quantity: str, group: str, value: float, error: float | None = None) -> dict[str, Any]:
    half = None if error is None else NORMAL_95 * error
    return {
        "quantity": quantity,
        "group": group,
        "value": float(value),
        "low": None if half is None else float(value - half),
        "high": None if half is None else float(value + half),
    }
