"""Hours that came with a table are used, in any known unit, and asked for no bridge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.accounts import Accounts
from worldclass.flows.economy import Economy, Satellite
from worldclass.flows.own_accounts import own_labour
from worldclass.flows.query import flows


def with_hours(economy: Economy, unit: str = "million hours", **rows: float) -> Economy:
    n = len(economy.sectors)
    words = ("_skilled", "-skilled"), ("_", ": ", 1), ("_", ", ")
    names: dict[str, float] = {}
    for name, size in rows.items():
        for change in words:
            name = name.replace(*change)
        names[name] = size
    satellites = {k: Satellite(k, unit, size * np.arange(1.0, n + 1)) for k, size in names.items()}
    return replace(economy, satellites=satellites)


def test_the_tables_own_hours_are_traced_without_a_bridge(economy: Economy) -> None:
    own = with_hours(economy, hours_female=1.0, hours_male=2.0)
    frame = flows(table=own, by="country,sex", draws=50)
    given = frame.filter(pl.col("measure") == "hours_given")
    by_sex = dict(given.group_by("sex").agg(pl.col("value").sum()).iter_rows())
    assert by_sex == pytest.approx({"female": 78.0, "male": 156.0, "total": 234.0})
    assert frame["p05"].null_count() == frame.height  # nothing is assumed


def test_skills_are_summed_and_units_brought_to_ours(economy: Economy) -> None:
    skilled = with_hours(
        economy, "thousand hours", hours_female_low_skilled=1e3, hours_female_high_skilled=1e3,
        hours_male=3e3,
    )  # fmt: skip
    sexes, hours = own_labour(skilled.satellites, "hours", "here") or ((), np.zeros(0))
    assert sexes == ("female", "male")
    assert hours.sum(axis=1).tolist() == pytest.approx([156.0, 234.0])


def test_hours_without_sexes_are_a_total(economy: Economy) -> None:
    account = Accounts(with_hours(economy, hours=2.0)).account("hours")
    assert account.sexes == ("total",)
    assert account.central.sum() == pytest.approx(156.0)


def test_the_estimate_can_be_asked_for_instead(economy: Economy) -> None:
    own = with_hours(economy, hours=2.0)
    with pytest.raises(UsageError, match="does not know 4 industries"):
        Accounts(own, labour="estimate").account("hours")


@pytest.mark.parametrize(
    ("rows", "unit", "message"),
    [
        ({"hours_female": 1.0}, "million hours", "of one sex only: female"),
        ({"hours": 1.0}, "furlongs", "in 'furlongs'.*million hours"),
    ],
)
def test_rows_that_cannot_be_meant_are_refused(
    economy: Economy, rows: dict[str, float], unit: str, message: str
) -> None:
    with pytest.raises(UsageError, match=f"(?s){message}"):
        Accounts(with_hours(economy, unit, **rows)).account("hours")


def test_a_table_without_hours_cannot_be_told_to_use_them(economy: Economy) -> None:
    with pytest.raises(UsageError, match="no account of hours"):
        Accounts(economy, labour="table").account("hours")
    with pytest.raises(UsageError, match="auto, table, estimate"):
        Accounts(economy, labour="guess")  # type: ignore[arg-type]


def test_flows_of_one_skill(economy: Economy) -> None:
    own = with_hours(economy, hours_female_low_skilled=1.0, hours_male_low_skilled=1.0,
                     hours_female_high_skilled=5.0, hours_male_high_skilled=5.0)  # fmt: skip
    frame = flows(table=own, skill="low", draws=0)
    given = frame.filter(pl.col("measure") == "hours_low_given")
    assert given["value"].sum() == pytest.approx(156.0)
    with pytest.raises(UsageError, match="no account of hours of medium skill"):
        flows(table=own, skill="medium", draws=0)
    with pytest.raises(UsageError, match="estimate, which knows no skill"):
        flows(2008, skill="low", draws=0)
