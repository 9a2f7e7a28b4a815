"""A warning points at the line of the caller."""

import pytest

from worldclass.core.caller import warn_caller


def test_a_warning_points_outside_the_package() -> None:
    with pytest.warns(UserWarning, match="lacking") as caught:
        warn_caller("A column is lacking.", UserWarning)
    assert caught[0].filename == __file__
