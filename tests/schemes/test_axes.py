"""The grid of employment positions."""

import numpy as np
import pytest

from worldclass.core.errors import TheoryError
from worldclass.schemes.axes import (
    build_axes,
    flatten,
    grid_names,
    merge_states,
    slice_axes,
    states_of,
)
from worldclass.schemes.conditions import where_true

RULES = [
    "self_employed = 1 AND employees BETWEEN 1 AND 9",
    "work_status = 'employee' OR income_rank >= 0.9",
]


def test_a_number_has_a_state_for_each_side_of_each_cut_and_one_for_missing() -> None:
    axes = {axis.name: axis for axis in build_axes(RULES)}
    assert axes["employees"].breaks == (0, 1, 2, 9, 10)
    assert axes["employees"].size == 6
    assert axes["self_employed"].size == 3
    assert axes["work_status"].codes == ("employee", "self-employed", "not-employed")
    assert axes["income_rank"].breaks == (0, 0.9, np.nextafter(0.9, 1))


def test_columns_stand_in_the_order_of_the_column_table() -> None:
    names = [axis.name for axis in build_axes(RULES)]
    assert names == ["self_employed", "employees", "work_status", "income_rank"]


def test_strides_enumerate_every_combination_once() -> None:
    axes = build_axes(RULES)
    rows = np.stack([states_of(axes, axis) for axis in axes], axis=1)
    assert len(np.unique(rows, axis=0)) == flatten(axes) == 3 * 6 * 4 * 4
    strides = np.array([axis.stride for axis in axes])
    assert np.array_equal(rows @ strides, np.arange(flatten(axes)))


@pytest.mark.parametrize("value", [0, 1, 5, 9, 10, 4000])
def test_a_value_and_its_state_answer_every_rule_alike(value: int) -> None:
    axes = build_axes(["employees > 0", "employees <= 9", "employees <> 5"])
    names = grid_names(axes)
    state = axes[0].state(value)
    for rule, truth in (
        ("employees > 0", value > 0),
        ("employees <= 9", value <= 9),
        ("employees <> 5", value != 5),
    ):
        assert where_true(rule, names, "here")[state] == truth


def test_a_fixed_column_leaves_the_states_that_agree_with_it() -> None:
    axes = build_axes(RULES)
    left, kept = slice_axes(axes, {"self_employed": 1, "work_status": "missing"})
    assert [axis.name for axis in left] == ["employees", "income_rank"]
    assert len(kept) == flatten(left)
    assert set(states_of(axes, axes[0])[kept]) == {1}
    assert set(states_of(axes, axes[2])[kept]) == {3}


def test_states_that_never_differ_are_merged_and_keep_their_outcomes() -> None:
    axes = build_axes(["employees BETWEEN 1 AND 9", "supervisor = 1"])
    cells = where_true("employees BETWEEN 1 AND 9", grid_names(axes), "here")[None].astype(np.int32)
    merged, values = merge_states(axes, cells)
    assert {axis.name: axis.breaks for axis in merged}["employees"] == (0, 1, 10)
    for number in (0, 1, 2, 9, 10, 99):
        for supervisor in (0, 1, "missing"):
            old = sum(
                axis.state(value) * axis.stride
                for axis, value in zip(axes, (supervisor, number), strict=True)
            )
            new = sum(
                axis.state(value) * axis.stride
                for axis, value in zip(merged, (supervisor, number), strict=True)
            )
            assert cells[0, old] == values[0, new]


def test_a_grid_that_is_too_large_is_refused() -> None:
    rules = [f"employees >= {n} OR age >= {n} OR income_rank >= 0.{n}" for n in range(10, 40)]
    with pytest.raises(TheoryError, match="employment positions"):
        build_axes(rules)
