"""Iterative proportional fitting: margins are met, odds ratios survive."""

import numpy as np
import pytest
from scipy.optimize import root

from worldclass.core.errors import MarginError
from worldclass.people.ipf import bounds, fit_margins, refit_margins, scale_to_margins

SEED = np.array([[1.0, 4.0, 2.0], [3.0, 1.0, 5.0], [2.0, 2.0, 1.0]])
ROWS, COLUMNS = np.array([0.5, 0.3, 0.2]), np.array([0.25, 0.35, 0.40])


def plackett(p: float, q: float, odds: float) -> float:
    """The cell of a 2×2 table with margins p and q and a given odds ratio (Plackett 1965)."""
    s = 1 + (p + q) * (odds - 1)
    return (s - np.sqrt(s**2 - 4 * p * q * odds * (odds - 1))) / (2 * (odds - 1))


@pytest.mark.parametrize("odds", [0.05, 0.5, 3.0, 40.0])
@pytest.mark.parametrize(("p", "q"), [(0.5, 0.5), (0.9, 0.2), (0.03, 0.6)])
def test_a_two_by_two_table_has_plackett_s_closed_form(p: float, q: float, odds: float) -> None:
    seed = np.array([[odds, 1.0], [1.0, 1.0]])
    table = fit_margins(seed, np.array([p, 1 - p]), np.array([q, 1 - q]), tolerance=1e-13)
    assert table[0, 0] == pytest.approx(plackett(p, q, odds), abs=1e-12)


def test_the_table_solves_the_equations_of_its_factors() -> None:
    """t = a·b·s, with the factors found by a root finder instead of by fitting in turn."""

    def gaps(logs: np.ndarray) -> np.ndarray:
        table = SEED * np.exp(logs[:3])[:, None] * np.exp([*logs[3:], 0.0])[None]
        return np.concatenate([table.sum(axis=1) - ROWS, (table.sum(axis=0) - COLUMNS)[:2]])

    logs = root(gaps, np.full(5, -2.0), tol=1e-13).x
    solved = SEED * np.exp(logs[:3])[:, None] * np.exp([*logs[3:], 0.0])[None]
    np.testing.assert_allclose(fit_margins(SEED, ROWS, COLUMNS, tolerance=1e-13), solved, 1e-9)


def test_an_independent_package_fits_the_same_table() -> None:
    ipfn = pytest.importorskip("ipfn.ipfn")
    peer = ipfn.ipfn(SEED.copy(), [ROWS, COLUMNS], [[0], [1]], convergence_rate=1e-12)
    np.testing.assert_allclose(fit_margins(SEED, ROWS, COLUMNS), peer.iteration(), atol=1e-8)


def test_many_tables_are_fitted_as_each_is_alone() -> None:
    seeds = np.stack([SEED, SEED.T, np.ones((3, 3))], axis=-1)
    rows = np.stack([ROWS, COLUMNS, ROWS[::-1]], axis=-1)
    columns = np.stack([COLUMNS, ROWS, COLUMNS], axis=-1)
    together = fit_margins(seeds, rows, columns, tolerance=1e-13)
    for k in range(3):
        alone = fit_margins(seeds[..., k], rows[:, k], columns[:, k], tolerance=1e-13)
        np.testing.assert_allclose(together[..., k], alone, atol=1e-12)


def test_a_seed_without_association_gives_the_product_of_the_margins() -> None:
    table = fit_margins(np.ones((3, 3)), ROWS, COLUMNS)
    np.testing.assert_allclose(table, ROWS[:, None] * COLUMNS[None], atol=1e-12)


def test_cells_that_the_seed_rules_out_stay_empty() -> None:
    seed = SEED.copy()
    seed[0, 0] = 0
    assert fit_margins(seed, ROWS, COLUMNS)[0, 0] == 0


def test_margins_that_the_zeros_of_the_seed_cannot_meet_are_refused() -> None:
    with pytest.raises(MarginError, match="did not converge") as caught:
        fit_margins(np.diag([1.0, 1.0]), np.array([0.7, 0.3]), np.array([0.5, 0.5]))
    assert "zeros" in caught.value.remedy


def test_margins_with_different_totals_are_refused_with_both_totals() -> None:
    with pytest.raises(MarginError, match=r"sum to 1\.1, column totals to 1"):
        fit_margins(SEED, ROWS * 1.1, COLUMNS)


def test_the_table_with_contradictory_margins_is_named() -> None:
    rows = np.stack([ROWS, ROWS, ROWS * 1.01], axis=-1)
    with pytest.raises(MarginError, match="Row totals") as caught:
        fit_margins(np.repeat(SEED[..., None], 3, axis=-1), rows, np.stack([COLUMNS] * 3, axis=-1))
    assert "2" in caught.value.where


def test_a_negative_margin_is_refused() -> None:
    with pytest.raises(MarginError, match="negative"):
        fit_margins(SEED, np.array([0.7, 0.4, -0.1]), COLUMNS)


def test_nothing_that_is_not_a_number_is_fitted() -> None:
    with pytest.raises(MarginError):
        fit_margins(SEED, np.array([0.5, 0.5, np.nan]), COLUMNS)


def test_columns_are_exact_after_any_number_of_rounds() -> None:
    for rounds in (1, 2, 7):
        table = scale_to_margins(SEED, ROWS, COLUMNS, rounds=rounds)
        np.testing.assert_allclose(table.sum(axis=0), COLUMNS, rtol=1e-14)


def test_the_seed_is_left_as_it_was() -> None:
    before = SEED.copy()
    fit_margins(SEED, ROWS, COLUMNS)
    np.testing.assert_array_equal(SEED, before)


def test_refitting_spends_more_rounds_on_slow_tables_only() -> None:
    slow = np.array([[1e-4, 1.0], [1.0, 1e-4]])
    seeds = np.stack([np.ones((2, 2)), slow], axis=-1)
    rows = np.array([[0.5, 0.7], [0.5, 0.3]])
    columns = np.array([[0.5, 0.4], [0.5, 0.6]])
    table = refit_margins(seeds, rows, columns, tolerance=1e-6)
    np.testing.assert_allclose(table.sum(axis=1), rows, atol=1e-6)
    np.testing.assert_allclose(table[..., 0], 0.25)


def test_frechet_bounds_are_reached_by_perfect_association() -> None:
    assert bounds(0.7, 0.6, 1.0) == (0.3, 0.6)
    assert bounds(0.2, 0.3, 1.0) == (0.0, 0.2)
    table = fit_margins(
        np.array([[1e9, 1.0], [1.0, 1.0]]), np.array([0.7, 0.3]), np.array([0.6, 0.4])
    )
    assert table[0, 0] == pytest.approx(0.6, abs=1e-6)
