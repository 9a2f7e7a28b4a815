"""A country drawn twice counts as if the panel held it twice."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from worldclass.core.errors import SourceError
from worldclass.dynamics.debt_crisis.early_warning import WARS, area_under_curve, early_warning
from worldclass.dynamics.debt_crisis.panel import read_panel
from worldclass.dynamics.debt_crisis.resampled import (
    WarningRows,
    area_of_fit,
    fit_rows,
    forecast_area,
    warning_rows,
    weighted_area,
    weighted_logit,
)


@pytest.fixture(scope="module")
def panel() -> pl.DataFrame:
    """Eight countries of 120 years in which growth raises the odds of a crisis."""
    chance = np.random.default_rng(5)
    parts: list[pl.DataFrame] = []
    for number in range(8):
        growth = 0.02 + 0.06 * chance.standard_normal(120)
        before = np.convolve(growth, np.ones(5))[:120]
        odds = -3.4 + 9 * (np.concatenate([[0.0], before[:-1]]) - 0.1)
        crisis = (chance.random(120) < 1 / (1 + np.exp(-odds))).astype(float)
        parts.append(
            pl.DataFrame(
                {
                    "country": f"C{number}",
                    "year": np.arange(1900, 2020),
                    "credit": np.exp(growth.cumsum()),
                    "prices": 1.0,
                    "crisis": crisis,
                }
            )
        )
    return read_panel(pl.concat(parts))


@pytest.fixture(scope="module")
def rows(panel: pl.DataFrame) -> WarningRows:
    return warning_rows(panel, lags=5, without=WARS)


def of_panel(panel: pl.DataFrame, quantity: str, group: str) -> float:
    frame = early_warning(panel)
    found = frame.filter((frame["quantity"] == quantity) & (frame["group"] == group))
    return float(found["value"][0])


def test_equal_weights_give_the_fit_of_the_panel(panel: pl.DataFrame, rows: WarningRows) -> None:
    sample, ones = rows.with_crisis, np.ones(8)
    slopes, index = fit_rows(sample, ones, effects=True)
    assert slopes.sum() == pytest.approx(of_panel(panel, "coefficient", "sum"), rel=1e-7)
    expected = of_panel(panel, "auroc", "country-effects")
    assert area_of_fit(sample, ones, index) == pytest.approx(expected, abs=1e-12)
    expected = of_panel(panel, "auroc", "out-of-sample")
    assert forecast_area(rows, ones, 1984) == pytest.approx(expected, abs=1e-12)


def test_weights_are_repetitions(panel: pl.DataFrame, rows: WarningRows) -> None:
    weights = np.array([2.0, 0, 1, 3, 0, 1, 1, 0])
    copies = [
        panel.filter(pl.col("country") == f"C{number}").with_columns(
            pl.lit(f"C{number} {copy}").alias("country")
        )
        for number, times in enumerate(weights.astype(int).tolist())
        for copy in range(times)
    ]
    repeated = read_panel(pl.concat(copies))
    sample = rows.with_crisis
    for effects, group in ((True, "country-effects"), (False, "pooled")):
        _, index = fit_rows(sample, weights, effects=effects)
        expected = of_panel(repeated, "auroc", group)
        assert area_of_fit(sample, weights, index) == pytest.approx(expected, abs=1e-9)
    slopes, _ = fit_rows(sample, weights, effects=True)
    assert slopes.sum() == pytest.approx(of_panel(repeated, "coefficient", "sum"), rel=1e-6)


def test_the_area_agrees_with_that_without_weights() -> None:
    chance = np.random.default_rng(0)
    index: NDArray[np.float64] = chance.integers(0, 20, 200).astype(float)
    happened = chance.random(200) < 0.3
    expected, _ = area_under_curve(index, happened)
    assert weighted_area(index, happened, np.ones(200)) == pytest.approx(expected, abs=1e-12)
    times = chance.integers(0, 4, 200)
    expected, _ = area_under_curve(np.repeat(index, times), np.repeat(happened, times))
    found = weighted_area(index, happened, times.astype(float))
    assert found == pytest.approx(expected, abs=1e-12)


def test_what_tells_crises_perfectly_has_no_fit() -> None:
    x = np.linspace(-1, 1, 20)
    columns = np.column_stack([x, np.ones(20)])
    with pytest.raises(SourceError, match="tells crises perfectly"):
        weighted_logit(columns, (x > 0).astype(float), np.ones(20), np.zeros(2))


def test_too_few_crises_are_refused(panel: pl.DataFrame) -> None:
    with pytest.raises(SourceError, match="are too few"):
        warning_rows(panel, lags=5, without=(), years=(1900, 1907))
    rows = warning_rows(panel, lags=5, without=())
    with pytest.raises(SourceError, match="From 2020 on no crisis"):
        forecast_area(rows, np.ones(8), 2020)
