"""What is measured of an economy, on cases with known answers."""

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.social_architecture.measures import gini, hill_exponent, profit_rates
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
from worldclass.dynamics.social_architecture.published import (
    compare,
    distributions,
    recessions,
    size_exponent,
)


def test_the_gini_of_an_exponential_distribution_is_a_half() -> None:
    exact = -np.log1p(-(np.arange(20_000) + 0.5) / 20_000)
    assert gini(exact) == pytest.approx(0.5, abs=1e-3)
    assert gini(np.zeros(5)) == 0.0


def test_tails_that_are_none_have_no_exponent() -> None:
    assert hill_exponent(np.ones(1000)) is None
    assert hill_exponent(np.zeros(1000)) is None
    assert hill_exponent(np.arange(50)) is None


def test_profit_rates_without_wages_are_unknown() -> None:
    assert profit_rates(np.array([5]), np.array([0])) is None


def test_unit_bins_underestimate_the_exponent_of_a_short_sample() -> None:
    """The reason why the published exponent is compared with logarithmic bins."""
    drawn = np.floor(np.random.default_rng(1).pareto(1.0, 20_000) + 1).astype(np.int64)
    sizes, counts = np.unique(drawn[drawn < 1000], return_counts=True)
    binned = size_exponent(sizes, counts.astype(float))
    unit = size_exponent(sizes, counts.astype(float), bins=0)
    assert binned == pytest.approx(1.0, abs=0.15)
    assert unit < 0.8 * binned


def test_a_fall_that_lasts_to_the_end_counts() -> None:
    assert recessions(np.array([3.0, 2.0, 1.0])) == [2]
    assert recessions(np.array([1.0, 2.0, 3.0])) == []


def test_the_comparison_has_a_row_for_each_published_number() -> None:
    table = compare(SocialArchitecture(agents=300, years=10), runs=2)
    assert table["label"].n_unique() == table.height == 14
    assert (table["low"] <= table["high"]).all()


def test_distributions_fall_from_at_most_one() -> None:
    table = distributions(SocialArchitecture(agents=300, years=10))
    for _, curve in table.group_by("panel", "line"):
        assert curve["y"].max() <= 1
        assert (curve["y"].diff().drop_nulls() <= 0).all()


@pytest.mark.parametrize("poor", [{"coins_each": 0}, {"coins_each": 50}, {"agents": 2}])
def test_an_economy_in_which_nobody_is_hired_cannot_be_compared(poor: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="has no value of"):
        compare(SocialArchitecture(**{"agents": 100, "years": 2, **poor}), runs=1)
