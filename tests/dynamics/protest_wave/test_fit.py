"""Maximum likelihood finds known parameters, and agrees with statsmodels where both can fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from statsmodels.api import GLM, families
from statsmodels.discrete.discrete_model import NegativeBinomial

from tests.dynamics.protest_wave.made import make, series_of
from worldclass.core.errors import SourceError, UsageError
from worldclass.dynamics.protest_wave.baselines import (
    autoregression,
    growth_decay,
    last_value,
    log_quadratic,
)
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import QUANTILE, fit_counts, profile_intervals
from worldclass.dynamics.protest_wave.mechanisms import (
    contagion,
    mechanism,
    self_exciting,
    self_exciting_pool,
)

US = (12, 20, 73, 214, 550, 727, 608, 599, 498, 453, 539, 777, 491, 153, 97, 93, 105, 202, 306)
US += (197, 33, 33, 37, 24, 265)


def test_a_gaussian_bump_is_the_poisson_regression_of_statsmodels() -> None:
    ours = fit_counts(Setting(log_quadratic(), "none", "poisson"), series_of(US))
    t = np.arange(1, len(US)) + 0.5
    columns = np.column_stack([np.ones(t.size), t, t**2])
    theirs = GLM(np.array(US[1:]), columns, family=families.Poisson()).fit()
    assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-5)
    _, slope, bend = theirs.params
    assert ours.value("peak_time") == pytest.approx(-slope / (2 * bend), rel=1e-3)
    assert ours.value("bump_days") == pytest.approx(np.sqrt(-1 / (2 * bend)), rel=1e-3)


def test_an_autoregression_is_the_negative_binomial_regression_of_statsmodels() -> None:
    ours = fit_counts(Setting(autoregression(), "none"), series_of(US))
    y = np.array(US, dtype=float)
    columns = np.column_stack([np.ones(y.size - 1), np.log1p(y[:-1])])
    theirs = NegativeBinomial(y[1:], columns).fit(disp=0, maxiter=500)
    assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-5)
    assert ours.values == pytest.approx(theirs.params, rel=1e-3)
    errors = np.sqrt(np.diag(ours.covariance))
    assert errors[:2] == pytest.approx(theirs.bse[:2], rel=0.02)


def test_profile_intervals_are_where_the_likelihood_says() -> None:
    """A regression with the coefficient held at either end is as much worse as it should be."""
    setting = Setting(autoregression(), "none")
    fit = fit_counts(setting, series_of(US))
    low, high = profile_intervals(fit)["memory"]
    y = np.array(US, dtype=float)
    for end in (low, high):
        offset = end * np.log1p(y[:-1])
        held = NegativeBinomial(y[1:], np.ones((24, 1)), offset=offset).fit(disp=0, maxiter=500)
        assert 2 * (fit.log_likelihood - held.llf) == pytest.approx(QUANTILE, abs=0.15)


@pytest.mark.parametrize("kernel", ["exponential", "gamma"])
def test_the_branching_ratio_is_found_again(kernel: str) -> None:
    """Mean error over seeds of 400 days within 0.05, and 95 % intervals cover as they say."""
    setting = Setting(self_exciting(kernel, shock=False), "weekend")
    shape = [2.0] if kernel == "gamma" else []
    truth = [6.0, 0.7, 2.0, *shape, 1.8, 0.05]
    found, covered, seeds = [], 0, 5 if kernel == "gamma" else 10
    for seed in range(seeds):
        fit = fit_counts(setting, make(setting, truth, 400, seed))
        found.append(fit.value("branching_ratio"))
        error = np.sqrt(fit.covariance[1, 1])
        covered += abs(np.log(found[-1] / 0.7)) < 1.96 * error
        assert fit.value("weekend_ratio") == pytest.approx(1.8, rel=0.2)
        assert fit.dispersion == pytest.approx(0.05, abs=0.03)
    assert np.mean(found) == pytest.approx(0.7, abs=0.05)
    # Below 8 of 10 has a chance of 1 % at a coverage of 95 %, below 4 of 5 one of 2 %.
    assert covered >= 0.8 * seeds


def test_contagion_is_found_again() -> None:
    setting = Setting(contagion(), "weekend")
    truth = [5.0, 3.0, 3.0, 4.0, 600.0, 1.5, 0.02]
    ratios, days = [], []
    for seed in range(4):
        fit = fit_counts(setting, make(setting, truth, 50, seed), information=False)
        ratios.append(fit.value("reproduction"))
        days.append(fit.value("active_days"))
    assert np.median(ratios) == pytest.approx(3.0, rel=0.2)
    assert np.median(days) == pytest.approx(3.0, rel=0.2)


def test_a_pool_is_found_again() -> None:
    setting = Setting(self_exciting_pool(), "none")
    truth = [1.0, 2.0, 2.0, 4000.0, 0.02]
    pools = [
        fit_counts(setting, make(setting, truth, 60, seed), information=False).value("pool")
        for seed in range(6)
    ]
    assert np.median(pools) == pytest.approx(4000, rel=0.15)


@pytest.mark.parametrize(
    "name", ["self-exciting", "self-exciting-shock", "self-exciting-pool", "sir", "seir"]
)
def test_a_fit_does_not_hang_on_the_date_of_the_week_before(name: str) -> None:
    setting, series = Setting(mechanism(name)), series_of(US)
    moved = replace(series, start=series.start + timedelta(days=7))
    first = fit_counts(setting, series, information=False)
    assert fit_counts(setting, moved, information=False).log_likelihood == pytest.approx(
        first.log_likelihood, abs=1e-9
    )


def test_unobserved_days_at_the_end_change_nothing() -> None:
    series = series_of(US)
    longer = replace(
        series,
        counts=np.append(series.counts, [0.0, 0.0]),
        observed=np.append(series.observed, [False, False]),
    )
    for family in (self_exciting(shock=False), growth_decay()):
        one, two = (fit_counts(Setting(family), each) for each in (series, longer))
        assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-4)


def test_models_that_hold_another_never_fit_worse() -> None:
    series = series_of(US)

    def best(name: str, kernel: str = "exponential") -> float:
        return fit_counts(Setting(mechanism(name, kernel)), series).log_likelihood

    plain = best("self-exciting")
    assert best("self-exciting-shock") >= plain - 1e-3
    assert best("self-exciting-pool") >= plain - 1e-3
    assert best("self-exciting", "gamma") >= plain - 1e-3
    assert best("seir") >= best("sir") - 1e-3


def test_independent_counts_have_no_offspring() -> None:
    counts = np.random.default_rng(1).poisson(40, 300)
    fit = fit_counts(Setting(self_exciting(shock=False), "none", "poisson"), series_of(counts))
    low, high = profile_intervals(fit)["branching_ratio"]
    assert low < 0.02
    assert high < 0.3


def test_estimates_on_a_bound_are_named() -> None:
    even = np.array([40, 41, 39, 40] * 10)
    fit = fit_counts(Setting(autoregression(), "none"), series_of(even))
    assert fit.at_bound == ("dispersion",)
    assert profile_intervals(fit)["dispersion"][0] == 0


def test_too_little_to_fit_is_refused() -> None:
    with pytest.raises(SourceError, match="cannot tell the 7 parameters of 'sir'"):
        fit_counts(Setting(contagion()), series_of(US[:8]))
    with pytest.raises(SourceError, match="with 0 events"):
        fit_counts(Setting(last_value()), series_of(np.zeros(30)))
    with pytest.raises(UsageError, match="There is no week 'monthly'"):
        Setting(last_value(), "monthly")
