"""The sentences of a report say what the frame says."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.numbers import persons_text
from worldclass.charts.setting import Setting
from worldclass.explorer.headline import main_place, opening, sentence, summarise


def test_the_opening_names_the_largest_class_and_never_a_neutral_one(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    text = opening(summarise(atlas, "WORLD", setting), "WORLD", setting)
    own = atlas.filter(
        pl.col("country") == "WORLD",
        pl.col("year") == 2023,
        pl.col("sex") == "total",
        pl.col("class") == "proletariat",
    )
    assert text.startswith(
        "In 2023, by the theory “Made-up theory”, the largest class of the world"
    )
    assert f"“Proletariat”: {persons_text(own['persons'][0], 2)} (" in text
    assert f"{own['share_adults'][0]:.0%}".replace("%", " % of adults") in text
    assert "in 2021)." in text


def test_a_bounded_class_is_told_by_its_bounds_alone(atlas: pl.DataFrame, setting: Setting) -> None:
    item = next(i for i in summarise(atlas, "WORLD", setting) if i.style.id == "lumpen")
    text = sentence(item)
    assert text.startswith("between ") and " and " in text
    assert persons_text(item.persons, 2) not in text


def test_women_are_counted_from_the_rows_by_sex(atlas: pl.DataFrame, setting: Setting) -> None:
    own = atlas.filter(
        pl.col("country") == "IND", pl.col("year") == 2023, pl.col("class") == "worker-elite"
    )
    persons = dict(zip(own["sex"], own["persons"], strict=True))
    item = next(i for i in summarise(atlas, "IND", setting) if i.style.id == "worker-elite")
    assert item.women == pytest.approx(persons["female"] / persons["total"])
    only_total = atlas.filter(pl.col("sex") == "total")
    assert {i.women for i in summarise(only_total, "IND", setting)} == {None}


def test_classes_come_in_the_theorys_order_with_neutral_ones_last(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    ids = [item.style.id for item in summarise(atlas, "WORLD", setting)]
    assert ids[0] == "capitalists" and ids[-1] == "dependants"


def test_the_world_opens_a_report_where_it_is_there(atlas: pl.DataFrame) -> None:
    assert main_place(atlas) == "WORLD"
    assert main_place(atlas.filter(pl.col("country").is_in(["IND", "BRA"]))) in {"IND", "BRA"}
