"""Labour flows where the tables say, whichever way, and a draw's number means one thing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.claims.worlds import Where, scaled, world
from tests.claims.worlds_other import write_trade
from worldclass.claims.data import Data
from worldclass.claims.quantities.flow import QUANTITY, Flow, evaluate, imagine
from worldclass.claims.quantities.paired_labour import labour_until
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError
from worldclass.flows.query import flows

EMBEDDED = Data()
SHARES = {1995: (0.10, 0.05), 2005: (0.25, 0.05)}


def both_ways(year: int, **more: str) -> list[Flow]:
    """North from the South, and South from the North."""
    ends = (("SOUTH", "NORTH"), ("NORTH", "SOUTH"))
    return [Flow(producer=one, consumer=other, year=year, **more) for one, other in ends]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Tables in which the South delivers 10, then 25 % of its work to the North, and 5 % return."""
    return Data(flows=write_trade(tmp_path_factory.mktemp("trade"), SHARES))


@pytest.mark.parametrize("year", SHARES)
@pytest.mark.parametrize("account", ["hours", "persons", "value_added", "pay"])
def test_the_part_of_output_that_is_delivered_is_the_part_of_labour_that_flows(
    trade: Data, year: int, account: str
) -> None:
    whole = [Flow(producer=area, year=year, account=account) for area in ("SOUTH", "NORTH")]  # type: ignore[arg-type]
    values = evaluate([*both_ways(year, account=account), *whole], [CENTRE, 0, 3], trade)
    np.testing.assert_allclose(values[:2] / values[2:], np.array([SHARES[year]] * 3).T, rtol=1e-3)


def test_labour_is_that_of_the_snapshot_asked_for(trade: Data, tmp_path: Path) -> None:
    half = scaled("employed", 0.5, Where(countries=("CHN", "IND")))
    small = replace(trade, snapshot=world(tmp_path, half).snapshot)
    asked = [*both_ways(2005), *both_ways(2005, account="value_added")]
    before, after = (evaluate(asked, [CENTRE, 0, 3], data) for data in (trade, small))
    np.testing.assert_allclose(after[0], before[0] / 2, rtol=1e-6)
    np.testing.assert_allclose(after[1:], before[1:], rtol=1e-6)


def test_labour_that_flows_south_is_told_as_such(tmp_path: Path) -> None:
    data = Data(flows=write_trade(tmp_path, {2008: (0.0, 0.5)}))
    north, south = evaluate(both_ways(2008), [CENTRE], data)[:, 0]
    assert north == pytest.approx(0, abs=1e-6)
    assert south > 0


def test_flows_are_those_of_the_query() -> None:
    frame = flows(2008, by="pair", group=["NORTH", "SOUTH"], draws=0)
    south_to_north = frame.filter((frame["producer"] == "SOUTH") & (frame["consumer"] == "NORTH"))[
        "value"
    ].sum()
    assert evaluate(both_ways(2008), [CENTRE], EMBEDDED)[0, 0] == pytest.approx(south_to_north)


def test_parts_sum_to_the_whole() -> None:
    ends = {"producer": "SOUTH", "consumer": "NORTH", "year": 2008}
    groups = ("agriculture", "mining", "manufacturing", "utilities", "construction", "services")
    whole = evaluate([Flow(**ends)], [CENTRE, 7], EMBEDDED)  # type: ignore[arg-type]
    by_sex = [Flow(**ends, sex=sex) for sex in ("female", "male")]  # type: ignore[arg-type]
    by_group = [Flow(**ends, sector=group) for group in groups]  # type: ignore[arg-type]
    for parts in (by_sex, by_group, [Flow(**ends, sector=groups)]):  # type: ignore[arg-type]
        np.testing.assert_allclose(
            evaluate(parts, [CENTRE, 7], EMBEDDED).sum(axis=0), whole[0], rtol=1e-9
        )


def test_a_list_is_a_union_and_the_rest_of_the_world_is_southern() -> None:
    places = (("BRA",), ("ROW",), ("BRA", "ROW"), ("BRA", "ROW", "BRA"), "SOUTH", ("SOUTH", "ROW"))
    values = evaluate([Flow(producer=one, year=2008) for one in places], [CENTRE], EMBEDDED)[:, 0]
    assert values[0] + values[1] == pytest.approx(values[2])
    assert values[2] == values[3]
    assert values[4] == values[5] > values[2]


