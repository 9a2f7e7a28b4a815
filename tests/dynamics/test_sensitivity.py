"""Sensitivity indices of a sum with known parts of the variance."""

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.model import Model
from worldclass.dynamics.sensitivity import sensitivity


def test_sobol_indices_are_the_known_parts_of_the_variance(own_model: Model) -> None:
    """The variance of 3 x + y is 9/10 due to x, 1/10 due to y, and nothing due to z."""
    table = sensitivity(own_model, "total", "all", statistic="last", samples=512)
    found = {(row["parameter"], row["index"]): row["value"] for row in table.to_dicts()}
    assert found["strong", "ST"] == pytest.approx(0.9, abs=0.02)
    assert found["weak", "ST"] == pytest.approx(0.1, abs=0.02)
    assert found["idle", "ST"] == pytest.approx(0.0, abs=1e-12)
    assert found["strong", "S1"] == pytest.approx(0.9, abs=0.05)


def test_morris_effects_are_the_slopes(own_model: Model) -> None:
    table = sensitivity(own_model, "total", "all", statistic="last", method="morris", samples=8)
    means = {
        row["parameter"]: row["value"] for row in table.to_dicts() if row["index"] == "mu_star"
    }
    assert means == pytest.approx({"strong": 3.0, "weak": 1.0, "idle": 0.0}, abs=1e-9)


def test_ranges_can_be_narrowed(own_model: Model) -> None:
    ranges = {"strong": (0.0, 0.1), "weak": (0.0, 1.0)}
    table = sensitivity(
        own_model, "total", "all", statistic="last", samples=128, ranges=ranges
    ).filter(index="ST")
    assert table["parameter"].to_list() == ["strong", "weak"]
    assert table["value"][1] > 0.85


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"method": "guess"}, "'guess' is not possible"),
        ({"statistic": "mode"}, "'mode' is not possible"),
        ({"samples": 100}, "100 samples"),
        ({"ranges": {"idle": None}, "statistic": "last"}, "in every setting"),
        ({"after": 5.0}, "Only 0 of"),
    ],
)
def test_what_has_no_sensitivity(
    own_model: Model, options: dict[str, object], complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        sensitivity(own_model, "total", "all", **({"samples": 8} | options))  # type: ignore[arg-type]


def test_a_scenario_is_part_of_the_question() -> None:
    """Its settings and its interventions; a parameter that it sets for good moves nothing."""
    from worldclass.dynamics.scenarios import Scenario

    told = Scenario.model_validate(
        {
            "name": "fixed",
            "model": "debt-crisis",
            "label": "Interest is set",
            "source": "assumed",
            "settings": {"years": 3.0, "debt": 2.0},
            "intervention": [{"time": 0.0, "set": {"interest": 0.03}}],
        }
    )
    asked = {"quantity": "debt", "group": "firms", "samples": 4, "method": "morris"}
    ranges = {"interest": (0.0, 0.06), "depreciation": (0.005, 0.06)}
    found = sensitivity("debt-crisis", ranges=ranges, scenario=told, **asked)  # type: ignore[arg-type]
    moves = {
        row["parameter"]: row["value"] for row in found.to_dicts() if row["index"] == "mu_star"
    }
    assert moves["interest"] == 0
    assert moves["depreciation"] > 0
    with pytest.raises(UsageError, match="belongs to 'debt-crisis'"):
        sensitivity("social-architecture", scenario=told, **asked)  # type: ignore[arg-type]
