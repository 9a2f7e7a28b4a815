"""Imagined worlds: fixed, coherent between quantities of the same people, more where needed."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.claims.gauges import PART, claim, two_gauges
from worldclass.claims.imagined import Imagined, imagine, imagined_problems


def test_the_same_claim_is_imagined_in_the_same_worlds() -> None:
    one, again, other = (imagine(two_gauges(), batch=batch) for batch in (0, 0, 1))
    assert (one.holds["gap"] == again.holds["gap"]).all()
    assert (one.holds["gap"] != other.holds["gap"]).any()


def test_a_class_is_part_of_the_people_whatever_the_world() -> None:
    """Two quantities, one people: a share above one would need two."""
    common: dict[str, Any] = {"country": "BRA", "year": 2023}
    terms = {
        "elite": {"quantity": "class-size", "class": "worker-elite"},
        "employees": {"quantity": "people-count", "where": "status = 'employee'"},
    }
    part = {**PART, "estimate": "elite / employees"}
    seen = imagine(claim(terms, parts=[{**part, "holds": "<= 1"}], common=common), worlds=40)
    assert seen.defined["gap"].all()
    assert seen.holds["gap"].all()
    half = imagine(claim(terms, parts=[{**part, "holds": "< 0.5"}], common=common), worlds=40)
    assert 0 < half.holds["gap"].mean() < 1


def test_worlds_in_which_a_formula_has_no_value_decide_nothing() -> None:
    part = {**PART, "estimate": "sqrt(high - low)", "holds": ">= 0"}
    seen = imagine(two_gauges(parts=[part]))
    assert 0.3 < seen.defined["gap"].mean() < 0.7
    assert (seen.holds["gap"] == seen.defined["gap"]).all()
    (problem,) = imagined_problems(two_gauges(parts=[part]))
    assert "cannot fail" in problem.what


def test_the_shape_is_specifications_by_worlds() -> None:
    seen = imagine(two_gauges(), worlds=17)
    assert isinstance(seen, Imagined)
    assert seen.holds["gap"].shape == seen.defined["gap"].shape == (4, 17)
    assert seen.holds["gap"].dtype == np.bool_
