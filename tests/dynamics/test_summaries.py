"""Means over the later half of runs count every run, however early it ended."""

import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.pictures import draw_runs
from worldclass.dynamics.simulate import simulate
from worldclass.dynamics.summaries import later_half


def test_a_run_that_collapses_early_is_not_left_out_of_a_sweep() -> None:
    """At a debt of 20 the run ends within a quarter of the other's time."""
    table = simulate("debt-crisis", {"years": 200}, sweep={"debt": [0.1, 20.0]})
    ends = [part["time"].max() for part in table.partition_by("point")]
    assert ends[1] < ends[0] / 2
    assert later_half(table)["point"].unique().sort().to_list() == [0, 1]
    assert {row["x"] for row in draw_runs(table).data["curves"]} == {0.1, 20.0}


def test_runs_of_one_length_are_cut_in_the_middle() -> None:
    runs = pl.DataFrame({"run": [0] * 10, "time": range(10)})
    assert later_half(runs)["time"].to_list() == [5, 6, 7, 8, 9]
    assert later_half(runs.head(1)).height == 1


def test_a_sweep_of_words_is_no_curve() -> None:
    table = simulate("debt-crisis", {"years": 2}, sweep={"variant": ["keen", "goodwin"]})
    with pytest.raises(UsageError, match="no axis of numbers"):
        draw_runs(table)
