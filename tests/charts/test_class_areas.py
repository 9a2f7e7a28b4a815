"""Stacked areas hold the frame's numbers and stack to the whole."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest

from worldclass.charts.class_areas import LABEL_GAP, class_areas
from worldclass.charts.setting import Setting
from worldclass.core.errors import UsageError


def test_the_areas_are_the_numbers_of_the_frame(atlas: pl.DataFrame, setting: Setting) -> None:
    rows = class_areas(atlas, country="IND", measure="persons", setting=setting).data["areas"]
    own = atlas.filter(pl.col("country") == "IND", pl.col("sex") == "total")
    expected = {
        (r["year"], setting.style(r["class"]).label): (
            r["persons"],
            r["persons_p05"],
            r["persons_p95"],
        )
        for r in own.to_dicts()
    }
    assert {(r["year"], r["label"]): (r["value"], r["low"], r["high"]) for r in rows} == expected


@pytest.mark.parametrize("measure", ["share_adults", "share_population"])
def test_shares_stack_to_one_in_every_year(
    atlas: pl.DataFrame, setting: Setting, measure: str
) -> None:
    rows = class_areas(atlas, measure=measure, setting=setting).data["areas"]
    for year in (2021, 2022, 2023):
        assert sum(r["value"] for r in rows if r["year"] == year) == pytest.approx(1)


def test_the_first_class_of_the_theory_lies_above_the_last_and_the_neutral_on_top(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    rows = class_areas(atlas, setting=setting).data["areas"]
    rank = {row["label"]: row["rank"] for row in rows}
    assert rank["Dependants"] > rank["Capitalists"] > rank["Proletariat"] > rank["Lumpen"] == 0


def test_a_ladder_stands_on_its_lowest_rung(atlas: pl.DataFrame, setting: Setting) -> None:
    ladder = Setting(setting.theory, setting.styles, ordered=True)
    rows = class_areas(atlas, setting=ladder).data["areas"]
    rank = {row["label"]: row["rank"] for row in rows}
    assert rank["Capitalists"] == 0


def test_direct_labels_do_not_overlap_and_say_the_last_share(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    labels = class_areas(atlas, setting=setting).data["area_labels"]
    tops = sorted(label["top"] for label in labels)
    assert all(b - a >= LABEL_GAP - 0.11 for a, b in pairwise(tops))
    share = atlas.filter(
        pl.col("country") == "WORLD",
        pl.col("class") == "proletariat",
        pl.col("sex") == "total",
        pl.col("year") == 2023,
    )["share_adults"][0]
    numbers = {label["label"]: label["number"] for label in labels}
    assert numbers["Proletariat"] == f"{100 * share:.0f} %"


def test_the_words_say_what_where_when_and_whose(atlas: pl.DataFrame, setting: Setting) -> None:
    caption = class_areas(atlas, country="BRA", sex="female", setting=setting).caption
    assert caption.title == "Classes through time: Brazil, women, 2021–2023"
    assert "Made-up theory" in caption.subtitle
    assert "200 draws" in caption.footnote and "made-up numbers" in caption.footnote
    assert "Proletariat" in caption.description and "in 2021" in caption.description


def test_a_place_that_is_not_there_is_refused(atlas: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="ZZZ"):
        class_areas(atlas, country="ZZZ")
