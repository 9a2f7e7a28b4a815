"""The scores by which predictions are judged, against known values."""

import numpy as np
import pytest

from validation.scores import draws_quality, normal_quality


def test_crps_of_a_standard_normal_at_its_centre() -> None:
    """2φ(0) − 1/√π = 0.23370 (Gneiting & Raftery 2007)."""
    zero = np.zeros(1)
    assert normal_quality(zero, zero, np.ones(1)).crps == pytest.approx(0.233695, abs=1e-6)


def test_draws_and_formula_agree() -> None:
    draws = np.random.default_rng(5).normal(1.0, 2.0, size=(20_000, 1))
    true = np.array([2.5])
    exact = normal_quality(true, np.array([1.0]), np.array([2.0]))
    drawn = draws_quality(true, np.array([1.0]), draws)
    assert drawn.crps == pytest.approx(exact.crps, rel=0.03)
    assert drawn.width == pytest.approx(exact.width, rel=0.03)


def test_a_true_interval_holds_nine_tenths() -> None:
    true = np.random.default_rng(6).normal(size=4000)
    found = normal_quality(true, np.zeros(4000), np.ones(4000))
    assert found.coverage == pytest.approx(0.9, abs=0.02)


def test_certainty_scores_its_error() -> None:
    draws = np.full((10, 1), 3.0)
    assert draws_quality(np.array([5.0]), np.array([3.0]), draws).crps == pytest.approx(2.0)
