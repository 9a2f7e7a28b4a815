"""A robust linear prediction with its spread, for filling what was not measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

OUTLIER = 3.0
"""Residuals beyond this many robust standard deviations do not shape the fit."""


@dataclass(frozen=True)
class Prediction:
    """y = x·coefficients + error, with the standard deviation of the error.

    Attributes
    ----------
    coefficients
        Shape (columns of x,).
    spread
        Standard deviation of the residuals of the observations used, corrected for the number
        of coefficients.
    used
        Shape (observations,): False where an outlier was set aside.
    """

    coefficients: Array
    spread: float
    used: NDArray[np.bool_]

    def at(self, x: Array) -> Array:
        """Predict for x of shape (..., columns)."""
        return x @ self.coefficients


def fit_robust(x: Array, y: Array) -> Prediction:
    """Least squares with Huber's loss, then plain least squares without the outliers.

    Parameters
    ----------
    x
        Shape (observations, columns), the first column usually ones.
    y
        Shape (observations,).

    Source: Huber (1964), Annals of Mathematical Statistics 35(1), 73-101; solved by
    `scipy.optimize.least_squares`.
    """
    from scipy.optimize import least_squares

    start = np.linalg.lstsq(x, y, rcond=None)[0]
    residual = y - x @ start
    scale = max(1.4826 * float(np.median(np.abs(residual - np.median(residual)))), 1e-9)
    robust = least_squares(lambda b: x @ b - y, start, loss="huber", f_scale=1.345 * scale)
    residual = y - x @ robust.x
    scale = max(1.4826 * float(np.median(np.abs(residual))), 1e-9)
    used = np.abs(residual) <= OUTLIER * scale
    coefficients = np.linalg.lstsq(x[used], y[used], rcond=None)[0]
    rest = y[used] - x[used] @ coefficients
    freedom = max(int(used.sum()) - x.shape[1], 1)
    return Prediction(coefficients, float(np.sqrt((rest**2).sum() / freedom)), used)
