"""The model as the engine runs it."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention
from worldclass.dynamics.library import load_model
from worldclass.dynamics.model import SimulationError
from worldclass.dynamics.protest_wave import simulate as by_event
from worldclass.dynamics.run import run
from worldclass.dynamics.scenarios import list_scenarios, load_scenario
from worldclass.dynamics.simulate import simulate


def total(table: pl.DataFrame, quantity: str = "total_events") -> float:
    own = table.filter(pl.col("quantity") == quantity).sort("time")
    return float(own["value"][-1])


@pytest.mark.parametrize("process", ["self-exciting", "self-exciting-shock", "self-exciting-pool"])
def test_counts_by_day_and_single_events_agree_in_the_mean(process: str) -> None:
    """With a delay of many days the day's grid does not matter."""
    settings = {
        "process": process,
        "delay": 12.0,
        "branching_ratio": 0.8,
        "background": 10.0,
        "dispersion": 0.0,
        "days": 40,
        "pool": 3000.0,
    }
    means = []
    for resolution in ("day", "event"):
        runs = simulate(
            "protest-wave", {**settings, "resolution": resolution}, seed=1, runs=60, workers=1
        )
        last = runs.filter((pl.col("quantity") == "total_events") & (pl.col("time") == 39))
        means.append(float(last["value"].mean()))
    assert means[0] == pytest.approx(means[1], rel=0.05)


def test_totals_add_up_and_counts_are_whole() -> None:
    for process in ("sir", "seir", "self-exciting-pool"):
        table = run("protest-wave", {"process": process}, seed=3).table
        events = table.filter(pl.col("quantity") == "events").sort("time")["value"]
        assert events.sum() == total(table)
        assert (events == events.round()).all()
        assert events.len() == 60


def test_fewer_offspring_from_a_day_on_make_fewer_events() -> None:
    halved = [Intervention(5, {"reproduction": 1.2})]
    for seed in range(5):
        free = run("protest-wave", {"dispersion": 0}, seed=seed).table
        held = run("protest-wave", {"dispersion": 0}, seed=seed, interventions=halved).table
        first = pl.col("time") < 5
        assert held.filter(first).equals(free.filter(first))
        assert total(held) < 0.9 * total(free)


def test_a_wave_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"process": "self-exciting", "branching_ratio": 4.0, "days": 500}
    with pytest.raises(SimulationError, match="the wave passes 1e\\+12 events a day"):
        run("protest-wave", settings)
    monkeypatch.setattr(by_event, "MOST_EVENTS", 50_000)
    with pytest.raises(SimulationError, match="the wave passes 50,000 events"):
        run("protest-wave", {**settings, "resolution": "event", "dispersion": 0})


def test_settings_that_contradict_are_refused() -> None:
    with pytest.raises(UsageError, match="without dispersion only"):
        run("protest-wave", {"resolution": "event"})
    with pytest.raises(UsageError, match="Bins of 5 hours do not fill a day"):
        run("protest-wave", {"bin_hours": 5})
    with pytest.raises(UsageError, match="outside its limits"):
        run("protest-wave", {"branching_ratio": -1})


@pytest.mark.parametrize("name", list_scenarios("protest-wave"))
def test_every_scenario_runs(name: str) -> None:
    table = simulate(scenario=name, seed=1, runs=3, workers=1)
    assert set(table["quantity"]) <= {one.quantity for one in load_model("protest-wave").outputs}


def test_the_concession_lowers_the_peak_as_its_scenario_expects() -> None:
    def peak(name: str) -> float:
        table = simulate(scenario=name, seed=1, runs=40, workers=1)
        tops = (
            table.filter(pl.col("quantity") == "expected_events")
            .group_by("run")
            .agg(pl.col("value").max())
        )
        return float(tops["value"].median())  # type: ignore[arg-type]

    assert load_scenario("protest-wave-concession").interventions
    assert peak("protest-wave-concession") < 0.8 * peak("protest-wave-us-2020")
