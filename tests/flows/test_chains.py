"""Who adds the value of a final product."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.chains import value_chains
from worldclass.flows.economy import Economy
from worldclass.flows.value_added_exports import value_added_trade


def test_the_parts_of_a_chain_add_up_to_its_final_output(economy: Economy) -> None:
    found = value_chains(economy)
    np.testing.assert_allclose(found.value_added.sum(axis=0), found.final_output, rtol=1e-10)
    contributors = found.by_contributor()
    assert contributors["value_added"].sum() == pytest.approx(economy.value_added.sum())
    assert contributors["share"].sum() == pytest.approx(1)


def test_all_chains_together_hold_each_countrys_value_added(economy: Economy) -> None:
    """What a country adds to all final products is its own value added."""
    found = value_chains(economy).by_contributor()
    by_maker = value_added_trade(economy).absorbed.sum(axis=1)
    own = [
        by_maker[economy.country_of_sector == place].sum()
        for place in range(len(economy.countries))
    ]
    assert found["value_added"].to_list() == pytest.approx(own)


def test_a_chain_without_imports_is_domestic() -> None:
    alone = Economy(
        "alone", 2000, "USD", "current", (("AAA", "x"), ("BBB", "x")),
        (("AAA", "use"), ("BBB", "use")), np.array([[50.0, 0.0], [0.0, 20.0]]),
        np.array([[50.0, 0.0], [40.0, 40.0]]), np.array([100.0, 100.0]),
    )  # fmt: skip
    assert value_chains(alone).by_chain()["foreign_share"].to_list() == pytest.approx([0, 0])


def test_chains_are_chosen_by_name(economy: Economy) -> None:
    found = value_chains(economy)
    table = found.by_chain(["i1"], ["C00", "C02"])
    assert table.select("producer", "sector").rows() == [("C00", "i1"), ("C02", "i1")]
    with pytest.raises(UsageError, match="i9: no such industry"):
        found.by_chain(["i9"])


def test_final_demand_of_one_category_ends_shorter_chains(economy: Economy) -> None:
    whole, part = value_chains(economy), value_chains(economy, ("households",))
    assert part.final_output.sum() < whole.final_output.sum()
    np.testing.assert_allclose(part.foreign_share, whole.foreign_share)


def test_chains_that_end_in_nothing_have_no_shares(economy: Economy) -> None:
    final = economy.final_demand.copy()
    final[0] = 0.0
    output = economy.output.copy()
    output[0] = economy.transactions[0].sum()
    found = value_chains(replace(economy, final_demand=final, output=output))
    frame = found.by_contributor(["i0"], ["C00"])
    assert frame["value_added"].to_list() == [0.0] * 3
    assert frame["share"].null_count() == 3
