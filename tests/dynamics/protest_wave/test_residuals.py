"""Residuals of a right model are normal; those of a wrong one are not."""

from __future__ import annotations

import numpy as np
from scipy import stats

from tests.dynamics.protest_wave.made import make
from worldclass.dynamics.protest_wave.baselines import local_average
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import fit_counts
from worldclass.dynamics.protest_wave.mechanisms import self_exciting
from worldclass.dynamics.protest_wave.residuals import quantile_residuals, residual_checks

SETTING = Setting(self_exciting(shock=False))
TRUTH = [4.0, 0.7, 1.5, 2.0, 0.15]


def test_residuals_of_the_right_model_are_standard_normal() -> None:
    fit = fit_counts(SETTING, make(SETTING, TRUTH, 500, 1))
    residuals = quantile_residuals(fit)
    assert np.isnan(residuals[0])
    assert stats.kstest(residuals[1:], "norm").pvalue > 0.05
    checks = {check.name: check for check in residual_checks(fit)}
    assert abs(checks["dispersion"].value - 1) < 0.25
    assert abs(checks["autocorrelation"].value) < 0.1
    assert (checks["independence"].p_value or 0) > 0.01


def test_poisson_counts_without_weekends_are_caught() -> None:
    """Overdispersed counts with weekends, fitted as Poisson without: too spread, and dependent."""
    series = make(SETTING, TRUTH, 500, 2)
    wrong = fit_counts(Setting(local_average(), "none", "poisson"), series)
    checks = {check.name: check for check in residual_checks(wrong)}
    assert checks["dispersion"].value > 2
    assert checks["deviation"].value > 1.3
    assert (checks["independence"].p_value or 0) < 1e-4