def test_a_draw_is_the_same_whatever_else_is_asked_for() -> None:
    settings = [*both_ways(2008), *both_ways(1995)]
    many = evaluate(settings, [CENTRE, 0, 5, 63, 64, 70], EMBEDDED)
    few = evaluate(settings[2:], [70, 5, CENTRE], EMBEDDED)
    assert (few == many[2:][:, [5, 2, 0]]).all()
    assert len(set(many[0].tolist())) == many.shape[1]


def test_labour_is_drawn_independently_of_the_population() -> None:
    scores = EMBEDDED.open_snapshot().draws.scores[:128]
    labour = np.nan_to_num(labour_until(1).scores)
    together = np.corrcoef(scores.T, labour.T)[: scores.shape[1], scores.shape[1] :]
    assert np.abs(together).max() < 0.45
    assert sorted(labour[:64, 0].tolist()) == sorted(labour_until(0).scores[:, 0].tolist())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"year": 2003}, r"(?s)no input-output table of 2003.*2003, 2009 are absent"),
        (
            {"year": 2008, "producer": "NGA"},
            r"(?s)Nigeria.*not a country.*part of ROW",
        ),
        ({"year": 2008, "account": "pay", "sex": "female"}, "does not tell women and men apart"),
        ({"year": 2008, "sector": "crafts"}, r"(?s)no group of industries 'crafts'.*mining"),
    ],
)
def test_what_cannot_be_answered_is_refused(given: dict[str, object], words: str) -> None:
    with pytest.raises(ClaimError, match=words) as caught:
        evaluate([Flow(**given)], [CENTRE], EMBEDDED)  # type: ignore[arg-type]
    assert "flow" in caught.value.where


def test_imagined_flows_are_coherent_and_go_either_way() -> None:
    ends = {"producer": "SOUTH", "consumer": "NORTH", "year": 1995}
    settings = [
        *both_ways(1995),
        *both_ways(2008),
        Flow(**ends, sex="female"),  # type: ignore[arg-type]
        Flow(**ends, sector=("mining", "services")),  # type: ignore[arg-type]
        Flow(**ends),  # type: ignore[arg-type]
        Flow(**ends, account="value_added"),  # type: ignore[arg-type]
        Flow(**ends, account="pay"),  # type: ignore[arg-type]
    ]
    values = imagine(settings, np.random.default_rng(0), 3000)
    assert values.shape == (9, 3000)
    assert (values > 0).all()
    assert (values[0] == values[6]).all()
    assert (values[4] < values[0]).all()
    assert (values[5] < values[0]).all()
    assert (values[8] <= values[7]).all()
    net = values[[0, 2]] - values[[1, 3]]
    for truth in (net[0] > 0, net[1] > net[0], values[4] > values[0] / 2):
        assert 0.2 < truth.mean() < 0.8


def test_many_places_are_imagined_in_blocks_of_worlds() -> None:
    codes = ("BRA", "CHN", "IND", "IDN", "MEX", "RUS", "TUR", "DEU", "FRA", "GBR", "ITA", "JPN")
    settings = [Flow(producer=one, consumer=other, year=2008) for one in codes for other in codes]
    values = imagine([*settings, Flow(producer=codes, consumer=codes, year=2008)],
                     np.random.default_rng(1), 5000)  # fmt: skip
    np.testing.assert_allclose(values[:-1].sum(axis=0), values[-1], rtol=1e-9)


def test_womens_part_is_said_to_be_ruled() -> None:
    both = QUANTITY.evidence(both_ways(2008), EMBEDDED)
    women = QUANTITY.evidence(both_ways(2008, sex="female"), EMBEDDED)
    money = QUANTITY.evidence(both_ways(2008, account="value_added"), EMBEDDED)
    assert both.imputed is not None
    assert 0 < both.imputed < 1
    assert women.imputed == 1
    assert money.imputed is None
    assert "ruled, not measured" in women.method
    assert "World Input-Output Database" in both.sources[0]
    assert both.sources[0].endswith("2008")
