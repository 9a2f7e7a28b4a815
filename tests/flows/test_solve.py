"""The system is solved as the inverse would, by either method, or refused by name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flows.conftest import random_raw
from worldclass.core.errors import EconomyError, UsageError
from worldclass.flows.economy import Economy
from worldclass.flows.productive import spectral_radius
from worldclass.flows.solve import multipliers, requirements
from worldclass.flows.validate import make_economy


def inverse(economy: Economy) -> np.ndarray:
    """(I − A)⁻¹ by the textbook."""
    return np.linalg.inv(np.eye(len(economy.output)) - economy.transactions / economy.output)


@pytest.mark.parametrize("seed", range(4))
def test_sweeps_go_on_until_the_residual_is_met(seed: int) -> None:
    """Countries that buy nothing from themselves: the residual is near its bound."""
    open_ = make_economy(random_raw(seed=seed, own=0.0))[0]
    hours = np.random.default_rng(0).random((3, 12))
    assert multipliers(open_, hours, "sweeps").residual <= 1e-12


@pytest.mark.parametrize("method", ["lu", "sweeps"])
def test_demand_in_single_precision_is_solved_in_double(economy: Economy, method: str) -> None:
    demand = economy.demand_by_consumer().astype(np.float32)
    solution = requirements(economy, demand, method)  # type: ignore[arg-type]
    assert solution.values.dtype == np.float64
    assert solution.residual <= 1e-12


def test_a_satellite_that_is_no_number_names_its_sector(economy: Economy) -> None:
    hours = np.ones((1, 12))
    hours[0, 3] = np.nan
    with pytest.raises(EconomyError, match="not finite in 1 of 12: C00 i3"):
        multipliers(economy, hours)


@pytest.mark.parametrize("method", ["lu", "sweeps", "auto"])
def test_requirements_are_the_inverse_times_demand(economy: Economy, method: str) -> None:
    demand = economy.demand_by_consumer()
    solution = requirements(economy, demand, method)  # type: ignore[arg-type]
    np.testing.assert_allclose(solution.values, inverse(economy) @ demand, rtol=1e-10)
    assert solution.residual <= 1e-12


@pytest.mark.parametrize("method", ["lu", "sweeps", "auto"])
def test_multipliers_are_coefficients_times_the_inverse(economy: Economy, method: str) -> None:
    labour = np.arange(24.0).reshape(2, 12)
    solution = multipliers(economy, labour, method)  # type: ignore[arg-type]
    expected = labour / economy.output @ inverse(economy)
    np.testing.assert_allclose(solution.values, expected, rtol=1e-10)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6), st.floats(0.3, 0.99))
def test_both_methods_agree_on_any_productive_economy(seed: int, size: int, own: float) -> None:
    economy, _ = make_economy(random_raw(4, size, seed=seed, own=own))
    demand = economy.demand_by_consumer()
    swept = requirements(economy, demand, "sweeps")
    factored = requirements(economy, demand, "lu")
    np.testing.assert_allclose(swept.values, factored.values, rtol=1e-9)
    np.testing.assert_allclose(swept.values.sum(axis=1), economy.output, rtol=1e-9)


def test_value_added_multipliers_are_one(economy: Economy) -> None:
    np.testing.assert_allclose(
        multipliers(economy, economy.value_added[None]).values[0], 1.0, rtol=1e-12
    )


def test_sectors_of_a_country_need_not_lie_together(economy: Economy) -> None:
    order = np.random.default_rng(1).permutation(12)
    mixed = replace(
        economy,
        sectors=tuple(economy.sectors[i] for i in order),
        transactions=economy.transactions[np.ix_(order, order)],
        final_demand=economy.final_demand[order],
        output=economy.output[order],
    )
    demand = economy.demand_by_consumer()
    expected = requirements(economy, demand).values[order]
    found = requirements(mixed, mixed.demand_by_consumer(), "sweeps").values
    columns = [mixed.consumers.index(code) for code in economy.consumers]
    np.testing.assert_allclose(found[:, columns], expected, rtol=1e-9)


def test_sectors_without_output_take_no_part(economy: Economy) -> None:
    keep = np.ones(12, bool)
    keep[5] = False
    transactions = np.where(keep[:, None] & keep, economy.transactions, 0.0)
    demand = np.where(keep[:, None], economy.final_demand, 0.0)
    output = transactions.sum(axis=1) + demand.sum(axis=1)
    closed = replace(economy, transactions=transactions, final_demand=demand, output=output)
    for method in ("lu", "sweeps"):
        values = requirements(closed, closed.demand_by_consumer(), method).values  # type: ignore[arg-type]
        assert (values[5] == 0).all()
        np.testing.assert_allclose(values.sum(axis=1), output, rtol=1e-10)


def _two_sectors(transactions: list[list[float]], output: list[float]) -> Economy:
    z, x = np.array(transactions), np.array(output)
    sectors = (("AAA", "one"), ("AAA", "two"))
    demand = (x - z.sum(axis=1))[:, None]
    return Economy("two sectors", 2000, "USD", "current", sectors, (("AAA", "all"),), z, demand, x)


def test_an_economy_that_eats_more_than_it_makes_is_refused_with_its_radius() -> None:
    eater = _two_sectors([[80.0, 60.0], [30.0, 70.0]], [100.0, 100.0])
    assert spectral_radius(eater) == pytest.approx(0.75 + np.sqrt(0.05**2 + 0.18))
    with pytest.raises(EconomyError, match=r"spectral radius of its coefficients is 1\.17.*AAA"):
        requirements(eater, np.ones((2, 1)))


def test_an_economy_that_just_reproduces_itself_is_refused() -> None:
    closed = _two_sectors([[0.0, 100.0], [100.0, 0.0]], [100.0, 100.0])
    with pytest.raises(EconomyError, match=r"not productive: the spectral radius .* is 1"):
        multipliers(closed, np.ones((1, 2)))


def test_a_chain_of_sectors_that_nearly_use_themselves_up_is_productive() -> None:
    """Reducible, with neighbouring roots 0.9999 and 0.9998: growth alone comes near ρ too late."""
    inputs = np.array([[0.5, 0.0, 0.0], [0.3, 0.9999, 0.0], [0.0, 0.2, 0.9998]])
    sectors = tuple(("AAA", name) for name in ("one", "two", "three"))
    chain = Economy(
        "chain", 2000, "USD", "current", sectors, (("AAA", "all"),), inputs,
        (1 - inputs.sum(axis=1))[:, None], np.ones(3),
    )  # fmt: skip
    assert spectral_radius(chain) == pytest.approx(0.9999)
    found = requirements(chain, np.eye(3)).values
    np.testing.assert_allclose(found, np.linalg.inv(np.eye(3) - inputs), rtol=1e-9)
    ending = replace(chain, transactions=inputs + np.diag([0.0, 0.0002, 0.0]))
    with pytest.raises(EconomyError, match=r"spectral radius of its coefficients is 1\.0001"):
        requirements(ending, np.eye(3))


@pytest.mark.parametrize(
    ("transactions", "radius"),
    [
        ([[20.0, -250.0], [10.0, 10.0]], np.sqrt(0.27)),  # |A| alone would be refused
        ([[0.0, -90.0], [-90.0, 0.0]], 0.9),
    ],
)
def test_negative_transactions_do_not_mislead(
    transactions: list[list[float]], radius: float
) -> None:
    odd = _two_sectors(transactions, [100.0, 100.0])
    assert spectral_radius(odd) == pytest.approx(radius)
    np.testing.assert_allclose(
        requirements(odd, odd.final_demand).values[:, 0], odd.output, rtol=1e-12
    )


def test_negative_transactions_can_use_up_all_too() -> None:
    odd = _two_sectors([[-150.0, 0.0], [0.0, 20.0]], [100.0, 100.0])
    with pytest.raises(EconomyError, match=r"coefficients is 1\.5"):
        requirements(odd, odd.final_demand)


def test_one_sector_may_cost_more_than_its_output() -> None:
    # The second sector's inputs exceed its output, but the economy as a whole is productive.
    helped = _two_sectors([[10.0, 70.0], [5.0, 40.0]], [400.0, 100.0])
    assert helped.value_added[1] < 0
    np.testing.assert_allclose(
        requirements(helped, helped.final_demand).values[:, 0], helped.output, rtol=1e-12
    )


def test_labour_in_a_sector_without_output_is_named(economy: Economy) -> None:
    empty = replace(economy, output=np.where(np.arange(12) == 2, 0.0, economy.output))
    with pytest.raises(EconomyError, match=r"without output, 1 of 12: C00 i2"):
        multipliers(empty, np.ones((1, 12)))


def test_a_right_hand_side_of_another_size_is_refused(economy: Economy) -> None:
    with pytest.raises(EconomyError, match="7 rows; the economy has 12 sectors"):
        requirements(economy, np.ones((7, 1)))


def test_an_unknown_method_lists_the_known(economy: Economy) -> None:
    with pytest.raises(UsageError, match="auto, lu, sweeps"):
        requirements(economy, np.ones((12, 1)), "guess")  # type: ignore[arg-type]
