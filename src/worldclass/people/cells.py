"""The cells of the population table: groups of persons within a country, year and sex."""

from __future__ import annotations

from dataclasses import dataclass

from worldclass.people.labour_force import AGES
from worldclass.people.status_sector import SECTORS


@dataclass(frozen=True)
class Cell:
    """One group of persons; None where a column does not apply."""

    status: str
    sector: str | None = None
    occupation: str | None = None
    age: str = "15+"

    def code(self, column: str) -> str | None:
        """The cell's code in a categorical column other than sex."""
        return getattr(self, column)


def _cells() -> tuple[Cell, ...]:
    employees = ("manager-professional", "other")
    return (
        *(Cell("employer", sector) for sector in SECTORS),
        *(Cell("own-account", sector) for sector in SECTORS),
        *(Cell("employee", sector, kind) for kind in employees for sector in SECTORS),
        *(Cell("family-worker", sector) for sector in SECTORS),
        Cell("unemployed"),
        *(Cell("outside", age=age) for age in AGES),
        Cell("outside", age="0-14"),
    )


CELLS = _cells()
"""All cells. The first `PAID` have labour income; the first `EMPLOYED` work."""
PAID = 12
EMPLOYED = 15
EMPLOYEES = slice(6, 12)
"""Employees: managers and professionals by sector, then the others by sector."""
IN_LABOUR_FORCE = 16
ADULTS = 20
