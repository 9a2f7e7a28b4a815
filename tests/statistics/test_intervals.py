"""Intervals of shares stay between 0 and 1."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, shares
from worldclass.statistics.intervals import interval_names, multiplier, share_interval


def test_names_follow_the_level() -> None:
    assert interval_names(0.80) == ("p10", "p90")
    assert interval_names(0.99) == ("p005", "p995")
    assert interval_names(0.999) == ("p0005", "p9995")
    with pytest.raises(UsageError, match="level = 95"):
        interval_names(95)


def test_a_share_of_nothing_has_the_exact_bound() -> None:
    """Nobody of 30: below 9.5 % with 95 % confidence (the rule of three gives 10 %)."""
    low, high = share_interval(np.array([0.0]), np.array([0.0]), 0.90, 29, np.array([30.0]))
    assert low[0] == 0
    assert high[0] == pytest.approx(1 - 0.05 ** (1 / 30))


def test_intervals_stay_inside_and_around_the_share() -> None:
    share = np.array([1e-6, 0.001, 0.5, 0.999])
    low, high = share_interval(share, np.full(4, 0.2), 0.95, 10, np.full(4, 50.0))
    assert np.all((low >= 0) & (low < share) & (share < high) & (high <= 1))


def test_one_unit_gives_no_interval() -> None:
    """A group inside one unit says nothing of how units differ."""
    frame = pl.DataFrame({"class": ["a", "b"] * 6, "psu": [1, 1, 2, 2, 3, 3] * 2})
    frame = frame.with_columns(group=pl.when(pl.col("psu") == 1).then(1).otherwise(2))
    found = shares(frame, "class", by="group", design=SurveyDesign(psu="psu"))
    assert found.filter(group=1)["p05"].null_count() == 2
    assert found.filter(group=2)["p05"].null_count() == 0


def test_in_clusters_a_share_of_nothing_rests_on_fewer_rows_than_persons() -> None:
    """Neighbours resemble each other: 20 units of 10 alike are hardly more than 20 persons."""
    unit = np.repeat(np.arange(20), 10)
    kind = pl.Enum(["a", "b", "never"])
    frame = pl.DataFrame(
        {"class": pl.Series(np.where(unit % 2, "a", "b"), dtype=kind), "psu": unit}
    )
    plain, clustered, alone = (
        shares(frame if column is None else frame.filter(column), "class", design=design)
        .filter(pl.col("class") == "never")["p95"]
        .item()
        for column, design in (
            (None, None),
            (None, SurveyDesign(psu="psu")),
            (pl.col("class") == "a", SurveyDesign(psu="psu")),
        )
    )
    assert plain == pytest.approx(1 - 0.05 ** (1 / 200))
    effect = 199 / 19  # the variance between units alone, against that between persons
    assert clustered == pytest.approx(1 - 0.05 ** (effect / 200))
    assert alone == pytest.approx(1 - 0.05 ** (1 / 10))


def test_replicates_carry_the_clusters_to_a_share_of_nothing() -> None:
    unit = np.repeat(np.arange(20), 10)
    kind = pl.Enum(["a", "b", "never"])
    frame = pl.DataFrame({"class": pl.Series(np.where(unit % 2, "a", "b"), dtype=kind), "w": 1.0})
    frame = frame.with_columns(
        **{f"r{at}": pl.Series(np.where(unit == at, 0.0, 20 / 19)) for at in range(20)}
    )
    design = SurveyDesign(weight="w", replicates="r*", method="jk1")
    found = shares(frame, "class", design=design).filter(pl.col("class") == "never")
    assert found["p95"].item() == pytest.approx(1 - 0.05 ** (199 / 19 / 200), rel=0.02)


def test_units_whose_persons_all_have_no_weight_give_no_freedom() -> None:
    frame = pl.DataFrame(
        {"class": [*"aaababbabbabaaababbb"], "psu": np.repeat(np.arange(5), 4)}
    ).with_columns(w=pl.when(pl.col("psu") < 2).then(0.0).otherwise(1.0))
    design = SurveyDesign(weight="w", psu="psu")
    row = shares(frame, "class", design=design).row(0, named=True)
    p, reach = row["share"], multiplier(0.90, 2) * row["se"]
    logit = np.log(p / (1 - p)) - reach / (p * (1 - p))
    assert row["p05"] == pytest.approx(1 / (1 + np.exp(-logit)))
