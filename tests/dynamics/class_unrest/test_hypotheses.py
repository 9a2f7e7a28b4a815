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


def test_every_number_has_a_range_and_a_source() -> None:
    for one in declarations(ClassUnrest):
        assert one.source
        if one.kind in (float, int) and one.name != "year":
            assert one.range, one.name


def test_a_loss_of_legitimacy_enlarges_waves_over_the_ranges() -> None:
    hypothesis = next(one for one in list_hypotheses() if one.id == "legitimacy-falls")
    _, sizes = compare(hypothesis, ClassUnrest(), draws=8, seeds=1)
    assert (sizes[:, 1] > sizes[:, 0]).mean() > 0.7
