"""Scenarios as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.scenarios.library import list_scenarios, load_scenario
from worldclass.flows.scenarios.outcome import run_scenario
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.wiod2013 import read_wiod2013
from worldclass.sources.mirror import Mirror


@pytest.mark.parametrize("name", list_scenarios())
def test_each_shipped_scenario_says_where_its_numbers_are_from(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.id == name
    assert "assumed" in scenario.source or "estimated" in scenario.source


@pytest.mark.mirror
def test_shipped_scenarios_run_on_the_world(mirror: Mirror) -> None:
    """And keep the world's value added, or lose some, as their kind says."""
    economy, _ = make_economy(read_wiod2013(mirror.root, 2008))
    for name in list_scenarios():
        outcome = run_scenario(economy, load_scenario(name))
        change = outcome.value_added()["change"].sum() / economy.value_added.sum()
        if outcome.scenario.extract is None:
            assert change == pytest.approx(0, abs=1e-12)
            assert outcome.stuck < 0.001 * outcome.moved
        else:
            assert change < -0.01


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'two-blocs'"):
        load_scenario("two-bloc")


def test_a_file_with_a_share_above_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'id = "mine"\nlabel = "Mine"\nsource = "no source at all"\nassumptions = "nothing"\n'
        '[[shift]]\nimporters = ["*"]\nexporters = ["CHN"]\nindustries = ["*"]\nshare = 1.5\n'
    )
    with pytest.raises(UsageError, match=r"shift.*share"):
        load_scenario(file)
