"""Amounts and categories that do not fit an economy are refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from worldclass.core.errors import EconomyError, UsageError
from worldclass.flows.amounts import require_amounts
from worldclass.flows.chains import value_chains
from worldclass.flows.economy import Economy
from worldclass.flows.embodied_change import decompose_embodied
from worldclass.flows.labour_multipliers import labour_multipliers
from worldclass.flows.paths import supply_paths
from worldclass.flows.scenarios.outcome import run_scenario
from worldclass.flows.scenarios.schema import Scenario, Shift
from worldclass.flows.value_added_exports import value_added_trade


@pytest.fixture
def idle(economy: Economy) -> Economy:
    """The economy after C01's i2 closed down."""
    keep = np.array([label != ("C01", "i2") for label in economy.sectors])
    left = replace(
        economy,
        transactions=economy.transactions * np.outer(keep, keep),
        final_demand=economy.final_demand * keep[:, None],
    )
    return replace(left, output=left.transactions.sum(axis=1) + left.final_demand.sum(axis=1))


def scenario(economy: Economy, hours: np.ndarray) -> object:
    shift = Shift(importers=("*",), exporters=("C02",), industries=("*",), share=0.1)
    assumed = Scenario(id="x", label="x", source="assumed here", assumptions="none at all",
                       shift=(shift,))  # fmt: skip
    return run_scenario(economy, assumed).labour(hours)


ANALYSES: dict[str, Callable[[Economy, np.ndarray], object]] = {
    "scenario": scenario,
    "multipliers": labour_multipliers,
    "decomposition": lambda economy, hours: decompose_embodied(economy, economy, hours, hours),
    "paths": lambda economy, hours: supply_paths(
        economy, hours.sum(axis=0), economy.demand_by_consumer()[:, 0]
    ),
}


@pytest.mark.parametrize("analysis", ANALYSES)
def test_labour_where_nothing_is_made_is_not_lost_silently(idle: Economy, analysis: str) -> None:
    hours = np.ones((2, 12))
    with pytest.raises(EconomyError, match=r"without output, 1 of 12: C01 i2"):
        ANALYSES[analysis](idle, hours)
    hours[:, [label == ("C01", "i2") for label in idle.sectors]] = 0
    ANALYSES[analysis](idle, hours)


@pytest.mark.parametrize("analysis", ANALYSES)
def test_labour_that_is_no_number_is_named(economy: Economy, analysis: str) -> None:
    hours = np.ones((2, 12))
    hours[1, 3] = np.nan
    with pytest.raises(EconomyError, match="not finite in 1 of 12: C00 i3"):
        ANALYSES[analysis](economy, hours)


def test_a_missing_sector_is_counted(economy: Economy) -> None:
    with pytest.raises(EconomyError, match=r"shape \(2, 11\); the table has 12 sectors"):
        require_amounts(economy, np.ones((2, 11)), "hours")


@pytest.mark.parametrize("analysis", [value_chains, value_added_trade])
def test_an_unknown_category_is_answered_with_those_there_are(
    economy: Economy, analysis: Callable[[Economy, tuple[str, ...]], object]
) -> None:
    with pytest.raises(UsageError, match=r"no category wars(.|\n)*households, investment"):
        analysis(economy, ("wars",))
