"""Ribbons are as wide as their flows, fill their bars, and labels do not touch."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from tests.charts.synthetic_flows import PLACES, pairs_of
from worldclass.charts.flow_sankey import flow_sankey
from worldclass.charts.flow_texts import amount_text
from worldclass.charts.picture import Picture
from worldclass.charts.sankey_layout import lay_out
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError

MANY = (*PLACES, *(code for code in list(countries())[:30] if code not in PLACES))


def ends(picture: Picture) -> dict[str, dict[str, Any]]:
    """First point of every ribbon."""
    first: dict[str, dict[str, Any]] = {}
    for row in picture.data["ribbons"]:
        first.setdefault(row["ribbon"], row)
    return first


def test_a_ribbons_width_is_its_amount_in_one_scale() -> None:
    ribbons = ends(flow_sankey(pairs_of([2008]))).values()
    wide = [row for row in ribbons if row["y2"] - row["y"] > 5]
    scales = [(row["y2"] - row["y"]) / row["value"] for row in wide]
    assert len(wide) > 4
    assert scales == pytest.approx([scales[0]] * len(scales), rel=0.03)


def test_what_places_work_for_themselves_is_left_out_unless_asked_for() -> None:
    frame = pairs_of([2008])
    away = ends(flow_sankey(frame)).values()
    assert all(row["producer"] != row["consumer"] for row in away)
    everything = ends(flow_sankey(frame, own=True)).values()
    total = frame.filter(pl.col("sex") == "total")["value"].sum() * 1e6
    assert sum(row["value"] for row in everything) == pytest.approx(total)
    caption = flow_sankey(frame).caption
    assert (
        "is left out" in caption.footnote
        and "left out" not in flow_sankey(frame, own=True).caption.footnote
    )


def test_small_places_are_others_and_no_hour_is_lost() -> None:
    frame = pairs_of([2008], MANY)
    ribbons = ends(flow_sankey(frame, most=5)).values()
    producers = {row["producer"] for row in ribbons}
    assert f"{len(MANY) - 5} others" in producers and len(producers) == 6
    apart = frame.filter(pl.col("sex") == "total", pl.col("producer") != pl.col("consumer"))
    assert sum(row["value"] for row in ribbons) == pytest.approx(apart["value"].sum() * 1e6)


@pytest.mark.parametrize("width", [760, 340])
@pytest.mark.parametrize("by_sex", [False, True])
def test_labels_of_a_side_do_not_overlap(width: int, by_sex: bool) -> None:
    labels = flow_sankey(pairs_of([2008], MANY), width=width, by_sex=by_sex).data["bar_labels"]
    columns: dict[tuple[str, float], list[dict[str, Any]]] = {}
    for row in labels:
        columns.setdefault((row["side"], row["x"]), []).append(row)
    for rows in columns.values():
        places = sorted((row["y"], len(row["text"])) for row in rows)
        for (upper, lines), (lower, _) in pairwise(places):
            assert lower - upper >= 12 * lines


def test_women_and_men_are_drawn_in_one_scale() -> None:
    frame = pairs_of([2008])
    picture = flow_sankey(frame, by_sex=True)
    ribbons = ends(picture).values()
    panels = {row["panel"] for row in ribbons}
    assert len(panels) == 2 and any(panel.startswith("Women") for panel in panels)
    scales = [(r["y2"] - r["y"]) / r["value"] for r in ribbons if r["y2"] - r["y"] > 5]
    assert max(scales) / min(scales) < 1.05


def test_amounts_have_three_digits_and_no_flow_is_named_twice() -> None:
    two = flow_sankey(pairs_of([2008], ["USA", "IND"]))
    # Each ribbon is a whole bar on both sides, which say place and amount.
    assert two.data["ribbon_labels"] == []
    first = two.data["ribbons"][0]
    amount = amount_text(first["value"])
    texts = [row["text"][0] for row in two.data["bar_labels"]]
    assert sum(amount in text for text in texts) == 2
    several = flow_sankey(pairs_of([2008]), own=True).data["ribbon_labels"]
    assert several


def test_the_note_says_what_the_table_tells_apart_and_the_picture_does_not() -> None:
    frame = pairs_of([2008])
    assert "the table also tells women and men apart" in flow_sankey(frame).caption.footnote
    assert "tells women" not in flow_sankey(frame, by_sex=True).caption.footnote
    assert "tells women" not in flow_sankey(frame, sex="female").caption.footnote
    parts = pl.concat(frame.with_columns(sector=pl.lit(one)) for one in ("services", "mining"))
    note = flow_sankey(parts.filter(pl.col("sex") == "total")).caption.footnote
    assert "tells sectors apart" in note


def test_bars_are_filled_by_their_ribbons() -> None:
    flows = {("a", "x"): 4.0, ("a", "y"): 1.0, ("b", "x"): 2.0}
    found = lay_out(flows, "ab", "xy", 10.0, 100.0)
    for bar in found.producers:
        own = [ribbon for ribbon in found.ribbons if ribbon.producer == bar.place]
        assert min(r.left for r in own) == pytest.approx(bar.top)
        assert max(r.left + r.thickness for r in own) == pytest.approx(bar.bottom)
    for bar in found.consumers:
        own = [ribbon for ribbon in found.ribbons if ribbon.consumer == bar.place]
        assert min(r.right for r in own) == pytest.approx(bar.top)
        assert max(r.right + r.thickness for r in own) == pytest.approx(bar.bottom)


def test_a_producer_has_one_colour_and_others_are_grey() -> None:
    from worldclass.charts.palette import NEUTRAL
    from worldclass.charts.sankey_marks import colours_of

    colours = colours_of(["China", "India", "33 others"])
    assert len(set(colours.values())) == 3
    assert colours["33 others"] == NEUTRAL


def test_a_frame_of_one_place_has_nothing_to_draw() -> None:
    with pytest.raises(UsageError, match="No flow leaves"):
        flow_sankey(pairs_of([2008], ["USA"]))


def test_more_places_than_colours_are_refused() -> None:
    with pytest.raises(UsageError, match="told apart"):
        flow_sankey(pairs_of([2008]), most=9)


def test_long_names_are_written_out_on_a_phone() -> None:
    frame = pairs_of([2008], ["EUROPE_CENTRAL_ASIA", "USA", "CHN"])
    labels = flow_sankey(frame, width=340).data["bar_labels"]
    assert ["Europe and", "Central Asia"] in [row["text"][:2] for row in labels]
