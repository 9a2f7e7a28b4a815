"""Pictures of simulations keep their numbers, say them in words, and fit a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from worldclass.charts.curves import curves
from worldclass.charts.ensemble_fan import MOST_TIMES, MOST_TIMES_OF_MANY, Panel, ensemble_fan
from worldclass.charts.estimate_dots import estimate_dots
from worldclass.charts.outcome_map import outcome_map
from worldclass.charts.phase_portrait import Plane, phase_portrait
from worldclass.charts.picture import Picture
from worldclass.core.errors import UsageError

SHARES = Panel("share", "share of agents, %", ("workers", "capitalists"), share=True)


def runs(number: int, times: int = 50, *, short: int = 0) -> pl.DataFrame:
    """Runs k = 0, 1, …: workers at 0.6 + k/100, capitalists at the rest; some end half-way."""
    parts = []
    for run in range(number):
        length = times // 2 if run < short else times
        for group, value in (("workers", 0.6 + run / 100), ("capitalists", 0.4 - run / 100)):
            parts.append(
                pl.DataFrame({"time": np.arange(length, dtype=float)}).with_columns(
                    run=pl.lit(run),
                    group=pl.lit(group),
                    quantity=pl.lit("share"),
                    value=pl.lit(value),
                )
            )
    return pl.concat(parts)


def fan(table: pl.DataFrame, **options: object) -> Picture:
    """A fan of shares."""
    return ensemble_fan(table, [SHARES], title="Classes", time="time, years", **options)  # type: ignore[arg-type]


def portrait(width: int = 620) -> Picture:
    """Two paths and a point."""
    angle = np.linspace(0, 6, 200)
    table = pl.concat(
        pl.DataFrame({"time": angle, "x": size * np.cos(angle), "y": size * np.sin(angle)}).select(
            pl.lit(f"path {size}").alias("path"), "time", "x", "y"
        )
        for size in (1, 2)
    )
    plane = Plane("employment", "wages", x_share=True)
    return phase_portrait(table, plane, title="Orbits", points=[("centre", 0, 0)], width=width)


def basin(width: int = 620) -> Picture:
    """A square of four cells."""
    table = pl.DataFrame(
        {"x": [0.0, 0.0, 1.0, 1.0], "y": [0.0, 1.0, 0.0, 1.0], "outcome": ["a", "a", "b", "a"]}
    )
    words = [("a", "recovers"), ("b", "collapses")]
    return outcome_map(table, words, x="debt", y="work", title="Basins", width=width)


def small_panels(width: int = 760) -> Picture:
    """Two panels with a line each."""
    table = pl.DataFrame(
        {
            "panel": ["one"] * 2 + ["two"] * 2,
            "line": ["workers"] * 4,
            "x": [1, 10] * 2,
            "y": [1, 2] * 2,
        }
    ).cast({"x": pl.Float64, "y": pl.Float64})
    return curves(table, title="Curves", logarithmic=True, classes=True, width=width)


def dots(width: int = 620) -> Picture:
    """Two estimates beside a published number."""
    table = pl.DataFrame(
        {
            "panel": ["%", "%"],
            "label": ["workers", "firms"],
            "value": [70.0, 12.0],
            "low": [69.0, None],
            "high": [71.0, None],
            "published": [71.2, None],
        }
    )
    return estimate_dots(table, title="Ours and theirs", width=width)


def test_line_and_band_are_median_and_percentiles_of_the_runs() -> None:
    picture = fan(runs(21))
    row = next(row for row in picture.data["panel0"] if row["label"] == "Workers")
    assert (row["low"], row["value"], row["high"]) == pytest.approx((0.61, 0.70, 0.79))
    assert "median of 21 runs" in picture.caption.subtitle
    assert "Workers from 0.7 to 0.7" in picture.caption.description


def test_one_run_has_no_band() -> None:
    picture = fan(runs(1))
    assert {row["low"] for row in picture.data["panel0"]} == {None}
    assert picture.caption.subtitle == "One run"


@pytest.mark.parametrize(("number", "most"), [(1, MOST_TIMES), (3, MOST_TIMES_OF_MANY)])
def test_long_series_become_means_over_bins_that_are_named(number: int, most: int) -> None:
    picture = fan(runs(number, 4000))
    assert len({row["time"] for row in picture.data["panel0"]}) <= most
    assert "mean over" in picture.caption.subtitle


def test_the_picture_stops_where_half_of_the_runs_have_ended() -> None:
    few, many = fan(runs(5, short=2)), fan(runs(5, short=3))
    last = [max(row["time"] for row in one.data["panel0"]) for one in (few, many)]
    assert last == [49, 24]
    assert "2 ended early" in few.caption.subtitle


def test_values_beyond_the_view_are_said_to_be_cut_off() -> None:
    panel = Panel("share", "share", view=(0.0, 0.5))
    picture = ensemble_fan(runs(1), [panel], title="Classes", time="years")
    assert "cut off" in picture.caption.subtitle


def test_each_panel_has_hues_of_its_own_groups() -> None:
    table = pl.concat([runs(1), runs(1).with_columns(pl.col("group", "quantity") + "-abroad")])
    panels = [SHARES, Panel("share-abroad", "share", ("workers-abroad",))]
    picture = ensemble_fan(table, panels, title="Classes", time="years")
    assert picture.specification()["resolve"] == {"scale": {"color": "independent"}}


def test_interventions_are_marked() -> None:
    picture = fan(runs(1), marks=[(10, "support begins")])
    assert picture.data["marks"] == [{"time": 10, "label": "support begins"}]


def test_a_path_begins_at_its_ring() -> None:
    picture = portrait()
    assert [(row["x"], row["y"]) for row in picture.data["starts"]] == [(1, 0), (2, 0)]
    assert "centre lies at (0, 0)" in picture.caption.description


def test_cells_meet_without_gaps() -> None:
    cells = basin().data["cells"]
    assert sorted({(cell["x"], cell["x2"]) for cell in cells}) == [(-0.5, 0.5), (0.5, 1.5)]
    assert "recovers in 75 % of cells" in basin().caption.description


def test_published_numbers_stand_beside_ours() -> None:
    picture = dots()
    assert "diamond: published" in picture.caption.subtitle
    assert "workers 70 (69 to 71); firms 12." in picture.caption.description


@pytest.mark.parametrize("make", [portrait, basin, small_panels, dots])
@pytest.mark.parametrize("width", [360, 760])
def test_pictures_of_any_width_can_be_written(
    make: Callable[[int], Picture], width: int, tmp_path: Path
) -> None:
    make(width).save(tmp_path / "picture.svg")
    assert (tmp_path / "picture.svg").stat().st_size > 5000


@pytest.mark.parametrize("width", [360, 760])
def test_fans_of_any_width_can_be_written(width: int, tmp_path: Path) -> None:
    fan(runs(3), width=width).save(tmp_path / "picture.svg")
    text = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    assert "Workers" in text and "Capitalists" in text


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: fan(runs(1).drop("time")), "lacks"),
        (lambda: fan(runs(1).with_columns(quantity=pl.lit("x"))), "nothing of 'share'"),
        (lambda: phase_portrait(runs(1), Plane("x", "y"), title="t"), "lacks"),
        (lambda: outcome_map(runs(1), [], x="x", y="y", title="t"), "lacks"),
        (lambda: curves(runs(1), title="t"), "lacks"),
        (lambda: estimate_dots(runs(1), title="t"), "lacks"),
        (
            lambda: curves(
                pl.DataFrame({"panel": ["a"], "line": ["b"], "x": [0.0], "y": [1.0]}),
                title="t",
                logarithmic=True,
            ),
            "not positive",
        ),
    ],
)
def test_tables_that_cannot_be_drawn(make: Callable[[], Picture], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        make()
