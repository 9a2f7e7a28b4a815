"""The day of the week: a factor on the count of each day, with mean 1 over a week."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

GROUPS = {
    "none": (0, 0, 0, 0, 0, 0, 0),
    "weekend": (0, 0, 0, 0, 0, 1, 1),
    "saturday-sunday": (0, 0, 0, 0, 0, 1, 2),
    "week": (0, 1, 2, 3, 4, 5, 6),
}
"""Group of each day from Monday to Sunday; group 0 is the base that others are compared with."""

NAMES = {
    "none": (),
    "weekend": ("weekend_ratio",),
    "saturday-sunday": ("saturday_ratio", "sunday_ratio"),
    "week": (
        "tuesday_ratio",
        "wednesday_ratio",
        "thursday_ratio",
        "friday_ratio",
        "saturday_ratio",
        "sunday_ratio",
    ),
}
"""Parameters of each choice: counts against those of the base, other things equal."""


def week_factors(choice: str, ratios: Values) -> Values:
    """Factors of Monday to Sunday, shape (7,), with arithmetic mean 1.

        w_d = ρ_{g(d)} / (Σ_d ρ_{g(d)} / 7),   ρ_0 = 1

    Parameters
    ----------
    choice
        A key of `GROUPS`.
    ratios
        ρ of the groups after the first, positive.

    Examples
    --------
    >>> week_factors("weekend", np.array([2.0])).round(3).tolist()
    [0.778, 0.778, 0.778, 0.778, 0.778, 1.556, 1.556]
    """
    levels = np.concatenate([[1.0], np.asarray(ratios, dtype=np.float64)])
    factors = levels[np.array(GROUPS[choice])]
    return factors / factors.mean()


@lru_cache(maxsize=64)
def weekdays(start: date, bins: int, width: float) -> NDArray[np.int64]:
    """Day of the week of each bin, Monday 0 to Sunday 6; the first bin begins at midnight."""
    days = np.floor(np.arange(bins) * width + 1e-9).astype(np.int64)
    found = (days + start.weekday()) % 7
    found.flags.writeable = False  # shared by all callers
    return found
