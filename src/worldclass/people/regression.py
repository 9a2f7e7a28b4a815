"""A robust linear prediction with its spread, for filling what was not measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

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
        Standard deviation of the error of a prediction: the root mean square of the residuals
        that every observation, outliers included, has when it is left out of the fit.
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

    def residuals(coefficients: Array) -> Array:
        return x @ coefficients - y

    robust = least_squares(residuals, start, loss="huber", f_scale=1.345 * scale)
    residual = y - x @ robust.x
    scale = max(1.4826 * float(np.median(np.abs(residual))), 1e-9)
    used = np.abs(residual) <= OUTLIER * scale
    coefficients: Array = np.linalg.lstsq(x[used], y[used], rcond=None)[0]
    return Prediction(coefficients, _left_out_spread(x, y, used, coefficients), used)


def _left_out_spread(x: Array, y: Array, used: NDArray[np.bool_], coefficients: Array) -> float:
    """Root mean square of left-out residuals: residual ÷ (1 − leverage) for those in the fit."""
    inverse = np.linalg.pinv(x[used].T @ x[used])
    leverage = np.where(used, np.einsum("ij,jk,ik->i", x, inverse, x), 0.0)
    left_out = (y - x @ coefficients) / (1 - np.minimum(leverage, 0.9))
    return float(np.sqrt(np.mean(left_out**2)))
