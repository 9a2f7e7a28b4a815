"""Indicators of countries: aggregates by hand, the shipped table, tables of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from worldclass.claims.data import Data
from worldclass.claims.quantities.indicator import QUANTITY, IndicatorOf
from worldclass.core.datafile import package_file
from worldclass.core.errors import ClaimError
from worldclass.core.hashing import content_hash
from worldclass.sources.mirror import Mirror

TRADE = ("exports_share_gdp", "imports_share_gdp")
GDP = "gdp_usd2015"
ROWS = [
    ("BRA", 2000, "x", 10.0), ("BRA", 2001, "x", 12.0), ("BRA", 2002, "x", 11.0),
    ("USA", 2000, "x", 30.0), ("USA", 2001, "x", 20.0),
    ("DEU", 2000, "x", 50.0), ("DEU", 2001, "x", 50.0), ("DEU", 2002, "x", 50.0),
    ("BRA", 2000, GDP, 1.0), ("BRA", 2001, GDP, 1.0), ("BRA", 2002, GDP, 1.0),
    ("USA", 2000, GDP, 8.0), ("USA", 2001, GDP, 8.0), ("USA", 2002, GDP, 8.0),
    ("DEU", 2000, GDP, 1.0), ("DEU", 2001, GDP, 1.0),
    ("BRA", 2001, "y", 1.0),
]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Data:
    file = tmp_path / "own.parquet"
    pl.DataFrame(ROWS, schema=["iso3", "year", "indicator", "value"], orient="row").write_parquet(
        file
    )
    return Data(indicators=file)


def value(data: Data, **fields: Any) -> float:
    found = QUANTITY.evaluate([IndicatorOf(**({"indicator": "x"} | fields))], [-1, 3], data)
    assert found[0, 0] == found[0, 1]
    return float(found[0, 0])


def test_countries_weigh_by_output(own: Data) -> None:
    assert value(own, year=2000) == pytest.approx((10 + 30 * 8 + 50) / 10)
    assert value(own, year=2000, country=["BRA", "DEU"]) == pytest.approx(30)
    assert value(own, year=2000, without="USA") == pytest.approx(30)


def test_countries_without_value_or_weight_are_left_out(own: Data) -> None:
    assert value(own, year=2002) == pytest.approx(11)
    assert value(own, year=2002, weight="none") == pytest.approx(30.5)


def test_other_ways_to_take_countries_together(own: Data) -> None:
    assert value(own, year=2000, weight="none") == pytest.approx(30)
    assert value(own, year=2001, weight="median") == pytest.approx(20)
    assert value(own, year=2001, weight="sum") == pytest.approx(82)


def test_a_balanced_panel_keeps_its_countries(own: Data) -> None:
    whole = {"weight": "none", "years": (2000, 2002), "statistic": "max"}
    assert value(own, **whole) == pytest.approx(30.5)
    assert value(own, **whole, panel="balanced", span=(2000, 2002)) == pytest.approx(31)
    assert value(own, **whole, panel="balanced", span=(2000, 2001)) == pytest.approx(30.5)


def test_statistics_over_years(own: Data) -> None:
    brazil = {"country": "BRA", "years": (2000, 2002)}
    found = {s: value(own, **brazil, statistic=s) for s in ("max", "min", "mean", "year-of-max")}
    assert found == {"max": 12, "min": 10, "mean": pytest.approx(11), "year-of-max": 2001}


def test_indicators_add_up_within_countries(own: Data) -> None:
    assert value(own, indicator=["x", "y"], year=2001) == pytest.approx(13)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"indicator": "z", "year": 2000}, "Indicators: x, gdp_usd2015, y"),
        ({"year": 1999}, "from 2000 to 2002"),
        ({"indicator": "y", "year": 2000}, "No country has y in 2000"),
        ({"years": (2002, 2000), "statistic": "max"}, "not in order"),
        ({"year": 2000, "country": "NGA"}, "No country has x"),
        ({"year": 2000, "country": "Nowhere"}, "no country or aggregate"),
    ],
)
def test_what_is_not_in_the_table_is_refused(own: Data, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ClaimError, match="indicator = ") as error:
        value(own, **fields)
    assert words in str(error.value)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"year": 2000, "years": (2000, 2001)},
        {"years": (2000, 2001)},
        {"year": 2000, "statistic": "max"},
        {"year": 2000, "panel": "balanced"},
        {"year": 2000, "weight": "trade"},
    ],
)
def test_terms_must_be_complete(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"year|weight|span"):
        IndicatorOf(indicator="x", **fields)


@pytest.mark.parametrize("columns", [["iso3", "year", "value"], ["a", "b", "c", "d"]])
def test_a_table_of_another_shape_is_refused(tmp_path: Path, columns: list[str]) -> None:
    file = tmp_path / "bad.parquet"
    pl.DataFrame({name: ["1"] for name in columns}).write_parquet(file)
    with pytest.raises(ClaimError, match="iso3, year, indicator, value"):
        value(Data(indicators=file), year=2000)


def test_a_key_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.parquet"
    rows = [*ROWS, ROWS[0]]
    pl.DataFrame(rows, schema=["iso3", "year", "indicator", "value"], orient="row").write_parquet(
        file
    )
    with pytest.raises(ClaimError, match="occurs twice"):
        value(Data(indicators=file), year=2000)


def shipped() -> pl.DataFrame:
    file = package_file("worldclass.claims", "evidence", "indicators.parquet")
    return pl.read_parquet(Path(str(file))).cast({"indicator": pl.String})


def test_the_shipped_table_is_the_one_that_was_described() -> None:
    import tomllib

    notes = tomllib.loads(
        package_file("worldclass.claims", "evidence", "indicators.toml").read_text("utf-8")
    )
    table = shipped()
    assert content_hash({"indicators": table}) == notes["content_hash"]
    assert set(notes["indicator"]) == set(table["indicator"].unique())
    for name, note in notes["indicator"].items():
        part = table.filter(pl.col("indicator") == name)
        assert part["iso3"].n_unique() == note["countries"]
        assert (part["year"].min(), part["year"].max()) == (note["first_year"], note["last_year"])
        assert note["licence"].startswith("CC BY") and note["attribution"]
    assert not table.select("iso3", "year", "indicator").is_duplicated().any()


def test_the_shipped_table_is_the_mirror_s(mirror: Mirror) -> None:
    names = shipped()["indicator"].unique().to_list()
    source = mirror.panel(names, (1960, 2023)).filter(pl.col("sex") == "total")
    both = shipped().join(source, on=["iso3", "year", "indicator"], suffix="_source", how="left")
    gap = (both["value"] / both["value_source"] - 1).abs()
    assert both["value_source"].null_count() == 0
    assert gap.drop_nans().max() <= 5.1e-4  # type: ignore[operator]


def test_the_world_s_openness_is_that_of_the_world_bank() -> None:
    """World, trade (% of GDP), NE.TRD.GNFS.ZS: 61 in 2008, 52 in 2020, within the error that output
    at constant prices brings as a weight."""
    found = {y: value(Data(), indicator=TRADE, year=y) for y in (1990, 2008, 2020)}
    assert found[2008] == pytest.approx(61, abs=3)
    assert found[2020] == pytest.approx(52, abs=3)
    assert found[1990] < found[2020]


def test_evidence_names_publishers() -> None:
    evidence = QUANTITY.evidence([IndicatorOf(indicator=TRADE, year=2008)], Data())
    assert len(evidence.sources) == 3 and all("World Bank" in line for line in evidence.sources)
    assert evidence.imputed is None and not QUANTITY.drawn
