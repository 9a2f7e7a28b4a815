"""Shares as dots with their intervals, drawn from the frames of `statistics`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from worldclass.charts.share_dots import MOST_GROUPS, share_dots
from worldclass.core.errors import UsageError
from worldclass.statistics import shares


def people(groups: int) -> pl.DataFrame:
    """Three persons of two classes in each group."""
    return pl.DataFrame(
        {"class": [*"112"] * groups, "land": [f"Land {at}" for at in range(groups) for _ in "112"]}
    )


@pytest.mark.parametrize("width", [380, 760])
@pytest.mark.parametrize("groups", [2, MOST_GROUPS + 4])
def test_every_group_and_the_words_of_every_class_are_drawn(
    tmp_path: Path, groups: int, width: int
) -> None:
    found = shares(people(groups), "class", by="land")
    words = {"1": "Employers of others", "2": "Workers"}
    share_dots(found, "class", "land", labels=words, width=width).save(tmp_path / "dots.svg")
    svg = (tmp_path / "dots.svg").read_text()
    assert all(f">Land {at}<" in svg for at in range(groups))
    assert "1 Employers" in svg
    assert "2 Workers" in svg
    assert "5–95 %" in svg


def test_a_level_of_its_own_is_named() -> None:
    found = shares(people(2), "class", level=0.95)
    assert "2.5–97.5 %" in share_dots(found, "class").caption.subtitle


def test_a_frame_without_intervals_is_an_error() -> None:
    with pytest.raises(UsageError, match="no interval"):
        share_dots(pl.DataFrame({"class": ["a"], "share": [1.0]}), "class")
