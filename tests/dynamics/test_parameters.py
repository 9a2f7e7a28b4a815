"""Parameters are checked where they enter, so that no kernel sees what it cannot mean."""

import math
from dataclasses import dataclass
from typing import Any

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.parameters import Parameters, declarations, parameter, with_settings


@dataclass(frozen=True)
class Crowd(Parameters):
    size: int = parameter(
        10, unit="persons", meaning="n", source="test", range=(1, 20), limits=(1, 100)
    )
    share: float = parameter(
        0.5, unit="share", meaning="s", source="test", range=(0, 1), varies=True
    )
    term: float = parameter(
        5.0, unit="days", meaning="t", source="test", limits=(0, math.inf), varies=True
    )
    rule: str = parameter("a", unit="", meaning="r", source="test", choices=("a", "b"))
    torus: bool = parameter(True, unit="", meaning="b", source="test")


def test_texts_are_read_as_the_declared_type() -> None:
    given = with_settings(
        Crowd(), {"size": "1_0", "share": "1e-1", "rule": "b", "torus": "no", "term": "inf"}
    )
    assert given == Crowd(10, 0.1, math.inf, "b", False)
    assert isinstance(given.size, int)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"size": 0}, "outside its limits"),
        ({"size": 10**400}, "whole number"),
        ({"size": 1.5}, "whole number"),
        ({"size": "many"}, "whole number"),
        ({"size": True}, "whole number"),
        ({"share": float("nan")}, "outside its limits"),
        ({"share": "-0.1"}, "outside its limits"),
        ({"share": float("inf")}, "outside its limits"),
        ({"share": [1]}, "a number"),
        ({"rule": "c"}, "cannot be 'c'"),
        ({"torus": 1}, "true or false"),
        ({"torus": "perhaps"}, "true or false"),
        ({"sise": 3}, "Did you mean 'size'"),
    ],
)
def test_what_cannot_be_meant_is_refused(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        with_settings(Crowd(), settings)


def test_a_value_beyond_the_plausible_range_is_possible_within_the_limits() -> None:
    assert Crowd(size=50).size == 50


def test_direct_construction_is_checked_as_well() -> None:
    with pytest.raises(UsageError, match="outside its limits"):
        Crowd(share=2.0)


@pytest.mark.parametrize("name", list_models())
def test_every_shipped_parameter_is_documented_and_its_range_is_possible(name: str) -> None:
    model = load_model(name)
    default = model.parameters()
    for one in declarations(model.parameters):
        assert one.meaning and one.source
        assert one.unit or one.kind in (str, bool)
        assert one.kind in (bool, int, float, str)
        if one.range is not None:
            low, high = one.range
            assert one.limits[0] <= low < high <= one.limits[1], one.name
            assert isinstance(getattr(default, one.name), int | float)
