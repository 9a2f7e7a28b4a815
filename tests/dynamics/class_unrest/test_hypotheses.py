"""Each hypothesis has a scenario, a direction and a holder, and is tried over ranges."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.dynamics.class_unrest.hypotheses import (
    Hypothesis,
    compare,
    draw_assumptions,
    list_hypotheses,
    varied,
    wilson,
)
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.course import make_course
from worldclass.dynamics.parameters import declarations, with_settings
from worldclass.dynamics.scenarios import list_scenarios, load_scenario


def test_every_scenario_of_unrest_belongs_to_one_hypothesis() -> None:
    named = sorted(one.scenario for one in list_hypotheses())
    assert named == sorted(list_scenarios("class-unrest"))
    ids = [one.id for one in list_hypotheses()]
    assert len(set(ids)) == len(ids)
    assert {one.rival for one in list_hypotheses() if one.rival} <= set(ids)


@pytest.mark.parametrize("hypothesis", list_hypotheses(), ids=lambda one: one.id)
def test_scenarios_fit_the_model_and_change_something(hypothesis: Hypothesis) -> None:
    scenario = load_scenario(hypothesis.scenario)
    course = make_course(with_settings(ClassUnrest(), scenario.settings), scenario.interventions)
    for change in course.interventions:
        for name, value in change.settings.items():
            assert getattr(course.parameters, name) != value
    word = {"rises": "larger", "falls": "smaller"}[hypothesis.direction]
    assert word in scenario.expected
    assert hypothesis.held_by


def test_claim_18_is_covered() -> None:
    """Repression, legitimacy and coalitions across nations."""
    ids = {one.id for one in list_hypotheses()}
    assert {"repression-deters", "legitimacy-falls", "coalition-across-nations"} <= ids


def test_assumptions_cover_their_ranges_and_leave_the_scenario_alone() -> None:
    scenario = load_scenario("unrest-coalition-across-nations")
    points = draw_assumptions(scenario, ClassUnrest(), 40)
    ranges = {one.name: one.range for one in declarations(ClassUnrest)}
    names = varied(scenario)
    assert "across_nations" not in names
    assert "across_classes" in names
    for name in names:
        low, high = ranges[name] or (0, 0)
        values = np.array([getattr(point, name) for point in points])
        assert low <= values.min() < low + (high - low) / 40
        assert high >= values.max() > high - (high - low) / 40
    assert {point.nation_share for point in points} == {0.3}


def test_only_numbers_are_drawn_and_choices_stay() -> None:
    for one in list_hypotheses():
        scenario = load_scenario(one.scenario)
        kinds = {each.name: each.kind for each in declarations(ClassUnrest)}
        assert {kinds[name] for name in varied(scenario)} <= {int, float}
        first, *others = draw_assumptions(scenario, ClassUnrest(ratio="smooth"), 4)
        for point in others:
            for name in kinds.keys() - set(varied(scenario)):
                assert getattr(point, name) == getattr(first, name)
        assert first.ratio == "smooth"


@pytest.mark.parametrize("holding", [0, 30, 47, 60])
def test_the_interval_of_a_share_is_wilsons(holding: int) -> None:
    """(p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.6449, n = 60."""
    n, z, p = 60, 1.6448536, holding / 60
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2)
    formula = np.array([middle - half, middle + half]) / (1 + z * z / n)
    assert wilson(holding, n) == pytest.approx(tuple(formula), abs=1e-6)


def test_every_number_has_a_range_and_a_source() -> None:
    for one in declarations(ClassUnrest):
        assert one.source
        if one.kind in (float, int) and one.name != "year":
            assert one.range, one.name


def test_a_loss_of_legitimacy_enlarges_waves_over_the_ranges() -> None:
    hypothesis = next(one for one in list_hypotheses() if one.id == "legitimacy-falls")
    _, sizes = compare(hypothesis, ClassUnrest(), draws=8, seeds=1)
    assert (sizes[:, 1] > sizes[:, 0]).mean() > 0.7
