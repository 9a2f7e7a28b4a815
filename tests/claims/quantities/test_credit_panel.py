"""Averages over a panel's countries and what is taken of them over years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from pydantic import ValidationError

from tests.claims.worlds_other import write_panel
from worldclass.claims.data import Data
from worldclass.claims.quantities.credit_panel import QUANTITY, CreditPanel, evaluate, imagine
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError

ROWS = pl.DataFrame(
    {
        "year": [2000, 2001, 2002, 2000, 2001, 2002, 2001, 2002],
        "country": ["Aland"] * 3 + ["Beland"] * 3 + ["Celand"] * 2,
        "iso": ["AAA"] * 3 + ["BBB"] * 3 + ["CCC"] * 2,
        "tloans": [1.0, 2.0, 3.0, 3.0, 6.0, 3.0, 10.0, 100.0],
        "gdp": [2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 10.0, 10.0],
        "rgdpmad": [1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 1.0, 1.0],
        "pop": [1.0] * 8,
        "ca": [-1.0] * 8,
    }
)


@pytest.fixture
def small(tmp_path: Path) -> Data:
    ROWS.write_parquet(tmp_path / "panel.parquet")
    return Data(crises=tmp_path / "panel.parquet")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"year": 2000}, 0.75),
        ({"year": 2000, "average": "gdp"}, (0.5 * 1 + 1.0 * 3) / 4),
        ({"year": 2001}, (1.0 + 2.0 + 1.0) / 3),
        ({"year": 2001, "average": "median"}, 1.0),
        ({"year": 2001, "panel": "balanced", "span": (2000, 2002)}, 1.5),
        ({"year": 2002, "panel": "ends", "span": (2000, 2002)}, 1.25),
        ({"year": 2002, "without": ("CCC",)}, 1.25),
        ({"year": 2002, "countries": ("Celand", "AAA")}, 5.75),
        ({"year": 2002, "countries": "BBB", "series": "tloans"}, 3.0),
        ({"year": 2002, "series": "ca"}, -1.0),
        ({"years": (2000, 2002), "statistic": "max", "countries": "BBB"}, 2.0),
        ({"years": (2000, 2002), "statistic": "min", "countries": "BBB"}, 1.0),
        ({"years": (2000, 2002), "statistic": "mean", "countries": "BBB"}, 4 / 3),
        ({"years": (2000, 2002), "statistic": "year-of-max", "countries": "BBB"}, 2001.0),
    ],
)
def test_known_answers(small: Data, given: dict[str, Any], expected: float) -> None:
    values = evaluate([CreditPanel(**given)], [CENTRE, 0], small)
    np.testing.assert_allclose(values, expected)
    assert values.shape == (1, 2)


@pytest.mark.parametrize("rises", [True, False])
def test_debt_that_rises_and_debt_that_falls_are_told_apart(tmp_path: Path, rises: bool) -> None:
    data = Data(crises=write_panel(tmp_path / "panel.parquet", warns=True, debt_rises=rises))
    early, late = evaluate([CreditPanel(year=1900), CreditPanel(year=2000)], [CENTRE], data)[:, 0]
    assert (late > early) == rises
    assert late / early == pytest.approx(np.exp(1.0 if rises else -1.0))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"year": 1999}, "No country has a value of tloans/gdp in 1999"),
        ({"year": 2000, "series": "gold/gdp"}, r"(?s)no series 'gold'.*tloans"),
        ({"year": 2000, "series": "country"}, "no series 'country'"),
        ({"year": 2000, "countries": ("AAA", "ZZZ")}, r"(?s)no country 'ZZZ'.*Aland"),
        ({"year": 2000, "without": ("ZZZ",)}, "no country 'ZZZ'"),
    ],
)
def test_what_is_not_there_is_refused(small: Data, given: dict[str, Any], words: str) -> None:
    with pytest.raises(ClaimError, match=words):
        evaluate([CreditPanel(**given)], [CENTRE], small)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"year": 2000, "years": (2000, 2001), "statistic": "max"},
        {"years": (2000, 2001)},
        {"year": 2000, "statistic": "max"},
        {"years": (2001, 2000), "statistic": "max"},
    ],
)
def test_a_setting_speaks_of_one_year_or_of_a_statistic(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CreditPanel(**given)


def test_imagined_statistics_agree_with_one_another() -> None:
    span = {"years": (1990, 2010)}
    names = ("max", "mean", "min", "year-of-max")
    settings = [CreditPanel(**span, statistic=one) for one in names]  # type: ignore[arg-type]
    years = [CreditPanel(year=1995), CreditPanel(year=2005)]
    values = imagine([*settings, *years], np.random.default_rng(0), 2000)
    most, mean, least, when, early, late = values
    assert ((least < mean) & (mean < most)).all()
    assert ((least <= early) & (early <= most)).all()
    assert (least > 0).all()
    assert ((when >= 1990) & (when <= 2010)).all()
    assert 0.3 < (late > early).mean() < 0.7
    assert not QUANTITY.drawn


def test_series_that_may_be_negative_are_imagined_so() -> None:
    values = imagine([CreditPanel(series="ca", year=2000)], np.random.default_rng(0), 500)
    assert 0.3 < (values < 0).mean() < 0.7
