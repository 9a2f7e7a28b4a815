"""Scores are those of their definitions, and reward the right model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.dynamics.protest_wave.made import make, series_of
from worldclass.core.errors import UsageError
from worldclass.dynamics.protest_wave.baselines import last_value, local_average
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import fit_counts
from worldclass.dynamics.protest_wave.mechanisms import self_exciting
from worldclass.dynamics.protest_wave.skill import (
    crps,
    log_score,
    paths_ahead,
    rolling_scores,
    summarise_scores,
)


def test_the_score_of_one_path_is_that_of_its_distribution() -> None:
    expected = -stats.nbinom(5, 1 / (1 + 0.2 * 30)).logpmf(22)
    assert log_score(22, np.array([30.0]), np.array([0.2])) == pytest.approx(float(expected))


def test_the_score_of_paths_is_that_of_their_mixture() -> None:
    means = np.array([10.0, 40.0])
    expected = -np.log(stats.poisson(means).pmf(20).mean())
    assert log_score(20, means, np.zeros(2)) == pytest.approx(expected)


def test_crps_of_a_sample_comes_near_that_of_its_law() -> None:
    law, y = stats.poisson(30), 37
    k = np.arange(200)
    exact = ((law.cdf(k) - (k >= y)) ** 2).sum()
    drawn = law.rvs(40_000, random_state=np.random.default_rng(1)).astype(float)
    assert crps(y, drawn) == pytest.approx(exact, rel=0.03)


def test_simulated_days_ahead_have_the_mean_of_the_recursion() -> None:
    setting = Setting(self_exciting(shock=False), "none")
    fit = fit_counts(setting, make(setting, [5.0, 0.6, 1.0, 0.05], 200, 1))
    ahead = paths_ahead(fit, 1, (1,), draws=0)
    recursion = fit.ahead(1)
    total = sum(
        recursion.weights[k] * fit.series.counts[-1 - k] for k in range(fit.series.counts.size)
    )
    mean = recursion.curve[-1] + recursion.gain[-1] * total
    assert ahead.means[:, 0] == pytest.approx(mean)
    assert ahead.counts.mean() == pytest.approx(mean, rel=0.05)


def test_drawn_parameters_widen_what_is_foreseen() -> None:
    setting = Setting(self_exciting(shock=False), "none")
    fit = fit_counts(setting, make(setting, [5.0, 0.6, 1.0, 0.05], 25, 1))
    spreads = [paths_ahead(fit, 7, (1,), draws=draws).counts[:, 6].std() for draws in (0, 100)]
    assert spreads[1] > 1.1 * spreads[0]


def test_the_model_that_made_the_days_foresees_them_best() -> None:
    setting = Setting(self_exciting(shock=False), "none")
    series = make(setting, [5.0, 0.8, 1.0, 0.02], 90, 4)
    others = [Setting(last_value(), "none"), Setting(local_average(), "none")]
    scores = rolling_scores([setting, *others], series, first=75, ahead=3, draws=20)
    summary = summarise_scores(scores, "local-average").filter(horizon="1")
    found = dict(summary.select("model", "log_score").iter_rows())
    assert found["self-exciting"] == min(found.values())
    base = dict(summary.select("model", "difference").iter_rows())
    assert base["local-average"] == 0


def test_scores_do_not_hang_on_which_other_models_are_scored() -> None:
    series = series_of([5, 8, 9, 12, 7, 9, 14, 8, 9, 11, 7, 9, 10, 6, 8, 9])
    one, other = Setting(last_value()), Setting(local_average())
    both = rolling_scores([one, other], series, first=14, ahead=1, draws=5)
    turned = rolling_scores([other, one], series, first=14, ahead=1, draws=5)
    assert both.sort("model", "origin").equals(turned.sort("model", "origin"))


def test_days_not_observed_are_not_scored() -> None:
    series = series_of([5, 8, 9, 12, 7, 9, 14, 8, 9, 11, 7, 9, 10, 6, 8, 9])
    series.observed[13] = False
    scores = rolling_scores([Setting(last_value())], series, first=12, ahead=1)
    assert (scores["origin"] + scores["horizon"] - 1).to_list() == [12, 14, 15]
    with pytest.raises(UsageError, match="first origin of 16"):
        rolling_scores([Setting(last_value())], series, first=16)
