"""Rows chosen of a result are a result: they draw themselves and know what it knew."""

from __future__ import annotations

import polars as pl
import pytest

import worldclass as wc
from worldclass.atlas.frame import AtlasFrame


@pytest.fixture(scope="module")
def frame() -> AtlasFrame:
    asked = {"country": "BRA", "year": "2018:2019", "parameters": {"tau": 2000}}
    return wc.atlas("bromma", draws=8, **asked)


def test_chosen_rows_are_such_a_frame_with_the_rows_that_polars_chooses(frame: AtlasFrame) -> None:
    plain = pl.DataFrame(frame)
    choices = {
        "filter": lambda one: one.filter(pl.col("sex") == "female"),
        "constraint": lambda one: one.filter(sex="male"),
        "sort": lambda one: one.sort("persons", "class", descending=True),
        "head": lambda one: one.head(3),
        "tail": lambda one: one.tail(4),
        "slice": lambda one: one.slice(2, 5),
    }
    for name, choose in choices.items():
        chosen = choose(frame)
        assert type(chosen) is AtlasFrame, name
        assert pl.DataFrame(chosen).equals(choose(plain)), name
        assert chosen.deviations == frame.deviations != "", name


def test_chosen_rows_draw_themselves(frame: AtlasFrame) -> None:
    chart = frame.filter(frame["year"] == 2019).filter(sex="female").plot().to_dict()
    assert chart["title"]["text"] == ["Classes: Brazil, women, 2019"]
    assert frame.deviations in " ".join(chart["title"]["subtitle"])


def test_other_columns_make_a_plain_frame(frame: AtlasFrame) -> None:
    assert type(frame.group_by("class").agg(pl.col("persons").sum())) is pl.DataFrame


def test_chosen_verdicts_keep_their_own_evaluations() -> None:
    verdicts = wc.claims("kharas")
    one = verdicts.filter(pl.col("number") == 1)
    assert list(one.evaluations) == one["claim"].to_list() and one.height == 1
    assert one.plot().to_dict() == verdicts.plot(one["claim"].item()).to_dict()
    assert one.specifications.height < verdicts.specifications.height
