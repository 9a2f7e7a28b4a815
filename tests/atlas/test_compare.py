"""Theories side by side, and countries in order."""

from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import UsageError


def test_theories_stand_one_below_the_other_on_the_same_people() -> None:
    both = wc.compare(["kharas", "pew"], country="BRA", year=2019, sex="total")
    totals = both.group_by("theory").agg(pl.col("persons").sum()).sort("theory")
    assert totals["theory"].to_list() == ["kharas", "pew"]
    assert totals["persons"][0] == pytest.approx(totals["persons"][1], rel=1e-6)
    alone = wc.atlas("pew", country="BRA", year=2019, sex="total")
    assert both.filter(both["theory"] == "pew").equals(alone)


def test_theories_may_be_named_one_after_the_other() -> None:
    asked = {"country": "BRA", "year": 2019, "sex": "total", "draws": 0}
    listed = wc.compare(["kharas", "pew"], **asked)
    assert wc.compare("kharas", "pew", **asked).equals(listed)
    assert set(wc.compare("kharas", **asked)["theory"]) == {"kharas"}


def test_a_class_that_data_only_bound_is_ranked_by_its_upper_bound() -> None:
    frame = wc.rank("bromma", "lumpen", by="persons", year=2019, country="SOUTH_ASIA")
    assert frame["only_bounds"].all() and frame["persons_p95"].is_sorted(descending=True)
    assert not wc.rank("bromma", "proletariat", country="SOUTH_ASIA")["only_bounds"].any()


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(UsageError):
        wc.compare([])


@pytest.mark.parametrize("by", ["persons", "share_population", "share_adults", "share_workforce"])
def test_ranks_follow_the_measure(by: str) -> None:
    frame = wc.rank("kharas", "rich", by=by, year=2019)  # type: ignore[arg-type]
    assert frame["rank"].to_list() == list(range(1, 189))
    assert frame[by].is_sorted(descending=True)
    assert set(frame["class"]) == {"rich"}


def test_aggregates_have_no_rank() -> None:
    frame = wc.rank("kharas", "rich", year=2019)
    assert not {"WORLD", "NORTH", "SOUTH"} & set(frame["country"])


def test_an_aggregate_stands_for_its_members() -> None:
    frame = wc.rank("kharas", "rich", year=2019, country="SOUTH_ASIA")
    assert set(frame["country"]) == {"AFG", "BGD", "BTN", "IND", "LKA", "MDV", "NPL", "PAK"}


def test_a_stored_and_a_fresh_theory_are_compared(tmp_path: Path) -> None:
    text = (files("worldclass.theories") / "files" / "kharas.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(text.replace('id = "kharas"', 'id = "own"', 1), encoding="utf-8")
    both = wc.compare(["kharas", own], country="IND", year=2019, sex="total")
    persons = {
        theory: both.filter(theory=theory)["persons"].to_list() for theory in ("kharas", "own")
    }
    assert persons["own"] == persons["kharas"]
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="same id"):
        wc.compare(["kharas", own], country="IND", year=2019)


def test_the_latest_year_is_ranked_unless_another_is_named() -> None:
    assert set(wc.rank("kharas", "rich", country=["BRA", "USA"])["year"]) == {2023}


@pytest.mark.parametrize(
    "wrong", [{"klass": "richest"}, {"by": "income"}, {"year": 1990}, {"country": []}]
)
def test_what_cannot_be_ranked_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        wc.rank(**({"theory": "kharas", "klass": "rich"} | wrong))  # type: ignore[arg-type]
