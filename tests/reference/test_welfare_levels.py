"""Household welfare beside headcounts and income shares that were not used."""

import numpy as np
import pytest

from validation.inequality import shares_of
from validation.poverty import headcounts, quality
from validation.world import World
from worldclass.people import quantiles

pytestmark = pytest.mark.mirror


def test_headcounts_below_3_dollars_are_met_within_2_points_on_average(world: World) -> None:
    found = headcounts(world)
    whole = quality(found, np.ones(len(found.published), dtype=bool))
    assert whole.number > 2000
    assert whole.mean_error < 2
    assert abs(whole.bias) < 1


def test_intervals_of_clear_headcounts_hold_at_least_four_fifths(world: World) -> None:
    found = headcounts(world)
    clear = (found.published >= 2) & (found.published <= 98)
    assert quality(found, clear).coverage > 0.8


def test_share_of_the_top_tenth_is_met_within_a_point_in_survey_years(world: World) -> None:
    published = world.published.series("income_share_d10")
    surveyed = world.estimates["welfare_imputed"] == 0
    i, j = np.nonzero(np.isfinite(published) & surveyed)
    ours = shares_of(world.estimates["welfare_log"][:, i, j].T)["income_share_d10"]
    assert np.abs(ours - published[i, j]).mean() < 1


def test_shares_of_a_lognormal_are_the_textbook_ones() -> None:
    """Gini 2Φ(σ/√2) − 1 (Aitchison & Brown 1957): 0.5205 for σ = 1."""
    found = shares_of(quantiles.SCORES[None].copy())
    assert found["gini"][0] == pytest.approx(52.05, abs=0.05)
    assert found["income_share_d10"][0] == pytest.approx(38.9, abs=0.3)
