"""Distributions as quantiles at normal scores; the lognormal is the straight line."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import lognorm, norm

from worldclass.people.quantiles import (
    SCORES,
    below,
    from_shares,
    gini_to_spread,
    log_means,
    mean,
    mean_below,
    spread,
)

MU, SIGMA = 1.7, 0.8
STRAIGHT = MU + SIGMA * SCORES
BENT = np.where(SCORES < 0, 0.5 * SCORES, 0.9 * SCORES) + 1.0
WORLD = lognorm(SIGMA, scale=np.exp(MU))


def test_the_mean_of_a_lognormal_is_exact() -> None:
    assert mean(STRAIGHT) == pytest.approx(np.exp(MU + SIGMA**2 / 2), rel=1e-12)


def test_shares_below_a_cut_are_those_of_the_lognormal() -> None:
    for cut in (1e-6, 0.3, 1.0, 5.474, 40.0, 1e5):
        assert below(STRAIGHT, cut) == pytest.approx(WORLD.cdf(cut), abs=1e-12)


def test_the_spread_of_a_lognormal_is_its_log_standard_deviation() -> None:
    assert spread(STRAIGHT[None])[0] == pytest.approx(SIGMA, rel=1e-9)


def test_the_mean_of_a_bent_distribution_is_its_integral() -> None:
    def income(z: float) -> float:
        slope = 0.5 if z < 0 else 0.9
        return float(np.exp(1.0 + slope * z) * norm.pdf(z))

    whole = quad(income, -12, 0)[0] + quad(income, 0, 12)[0]
    assert mean(BENT) == pytest.approx(whole, rel=1e-8)


def test_below_inverts_the_quantiles() -> None:
    shares = below(np.tile(BENT, (len(SCORES), 1)), np.exp(BENT))
    np.testing.assert_allclose(shares, norm.cdf(SCORES), atol=1e-12)


def test_nobody_has_less_than_nothing() -> None:
    assert below(STRAIGHT, 0.0) == 0
    assert below(STRAIGHT, -3.0) == 0


def test_shares_below_rise_with_the_cut() -> None:
    cuts = np.geomspace(0.01, 1e4, 400)
    shares = below(np.tile(BENT, (400, 1)), cuts)
    assert (np.diff(shares) >= 0).all()
    assert 0 <= shares[0] < 1e-4
    assert 1 - 1e-4 < shares[-1] <= 1


def test_scaling_all_incomes_scales_the_mean_and_leaves_the_spread() -> None:
    assert mean(BENT + np.log(3)) == pytest.approx(3 * mean(BENT))
    assert spread((BENT + 5)[None])[0] == pytest.approx(spread(BENT[None])[0])


def test_a_lognormal_is_recovered_from_its_bracket_shares() -> None:
    upper = np.geomspace(0.05, 2000, 200)
    shares = np.diff(WORLD.cdf(np.concatenate([[0.0], upper])))
    logs = from_shares(upper, shares)
    np.testing.assert_allclose(logs, STRAIGHT, atol=0.02)
    assert mean(logs) == pytest.approx(WORLD.mean(), rel=0.005)
    assert spread(logs[None])[0] == pytest.approx(SIGMA, rel=0.005)


def test_persons_below_the_first_bracket_count() -> None:
    upper = np.geomspace(2.0, 2000, 200)
    shares = np.diff(WORLD.cdf(upper))
    logs = from_shares(upper[1:], shares)
    assert below(logs, 3.0) == pytest.approx(WORLD.cdf(3.0), abs=0.005)


def test_a_distribution_with_a_bend_keeps_it() -> None:
    """Two groups, a poor one and a rich one: half of each below its median."""
    poor, rich = lognorm(0.5, scale=2.0), lognorm(0.5, scale=30.0)
    upper = np.geomspace(0.05, 2000, 400)

    def share_below(cut: np.ndarray) -> np.ndarray:
        return 0.7 * poor.cdf(cut) + 0.3 * rich.cdf(cut)

    logs = from_shares(upper, np.diff(share_below(np.concatenate([[0.0], upper]))))
    for cut in (1.0, 2.0, 8.0, 30.0, 60.0):
        assert below(logs, cut) == pytest.approx(float(share_below(np.array(cut))), abs=0.02)


def test_quantiles_rise_even_where_brackets_are_empty() -> None:
    upper = np.geomspace(0.5, 200, 30)
    shares = np.zeros(30)
    shares[[5, 20]] = [0.5, 0.5]
    shares[6:9] = 1e-4
    assert (np.diff(from_shares(upper, shares / shares.sum())) > 0).all()


@pytest.mark.parametrize("sigma", [0.3, 0.7, 1.2])
def test_the_gini_of_the_lognormal_gives_back_its_sigma(sigma: float) -> None:
    ranks = (np.arange(200_000) + 0.5) / 200_000
    incomes = lognorm(sigma).ppf(ranks)
    gini = 2 * np.mean(ranks * incomes) / np.mean(incomes) - 1
    assert gini_to_spread(np.array(gini)) == pytest.approx(sigma, rel=2e-3)


def log_quantile(logs: np.ndarray, score: float) -> float:
    """ln Q at a normal score, the outer lines going on beyond the outer scores."""
    piece = int(np.clip(np.searchsorted(SCORES, score) - 1, 0, len(SCORES) - 2))
    slope = (logs[piece + 1] - logs[piece]) / (SCORES[piece + 1] - SCORES[piece])
    return float(logs[piece] + slope * (score - SCORES[piece]))


@pytest.mark.parametrize("logs", [STRAIGHT, BENT])
def test_logarithmic_means_are_their_integrals(logs: np.ndarray) -> None:
    def integral(weighed: bool) -> float:
        def inside(score: float) -> float:
            log = log_quantile(logs, score)
            return log * norm.pdf(score) * (np.exp(log) if weighed else 1.0)

        return quad(inside, -9, 9, limit=400, points=[0.0])[0]

    persons, units = log_means(logs)
    assert persons == pytest.approx(integral(False), rel=1e-7)
    assert units == pytest.approx(integral(True) / mean(logs), rel=1e-7)


def test_a_lognormal_s_logarithmic_means_are_a_variance_apart() -> None:
    persons, units = log_means(np.stack([STRAIGHT, STRAIGHT + 1]))
    np.testing.assert_allclose(persons, [MU, MU + 1], rtol=1e-9)
    np.testing.assert_allclose(units - persons, SIGMA**2, rtol=1e-9)


@pytest.mark.parametrize("logs", [STRAIGHT, BENT])
@pytest.mark.parametrize("cut", [0.2, 1.0, 3.7, 25.0, 900.0])
def test_the_share_of_income_below_a_cut_is_its_integral(logs: np.ndarray, cut: float) -> None:
    def income(score: float) -> float:
        return np.exp(log_quantile(logs, score)) * norm.pdf(score)

    top = float(norm.ppf(below(logs, cut)))
    found = quad(income, -9, top, limit=400, points=[min(0.0, top)])[0]
    assert mean_below(logs, cut) == pytest.approx(found / mean(logs), abs=1e-7)
    assert mean_below(logs, cut) <= below(logs, cut) + 1e-12


def test_nobody_below_nothing_has_anything() -> None:
    assert mean_below(STRAIGHT, 0.0) == 0.0
    np.testing.assert_allclose(mean_below(np.stack([STRAIGHT] * 2), np.array([-1, 1e12])), [0, 1])


def _cut_at(cdf: Callable[[np.ndarray], np.ndarray]) -> tuple[np.ndarray, np.ndarray, float]:
    """Brackets of a distribution up to 8,192, and what they give to persons on average."""
    edges = 2.0 ** (-7 + 20 * np.arange(200) / 199)
    shares = np.diff(cdf(edges))
    return edges[1:], shares, float(shares @ np.sqrt(edges[1:] * edges[:-1]))


@pytest.mark.parametrize("index", [1.6, 2.0, 3.0, 5.0])
def test_a_pareto_tail_is_given_what_its_brackets_give_it(index: float) -> None:
    """Nine in ten lognormal, the rest Pareto above the ninth tenth: heavier than any lognormal."""
    body = lognorm(0.7, scale=5.0)
    start = float(body.ppf(0.9))

    def cdf(cut: np.ndarray) -> np.ndarray:
        tail = 1 - 0.1 * (np.maximum(cut, start) / start) ** -index
        return np.where(cut < start, body.cdf(cut), tail)

    upper, shares, total = _cut_at(cdf)
    assert mean(from_shares(upper, shares)) == pytest.approx(total, rel=0.002)


def test_a_few_who_are_far_above_all_others_do_not_run_away_with_the_mean() -> None:
    """As in Belize in 1991, where a fitted line made the mean nearly three times the survey's."""
    upper, shares, _ = _cut_at(lognorm(0.8, scale=5.0).cdf)
    shares[140:] = 0.0
    shares[[150, 175]] = 2e-3, 6e-4
    shares /= shares.sum()
    edges = np.concatenate([upper[:1] ** 2 / upper[1], upper])
    total = float(shares @ np.sqrt(edges[1:] * edges[:-1]))
    assert 0.9 * total < mean(from_shares(upper, shares)) < 1.001 * total


