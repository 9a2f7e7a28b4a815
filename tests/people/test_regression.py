"""The robust prediction: outliers do not shape it, but they count in its spread."""

import numpy as np
import pytest

from worldclass.people.regression import fit_robust

RNG = np.random.default_rng(8)
NUMBER = 120
X = np.stack([np.ones(NUMBER), RNG.normal(size=NUMBER), RNG.uniform(size=NUMBER)], axis=1)
TRUE = np.array([2.0, -0.7, 1.5])
NOISE = RNG.normal(scale=0.1, size=NUMBER)
OUTLIERS = np.arange(NUMBER) % 10 == 0
Y = X @ TRUE + NOISE + np.where(OUTLIERS, 6.0, 0.0)


def test_coefficients_are_found_in_spite_of_outliers() -> None:
    fitted = fit_robust(X, Y)
    np.testing.assert_allclose(fitted.coefficients, TRUE, atol=0.1)
    plain = np.linalg.lstsq(X, Y, rcond=None)[0]
    assert abs(plain - TRUE).max() > 0.4  # least squares alone is led astray


def test_the_outliers_and_no_more_than_a_few_others_are_set_aside() -> None:
    used = fit_robust(X, Y).used
    assert not used[OUTLIERS].any()
    assert used[~OUTLIERS].mean() > 0.95


def test_exact_data_are_fitted_exactly() -> None:
    fitted = fit_robust(X, X @ TRUE)
    np.testing.assert_allclose(fitted.coefficients, TRUE, atol=1e-8)
    assert fitted.spread < 1e-8


def test_the_spread_is_that_of_leaving_each_observation_out_in_turn() -> None:
    fitted = fit_robust(X, Y)
    left_out = np.empty(NUMBER)
    for k in range(NUMBER):
        rest = fitted.used & (np.arange(NUMBER) != k)
        without = np.linalg.lstsq(X[rest], Y[rest], rcond=None)[0]
        left_out[k] = Y[k] - X[k] @ without
    assert fitted.spread == pytest.approx(np.sqrt(np.mean(left_out**2)), rel=1e-9)


def test_predictions_are_linear_in_the_columns() -> None:
    fitted = fit_robust(X, Y)
    grid = np.ones((4, 5, 3))
    np.testing.assert_allclose(fitted.at(grid), fitted.coefficients.sum())
