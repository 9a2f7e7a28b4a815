"""Interventions move parameters at once or gradually, and only those that may move."""

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention, make_course
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture


def test_a_jump_holds_from_its_time_on() -> None:
    course = make_course(DebtCrisis(), [Intervention(2, {"interest": 0.05})])
    assert course.path("interest", [0, 1, 2, 3]).tolist() == [0.03, 0.03, 0.05, 0.05]


def test_a_ramp_starts_where_the_value_stood() -> None:
    jump, ramp = Intervention(1, {"interest": 0.04}), Intervention(2, {"interest": 0.0}, until=4)
    course = make_course(DebtCrisis(), [ramp, jump])
    expected = [0.03, 0.04, 0.04, 0.02, 0.0, 0.0]
    assert np.allclose(course.path("interest", range(6)), expected, atol=1e-15)


def test_other_parameters_stay() -> None:
    course = make_course(DebtCrisis(), [Intervention(1, {"interest": 0.04})])
    assert set(course.path("depreciation", [0, 9]).tolist()) == {0.01}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (Intervention(1, {"agents": 5}), "fixed during a run"),
        (Intervention(1, {"wage_lo": 5}), "Did you mean 'wage_low'"),
        (Intervention(1, {"spending": 2.0}), "outside its limits"),
        (Intervention(float("nan"), {"spending": 0.5}), "not possible"),
        (Intervention(3, {"spending": 0.5}, until=2), "not possible"),
    ],
)
def test_impossible_interventions_are_refused(change: Intervention, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        make_course(SocialArchitecture(), [change])
