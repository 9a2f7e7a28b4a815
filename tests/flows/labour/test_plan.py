"""What a table must hold before labour is put on it."""

import numpy as np
import pytest

from tests.flows.labour.tables import Table
from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.labour.plan import LEAST_VALUE_ADDED, make_plan


def plan(table: Table, **changed: object):
    given = {
        "sectors": table.sectors, "output": table.output, "value_added": table.value_added,
        "year": table.year, "bridge": "wiod2013", "regions": None, **changed,
    }  # fmt: skip
    return make_plan(**given)  # pyright: ignore[reportArgumentType]


def test_industries_that_lose_money_still_have_workers(table: Table) -> None:
    added = table.value_added.copy()
    added[4] = -5.0
    found = plan(table, value_added=added)
    assert found.value_added[4] == LEAST_VALUE_ADDED * table.output[4]
    assert found.stated_value_added[4] == -5.0


def test_a_broad_sector_with_workers_and_no_output_is_named(table: Table) -> None:
    output = table.output.copy()
    output[table.at("CHN", "c1")] = 0
    with pytest.raises(SourceError, match=r"CHN agriculture \([\d.]+ thousand persons\)"):
        plan(table, output=output)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
def test_output_that_cannot_be_is_refused_with_its_sector(table: Table, bad: float) -> None:
    output = table.output.copy()
    output[table.at("DEU", "c4")] = bad
    with pytest.raises(SourceError, match="DEU c4"):
        plan(table, output=output)


def test_numbers_of_another_length_are_refused(table: Table) -> None:
    with pytest.raises(SourceError, match="105 sectors"):
        plan(table, value_added=table.value_added[:-1])


def test_an_unknown_country_or_year_is_refused(table: Table) -> None:
    with pytest.raises(UsageError, match="QQQ"):
        plan(table, sectors=[("QQQ" if c == "DEU" else c, i) for c, i in table.sectors])
    with pytest.raises(UsageError, match="2030"):
        plan(table, year=2030)
