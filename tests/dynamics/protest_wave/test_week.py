"""Days of the week."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from worldclass.dynamics.protest_wave.week import GROUPS, NAMES, week_factors, weekdays


@pytest.mark.parametrize("choice", list(GROUPS))
def test_factors_have_mean_one_and_the_given_ratios(choice: str) -> None:
    ratios = 0.5 + np.arange(len(NAMES[choice]))
    factors = week_factors(choice, ratios)
    assert factors.mean() == pytest.approx(1.0)
    for group, ratio in enumerate(ratios, start=1):
        days = np.array(GROUPS[choice]) == group
        assert factors[days] / factors[0] == pytest.approx(ratio)


def test_bins_know_their_day() -> None:
    assert weekdays(date(2020, 5, 26), 6, 1.0).tolist() == [1, 2, 3, 4, 5, 6]
    assert weekdays(date(2020, 5, 31), 4, 0.5).tolist() == [6, 6, 0, 0]
