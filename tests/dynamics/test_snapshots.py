"""Grids of the three models of violence: every person of one run, at the moments asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

import worldclass as wc
from worldclass.core.errors import UsageError
from worldclass.dynamics.library import load_model
from worldclass.dynamics.model import MECHANISM
from worldclass.dynamics.snapshots import agents_of, sites_of

SMALL = {
    "civil-violence": {"width": 20, "height": 16, "periods": 6},
    "ethnic-violence": {"width": 20, "height": 16, "periods": 6},
    "class-unrest": {"side": 20, "periods": 6},
}


@pytest.mark.parametrize("model", SMALL)
def test_grids_are_drawn_and_say_what_they_are(model: str, tmp_path: Path) -> None:
    runs = wc.simulate(model, SMALL[model], runs=2, snapshots=(0, 3, 5), workers=1)
    drawn = load_model(model).pictures["grid"](runs, "Title")
    assert drawn.footnote == MECHANISM
    assert (drawn.width, drawn.height) == (20, 20 if model == "class-unrest" else 16)
    assert drawn.times == [0, 3, 5]
    assert drawn.agents["run"].n_unique() == 1
    drawn.save(tmp_path / "grid.gif")
    assert (tmp_path / "grid.gif").stat().st_size > 1_000


def test_without_snapshots_nothing_can_be_drawn() -> None:
    runs = wc.simulate("civil-violence", SMALL["civil-violence"], workers=1)
    with pytest.raises(UsageError, match="--snapshots"):
        agents_of(runs)


def test_states_add_up_to_all_citizens() -> None:
    runs = wc.simulate("civil-violence", {"periods": 50}, workers=1)
    total = sum(
        runs.filter(runs["quantity"] == name)["value"] for name in ("active", "quiet", "jailed")
    )
    assert (total == 1120).all()


def test_sites_go_as_far_as_somebody_stands() -> None:
    runs = wc.simulate("civil-violence", SMALL["civil-violence"], snapshots=(1,), workers=1)
    assert sites_of(agents_of(runs)) == (20, 16)


@pytest.mark.parametrize("model", SMALL)
@pytest.mark.parametrize("time", [6, 99, -1, 1.5])
def test_a_moment_that_is_no_period_is_refused(model: str, time: float) -> None:
    with pytest.raises(UsageError, match=f"no snapshot at {time:g}"):
        wc.simulate(model, SMALL[model], snapshots=(0, time))


def test_nobody_is_listed_after_the_end_of_a_run_that_ends_early() -> None:
    settings = {"width": 12, "height": 12, "legitimacy": 0.2, "periods": 2_000}
    runs = wc.simulate("ethnic-violence", settings, snapshots=(0, 1_999), workers=1)
    assert runs.filter(quantity="extinction")["value"].to_list() == [1]
    agents = runs.snapshots
    assert agents is not None
    assert agents["time"].unique().to_list() == [0]
