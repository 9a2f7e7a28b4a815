"""Change between two years: components and places add up."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.atlas.change import COMPONENTS, decompose
from worldclass.core.countries import aggregates
from worldclass.core.errors import UsageError


@pytest.fixture(scope="module")
def world() -> pl.DataFrame:
    return wc.change("bromma", start=1995, end=2020, draws=32)


def test_a_decomposition_made_by_hand() -> None:
    """A tenth of 100 persons, then 15 % of 200: growth 100 × 12.5 %, composition 150 × 5 %."""
    found = decompose(np.array([10.0, 30.0]), np.array([100.0, 200.0]))
    np.testing.assert_allclose(found, [12.5, 7.5, 20.0])


def test_without_growth_all_change_is_composition_and_the_other_way_round() -> None:
    same = decompose(np.array([10.0, 30.0]), np.array([100.0, 100.0]))
    np.testing.assert_allclose(same, [0, 20, 20])
    grown = decompose(np.array([10.0, 30.0]), np.array([100.0, 300.0]))
    np.testing.assert_allclose(grown, [20, 0, 20], atol=1e-12)


def test_turning_time_round_turns_every_sign() -> None:
    persons, population = np.array([12.0, 55.0]), np.array([110.0, 180.0])
    back = decompose(persons[::-1], population[::-1])
    np.testing.assert_allclose(back, -decompose(persons, population))


def test_components_add_up_to_the_change_in_every_place(world: pl.DataFrame) -> None:
    wide = world.pivot(on="component", index=["class", "place"], values="persons")
    assert set(world["component"]) == set(COMPONENTS)
    np.testing.assert_allclose(
        wide["population growth"] + wide["composition"], wide["total"], rtol=1e-9, atol=1e-3
    )


def test_places_add_up_to_the_area(world: pl.DataFrame) -> None:
    key = ["class", "component"]
    parts = world.filter(pl.col("place") != "WORLD").group_by(key).agg(pl.col("persons").sum())
    both = parts.join(world.filter(pl.col("place") == "WORLD"), on=key)
    assert both.height == 7 * 3
    np.testing.assert_allclose(both["persons"], both["persons_right"], rtol=1e-6)


def test_the_total_is_the_difference_of_the_atlas(world: pl.DataFrame) -> None:
    sizes = wc.atlas("bromma", country=["WORLD", "IND"], year=[1995, 2020], sex="total")
    wide = pl.DataFrame(sizes).pivot(on="year", index=["class", "country"], values="persons")
    both = wide.join(
        world.filter(pl.col("component") == "total"),
        left_on=["class", "country"],
        right_on=["class", "place"],
    )
    assert both.height == 14
    np.testing.assert_allclose(both["persons"], both["2020"] - both["1995"], rtol=1e-4, atol=50)


def test_growth_of_all_classes_is_growth_of_the_population(world: pl.DataFrame) -> None:
    rows = world.filter(pl.col("place") == "IND").group_by("component").agg(pl.col("persons").sum())
    by = dict(rows.iter_rows())
    assert by["composition"] == pytest.approx(0, abs=1e4)
    people = (
        wc.people("IND", [1995, 2020]).group_by("year").agg(pl.col("persons").sum()).sort("year")
    )
    growth = people["persons"][1] - people["persons"][0]
    assert by["population growth"] == pytest.approx(growth, rel=1e-4)


def test_intervals_of_a_change_are_narrower_than_those_of_its_years(world: pl.DataFrame) -> None:
    """What both years share cancels."""
    row = world.filter(place="WORLD", component="total", **{"class": "worker-elite"})
    sizes = wc.atlas("bromma", country="WORLD", year=2020, sex="total", draws=32)
    last = sizes.filter(sizes["class"] == "worker-elite")
    width = (row["persons_p95"] - row["persons_p05"]).item()
    assert 0 < width < (last["persons_p95"] - last["persons_p05"]).item()


def test_a_single_country_is_its_own_place() -> None:
    frame = wc.change("kharas", country="Brazil", start=2000, end=2010, sex="female", draws=0)
    assert set(frame["place"]) == {"BRA"}
    assert set(frame["sex"]) == {"female"}
    assert frame["persons_p05"].equals(frame["persons"], check_names=False)


def test_the_places_of_a_region_are_its_members() -> None:
    frame = wc.change("kharas", country="South Asia", draws=0)
    assert set(frame["place"]) == {"SOUTH_ASIA", *aggregates()["SOUTH_ASIA"]}
    assert (frame["from_year"][0], frame["to_year"][0]) == (1991, 2023)


@pytest.mark.parametrize(("start", "end"), [(2000, 2000), (2010, 2000), (1990, 2000)])
def test_two_years_in_order_are_needed(start: int, end: int) -> None:
    with pytest.raises(UsageError):
        wc.change("kharas", start=start, end=end)
