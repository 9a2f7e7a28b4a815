"""How good a predicted distribution is: coverage, width, continuous ranked probability score.

    CRPS(F, y) = ∫ (F(x) − 1[x ≥ y])² dx

For a normal distribution it is σ·(z·(2Φ(z) − 1) + 2φ(z) − 1/√π) with z = (y − μ)/σ; for draws
x₁ … x_n it is mean |x − y| − ½·mean |x − x′|. It has the unit of y; smaller is better; a certain
prediction scores its absolute error.

Source: Gneiting & Raftery (2007), Journal of the American Statistical Association 102, 359-378.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

P95 = 1.6448536269514722
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Quality:
    """Quality of a set of predictions.

    Attributes
    ----------
    number
        Of predictions.
    coverage
        Share of true values inside the 90 % interval.
    width
        Mean width of the 90 % interval.
    crps, bias, mean_error
        Mean score; mean of predicted less true; mean absolute error of the centre.
    """

    number: int
    coverage: float
    width: float
    crps: float
    bias: float
    mean_error: float

    def cells(self) -> tuple[int, float, float, float, float, float]:
        """For a table: number, coverage in percent, width, CRPS, bias, mean absolute error."""
        covered = 100 * self.coverage
        return self.number, covered, self.width, self.crps, self.bias, self.mean_error


HEADINGS = (
    "predictions",
    "coverage of the 90 % interval, %",
    "width",
    "CRPS",
    "bias",
    "mean absolute error",
)


def normal_quality(true: Array, centre: Array, sd: Array) -> Quality:
    """Quality of normal predictions; all of shape (n,)."""
    z = (true - centre) / sd
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    crps = sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))
    error = centre - true
    return Quality(
        len(true),
        float(np.mean(np.abs(z) <= P95)),
        float(np.mean(2 * P95 * sd)),
        float(np.mean(crps)),
        float(np.mean(error)),
        float(np.mean(np.abs(error))),
    )


def draws_quality(true: Array, centre: Array, draws: Array) -> Quality:
    """Quality of predictions given as draws: true and centre (n,), draws (draws, n)."""
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    ordered = np.sort(draws, axis=0)
    number = len(draws)
    weights = (2 * np.arange(1, number + 1) - number - 1) / number**2
    crps = np.abs(draws - true).mean(axis=0) - (weights[:, None] * ordered).sum(axis=0)
    error = centre - true
    return Quality(
        len(true),
        float(np.mean((low <= true) & (true <= high))),
        float(np.mean(high - low)),
        float(np.mean(crps)),
        float(np.mean(error)),
        float(np.mean(np.abs(error))),
    )
