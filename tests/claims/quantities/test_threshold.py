"""Thresholds in money, and observed pay to set beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from worldclass.claims.data import Data
from worldclass.claims.quantities.pay import QUANTITY as PAY
from worldclass.claims.quantities.pay import Pay, pay_file
from worldclass.claims.quantities.threshold import QUANTITY, ThresholdOf
from worldclass.core.errors import ClaimError
from worldclass.core.prices import DAYS_A_MONTH, to_base
from worldclass.people.grid import PanelOnGrid
from worldclass.people.snapshot import Snapshot
from worldclass.sources.mirror import Mirror

BASE: dict[str, Any] = {"theory": "bromma", "parameter": "tau", "year": 2020}


def values(*changes: dict[str, Any], draws: tuple[int, ...] = (-1, 0, 9)) -> Any:
    terms = [ThresholdOf.model_validate(BASE | one) for one in changes]
    return QUANTITY.evaluate(terms, draws, Data())


def test_an_absolute_threshold_is_its_number_in_every_draw() -> None:
    found = values({}, {"parameters": {"tau": 750}})
    assert found.tolist() == [[1500.0] * 3, [750.0] * 3]


def test_amounts_a_day_of_older_dollars_are_carried_over() -> None:
    found = values({"theory": "kharas", "parameter": "lower"})
    assert found[0, 0] == pytest.approx(11 * to_base(2011) * DAYS_A_MONTH, rel=1e-9)


def test_relative_thresholds_follow_the_reference_income() -> None:
    one, two = values(*({"parameter": "tau_relative", "parameters": {"threshold": "relative",
                                                                    "tau_relative": multiple}}
                        for multiple in (1, 2)))  # fmt: skip
    np.testing.assert_allclose(two, 2 * one, rtol=1e-9)
    assert len(set(one.tolist())) == 3


def test_a_mean_of_another_country_is_that_country_s() -> None:
    found = values(*({"theory": "milanovic", "parameter": "upper", "country": c}
                     for c in ("WORLD", "BRA")))  # fmt: skip
    np.testing.assert_array_equal(found[0], found[1])


def test_a_national_multiple_needs_one_country() -> None:
    assert values({"parameter": "capitalist_income", "country": "IND"})[0, 0] > 0
    with pytest.raises(ClaimError, match="differs between countries"):
        values({"parameter": "capitalist_income", "country": "NORTH"})


@pytest.mark.parametrize("name", ["threshold", "manager_scale", "tua"])
def test_what_is_no_amount_is_refused(name: str) -> None:
    with pytest.raises(ClaimError, match="amount"):
        values({"parameter": name})


def pays(*terms: Pay) -> Any:
    return PAY.evaluate(terms, [-1, 4], Data())


def test_pay_at_market_rates_is_carried_by_american_prices() -> None:
    found = pays(Pay(observation="india-warehouse-2020", money="market"))
    assert found.tolist() == [[pytest.approx(186 * to_base(2020))] * 2]
    taka = pays(Pay(observation="bangladesh-garment-2018", money="market"))[0, 0]
    assert taka == pytest.approx(8000 / 83.4662 * to_base(2018))
    assert 90 < taka / to_base(2018) < 100  # contemporaries said 94 dollars


def test_pay_at_purchasing_power_lies_where_the_probe_put_it() -> None:
    """186 dollars in India are roughly 620 to 670 dollars at purchasing power, of their year."""
    low, high = pays(
        *(Pay(observation="india-warehouse-2020", conversion=c) for c in ("low", "high"))
    )[:, 0]
    assert 600 < low / to_base(2020) < high / to_base(2020) < 680


def test_the_two_comparisons_of_prices_are_the_ends() -> None:
    for name in pay_file().observation:
        kinds = ("low", "icp2017", "icp2021", "high")
        low, old, new, high = pays(*(Pay(observation=name, conversion=k) for k in kinds))[:, 0]
        assert {low, high} == {min(old, new), max(old, new)}


def test_an_unknown_observation_is_refused() -> None:
    with pytest.raises(ClaimError, match="india-warehouse-2020"):
        pays(Pay(observation="moon-2020"))


def test_price_levels_are_those_of_the_sources(mirror: Mirror, snapshot: Snapshot) -> None:
    """The numbers of pay.toml follow from published series."""
    grid = snapshot.estimates.grid
    names = ("pwt_pl_gdpo", "pwt_xr", "gdp_usd2015", "gdp_ppp2021")
    panel = PanelOnGrid(grid, mirror.panel(names))
    series = {name: panel.series(name) for name in names}
    usa, file = grid.countries.index("USA"), pay_file()

    def level(name: str, country: str, year: int) -> float:
        at = grid.years.index(year)
        row = grid.countries.index(country)
        if name == "penn":
            return float(series["pwt_pl_gdpo"][row, at] / series["pwt_pl_gdpo"][usa, at])
        ratio = series["gdp_usd2015"] / series["gdp_ppp2021"]
        return float(ratio[row, at] / ratio[usa, at])

    for country, year, until in (("IND", 2020, 2019), ("BGD", 2018, 2018)):
        penn = level("penn", country, until)
        bank = level("bank", country, 2015) * penn / level("penn", country, 2015)
        assert file.levels["icp2017"][country][year] == pytest.approx(penn, abs=6e-5)
        assert file.levels["icp2021"][country][year] == pytest.approx(bank, abs=6e-5)
    taka = series["pwt_xr"][grid.countries.index("BGD"), grid.years.index(2018)]
    assert file.rates["BDT"][2018] == pytest.approx(taka, abs=5e-5)
