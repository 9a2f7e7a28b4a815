"""The named assumptions: ranges around centres, and what a standard score makes of them."""

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import norm

from worldclass.core.errors import UsageError
from worldclass.people.assumptions import (
    LIMIT,
    P95,
    Assumption,
    Scores,
    assumptions,
    check_anchor,
)

VALUES = [name for name, item in assumptions().items() if item.kind == "value"]
BASE = {"label": "l", "source": "s", "basis": "judgement"}


@pytest.mark.parametrize("name", VALUES)
def test_low_central_and_high_are_the_5th_50th_and_95th_percentiles(name: str) -> None:
    item = assumptions()[name]
    low, central, high = (np.asarray(v, float) for v in (item.low, item.central, item.high))
    assert (low <= central).all()
    assert (central <= high).all()
    np.testing.assert_allclose(item.at(-P95), low)
    np.testing.assert_allclose(item.at(0.0), central)
    np.testing.assert_allclose(item.at(P95), high)
    assert pytest.approx(norm.ppf(0.95)) == P95


@pytest.mark.parametrize("name", VALUES)
def test_values_rise_with_the_score_and_stop_at_the_central_99_percent(name: str) -> None:
    item = assumptions()[name]
    steps = np.stack([item.at(score) for score in np.linspace(-3, 3, 61)])
    assert (np.diff(steps, axis=0) >= 0).all()
    np.testing.assert_array_equal(item.at(9.0), item.at(LIMIT))
    assert norm.cdf(LIMIT) == pytest.approx(0.995, abs=1e-4)


def test_shares_and_ratios_stay_possible_at_every_score() -> None:
    for name in VALUES:
        ends = np.concatenate([np.atleast_1d(assumptions()[name].at(s)) for s in (-9.0, 9.0)])
        if assumptions()[name].scale == "log":
            assert (ends > 0).all(), name
    for name in ("managers_employed", "household_labour_part", "employer_share"):
        ends = np.concatenate([np.atleast_1d(assumptions()[name].at(s)) for s in (-9.0, 9.0)])
        assert (ends > 0).all(), name
        assert (ends <= 1).all(), name


def test_an_error_is_the_score_itself_to_be_multiplied_by_standard_deviations() -> None:
    errors = [item for item in assumptions().values() if item.kind == "error"]
    assert errors
    for item in errors:
        assert item.at(0.0) == 0
        assert item.at(-1.3) == -1.3


def test_options_are_chosen_in_proportion_to_their_weights() -> None:
    item = Assumption(
        **BASE, kind="choice", options=("a", "b", "c"), weights=(1, 2, 5), central="b"
    )
    ranks = (np.arange(8000) + 0.5) / 8000
    chosen = [item.choose(float(score)) for score in norm.ppf(ranks)]
    assert [chosen.count(option) for option in "abc"] == [1000, 2000, 5000]
    assert item.choose(-40.0) == "a"
    assert item.choose(40.0) == "c"


def test_every_assumption_says_where_it_comes_from() -> None:
    for name, item in assumptions().items():
        assert len(item.source) > 40, name
        assert item.label, name


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "value", "low": 2.0, "central": 1.0, "high": 3.0},
        {"kind": "value", "low": 0.0, "central": 1.0, "high": 3.0, "scale": "log"},
        {"kind": "value", "low": (1.0, 1.0), "central": 1.0, "high": 2.0},
        {"kind": "choice", "options": ("a",), "weights": (1.0, 1.0), "central": "a"},
        {"kind": "choice", "options": ("a",), "weights": (1.0,), "central": "b"},
        {"kind": "guess"},
        {"kind": "value", "lowest": 1.0},
    ],
)
def test_an_assumption_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Assumption(**BASE, **wrong)  # type: ignore[arg-type]


def test_the_anchor_is_the_centre_unless_drawn_or_fixed() -> None:
    central = str(assumptions()["anchor"].central)
    assert Scores({}).labour_income_anchor() == central
    assert Scores({"anchor": -3.0}).labour_income_anchor() == assumptions()["anchor"].options[0]
    assert Scores({"anchor": -3.0}, "household-survey").labour_income_anchor() == "household-survey"


def test_an_unknown_anchor_is_answered_with_the_known_ones() -> None:
    assert check_anchor(None) is None
    with pytest.raises(UsageError, match="'tax-records'") as caught:
        check_anchor("tax-records")
    assert all(option in caught.value.remedy for option in assumptions()["anchor"].options)
