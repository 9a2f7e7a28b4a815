"""Specification curves: nothing is hidden, whatever the number of specifications and the width."""

from __future__ import annotations

import json
import re
from itertools import product

import numpy as np
import polars as pl
import pytest

from worldclass.charts.picture import Picture
from worldclass.charts.specification_columns import (
    Options,
    arrange,
    estimates,
    share_by_option,
    shares_used,
    stack,
    ticks,
)
from worldclass.charts.specification_curve import Curve, specification_curve
from worldclass.charts.verdicts import Cutoffs
from worldclass.core.errors import UsageError

CUTOFFS = Cutoffs(0.9, 0.1)
SIDE = ("one way, as most of the literature has it", "the other")


def choices(number: int) -> list[Options]:
    levels = tuple(str(level) for level in range(max(2, number // 2)))
    return [Options("level", "Level", levels), Options("side", "Side", SIDE)]


def table(number: int, centre: float = 0.0) -> pl.DataFrame:
    """Estimates that fall with the level, with intervals of half a unit."""
    rows = []
    random = np.random.default_rng(3)
    for place, (level, side) in enumerate(product(*(one.options for one in choices(number)))):
        middle = centre + 2 - 4 * float(level) / (number / 2) + 0.3 * (side == SIDE[0])
        wide = random.uniform(0.2, 0.7)
        share = float(np.clip(0.5 + middle / (2 * wide), 0, 1))
        rows.append((place, level, side, middle, middle - wide, middle + wide, share))
    names = ["specification", "level", "side", "estimate", "p05", "p95", "share_holding"]
    return pl.DataFrame(rows, schema=names, orient="row")


def picture(number: int, width: int = 760, parts: int = 1, **options: object) -> Picture:
    found = table(number)
    curves = [Curve("Gap", "metres", "> 0", found), Curve("Ratio", "ratio", ">= 1", found)]
    return specification_curve(
        curves[:parts], found, choices(number), title="A gap", cutoffs=CUTOFFS, width=width,
        **options,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(("number", "parts", "width"), [(20, 2, 340), (10_000, 1, 760)])
def test_a_curve_is_valid(number: int, parts: int, width: int) -> None:
    drawn = picture(number, width, parts)
    specification = drawn.framed().to_dict()  # Altair checks it against the schema
    assert specification["description"] == drawn.caption.description
    assert set(specification["datasets"]) == set(drawn.data)


@pytest.mark.parametrize("width", [760, 340])
@pytest.mark.parametrize("number", [4, 20, 200, 10_000])
def test_a_curve_is_described_and_small(number: int, width: int) -> None:
    drawn = picture(number, width, parts=2)
    assert f"{number:,} specifications" in drawn.caption.description
    assert len(json.dumps(drawn.specification())) < 400_000


@pytest.mark.parametrize("number", [20, 200])
def test_few_specifications_are_drawn_one_by_one(number: int) -> None:
    drawn = picture(number)
    assert len(drawn.data["curve0"]) == number
    assert "A point is one specification" in drawn.caption.footnote


def test_many_are_taken_together_and_the_caption_says_how() -> None:
    drawn = picture(10_000)
    assert len(drawn.data["curve0"]) < 120
    for words in ("10,000 specifications", "columns of up to", "Dark band", "Pale band"):
        assert words in drawn.caption.footnote
    assert sum(row["count"] for row in drawn.data["curve0"]) == 10_000


def test_columns_reach_to_the_outermost_ends_of_what_they_hold() -> None:
    found = table(10_000)
    rows = estimates(found, arrange(found, 486), CUTOFFS)
    assert min(row["low"] for row in rows) == found["p05"].min()
    assert max(row["high"] for row in rows) == found["p95"].max()
    assert min(row["bottom"] for row in rows) == found["estimate"].min()
    middles = [row["estimate"] for row in rows]
    assert middles == sorted(middles)


@pytest.mark.parametrize("number", [20, 10_000])
def test_all_panels_keep_the_order_of_the_first(number: int) -> None:
    found = table(number)
    columns = arrange(found, 486)
    shuffled = found.sample(fraction=1, shuffle=True, seed=1)
    assert estimates(shuffled, columns, CUTOFFS) == estimates(found, columns, CUTOFFS)
    assert arrange(shuffled, 486) == columns


def test_ticks_cover_each_specification_once_a_choice() -> None:
    found = table(60)
    columns = arrange(found, 486)
    for choice in choices(60):
        runs = [r for o in choice.options for r in ticks(found, columns, CUTOFFS, choice.id, [o])]
        covered = sorted(place for run in runs for place in range(run["start"], run["end"]))
        assert covered == list(range(60))


def test_steps_of_a_choice_add_up_to_all_specifications() -> None:
    found = table(10_000)
    columns = arrange(found, 486)
    groups = choices(10_000)[0].groups()
    assert len(groups) <= 8
    whole = np.sum(
        [[share for _, share in shares_used(found, columns, "level", own)] for _, own in groups], 0
    )
    assert whole == pytest.approx(1)


def test_states_of_a_column_stack_to_the_whole() -> None:
    found = table(10_000)
    rows = stack(found, arrange(found, 486), CUTOFFS, ["holds", "some", "fails"])
    tops = [row["to"] for row in rows if row["state"] == "fails"]
    assert tops == pytest.approx([1.0] * len(tops))


def test_shares_by_option_stand_in_the_picture_and_its_description() -> None:
    found = table(20)
    share = share_by_option(found, "side", [SIDE[1]])
    assert share is not None and 0.1 < share < 0.9
    drawn = picture(20)
    text = f"{100 * share:.0f} %"
    assert f"{SIDE[1]} {text}" in drawn.caption.description
    assert text in [row["text"] for row in drawn.data["choice_texts"] if row["kind"] == "share"]


def test_an_option_that_a_sample_missed_has_no_share() -> None:
    assert share_by_option(table(20), "side", ["a third way"]) is None


def test_the_axis_is_cut_only_with_a_word_about_it() -> None:
    found = table(40).with_columns(
        p95=pl.when(pl.col("specification") == 3).then(1e6).otherwise("p95")
    )
    curve = Curve("Gap", "metres", "> 0", found)
    drawn = specification_curve([curve], found, choices(40), title="A gap", cutoffs=CUTOFFS)
    assert "Gap: the interval of 1 specification runs beyond the axis." in drawn.caption.footnote
    assert "beyond" not in picture(40).caption.footnote


def test_positive_estimates_over_orders_of_magnitude_have_a_logarithmic_axis() -> None:
    found = table(20).with_columns(
        (10 ** pl.col("^(estimate|p05|p95)$")).name.keep()  # from 0.001 to 1,000
    )
    curve = Curve("Ratio", "times", "> 1", found)
    drawn = specification_curve([curve], found, [], title="A ratio", cutoffs=CUTOFFS)
    specification = str(drawn.specification())
    assert "logarithmic" in specification and "[0.01, 0.1, 1.0, 10.0, 100.0]" in specification


def test_without_draws_nothing_is_said_of_intervals() -> None:
    drawn = picture(20, drawn=False)
    assert "interval" not in drawn.caption.footnote
    assert {row["text"] for row in drawn.data["legend"]} <= {"holds", "does not hold", "in part"}


def test_all_colours_have_a_dark_twin() -> None:
    from worldclass.charts.palette import dark_colours
    from worldclass.charts.theme import dark_theme_colours
    from worldclass.explorer.static_svg import static_svg

    known = set(dark_colours()) | set(dark_theme_colours())
    for number in (20, 10_000):
        svg = static_svg(picture(number, parts=2), "x")
        used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg))
        assert used and used <= known, used - known


@pytest.mark.parametrize("column", ["p05", "share_holding", "specification"])
def test_a_table_without_a_column_is_refused(column: str) -> None:
    found = table(20).drop(column)
    with pytest.raises(UsageError, match=column):
        specification_curve(
            [Curve("Gap", "m", "> 0", found)], found, choices(20), title="", cutoffs=CUTOFFS
        )


def test_nothing_to_draw_is_refused() -> None:
    empty = table(20).clear()
    with pytest.raises(UsageError, match="no specification"):
        specification_curve(
            [Curve("Gap", "m", "> 0", empty)], empty, choices(20), title="", cutoffs=CUTOFFS
        )
    with pytest.raises(UsageError, match="no condition"):
        specification_curve([], table(20), choices(20), title="", cutoffs=CUTOFFS)
