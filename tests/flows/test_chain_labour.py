"""Who works in a chain."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.chain_labour import chain_labour
from worldclass.flows.economy import Economy
from worldclass.flows.embodied import embodied
from worldclass.flows.production import produce


@pytest.fixture
def hours(economy: Economy) -> np.ndarray:
    return np.random.default_rng(0).uniform(1, 9, (2, len(economy.output)))


def test_all_chains_together_hold_all_hours(economy: Economy, hours: np.ndarray) -> None:
    table = chain_labour(economy, hours)
    for sex, worked in (("female", hours[0]), ("male", hours[1])):
        own = [worked[economy.country_of_sector == place].sum() for place in range(3)]
        assert table.filter(sex=sex)["value"].to_list() == pytest.approx(own)
        assert table.filter(sex=sex)["share"].sum() == pytest.approx(1)


def test_chains_and_consumers_add_up(economy: Economy, hours: np.ndarray) -> None:
    whole = chain_labour(economy, hours)["value"].to_numpy()
    by_chain = [chain_labour(economy, hours, [name])["value"] for name in economy.industries]
    np.testing.assert_allclose(np.sum(by_chain, axis=0), whole)
    by_user = [chain_labour(economy, hours, consumers=[c])["value"] for c in economy.consumers]
    np.testing.assert_allclose(np.sum(by_user, axis=0), whole)


def test_a_consumers_chains_are_what_its_consumption_embodies(
    economy: Economy, hours: np.ndarray
) -> None:
    flows = embodied(produce(economy), hours)
    table = chain_labour(economy, hours, consumers=["C01"])
    assert table.filter(sex="male")["value"].to_list() == pytest.approx(flows[1, :, 1].tolist())


def test_draws_give_intervals(economy: Economy, hours: np.ndarray) -> None:
    drawn = hours * np.linspace(0.5, 1.5, 101)[:, None, None]
    table = chain_labour(economy, hours, ["i1"], ["C00"], drawn=drawn)
    np.testing.assert_allclose(table["p05"], 0.55 * table["value"])
    np.testing.assert_allclose(table["p95"], 1.45 * table["value"])


def test_unknown_names_are_refused(economy: Economy, hours: np.ndarray) -> None:
    with pytest.raises(UsageError, match="XXX: no such consumer"):
        chain_labour(economy, hours, consumers=["XXX"])
    with pytest.raises(UsageError, match="cars: no such industry"):
        chain_labour(economy, hours, ["cars"])
