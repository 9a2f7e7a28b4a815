"""A matrix shows every flow once, own work apart, and numbers that can be read on their cells."""

from __future__ import annotations

import math

import polars as pl
import pytest

from tests.charts.synthetic_flows import PLACES, pairs_of
from tests.charts.test_palette import contrast
from worldclass.charts.flow_matrix import APART, NUMBERED, PHONE, flow_matrix
from worldclass.charts.palette import RAMP_LIGHT
from worldclass.charts.theme import INK, PAPER
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError

MANY = (*PLACES, *(code for code in list(countries())[:40] if code not in PLACES))


def spread_out() -> pl.DataFrame:
    """Flows over eight powers of ten."""
    codes = list(countries())[:3]
    cells = [(a, b) for a in codes for b in codes]
    return pl.DataFrame(
        {
            "year": 2008,
            "producer": [a for a, _ in cells],
            "consumer": [b for _, b in cells],
            "unit": "million hours",
            "value": [3.0 * 10.0 ** (place - 2) for place in range(len(cells))],
        }
    )


def test_every_cell_is_the_frames_number_in_counts() -> None:
    frame = pairs_of([2008]).filter(pl.col("sex") == "total")
    rows = flow_matrix(frame).data["cells"]
    assert sorted(row["value"] for row in rows) == pytest.approx(
        sorted(value * 1e6 for value in frame["value"])
    )
    assert len(rows) == len(PLACES) ** 2


def test_own_work_stands_outside_the_scale_or_is_left_out() -> None:
    frame = pairs_of([2008])
    apart = flow_matrix(frame).data["cells"]
    assert {row["step"] for row in apart if row["producer"] == row["consumer"]} == {APART}
    assert APART not in {row["step"] for row in apart if row["producer"] != row["consumer"]}
    out = flow_matrix(frame, diagonal="out").data["cells"]
    assert all(row["producer"] != row["consumer"] for row in out)
    assert len(out) == len(apart) - len(PLACES)


def test_a_step_is_a_power_of_ten() -> None:
    rows = flow_matrix(pairs_of([2008], MANY)).data["cells"]
    by_step: dict[str, set[int]] = {}
    for row in rows:
        if row["step"] != APART:
            by_step.setdefault(row["step"], set()).add(math.floor(math.log10(row["value"])))
    open_steps = {step for step in by_step if step.startswith("below")}
    assert all(len(powers) == 1 for step, powers in by_step.items() if step not in open_steps)
    assert 2 <= len(by_step) <= len(RAMP_LIGHT)


def test_numbers_on_cells_reach_the_contrast_that_wcag_asks() -> None:
    picture = flow_matrix(spread_out())
    colour = picture.chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]
    colours = dict(zip(colour["domain"], colour["range"], strict=True))
    rows = picture.data["cells"]
    assert len(colours) == NUMBERED + 1
    assert {row["dark"] for row in rows} == {0, 1}
    for row in rows:
        ink = PAPER if row["dark"] else INK
        assert contrast(colours[row["step"]], ink) >= 4.5, row["step"]


def test_few_places_keep_their_order_and_many_are_ordered_by_what_they_command() -> None:
    few = flow_matrix(pairs_of([2008])).chart.to_dict()
    assert few["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == "USA"
    many = flow_matrix(pairs_of([2008], MANY)).chart.to_dict()
    domain = many["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert domain == many["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain[0] == "USA" and len(domain) == len(MANY)


def test_a_phone_takes_small_places_together_without_losing_an_hour() -> None:
    frame = pairs_of([2008], MANY)
    wide, phone = (flow_matrix(frame, width=width).data["cells"] for width in (760, 340))
    assert len({row["producer"] for row in phone}) == PHONE + 1
    assert sum(row["value"] for row in phone) == pytest.approx(sum(row["value"] for row in wide))


def test_the_caption_says_unit_share_of_own_work_and_what_the_rest_is() -> None:
    caption = flow_matrix(pairs_of([2008])).caption
    assert "billion hours" in caption.subtitle and "5–95 %" in caption.subtitle
    assert "are for the place itself" in caption.footnote
    assert "Rest of the world: all countries that the tables do not name" in caption.footnote
    assert "Rest of the world for China" in caption.description


def test_intervals_that_are_not_drawn_are_not_promised() -> None:
    caption = flow_matrix(pairs_of([2008], MANY)).caption
    assert "5–95 %" not in caption.subtitle
    assert caption.footnote.startswith("Central estimates only")


def test_an_unknown_sex_is_refused() -> None:
    with pytest.raises(UsageError, match="total"):
        flow_matrix(pairs_of([2008]), sex="other")
