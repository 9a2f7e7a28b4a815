"""pymrio's own test economy: the same multipliers and accounts, to 1e-10."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from worldclass.flows.economy import Economy
from worldclass.flows.embodied import embodied
from worldclass.flows.production import produce
from worldclass.flows.solve import multipliers
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.raw import RawTable

pymrio = pytest.importorskip("pymrio", reason="needs worldclass[mrio]")


@pytest.fixture(scope="module")
def theirs() -> Any:
    """Six regions, eight sectors, seven categories, calculated by pymrio."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pymrio's own, about pandas
        return pymrio.load_test().calc_all()


@pytest.fixture(scope="module")
def ours(theirs: Any) -> Economy:
    """The same table."""
    sectors = tuple((region, sector) for region, sector in theirs.Z.index)
    raw = RawTable(
        "pymrio test system",
        "pymrio.load_test",
        2000,
        "million EUR",
        "current",
        sectors,
        sectors,
        theirs.Z.to_numpy(),
        tuple((region, category) for region, category in theirs.Y.columns),
        theirs.Y.to_numpy(),
        sectors,
        theirs.x["indout"].to_numpy(),
    )
    return make_economy(raw)[0]


def regions(frame: Any, ours: Economy) -> np.ndarray:
    """Columns of an account summed over the sectors of each region, in our order."""
    names = frame.columns.get_level_values("region")
    return np.column_stack(
        [frame.loc[:, names == name].to_numpy().sum(axis=1) for name in ours.consumers]
    )


@pytest.mark.parametrize("extension", ["emissions", "factor_inputs"])
def test_multipliers_agree(theirs: Any, ours: Economy, extension: str) -> None:
    account = getattr(theirs, extension)
    found = multipliers(ours, account.F.to_numpy()).values
    np.testing.assert_allclose(found, account.M.to_numpy(), rtol=1e-10)


@pytest.mark.parametrize("extension", ["emissions", "factor_inputs"])
def test_accounts_of_production_consumption_and_trade_agree(
    theirs: Any, ours: Economy, extension: str
) -> None:
    account = getattr(theirs, extension)
    flows = embodied(produce(ours), account.F.to_numpy())  # row, producer, consumer
    own = np.einsum("kpp->kp", flows)
    for expected, found in (
        (account.D_pba, flows.sum(axis=2)),
        (account.D_cba, flows.sum(axis=1)),
        (account.D_exp, flows.sum(axis=2) - own),
        (account.D_imp, flows.sum(axis=1) - own),
    ):
        np.testing.assert_allclose(found, regions(expected, ours), rtol=1e-10)
