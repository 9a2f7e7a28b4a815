"""One run: a tidy table, equal for equal seeds, and never with a number that is none."""

from dataclasses import replace
from typing import Any

import pytest

from worldclass.core.errors import SimulationError, UsageError
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.model import Model, Trajectory
from worldclass.dynamics.run import COLUMNS, run

SMALL: dict[str, dict[str, Any]] = {
    "social-architecture": {"agents": 100, "years": 2},
    "debt-crisis": {"years": 20, "volatility": 0.01},
}


@pytest.mark.parametrize("name", SMALL)
def test_equal_seeds_give_equal_runs_and_others_do_not(name: str) -> None:
    first = run(name, SMALL[name], seed=5).table
    assert first.columns == list(COLUMNS)
    assert first.equals(run(name, SMALL[name], seed=5).table)
    other = run(name, SMALL[name], seed=5, number=1).table
    assert not first["value"].equals(other["value"])
    assert not first["value"].equals(run(name, SMALL[name], seed=6).table["value"])


@pytest.mark.parametrize("name", SMALL)
def test_runs_hold_only_what_the_model_declares(name: str) -> None:
    model = load_model(name)
    declared = {(one.quantity, group) for one in model.outputs for group in one.groups}
    opened = {one.quantity for one in model.outputs if not one.groups}
    table = run(name, SMALL[name]).table
    found = set(table.select("quantity", "group").unique().iter_rows())
    assert {pair for pair in found if pair[0] not in opened} <= declared


def test_a_run_that_leaves_the_numbers_says_where(own_model: Model) -> None:
    with pytest.raises(SimulationError, match="'total' of 'all' is inf at time 1"):
        run(own_model, {"broken": True})


def test_an_output_that_is_not_declared_is_a_defect(own_model: Model) -> None:
    def strays(*_: Any) -> Trajectory:
        found = Trajectory()
        found.add("surprise", "all", 0, 0.0)
        return found

    with pytest.raises(SimulationError, match="not among the declared outputs"):
        run(replace(own_model, simulate=strays))


def test_names_and_seeds_that_cannot_be_meant() -> None:
    with pytest.raises(UsageError, match="Did you mean 'debt-crisis'"):
        run("debt-crises")
    with pytest.raises(UsageError, match="seed of -1"):
        run("debt-crisis", seed=-1)
    with pytest.raises(UsageError, match="no agents"):
        run("debt-crisis", snapshots=[1.0])
    with pytest.raises(UsageError, match="do not belong"):
        run("debt-crisis", load_model("social-architecture").parameters())


def test_every_folder_with_a_model_is_found_under_its_own_name() -> None:
    assert {"social-architecture", "debt-crisis"} <= set(list_models())
    assert all(load_model(name).id == name for name in list_models())
