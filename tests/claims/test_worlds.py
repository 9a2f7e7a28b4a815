"""Made worlds are sound snapshots, and hold what they were made to hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from tests.claims.worlds import (
    COUNTRIES,
    SOUTH,
    Change,
    Where,
    held,
    incomes,
    moved,
    persons,
    scaled,
    several,
    spread,
    world,
)
from worldclass.claims.data import Data
from worldclass.claims.quantities.inequality import Inequality
from worldclass.claims.quantities.inequality import evaluate as inequality
from worldclass.claims.quantities.mean_income import MeanIncome
from worldclass.claims.quantities.mean_income import evaluate as mean_income
from worldclass.claims.quantities.people_count import PeopleCount
from worldclass.claims.quantities.people_count import evaluate as count

LATE = Where(countries=("CHN",), years=(2023,))
CHINA = {"country": "CHN", "year": 2023}
ANCHORS = ("national-accounts", "household-survey", "earnings-survey")


def values(evaluate: object, settings: list[object], data: Data) -> np.ndarray:
    return evaluate(settings, [-1, 0, 5], data)  # type: ignore[operator]


def test_a_world_is_a_snapshot_that_the_atlas_reads(tmp_path: Path) -> None:
    made = world(tmp_path)
    frame = wc.atlas("ilo-status", country="WORLD", year=2023, snapshot=made.snapshot)
    real = wc.atlas("ilo-status", country=list(COUNTRIES), year=2023)
    whole = pl.DataFrame(real).group_by("class", "sex").agg(pl.col("persons").sum())
    both = pl.DataFrame(frame).join(whole, on=["class", "sex"], suffix="_real")
    assert both.height == frame.height > 0
    np.testing.assert_allclose(both["persons"], both["persons_real"], rtol=1e-5)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_incomes_are_multiplied_under_every_anchor(tmp_path: Path, anchor: str) -> None:
    asked = [MeanIncome(**CHINA, anchor=anchor)]  # type: ignore[arg-type]
    before = values(mean_income, asked, world(tmp_path / "a"))
    after = values(mean_income, asked, world(tmp_path / "b", incomes(2.0, LATE)))
    np.testing.assert_allclose(after / before, 2.0, rtol=1e-4)


def test_persons_are_multiplied(tmp_path: Path) -> None:
    asked = [PeopleCount(where=where, **CHINA) for where in ("", "status = 'outside'")]
    before = values(count, asked, world(tmp_path / "a"))
    after = values(count, asked, world(tmp_path / "b", persons(0.5, LATE)))
    np.testing.assert_allclose(after / before, 0.5, rtol=1e-5)


def test_those_who_move_keep_what_they_had_otherwise(tmp_path: Path) -> None:
    """All women leave farming: the status of women stays, and men stay where they are."""
    where = Where(countries=("CHN",), years=(2023,), sex="female")
    farming = [
        PeopleCount(where="sector = 'agriculture'", **CHINA, sex=sex) for sex in ("female", "male")
    ]
    paid = [PeopleCount(where="status = 'employee'", **CHINA, sex="female")]
    first = world(tmp_path / "a")
    second = world(tmp_path / "b", moved("agriculture", "industry", 1.0, where))
    assert values(count, farming, second)[0, 0] < 1.0
    np.testing.assert_allclose(
        values(count, farming, second)[1, 0], values(count, farming, first)[1, 0], rtol=1e-5
    )
    np.testing.assert_allclose(
        values(count, paid, second)[0, 0], values(count, paid, first)[0, 0], rtol=1e-5
    )


def test_status_moves_as_far_as_it_is_told(tmp_path: Path) -> None:
    """Half of the self-employed become employees; incomes are those of the status."""
    change = moved("self_employed", "employee", 0.5, LATE)
    own = [PeopleCount(where="status in ('employer', 'own-account')", **CHINA)]
    before = values(count, own, world(tmp_path / "a"))[0, 0]
    after = values(count, own, world(tmp_path / "b", change))[0, 0]
    assert after / before == pytest.approx(0.5, rel=1e-5)


@pytest.mark.parametrize(("factor", "more"), [(1.3, True), (0.7, False)])
def test_spread_changes_inequality_and_not_the_mean(
    tmp_path: Path, factor: float, more: bool
) -> None:
    asked = [Inequality(part="within", country="CHN", year=2023)]
    mean = [MeanIncome(column="welfare", **CHINA)]
    first, second = world(tmp_path / "a"), world(tmp_path / "b", spread(factor, LATE))
    before, after = values(inequality, asked, first), values(inequality, asked, second)
    assert ((after > before) == more).all()
    np.testing.assert_allclose(
        values(mean_income, mean, second), values(mean_income, mean, first), rtol=1e-5
    )


def test_a_world_may_stand_still(tmp_path: Path) -> None:
    still = world(tmp_path, held(1991))
    asked = [PeopleCount(where="status = 'employee'", year=year) for year in (1991, 2023)]
    first, last = values(count, asked, still)
    np.testing.assert_allclose(first, last, rtol=1e-6)


def test_changes_apply_where_they_say(tmp_path: Path) -> None:
    change: Change = several(scaled("unemployed", 3.0, Where(countries=SOUTH, sex="male")))
    asked = [
        PeopleCount(where="status = 'unemployed'", country=country, year=2000, sex=sex)
        for country in ("SOUTH", "NORTH")
        for sex in ("female", "male")
    ]
    before = values(count, asked, world(tmp_path / "a"))[:, 0]
    after = values(count, asked, world(tmp_path / "b", change))[:, 0]
    np.testing.assert_allclose(after / before, [1, 3, 1, 1], rtol=1e-5)
