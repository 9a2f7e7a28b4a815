"""Sizes add up: over classes, over the sexes, over places."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.atlas.sizes import COLUMNS, percentiles
from worldclass.core.countries import regions
from worldclass.theories import list_theories, load_theory

Sizes = Callable[[str], pl.DataFrame]
KEY = ["country", "year", "sex"]
EACH = pytest.mark.parametrize("theory", list_theories())


@pytest.fixture(scope="module")
def population() -> pl.DataFrame:
    """Persons by country, year and sex from the population table."""
    by_sex = wc.people().group_by("country", "year", "sex").agg(pl.col("persons").sum())
    both = by_sex.group_by("country", "year").agg(pl.col("persons").sum())
    return pl.concat([by_sex, both.with_columns(sex=pl.lit("total")).select(by_sex.columns)])


@EACH
def test_columns_come_in_the_documented_order_without_gaps(sizes: Sizes, theory: str) -> None:
    frame = sizes(theory)
    assert tuple(frame.columns) == COLUMNS
    assert frame.null_count().sum_horizontal().item() == 0
    assert frame.select(pl.col(pl.Float64).is_finite().all()).row(0) == (True,) * 7
    assert frame["persons"].min() >= 0  # type: ignore[operator]


@EACH
def test_every_person_belongs_to_one_class(
    sizes: Sizes, population: pl.DataFrame, theory: str
) -> None:
    summed = sizes(theory).group_by(KEY).agg(pl.col("persons").sum().alias("classified"))
    both = summed.join(population, on=KEY)
    assert both.height == population.height
    np.testing.assert_allclose(both["classified"], both["persons"], rtol=1e-5)


@EACH
def test_shares_of_each_base_sum_to_1(sizes: Sizes, theory: str) -> None:
    summed = sizes(theory).group_by(KEY).agg(pl.col("^share_.*$").sum())
    for name in ("share_population", "share_adults", "share_workforce"):
        np.testing.assert_allclose(summed[name], 1, atol=1e-5)


@EACH
def test_women_and_men_are_everybody(sizes: Sizes, theory: str) -> None:
    wide = sizes(theory).pivot(on="sex", index=["class", "country", "year"], values="persons")
    np.testing.assert_allclose(wide["female"] + wide["male"], wide["total"], rtol=1e-9)


@EACH
def test_the_world_is_its_halves_its_regions_and_its_countries(sizes: Sizes, theory: str) -> None:
    frame = sizes(theory)
    known = ["WORLD", "NORTH", "SOUTH", *regions()]
    key = ["class", "year", "sex"]

    def summed(rows: pl.Expr) -> np.ndarray:
        return (
            frame.filter(rows)
            .group_by(key)
            .agg(pl.col("persons").sum())
            .sort(key)["persons"]
            .to_numpy()
        )

    place = pl.col("country")
    world = summed(place == "WORLD")
    for part in (place.is_in(["NORTH", "SOUTH"]), place.is_in(regions()), ~place.is_in(known)):
        np.testing.assert_allclose(summed(part), world, rtol=1e-9)


@EACH
def test_intervals_are_ordered_and_not_negative(sizes: Sizes, theory: str) -> None:
    frame = sizes(theory)
    assert (frame["persons_p05"] <= frame["persons_p95"]).all()
    assert (frame["persons_p05"] >= 0).all()


@EACH
def test_the_centre_lies_in_its_interval(sizes: Sizes, theory: str) -> None:
    """To the four digits stored; but for a class between two cuts, which may be at its peak.

    Where the mean income of a country lies in the middle of a band, every draw away from the
    centre leaves fewer persons in the band, and the centre may exceed the 95th percentile.
    """
    frame = sizes(theory)
    low, high = pl.col("persons_p05") * (1 - 6e-4), pl.col("persons_p95") * (1 + 6e-4)
    outside = frame.filter(~pl.col("persons").is_between(low, high))
    assert outside.height <= 0.001 * frame.height
    assert theory == "pew" or outside.is_empty()
    assert not {"poor", "high-income"} & set(outside["class"])  # bounded on one side only
    assert (outside["persons"] <= outside["persons_p95"] * 1.01).all()
    assert outside.filter(pl.col("country").is_in(["WORLD", "NORTH", "SOUTH"])).is_empty()


def test_bounded_classes_lie_between_their_bounds(sizes: Sizes) -> None:
    for theory in list_theories():
        for rule in load_theory(theory).classes:
            if rule.bounds:
                rows = sizes(theory).filter(pl.col("class") == rule.id)
                assert (rows["persons"] >= rows["persons_p05"] * (1 - 6e-4)).all()
                assert (rows["persons"] <= rows["persons_p95"] * (1 + 6e-4)).all()


def test_children_are_in_the_population_but_neither_adults_nor_workforce(sizes: Sizes) -> None:
    frame = sizes("ilo-status").filter(pl.col("country") == "BRA", pl.col("sex") == "total")
    outside = frame.filter(pl.col("class") == "outside")
    assert (outside["share_workforce"] == 0).all()
    assert (outside["share_population"] > outside["share_adults"]).all()


def test_classes_without_anybody_for_want_of_information_are_left_out(sizes: Sizes) -> None:
    shown = set(sizes("bromma")["class"])
    assert "not-classified" not in shown
    assert shown == {rule.id for rule in load_theory("bromma").classes} - {"not-classified"}


def test_percentiles_are_those_of_linear_interpolation() -> None:
    values = np.random.default_rng(1).normal(size=(200, 3, 4))
    np.testing.assert_allclose(percentiles(values), np.percentile(values, [5, 95], axis=0))
