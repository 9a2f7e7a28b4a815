"""Lines through the years stop where a table is absent, and bands are the frame's intervals."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest

from tests.charts.synthetic_flows import areas_of, pairs_of
from worldclass.charts.flow_trends import COLOURS, flow_trends
from worldclass.charts.palette import BLUE, LIGHT, RUST
from worldclass.core.errors import UsageError

YEARS = [2000, 2001, 2002, 2004, 2005, 2008]


@pytest.fixture(scope="module")
def areas() -> pl.DataFrame:
    return areas_of(pairs_of(YEARS))


def test_no_line_crosses_an_absent_year(areas: pl.DataFrame) -> None:
    picture = flow_trends(areas, places=["CHN"])
    pieces = {row["year"]: row["piece"] for row in picture.data["trends"]}
    assert pieces[2000] == pieces[2002] and pieces[2004] == pieces[2005]
    assert len(set(pieces.values())) == 3
    assert [(row["first"], row["last"]) for row in picture.data["absent"]] == [
        (2002.5, 2003.5),
        (2005.5, 2006.5),
        (2006.5, 2007.5),
    ]
    assert "no table for 2003, 2006 and 2007" in picture.caption.footnote


def test_bands_are_the_frames_intervals(areas: pl.DataFrame) -> None:
    rows = flow_trends(areas, places=["IND"]).data["trends"]
    own = areas.filter(
        pl.col("measure") == "hours_net", pl.col("consumer") == "IND", pl.col("sex") == "total"
    ).sort("year")
    assert [row["low"] for row in rows] == pytest.approx([v * 1e6 for v in own["p05"]])
    assert [row["high"] for row in rows] == pytest.approx([v * 1e6 for v in own["p95"]])


def test_sums_of_pairs_have_no_band_and_say_so() -> None:
    picture = flow_trends(pairs_of(YEARS))
    assert {row["low"] for row in picture.data["trends"]} == {None}
    assert picture.caption.footnote.startswith("Central estimates only")


def test_of_two_places_the_one_that_gains_is_drawn() -> None:
    frame = pairs_of(YEARS, ["USA", "IND"])
    rows = flow_trends(frame).data["trends"]
    assert {row["line"] for row in rows} == {"USA"}
    assert all(row["value"] > 0 for row in rows)
    note = "Not drawn: India, whose balance is that of USA with the other sign."
    assert note in flow_trends(frame).caption.footnote
    assert "Not drawn" not in flow_trends(frame, places=["USA"]).caption.footnote


def test_two_places_that_do_not_mirror_each_other_are_both_drawn(areas: pl.DataFrame) -> None:
    places = ["USA", "IND"]
    two = areas.filter(pl.col("producer").is_in(places) | pl.col("consumer").is_in(places))
    picture = flow_trends(two)
    assert {row["line"] for row in picture.data["trends"]} == {"USA", "India"}
    assert "Not drawn" not in picture.caption.footnote


def test_no_line_has_the_colour_of_gaining_or_giving(areas: pl.DataFrame) -> None:
    assert set(COLOURS) == set(LIGHT) - {LIGHT[BLUE], LIGHT[RUST]}
    text = str(flow_trends(areas).chart.to_dict())
    assert LIGHT[BLUE] not in text and LIGHT[RUST] not in text


def test_gross_lines_are_flows_or_flows_with_all_others(areas: pl.DataFrame) -> None:
    pairs = flow_trends(pairs_of(YEARS), kind="gross", pairs=[("CHN", "USA")])
    assert {row["line"] for row in pairs.data["trends"]} == {"China for USA"}
    own = pairs_of(YEARS).filter(
        pl.col("producer") == "CHN", pl.col("consumer") == "USA", pl.col("sex") == "total"
    )
    assert [row["high"] for row in pairs.data["trends"]] == pytest.approx(
        [v * 1e6 for v in own["p95"]]
    )
    others = flow_trends(areas, kind="gross", pairs=[("CHN", "ABROAD"), ("ABROAD", "USA")])
    assert {row["line"] for row in others.data["trends"]} == {"China for others", "Others for USA"}


@pytest.mark.parametrize("kind", ["net", "gross"])
def test_names_of_lines_do_not_overlap(areas: pl.DataFrame, kind: str) -> None:
    labels = flow_trends(areas, kind=kind).data["trend_labels"]  # type: ignore[arg-type]
    tops = sorted(row["top"] for row in labels)
    assert all(below - above >= 14.8 for above, below in pairwise(tops))


def test_one_year_is_no_trend() -> None:
    with pytest.raises(UsageError, match="two years"):
        flow_trends(pairs_of([2008]))


def test_an_unknown_place_is_refused_with_the_known_ones(areas: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="CHN"):
        flow_trends(areas, places=["FRA"])
    with pytest.raises(UsageError, match="IND to FRA"):
        flow_trends(pairs_of(YEARS), kind="gross", pairs=[("IND", "FRA")])
