"""Intervals of shares on the logit scale, and the names of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOTHING = 1e-14
"""Shares this near 0 or 1 are 0 or 1, but for rounding."""


def interval_names(level: Any) -> tuple[str, str]:
    """Names of the columns of an interval: its percentiles, the point left out.

    Raises
    ------
    UsageError
        When the level is not between 0 and 1.

    Examples
    --------
    >>> interval_names(0.90), interval_names(0.95), interval_names(0.999)
    (('p05', 'p95'), ('p025', 'p975'), ('p0005', 'p9995'))
    """
    if not isinstance(level, int | float) or not 0 < level < 1:
        raise UsageError(f"level = {level!r} is not between 0 and 1", remedy="Often 0.90 or 0.95.")
    low, high = (
        f"{part:.6f}"[2:].rstrip("0").ljust(2, "0") for part in ((1 - level) / 2, (1 + level) / 2)
    )
    return f"p{low}", f"p{high}"


def multiplier(level: float, degrees: float) -> float:
    """Quantile of Student's t for a two-sided interval; not a number without freedom.

    Parameters
    ----------
    degrees
        Degrees of freedom; below 1 no interval can be given.
    """
    from scipy.stats import t

    return float(t.ppf((1 + level) / 2, degrees)) if degrees >= 1 else float("nan")


def share_interval(
    share: NDArray[np.float64],
    error: NDArray[np.float64],
    level: float,
    degrees: float,
    effective: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Interval of shares that stays between 0 and 1.

    logit(p) ± t · se / (p (1 − p)); for shares of 0 and 1 the exact binomial bound, 1 − α^(1/n)
    with α = (1 − level) / 2.

    Parameters
    ----------
    share, error
        Shares and their standard errors, shape (shares).
    level
        Probability of the interval.
    degrees
        Degrees of freedom.
    effective
        Effective number of rows that each is a share of, for shares of 0 and 1.

    Source
    ------
    Korn and Graubard, Analysis of Health Surveys (1999), section 3.2 for the logit; Clopper and
    Pearson (1934) for the bounds.
    """
    from scipy.special import expit

    share = np.where(share < _NOTHING, 0.0, np.where(share > 1 - _NOTHING, 1.0, share))
    edge = (share == 0) | (share == 1)
    inner = np.where(edge, 0.5, share)
    reach = multiplier(level, degrees) * error / (inner * (1 - inner))
    centre = np.log(inner / (1 - inner))
    low, high = expit(centre - reach), expit(centre + reach)
    some = effective > 0
    power = np.where(some, 1 / np.where(some, effective, 1.0), np.nan)
    bound = 1 - ((1 - level) / 2) ** power
    low = np.where(share <= 0, 0.0, np.where(share >= 1, 1 - bound, low))
    high = np.where(share >= 1, 1.0, np.where(share <= 0, bound, high))
    nothing = ~np.isfinite(share)
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)
