"""Pictures of what an answer hangs on: thresholds and assumptions."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.assumption_bars import assumption_bars
from worldclass.charts.picture import Picture
from worldclass.charts.threshold_curve import threshold_curve
from worldclass.core.errors import UsageError

CURVE = pl.DataFrame(
    {
        "line": ["national accounts"] * 3 + ["household surveys"] * 3,
        "parameter": [750.0, 1500.0, 3000.0] * 2,
        "value": [9e8, 6e8, 3e8, 7e8, 4e8, 2e8],
        "low": [8e8, 5e8, 2e8, 6e8, 3e8, 1e8],
        "high": [1e9, 7e8, 4e8, 8e8, 5e8, 3e8],
    }
)
ASSUMPTIONS = pl.DataFrame(
    {
        "assumption": ["pay_gap", "anchor"],
        "label": ["Pay gap between the sexes", "Income anchor"],
        "low": [3.3e8, 2.5e8],
        "central": [3.5e8, 3.5e8],
        "high": [3.6e8, 5.0e8],
        "share_of_variance": [0.05, 0.95],
    }
)


def curve(table: pl.DataFrame = CURVE) -> Picture:
    return threshold_curve(
        table, parameter="Threshold", unit="PPP dollars a month", title="Elite", default=1500
    )


def test_the_curve_keeps_its_numbers_and_its_logarithmic_axis() -> None:
    picture = curve()
    kept = pl.DataFrame(picture.data["curve"]).sort("line", "parameter")
    assert kept.equals(CURVE.sort("line", "parameter"))
    assert '"type": "log"' in picture.framed().to_json()


def test_the_curve_says_both_ends_of_every_line() -> None:
    description = curve().caption.description
    assert "household surveys: 700 M at 750, 200 M at 3,000" in description


def test_names_of_lines_do_not_overlap() -> None:
    tops = sorted(row["top"] for row in curve().data["curve_labels"])
    assert tops[1] - tops[0] >= 13.9


def test_a_threshold_of_zero_has_no_place_on_the_axis() -> None:
    with pytest.raises(UsageError, match="not positive"):
        curve(CURVE.with_columns(parameter=pl.lit(0.0)))


@pytest.mark.parametrize("column", CURVE.columns)
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(UsageError, match=column):
        curve(CURVE.drop(column))


def test_assumptions_stand_in_the_order_of_their_variance() -> None:
    picture = assumption_bars(ASSUMPTIONS, title="Why")
    assert [row["assumption"] for row in picture.data["assumptions"]] == ["anchor", "pay_gap"]
    assert "Income anchor: 250 M to 500 M, 95 % of the variance" in picture.caption.description


def test_assumptions_without_a_column_are_refused() -> None:
    with pytest.raises(UsageError, match="share_of_variance"):
        assumption_bars(ASSUMPTIONS.drop("share_of_variance"), title="Why")
