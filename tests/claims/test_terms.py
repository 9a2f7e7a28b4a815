"""From options to settings: shared fields, theories, and each setting once."""

from __future__ import annotations

import pytest

from tests.claims.gauges import Gauge, choice, claim
from worldclass.claims.specifications import specify
from worldclass.claims.terms import make_plan, read_terms
from worldclass.core.errors import ClaimError


def test_equal_settings_are_asked_once() -> None:
    terms = {"high": {"level": "$level"}, "low": {"level": 2, "spread": "$spread"}}
    made = claim(terms, choices=[choice("level", [1, 2, 3]), choice("spread", [0, 1])])
    assert [term.choices for term in read_terms(made)] == [(0,), (1,)]
    plan = make_plan(specify(made, 100, 0))
    asked = plan.asked["test-gauge"]
    assert asked.settings == (
        Gauge(level=1), Gauge(level=2), Gauge(level=3), Gauge(level=2, spread=1),
    )  # fmt: skip
    assert plan.places["high"][1].tolist() == [0, 0, 1, 1, 2, 2]
    assert plan.places["low"][1].tolist() == [1, 3] * 3


def test_shared_fields_reach_every_term_that_has_them_and_yield_to_its_own() -> None:
    made = claim(
        {"high": {"level": 3}, "low": {"quantity": "constant", "value": 1}},
        common={"quantity": "test-gauge", "spread": 2},
    )
    plan = make_plan(specify(made, 10, 0))
    assert plan.asked["test-gauge"].settings == (Gauge(level=3, spread=2),)
    assert plan.asked["constant"].settings[0].value == 1  # type: ignore[attr-defined]


def test_placeholders_are_filled_at_any_depth() -> None:
    made = claim(
        {"high": {"level": 3, "options": {"x": "$x"}, "places": ["A", "$place"]},
         "low": {"level": 1}},
        choices=[choice("x", [1.5, 2.5]), choice("place", ["B", "C"])],
    )  # fmt: skip
    settings = make_plan(specify(made, 10, 0)).asked["test-gauge"].settings
    assert settings[1] == Gauge(level=3, options={"x": 1.5}, places=("A", "C"))


@pytest.mark.parametrize(
    ("terms", "more", "told"),
    [
        ({"high": {"level": 1, "spraed": 1}}, {}, "no field 'spraed'. Did you mean 'spread'"),
        ({"high": {"level": 1}}, {"common": {"quantity": "test-gauge", "year": 1}}, "No quantity"),
        ({"high": {"level": 1}}, {"common": {}}, "does not name its quantity"),
        ({"high": {"level": 1, "quantity": "test-guage"}}, {}, "Did you mean test-gauge"),
        ({"high": {"level": "much"}}, {}, "level"),
        ({"high": {}}, {}, "'level' is missing"),
    ],
)
def test_what_does_not_fit_is_named(terms: dict, more: dict, told: str) -> None:
    with pytest.raises(ClaimError, match=told) as caught:
        make_plan(specify(claim(terms, **more), 10, 0))
    assert "made-for-a-test" in caught.value.where
