"""wc.flows answers as asked, adds up, and refuses what cannot be meant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.economy import Economy
from worldclass.flows.production import produce
from worldclass.flows.query import flows
from worldclass.flows.store import open_store
from worldclass.sources.mirror import Mirror


@pytest.fixture(scope="module")
def pairs() -> pl.DataFrame:
    return flows(2008, by="pair,sector,sex", draws=20)


def total(frame: pl.DataFrame, **labels: str) -> float:
    return float(
        frame.filter(*(pl.col(name) == label for name, label in labels.items()))["value"].sum()
    )


def test_the_package_answers_the_call() -> None:
    assert wc.flows(2008, draws=0).height == 6 * 41


def test_every_hour_worked_is_embodied_in_some_consumption(pairs: pl.DataFrame) -> None:
    given = flows(2008, by="country,sex", draws=0).filter(pl.col("measure") == "hours_given")
    for sex in ("female", "male", "total"):
        embodied = total(pairs, sex=sex)
        worked = total(given, sex=sex)
        assert embodied == pytest.approx(worked, rel=1e-9)


@pytest.mark.parametrize("group", [None, ["NORTH", "SOUTH"]])
def test_what_a_country_takes_that_only_consumes_is_counted(group: list[str] | None) -> None:
    """Half of Luxembourg's demand given to Switzerland, which has no industry in the table."""
    whole = open_store().production(2008)
    place = whole.consumers.index("LUX")

    def halved(values: np.ndarray) -> np.ndarray:
        half = values[:, place] / 2
        return np.column_stack([values - half[:, None] * np.eye(values.shape[1])[place], half])

    parted = replace(
        whole,
        consumers=(*whole.consumers, "CHE"),
        required=halved(whole.required),
        trade=halved(whole.trade),
        final_trade=halved(whole.final_trade),
    )
    frame = flows(table=parted, draws=0, group=group)
    given = total(flows(table=whole, draws=0), measure="hours_given")
    assert total(frame, measure="hours_given") == pytest.approx(given, rel=1e-9)
    assert total(frame, measure="hours_commanded") == pytest.approx(given, rel=1e-9)
    if group is None:
        assert total(frame, measure="hours_given", producer="CHE") == 0
        taken = total(frame, measure="hours_commanded", consumer="LUX")
        assert total(frame, measure="hours_commanded", consumer="CHE") == pytest.approx(taken)


def test_groups_that_can_be_read_once_hold_in_every_year() -> None:
    frame = flows([2007, 2008], draws=0, group=(name for name in ("NORTH", "SOUTH")))
    assert frame.equals(flows([2007, 2008], draws=0, group=["NORTH", "SOUTH"]))


def test_net_of_all_countries_is_zero_and_gross_is_net_plus_returned() -> None:
    frame = flows(2008, draws=0)
    scale = total(frame, measure="hours_given")
    assert abs(total(frame, measure="hours_net")) < 1e-9 * scale
    matrix = flows(2008, by="pair", group=["NORTH", "SOUTH"], draws=0)
    gross = total(matrix, producer="SOUTH", consumer="NORTH")
    returned = total(matrix, producer="NORTH", consumer="SOUTH")
    balance = flows(2008, group=["NORTH", "SOUTH"], draws=0)
    net = total(balance, measure="hours_net", consumer="NORTH")
    assert gross == pytest.approx(net + returned, rel=1e-12)


def test_groups_sum_their_countries(pairs: pl.DataFrame) -> None:
    groups = flows(2008, by="pair", group={"A": ["USA", "DEU"], "B": ["CHN"]}, draws=0)
    totals = pairs.filter(pl.col("sex") == "total")
    direct = sum(total(totals, producer="CHN", consumer=code) for code in ("USA", "DEU"))
    assert total(groups, producer="B", consumer="A") == pytest.approx(direct, rel=1e-9)


def test_a_range_leaves_out_absent_years_and_a_named_one_is_refused() -> None:
    years = flows("2002:2005", group="NORTH", draws=0)["year"].unique().sort().to_list()
    assert years == [2002, 2004, 2005]
    with pytest.raises(UsageError, match="no input-output table of 2003"):
        flows(2003)


def test_intervals_hold_the_middle_of_the_draws() -> None:
    frame = flows(2008, group=["NORTH", "SOUTH"], draws=100)
    rows = frame.filter(pl.col("measure") == "hours_net")
    assert (rows["p05"] < rows["value"]).all()
    assert (rows["value"] < rows["p95"]).all()


def test_value_added_has_no_sex_and_no_interval() -> None:
    frame = flows(2008, by="pair", group=["NORTH", "SOUTH"], account="value_added", draws=10)
    assert frame["sex"].unique().to_list() == ["total"]
    assert frame["unit"].unique().to_list() == ["million USD"]
    assert total(frame) == pytest.approx(60.16e6, rel=1e-3)


def test_a_table_of_ones_own_with_regions_of_its_own(economy: Economy) -> None:
    industries = ("c1", "c4", "c18", "c33")
    codes = {"C00": "DEU", "C01": "CHN", "C02": "ROW"}
    from dataclasses import replace

    own = replace(
        economy,
        year=2008,
        sectors=tuple((codes[c], industries[int(i[1])]) for c, i in economy.sectors),
        demands=tuple((codes[c], category) for c, category in economy.demands),
    )
    for table in (own, produce(own)):
        frame = flows(table=table, draws=0)
        assert frame["year"].unique().to_list() == [2008]
        given = frame.filter(pl.col("measure") == "hours_given")
        commanded = frame.filter(pl.col("measure") == "hours_commanded")
        np.testing.assert_allclose(given["value"].sum(), commanded["value"].sum(), rtol=1e-12)
    with pytest.raises(UsageError, match="do not cover 1999"):
        flows(1999, table=own)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "continent"}, "told apart by 'continent'"),
        ({"by": "country,pair"}, "exclude each other"),
        ({"by": ["sector", "industry"]}, "exclude each other"),
        ({"account": "tears"}, "no account 'tears'"),
        ({"country": "KEN"}, "Kenya .KEN. is part of ROW"),
        ({"sex": "both"}, "Unknown sex"),
        ({"year": 1980}, "do not cover 1980"),
        ({"group": ["NORTH", "USA"]}, "is in both"),
    ],
)
def test_what_cannot_be_meant_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=f"(?s){message}"):
        flows(**{"year": 2008, "draws": 0, **options})  # type: ignore[arg-type]


def test_a_folder_of_tables_is_read(mirror: Mirror) -> None:
    direct = flows("1995:1996", table=mirror.root, group=["NORTH", "SOUTH"], draws=0)
    stored = flows("1995:1996", group=["NORTH", "SOUTH"], draws=0)
    np.testing.assert_allclose(direct["value"], stored["value"], rtol=1e-3)
    with pytest.raises(SourceError, match="no such file or folder"):
        flows(table="nowhere")
