"""Whatever the seed and the margins: fitted tables meet the margins and keep the odds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from worldclass.people.ipf import bounds, fit_margins

steady = settings(max_examples=60, deadline=None, derandomize=True)
parts = arrays(float, 3, elements=st.floats(0.05, 1.0)).map(lambda v: v / v.sum())
seeds = arrays(float, (3, 3), elements=st.floats(0.05, 20.0))


def log_odds(table: np.ndarray) -> np.ndarray:
    logs = np.log(table)
    return logs[1:, 1:] - logs[1:, :1] - logs[:1, 1:] + logs[:1, :1]


@steady
@given(seeds, parts, parts)
def test_margins_are_met(seed: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
    table = fit_margins(seed, rows, columns)
    np.testing.assert_allclose(table.sum(axis=1), rows, atol=1e-9)
    np.testing.assert_allclose(table.sum(axis=0), columns, atol=1e-9)
    assert (table > 0).all()


@steady
@given(seeds, parts, parts)
def test_odds_ratios_survive(seed: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
    np.testing.assert_allclose(
        log_odds(fit_margins(seed, rows, columns)), log_odds(seed), atol=1e-8
    )


@steady
@given(seeds, parts, parts)
def test_every_cell_lies_within_its_frechet_bounds(
    seed: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> None:
    table = fit_margins(seed, rows, columns)
    for (i, j), cell in np.ndenumerate(table):
        low, high = bounds(rows[i], columns[j], 1.0)
        assert low - 1e-9 <= cell <= high + 1e-9


@steady
@given(seeds, parts, parts, st.permutations(range(3)))
def test_the_order_of_rows_does_not_matter(
    seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, order: list[int]
) -> None:
    straight = fit_margins(seed, rows, columns, tolerance=1e-12)
    turned = fit_margins(seed[order], rows[order], columns, tolerance=1e-12)
    np.testing.assert_allclose(turned, straight[order], atol=1e-10)


@steady
@given(seeds, parts, parts, st.floats(0.01, 1e6))
def test_the_scale_of_the_seed_does_not_matter(
    seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, scale: float
) -> None:
    one = fit_margins(seed, rows, columns, tolerance=1e-12)
    np.testing.assert_allclose(
        fit_margins(seed * scale, rows, columns, tolerance=1e-12), one, atol=1e-10
    )
