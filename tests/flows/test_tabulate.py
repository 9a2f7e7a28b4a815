"""Tidy rows hold what the amounts hold: given, commanded, and net that cancels in the world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from worldclass.flows.tabulate import Between, area_rows, pair_rows


@pytest.fixture
def between() -> Between:
    rng = np.random.default_rng(4)
    central = rng.random((2, 3, 2, 3))
    drawn = central * rng.uniform(0.5, 1.5, (50, 1, 1, 1, 1))
    return Between(
        2000, "hours", "million hours", ("A", "B", "C"), ("farms", "mills"),
        ("female", "male"), central, drawn,
    )  # fmt: skip


def value(frame: pl.DataFrame, **labels: str) -> float:
    chosen = frame
    for column, label in labels.items():
        chosen = chosen.filter(pl.col(column) == label)
    return float(chosen["value"].item())


def test_pairs_hold_every_amount(between: Between) -> None:
    frame = pair_rows(between, by_sector=True, by_sex=True)
    assert frame.height == 3 * 3 * 2 * 3
    found = value(frame, producer="B", consumer="C", sector="mills", sex="male")
    assert found == pytest.approx(between.central[1, 1, 1, 2])
    total = value(frame, producer="B", consumer="C", sector="mills", sex="total")
    assert total == pytest.approx(between.central[:, 1, 1, 2].sum())


def test_an_area_gives_what_it_keeps_and_exports(between: Between) -> None:
    frame = area_rows(between, by_sector=False, by_sex=False)
    hours = between.central.sum(axis=(0, 2))
    assert value(frame, measure="hours_given", producer="B") == pytest.approx(hours[1].sum())
    assert value(frame, measure="hours_commanded", consumer="B") == pytest.approx(hours[:, 1].sum())
    exported = hours[1, 0] + hours[1, 2]
    imported = hours[0, 1] + hours[2, 1]
    assert value(frame, measure="hours_exported", producer="B") == pytest.approx(exported)
    assert value(frame, measure="hours_imported", consumer="B") == pytest.approx(imported)
    assert value(frame, measure="hours_net", consumer="B") == pytest.approx(imported - exported)


@pytest.mark.parametrize("by_sector", [True, False])
@pytest.mark.parametrize("by_sex", [True, False])
def test_net_cancels_in_the_world(between: Between, by_sector: bool, by_sex: bool) -> None:
    frame = area_rows(between, by_sector=by_sector, by_sex=by_sex)
    net = frame.filter(pl.col("measure") == "hours_net").group_by("sector", "sex")
    assert net.agg(pl.col("value").sum())["value"].abs().max() < 1e-12  # type: ignore[operator]


def test_percentiles_are_of_sums_within_draws(between: Between) -> None:
    frame = area_rows(between, by_sector=False, by_sex=False)
    row = frame.filter((pl.col("measure") == "hours_given") & (pl.col("producer") == "A"))
    assert between.drawn is not None
    sums = between.drawn[:, :, 0].sum(axis=(1, 2, 3))
    assert row["p05"].item() == pytest.approx(np.percentile(sums, 5))
    assert row["p95"].item() == pytest.approx(np.percentile(sums, 95))


def test_without_draws_there_are_no_intervals(between: Between) -> None:
    from dataclasses import replace

    frame = pair_rows(replace(between, drawn=None), by_sector=False, by_sex=False)
    assert frame["p05"].null_count() == frame.height


def test_the_ratio_is_commanded_per_given_in_every_draw(between: Between) -> None:
    frame = area_rows(between, by_sector=False, by_sex=True)
    ratio = frame.filter(pl.col("measure") == "hours_ratio", pl.col("consumer") == "B")
    women = between.central[0].sum(axis=1)
    found = ratio.filter(pl.col("sex") == "female").row(0, named=True)
    assert found["value"] == pytest.approx(women[:, 1].sum() / women[1].sum())
    # Draws scale all hours of these made-up amounts alike: amounts vary, and ratios do not.
    assert found["p05"] == pytest.approx(found["value"]) == found["p95"]
    assert set(ratio["unit"]) == {"commanded per given"}
    by_sector = area_rows(between, by_sector=True, by_sex=False)
    assert "hours_ratio" not in by_sector["measure"]


def test_an_area_that_gives_nothing_has_no_ratio(between: Between) -> None:
    central = between.central.copy()
    central[:, 0] = 0.0
    frame = area_rows(replace(between, central=central, drawn=None), by_sector=False, by_sex=False)
    ratio = frame.filter(pl.col("measure") == "hours_ratio")
    assert ratio.filter(pl.col("consumer") == "A")["value"].to_list() == [None]
    assert ratio["value"].null_count() == 1
