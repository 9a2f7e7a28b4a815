"""The cells: statuses by sector and occupation, those without work by age."""

from worldclass.people.cells import (
    ADULTS,
    CELLS,
    EMPLOYED,
    EMPLOYEES,
    IN_LABOUR_FORCE,
    PAID,
)
from worldclass.people.columns import columns


def test_every_cell_has_codes_that_rules_may_name() -> None:
    for cell in CELLS:
        for name in ("status", "sector", "occupation", "age"):
            code = cell.code(name)
            assert code in columns()[name].codes or (code is None and columns()[name].nullable)


def test_no_two_cells_are_alike() -> None:
    assert len(set(CELLS)) == len(CELLS) == 21


def test_the_cells_stand_in_the_order_that_their_limits_say() -> None:
    unpaid = {"family-worker", "unemployed", "outside"}
    for position, cell in enumerate(CELLS):
        assert (position < PAID) == (cell.status not in unpaid)
        assert (position < EMPLOYED) == (cell.sector is not None)
        assert (position < IN_LABOUR_FORCE) == (cell.status != "outside")
        assert (position < ADULTS) == (cell.age != "0-14")
    assert {cell.status for cell in CELLS[EMPLOYEES]} == {"employee"}
    assert sum(cell.status == "employee" for cell in CELLS) == len(CELLS[EMPLOYEES])
