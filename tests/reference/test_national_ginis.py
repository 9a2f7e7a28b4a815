"""National Gini indices are those of the surveys; what departs is known and listed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from validation.national_ginis import (
    MOST_POINTS,
    Brackets,
    brackets,
    departing,
    national_ginis,
    too_wide,
    without_income,
    years_text,
)
from validation.world import World
from worldclass.atlas.settings import basis_of_year
from worldclass.claims.quantities.national_distributions import (
    labour_income_distributions,
    welfare_distributions,
)
from worldclass.people.assumptions import Scores
from worldclass.people.realise import realise
from worldclass.people.snapshot import Snapshot

PAGE = Path(__file__).resolve().parents[2] / "docs" / "results.md"
DEPARTING = {"BLZ": (1997,), "GUY": (2003,), "MDV": (1995, 1999, 2002)}
"""Welfare that departs from its brackets by more than a point, at the top of a distribution."""
TOO_WIDE = {"BOL": (1999,), "ZMB": (1991,)}
"""Labour income with a long lower tail in the survey itself."""
WITHOUT = {
    "COL": (2000,), "PAN": tuple(range(1991, 1996)), "SLE": (*range(1991, 1999), 2000),
}  # fmt: skip
"""Where more than a twentieth report no income."""
HIGHEST = {"welfare": 0.67, "labour": 0.76}
"""Beyond these an index is not believed without an explanation. South Africa's (0.63 and 0.72) are
the highest of recent years; without the known, none of 1991 is above 0.64 and 0.757."""
OUT_OF_RANGE = {
    "welfare": set[tuple[str, int]](),
    "labour": {("SLE", 1991), ("ZMB", 1991), ("BOL", 2000)},
}


@pytest.fixture(scope="module")
def found(world: World) -> Brackets:
    return brackets(world)


def _listed(world: World, found: Brackets, rows: np.ndarray) -> dict[str, tuple[int, ...]]:
    years: dict[str, tuple[int, ...]] = {}
    for row in rows:
        code = world.grid.countries[int(found.country[row])]
        years[code] = (*years.get(code, ()), world.grid.years[int(found.year[row])])
    return years


def test_welfare_departs_from_its_brackets_only_where_it_is_known_to(
    world: World, found: Brackets
) -> None:
    """A country-year that joins them is a defect; one that leaves them is to be struck out."""
    assert _listed(world, found, departing(found)) == DEPARTING
    assert np.abs(found.ours - found.gini).mean() < 0.1


def test_labour_income_is_spread_too_widely_only_where_it_is_known_to_be(
    world: World, found: Brackets
) -> None:
    assert _listed(world, found, too_wide(found)) == TOO_WIDE


def test_persons_without_income_do_not_widen_the_spread(world: World, found: Brackets) -> None:
    rows = without_income(found)
    assert _listed(world, found, rows) == WITHOUT
    assert (found.spread[rows] < 1.15 * found.expected[rows]).all()
    assert (found.of_all[rows] > found.spread[rows]).all()


@pytest.mark.parametrize("year", [1991, 2000, 2008, 2019, 2023])
def test_no_national_index_is_out_of_range_but_the_known(snapshot: Snapshot, year: int) -> None:
    people = realise(basis_of_year(snapshot, year), Scores({}))
    incomes = {
        "welfare": welfare_distributions(people, "household-survey"),
        "labour": labour_income_distributions(people),
    }
    for name, one in incomes.items():
        index = {
            (code, year): float(one.index("gini", "within", [row], equal=False)[0])
            for row, code in enumerate(snapshot.estimates.grid.countries)
        }
        high = {place for place, value in index.items() if value > HIGHEST[name]}
        assert high == {place for place in OUT_OF_RANGE[name] if place[1] == year}, name
        assert min(index.values()) > 0.15


def test_a_planted_defect_is_flagged(found: Brackets) -> None:
    """The check does not pass because nothing could be flagged."""
    from dataclasses import replace

    row = int(np.flatnonzero(np.abs(found.ours - found.gini) < 1)[0])
    ours, spread = found.ours.copy(), found.spread.copy()
    ours[row] += MOST_POINTS + 1.1
    spread[row] *= 2
    worse = replace(found, ours=ours, spread=spread)
    assert row in departing(worse) and row not in departing(found)
    assert row in too_wide(worse) and row not in too_wide(found)


def test_what_is_flagged_stands_on_the_page(world: World) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for table in national_ginis(world).tables:
        assert table.markdown() in page


def test_years_in_words() -> None:
    assert years_text([2001, 1991, 1992]) == "1991–1992, 2001"
