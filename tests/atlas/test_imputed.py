"""The imputed share: how much of the input that decides a class was not measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from worldclass.people.estimates import Estimates
from worldclass.theories import list_theories

Sizes = Callable[[str], pl.DataFrame]


def placed(frame: pl.DataFrame, estimates: Estimates, klass: str, sex: str) -> np.ndarray:
    """Imputed shares of one class, shape (countries, years)."""
    grid = estimates.grid
    rows = frame.filter(
        pl.col("country").is_in(grid.countries), pl.col("class") == klass, pl.col("sex") == sex
    ).sort("country", "year")
    return rows["imputed"].to_numpy().reshape(grid.shape)


def test_it_is_a_share(sizes: Sizes) -> None:
    for theory in list_theories():
        assert sizes(theory)["imputed"].is_between(0, 1).all()


def test_a_class_of_consumption_is_imputed_where_consumption_is(
    sizes: Sizes, estimates: Estimates
) -> None:
    """Income decides alone: the shape comes from surveys, the mean from national accounts."""
    found = placed(sizes("kharas"), estimates, "middle-class", "male")
    both = (estimates["accounts_consumption_imputed"] + estimates["welfare_imputed"]) / 2
    np.testing.assert_allclose(found, both, atol=1e-5)


def test_the_unemployed_are_imputed_where_no_survey_counted_them(
    sizes: Sizes, estimates: Estimates
) -> None:
    found = placed(sizes("ilo-status"), estimates, "unemployed", "female")
    np.testing.assert_allclose(found, estimates["labour_force_imputed"][0], atol=1e-5)


def test_employers_are_an_assumption_unless_a_source_reports_them(
    sizes: Sizes, estimates: Estimates
) -> None:
    found = placed(sizes("ilo-status"), estimates, "employers", "female")
    expected = (estimates["labour_force_imputed"][0] + 1) / 2
    unreported = np.isnan(estimates["employer_share"][0])
    np.testing.assert_allclose(found[unreported], expected[unreported], atol=1e-5)


def test_children_are_counted_and_never_imputed(sizes: Sizes, estimates: Estimates) -> None:
    found = placed(sizes("ilo-status"), estimates, "outside", "male")
    adults = estimates["outside"][:, 1].sum(axis=0)
    part = adults / (adults + estimates["children"][1])
    np.testing.assert_allclose(found, part * estimates["labour_force_imputed"][1], atol=1e-4)


def test_an_aggregate_is_imputed_as_its_persons_are(sizes: Sizes) -> None:
    frame = sizes("bromma").filter(pl.col("sex") == "total", pl.col("year") == 2010)
    world = frame.filter(pl.col("country") == "WORLD").select("class", "imputed")
    codes = frame.filter(pl.col("country").str.len_chars() == 3)
    weighted = codes.group_by("class").agg(
        (pl.col("imputed") * pl.col("persons")).sum() / pl.col("persons").sum()
    )
    both = world.join(weighted, on="class")
    np.testing.assert_allclose(both["imputed"], both["imputed_right"], rtol=1e-6)
