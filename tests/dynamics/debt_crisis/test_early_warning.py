"""The early-warning fit finds what is in a panel, and refuses what is none."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.dynamics.debt_crisis.early_warning import area_under_curve, early_warning
from worldclass.dynamics.debt_crisis.panel import read_panel


def made_panel(slope: float, *, countries: int = 30, years: int = 140) -> pl.DataFrame:
    """A panel in which crises follow growth two years before, with a known coefficient."""
    generator = np.random.default_rng(11)
    parts = []
    for number in range(countries):
        growth = 0.03 + 0.1 * generator.standard_normal(years)
        chance = 1 / (1 + np.exp(3.3 - slope * np.roll(growth, 2)))
        prices = np.exp(np.cumsum(0.02 + 0.01 * generator.standard_normal(years)))
        parts.append(
            pl.DataFrame(
                {
                    "country": [f"C{number:02}"] * years,
                    "year": np.arange(1870, 1870 + years),
                    "credit": np.exp(np.cumsum(growth)) * prices,
                    "prices": prices,
                    "crisis": (generator.random(years) < chance).astype(float),
                }
            )
        )
    return pl.concat(parts)


def test_a_known_coefficient_is_found_within_its_interval() -> None:
    table = early_warning(made_panel(7.0))
    found = {row["group"]: row for row in table.filter(quantity="coefficient").to_dicts()}
    assert found["lag2"]["low"] < 7.0 < found["lag2"]["high"]
    assert found["lag1"]["low"] < 0.0 < found["lag1"]["high"]
    areas = dict(table.filter(quantity="auroc").select("group", "value").iter_rows())
    assert areas["out-of-sample"] > 0.6
    assert areas["country-effects"] >= areas["pooled"] - 0.02


def test_noise_warns_of_nothing() -> None:
    table = early_warning(made_panel(0.0))
    assert table.filter(quantity="p_value")["value"][0] > 0.01
    row = table.filter(quantity="auroc", group="out-of-sample").row(0, named=True)
    assert row["low"] < 0.5 < row["high"]


def test_the_area_is_the_probability_of_a_right_order() -> None:
    generator = np.random.default_rng(2)
    index, happened = np.round(generator.random(200), 1), generator.random(200) < 0.3
    pairs = index[happened][:, None] - index[~happened][None, :]
    right = (pairs > 0).mean() + 0.5 * (pairs == 0).mean()
    assert area_under_curve(index, happened)[0] == pytest.approx(right, abs=1e-12)


def test_gaps_in_years_are_not_read_as_growth() -> None:
    """A year that is missing takes away the five rows that would need its growth, and its own."""
    panel = made_panel(7.0, countries=20, years=100)
    gap = panel.filter((pl.col("country") != "C00") | (pl.col("year") != 1960))
    rows = [
        early_warning(one, without=()).filter(quantity="rows")["value"][0] for one in (panel, gap)
    ]
    assert rows[0] - rows[1] == 7


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (pl.col("crisis") * 2, "is 2"),
        (pl.col("crisis") * 0, "no crisis"),
        (pl.col("prices") - 1e9, "not positive"),
        (pl.lit(1900).alias("year"), "stands twice"),
        (pl.lit("much").alias("credit"), "cannot be read as numbers"),
    ],
)
def test_a_faulty_panel_is_refused(change: pl.Expr, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        read_panel(made_panel(7.0, countries=3).with_columns(change))


def test_a_panel_in_a_file(tmp_path: Path) -> None:
    panel, file = made_panel(7.0, countries=12, years=90), tmp_path / "panel.csv"
    panel.rename({"credit": "tloans", "prices": "cpi"}).write_csv(file)
    assert early_warning(file)["value"].to_list() == pytest.approx(
        early_warning(panel)["value"].to_list(), rel=1e-6
    )
    with pytest.raises(SourceError, match="cannot be read from"):
        read_panel(tmp_path / "panel.xlsx")
    with pytest.raises(SourceError, match="cannot be read"):
        read_panel(tmp_path / "absent.csv")
    with pytest.raises(SourceError, match="lacks the column 'm3'"):
        read_panel(file, credit="m3")


def test_too_little_to_fit() -> None:
    with pytest.raises(SourceError, match="too few"):
        early_warning(made_panel(7.0, countries=1, years=20))
    with pytest.raises(UsageError, match="no country Atlantis"):
        early_warning(made_panel(7.0, countries=3), countries=["Atlantis"])
