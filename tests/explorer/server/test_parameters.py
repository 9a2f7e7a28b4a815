"""Parameters of routes, and errors as visitors see them."""

from __future__ import annotations

import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.explorer.server.limits import Limits
from worldclass.explorer.server.parameters import settings
from worldclass.explorer.server.problems import refusal


def test_settings_are_numbers_or_names_of_choices() -> None:
    given = settings(["tau = 1000", "threshold=relative", "scale=1e-3"])
    assert given == {"tau": 1000.0, "threshold": "relative", "scale": 0.001}
    assert settings(None) is settings([]) is None


@pytest.mark.parametrize("given", [["tau"], ["=1"], ["tau="], [" = "], ["tau=1", "tau=2"], [""]])
def test_what_sets_nothing_or_twice_is_refused(given: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        settings(given)
    assert error.value.where == "set"
    assert error.value.remedy


def test_errors_of_the_package_become_answers_with_their_words() -> None:
    for error, status in (
        (UsageError("What.", where="w", remedy="r"), 422),
        (SourceError("x"), 404),
    ):
        found = refusal(error)
        assert found.status == status
        assert found.body == {"what": error.what, "where": error.where, "remedy": error.remedy}


def test_the_limits_leave_room_for_a_theory_file_and_for_others() -> None:
    limits = Limits()
    assert limits.body >= 64_000  # as large as the package reads
    assert limits.workers >= 1
    assert limits.waiting < 50  # a crowd is told to come back rather than kept
