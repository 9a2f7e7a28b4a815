"""Productivity by class from the US accounts."""

import polars as pl
import pytest

from worldclass.core.datafile import package_file
from worldclass.core.errors import SourceError
from worldclass.flows.labour.classes import industry_classes, us_industries
from worldclass.flows.labour.us_accounts import class_productivity
from worldclass.sources.mirror import Mirror

ACCOUNTS = pl.DataFrame(
    {
        "year": [2000, 2000, 2001, 2001],
        "code": ["A", "B", "A", "B"],
        "VA": [10.0, 30.0, 20.0, 20.0],
        "GO": [20.0, 60.0, 40.0, 40.0],
        "EMP": [1.0, 1.0, 1.0, 1.0],
        "LAB": [5.0, 15.0, 5.0, 5.0],
    }
)


def test_relative_productivity_is_a_geometric_mean_over_years() -> None:
    found = class_productivity(ACCOUNTS, {"a": ("A",), "all": ("A", "B")})
    assert found["a"].value_added == pytest.approx((0.5 * 1.0) ** 0.5)
    assert found["all"].value_added == pytest.approx(1.0)
    assert found["a"].labour_share == pytest.approx(10 / 30)
    assert class_productivity(ACCOUNTS, {"a": ("A",)}, [2001])["a"].value_added == 1.0


def test_an_industry_that_the_accounts_lack_is_named() -> None:
    with pytest.raises(SourceError, match="Z9"):
        class_productivity(ACCOUNTS, {"a": ("A", "Z9")})
    with pytest.raises(SourceError, match="LAB"):
        class_productivity(ACCOUNTS.drop("LAB"), {"a": ("A",)})


def test_the_accounts_give_the_shipped_file(mirror: Mirror) -> None:
    accounts = pl.read_parquet(mirror.root / "niot" / "usa_sea_2016release.parquet")
    found = class_productivity(accounts, us_industries())
    classes = industry_classes()
    assert set(found) == set(classes)
    for name, one in found.items():
        assert classes[name].productivity == pytest.approx(one.value_added, rel=1e-5)
        assert classes[name].output_productivity == pytest.approx(one.output, rel=1e-5)
        assert classes[name].labour_share == pytest.approx(one.labour_share, rel=1e-5)
    shipped = package_file("worldclass.flows.labour", "productivity.csv").read_text("utf-8")
    assert len(shipped.splitlines()) == len(classes) + 1
