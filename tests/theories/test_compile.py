"""The decision table: its axes, its cut points, and what parameters change."""

import math
import time
from collections.abc import Callable

import numpy as np
import pytest

from worldclass.core.errors import TheoryError
from worldclass.theories import Cut, Theory, compile_theory, load_theory
from worldclass.theories.structure import build_structure

Make = Callable[[str], Theory]


def test_the_axes_of_bromma_are_its_columns_cut_points_and_splits() -> None:
    compiled = compile_theory(load_theory("bromma"))
    assert [axis.name for axis in compiled.categories] == [
        "sex",
        "age",
        "status",
        "sector",
        "occupation",
    ]
    assert compiled.categories[3].codes == ("agriculture", "industry", "services", None)
    assert compiled.cuts == (
        Cut("labour_income", 3.0, "national_mean_labour_income", "capitalist_income"),
        Cut("labour_income", 1500.0, None, "tau"),
    )
    assert compiled.splits == ("detached", "counts_as_manager")
    assert compiled.table.shape == (2, 6, 6, 4, 3, 4, 4, 2, 2)
    assert compiled.table.dtype == np.int16


def test_the_choice_of_threshold_changes_the_cut_point() -> None:
    compiled = compile_theory(load_theory("bromma"), {"threshold": "relative"})
    assert compiled.references == ("national_mean_labour_income", "world_mean_labour_income")
    assert [cut.parameter for cut in compiled.cuts] == ["capitalist_income", "tau_relative"]


def test_a_theory_without_incomes_has_no_cut_points() -> None:
    compiled = compile_theory(load_theory("ilo-status"))
    assert compiled.cuts == ()
    assert compiled.table.tolist() == [0, 1, 2, 3, 4, 5]


def test_the_table_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        compile_theory(load_theory("pew")).table[...] = 0


def test_dollars_of_2011_a_day_become_dollars_of_2021_a_month(one_rule: Make) -> None:
    compiled = compile_theory(one_rule("labour_income > daily"))
    assert compiled.cuts[0].value == pytest.approx(10 * 270.970 / 224.939 * 365 / 12)


def test_equal_numbers_share_a_cut_point_and_parameters_keep_their_own(one_rule: Make) -> None:
    compiled = compile_theory(
        one_rule("labour_income > 1500 or labour_income > 1500.0 or labour_income > tau")
    )
    assert [(cut.value, cut.parameter) for cut in compiled.cuts] == [(1500, None), (1500, "tau")]


def test_a_parameter_moves_a_cut_point_and_leaves_the_table() -> None:
    theory = load_theory("pew")
    first, second = compile_theory(theory), compile_theory(theory, {"poor": 2.5})
    assert first.table is second.table
    assert first.cuts[0].value < second.cuts[0].value
    assert first.cuts[1:] == second.cuts[1:]


def test_an_income_tested_only_for_null_has_one_cut_axis(one_rule: Make) -> None:
    compiled = compile_theory(one_rule("labour_income is null"))
    assert compiled.table[:,].tolist() == [1, 1, 1, 0]


def test_without_a_closing_rule_the_rest_has_no_class(make_theory: Make) -> None:
    theory = make_theory('[[class]]\nid="a"\nlabel="A"\nwhen="sex = \'male\'"\n')
    assert compile_theory(theory).table.tolist() == [-1, 0]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"tua": 1.0}, "no parameter 'tua'"),
        ({"tau": -1.0}, "cannot be -1"),
        ({"tau": math.nan}, "cannot be nan"),
        ({"tau": math.inf}, "cannot be inf"),
        ({"tau": "much"}, "cannot be 'much'"),
        ({"threshold": "neither"}, "cannot be 'neither'"),
        ({"threshold": 1.0}, "cannot be 1.0"),
    ],
)
def test_an_impossible_parameter_is_refused(parameters: dict[str, float], said: str) -> None:
    with pytest.raises(TheoryError, match=said):
        compile_theory(load_theory("bromma"), parameters)


def test_a_parameter_may_leave_its_plausible_range() -> None:
    assert compile_theory(load_theory("bromma"), {"tau": 500}).cuts[1].value == 500


def test_splits_name_their_cells_shares_and_scales() -> None:
    compiled = compile_theory(load_theory("bromma"))
    assert compiled.shares == ("long_term_unemployed",)
    unemployed, men, women = compiled.split_fraction("detached")
    assert (unemployed.share, unemployed.central, unemployed.high) == (
        "long_term_unemployed",
        None,
        1.0,
    )
    assert (men.low, men.central, men.high, men.plausible) == (0.0, 0.25, 1.0, (0.1, 0.5))
    # one sex, one age, one status; every sector and occupation
    assert int(women.cells.sum()) == 4 * 3
    manager = compiled.split_fraction("counts_as_manager")[0]
    assert manager.scale == "manager_scale"


@pytest.mark.parametrize(("scale", "expected"), [(0.0, 0.0), (0.5, 0.5), (1.2, 1.0)])
def test_a_scaled_fraction_stops_at_one(scale: float, expected: float) -> None:
    compiled = compile_theory(load_theory("bromma"), {"manager_scale": scale})
    entry = compiled.split_fraction("counts_as_manager")[0]
    assert float(entry.fraction("central", compiled.parameters)) == expected


def test_a_split_with_a_share_needs_it() -> None:
    compiled = compile_theory(load_theory("bromma"))
    entry = compiled.split_fraction("detached")[0]
    assert float(entry.fraction("central", compiled.parameters, 0.3)) == 0.3
    assert float(entry.fraction("high", compiled.parameters)) == 1.0
    with pytest.raises(TheoryError, match="needs the share"):
        entry.fraction("low", compiled.parameters)


def test_a_thousand_settings_compile_in_a_tenth_of_a_second_each_way() -> None:
    theory = load_theory("bromma")
    build_structure.cache_clear()
    compile_theory(theory)
    build_structure.cache_clear()
    start = time.perf_counter()
    compile_theory(theory)
    once = time.perf_counter() - start
    start = time.perf_counter()
    for tau in range(1000):
        compile_theory(theory, {"tau": tau})
    assert once < 0.1
    assert time.perf_counter() - start < 1.0
