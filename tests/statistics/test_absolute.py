"""Absolute mobility."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, mobility, shares


def measures(table: pl.DataFrame) -> dict[str, float]:
    return dict(table.filter(pl.col("class").is_null()).select("measure", "estimate").rows())


def test_the_measures_of_a_small_table_are_those_done_by_hand() -> None:
    """Origins 50, 30, 20; destinations 40, 30, 30; 60 stay, 25 rise, 15 fall."""
    cells = [("a", "a", 30), ("a", "b", 10), ("a", "c", 10), ("b", "a", 5), ("b", "b", 20)]
    cells += [("b", "c", 5), ("c", "a", 5), ("c", "b", 5), ("c", "c", 10)]
    frame = pl.DataFrame(cells, schema=["o", "d", "n"], orient="row")
    found = mobility(frame, "o", "d", count="n").absolute(["a", "b", "c"])
    assert measures(found) == pytest.approx(
        {"total": 0.40, "structural": 0.10, "exchange": 0.30, "upward": 0.25, "downward": 0.15}
    )
    stay = found.filter(measure="inheritance").select("class", "estimate", "n").rows()
    assert stay == [("a", 0.6, 50), ("b", pytest.approx(2 / 3), 30), ("c", 0.5, 20)]
    level = mobility(frame, "o", "d", count="n").absolute({"a": 0, "b": 0, "c": 1})
    assert measures(level)["horizontal"] == pytest.approx(0.15)
    assert measures(level)["vertical"] == pytest.approx(0.25)


def test_most_fathers_and_sons_of_1973_were_in_different_classes(yamaguchi: pl.DataFrame) -> None:
    """Immobile in the United States: 1275 + 597 + 1045 + 2046 + 646 of 18,237 men."""
    found = mobility(yamaguchi, "father", "son", "country", count="n").absolute()
    first = found.filter(pl.col("country") == "United States").row(0, named=True)
    assert first["estimate"] == pytest.approx(1 - 5609 / 18_237)


def test_total_mobility_is_the_share_of_movers_with_its_design(people: pl.DataFrame) -> None:
    design = SurveyDesign(weight="w", psu="psu", strata="stratum")
    movers = people.with_columns(moved=pl.col("father") != pl.col("class"))
    expected = shares(movers, "moved", design=design).filter("moved").row(0, named=True)
    found = mobility(people, "father", "class", design=design).absolute().row(0, named=True)
    assert found["estimate"] == pytest.approx(expected["share"])
    assert found["se"] == pytest.approx(expected["se"], rel=1e-6)
    assert found["p05"] == pytest.approx(expected["p05"], rel=1e-6)


def test_replicates_give_intervals_of_all_measures(people: pl.DataFrame) -> None:
    draw = np.random.default_rng(1)
    weight = people["w"].to_numpy()
    boot = people.with_columns(
        **{
            f"b{at}": pl.Series(weight * draw.multinomial(240, [1 / 240] * 240))
            for at in range(200)
        }
    )
    design = SurveyDesign(weight="w", replicates="b*", method="bootstrap")
    replicated = mobility(boot, "father", "class", design=design).absolute(["a", "b", "c"])
    linear = mobility(people, "father", "class", design=SurveyDesign(weight="w"))
    expected = linear.absolute(["a", "b", "c"]).filter(pl.col("measure") != "structural")
    found = replicated.filter(pl.col("measure") != "structural")
    assert found["estimate"].to_list() == pytest.approx(expected["estimate"].to_list())
    assert found["se"].to_list() == pytest.approx(expected["se"].to_list(), rel=0.3)


def test_a_hierarchy_places_every_class_once(people: pl.DataFrame) -> None:
    table = mobility(people, "father", "class")
    for wrong in (["a", "b"], ["a", "b", "c", "c"], {"a": 1, "b": 2, "c": 3, "d": 4}):
        with pytest.raises(UsageError):
            table.absolute(wrong)


def test_where_the_margins_are_equal_structural_mobility_has_no_interval() -> None:
    """|p_i. − p_.i| has no derivative at 0; a class without persons is no such case."""
    kind = pl.Enum(["a", "b", "never"])
    persons = [("a", "a", 30), ("a", "b", 10), ("b", "a", 10), ("b", "b", 20)]
    frame = pl.DataFrame(persons, schema={"o": kind, "d": kind, "n": pl.Int64}, orient="row")
    found = mobility(frame, "o", "d", count="n").absolute().head(3)
    assert found["estimate"].to_list() == pytest.approx([20 / 70, 0, 20 / 70])
    for name in ("se", "p05", "p95"):
        assert found[name].is_null().to_list() == [False, True, True]
    uneven = frame.with_columns(n=pl.col("n") + pl.int_range(4))
    found = mobility(uneven, "o", "d", count="n").absolute().head(3)
    assert found["p05"].null_count() == 0