def test_a_survey_that_is_cut_at_the_top_gets_little_beyond() -> None:
    """As in Guinea-Bissau: nobody above a bound, and many just below it."""
    upper, shares, _ = _cut_at(lognorm(0.8, scale=5.0).cdf)
    top = int(np.searchsorted(upper, 20.0))
    shares[top] = shares[top:].sum()
    shares[top + 1 :] = 0.0
    logs = from_shares(upper, shares)
    assert np.exp(logs[-1]) < 1.5 * upper[top] < 0.6 * np.exp(3 * 0.8) * 5.0


def test_the_spread_is_that_of_persons_who_have_anything() -> None:
    """A tenth have nothing; the others are lognormal with the same spread as before."""
    without = 0.1
    edges = 2.0 ** (-7 + 20 * np.arange(200) / 199)
    shares = (1 - without) * np.diff(WORLD.cdf(edges))
    logs = from_shares(edges[1:], shares)
    assert spread(logs, without) == pytest.approx(SIGMA, rel=0.03)
    assert spread(logs) > 1.2 * SIGMA


def test_shapes_and_shares_without_broadcast() -> None:
    rows = np.stack([STRAIGHT, BENT])
    alone = [float(spread(row, share)) for row, share in zip(rows, (0.0, 0.05), strict=True)]
    np.testing.assert_allclose(spread(rows, np.array([0.0, 0.05])), alone)
