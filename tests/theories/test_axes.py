"""Which entries of a table can occur: the order of cut points, and the cells of splits."""

import numpy as np
import pytest

from worldclass.theories.axes import Axis, Cut, Layout, possible

BELOW, EQUAL, ABOVE, MISSING = range(4)
WELFARE = Layout((), 2, ())


def pairs(first: Cut, second: Cut) -> set[tuple[int, int]]:
    mask = np.broadcast_to(possible(WELFARE, (first, second), {}), (4, 4))
    return {(int(one), int(two)) for one, two in np.argwhere(mask)}


def cut(value: float, reference: str | None = None) -> Cut:
    return Cut("welfare", value, reference)


def test_an_income_has_five_places_around_two_cut_points_and_may_be_missing() -> None:
    assert pairs(cut(5), cut(10)) == {
        (BELOW, BELOW),
        (EQUAL, BELOW),
        (ABOVE, BELOW),
        (ABOVE, EQUAL),
        (ABOVE, ABOVE),
        (MISSING, MISSING),
    }


def test_the_order_of_the_axes_does_not_matter() -> None:
    assert pairs(cut(10), cut(5)) == {(two, one) for one, two in pairs(cut(5), cut(10))}


def test_equal_cut_points_have_the_same_state() -> None:
    assert pairs(cut(5), cut(5)) == {(state, state) for state in range(4)}


@pytest.mark.parametrize("reference", [None, "mean_welfare:BRA"])
def test_the_order_of_cut_points_with_different_references_is_open(reference: str | None) -> None:
    found = pairs(cut(5, reference), cut(1, "mean_welfare:ITA"))
    assert len(found) == 3 * 3 + 1


def test_a_positive_multiple_lies_above_zero_whatever_its_reference() -> None:
    assert pairs(cut(0), cut(1, "mean_welfare:ITA")) == pairs(cut(5), cut(10))
    assert pairs(cut(0), cut(0, "mean_welfare:ITA")) == pairs(cut(5), cut(5))


def test_cut_points_of_different_incomes_are_independent() -> None:
    found = pairs(cut(5), Cut("labour_income", 10, None))
    assert len(found) == 16


def test_only_covered_cells_can_be_inside_a_split() -> None:
    layout = Layout((Axis("sex", ("female", "male")),), 0, ("detached",))
    mask = possible(layout, (), {"detached": np.array([False, True])})
    assert mask.tolist() == [[True, False], [True, True]]
