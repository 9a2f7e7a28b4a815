"""Does the fitted model describe the counts? Randomised quantile residuals and what they show.

    r_t = Φ⁻¹(u_t),   u_t uniform between P(Y < y_t) and P(Y ≤ y_t)

are independent standard normal when the model is right.

Source: Dunn & Smyth (1996), J. Comput. Graph. Stat. 5(3), 236–244.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.protest_wave.fit import FIRST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.fit import Fit

    Values = NDArray[np.float64]

LAGS = 5


@dataclass(frozen=True)
class Check:
    """One check of residuals: its value, what a right model gives, and a p-value where it has one.

    Parameters
    ----------
    name, value, expected, p_value
        `p_value` is null for a plain statistic.
    """

    name: str
    value: float
    expected: float
    p_value: float | None = None


def count_distribution(means: Any, dispersion: float) -> Any:
    """SciPy's distribution of counts with these means and dispersion."""
    from scipy.stats import nbinom, poisson

    if dispersion < 1e-9:
        return poisson(means)
    return nbinom(1 / dispersion, 1 / (1 + dispersion * np.asarray(means)))


def quantile_residuals(fit: Fit, seed: int = 0) -> Values:
    """Residuals of all bins, nan for those that are given or not observed; shape (n,)."""
    from scipy.stats import norm

    counts, observed = fit.series.counts, fit.series.observed
    distribution = count_distribution(fit.means, fit.dispersion)
    low, high = distribution.cdf(counts - 1), distribution.cdf(counts)
    random = np.random.default_rng(seed)
    shares = np.clip(low + random.random(counts.size) * (high - low), 1e-12, 1 - 1e-12)
    residuals = np.asarray(norm.ppf(shares))
    residuals[~observed] = np.nan
    residuals[:FIRST] = np.nan
    return residuals


def residual_checks(fit: Fit, seed: int = 0) -> list[Check]:
    """Checks of a fit.

    `dispersion`: Pearson's Σ (y − m)²/V(m) over its degrees of freedom; `mean`, `deviation` of the
    residuals; `normality`: Shapiro & Wilk's W; `autocorrelation`: of lag 1; `independence`: Ljung &
    Box's Q over five lags, whose p-value ignores that parameters were estimated.
    """
    from scipy.stats import chi2, shapiro

    residuals = quantile_residuals(fit, seed)
    used = np.flatnonzero(~np.isnan(residuals))
    r, n = residuals[used], used.size
    means, counts = fit.means[used], fit.series.counts[used]
    pearson = (counts - means) ** 2 / (means + fit.dispersion * means**2)
    centred = r - r.mean()
    correlations = [
        float((centred[lag:] * centred[:-lag]).sum() / (centred**2).sum())
        for lag in range(1, min(LAGS, n - 2) + 1)
    ]
    q = n * (n + 2) * sum(c * c / (n - lag) for lag, c in enumerate(correlations, start=1))
    normality = shapiro(r)
    freedom = max(n - fit.values.size, 1)
    return [
        Check("dispersion", float(pearson.sum()) / freedom, 1.0),
        Check("mean", float(r.mean()), 0.0),
        Check("deviation", float(r.std(ddof=1)), 1.0),
        Check("normality", float(normality.statistic), 1.0, float(normality.pvalue)),
        Check("autocorrelation", correlations[0], 0.0),
        Check("independence", q, float(len(correlations)), float(chi2.sf(q, len(correlations)))),
    ]
