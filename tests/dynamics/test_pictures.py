"""Runs are drawn as their model says, and never without the reservation."""

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.model import Model
from worldclass.dynamics.pictures import draw_runs, pictures_of
from worldclass.dynamics.simulate import simulate


@pytest.mark.parametrize("kind", pictures_of(load_model("social-architecture")))
def test_every_picture_of_the_social_architecture(kind: str) -> None:
    table = simulate("social-architecture", {"agents": 200, "years": 3}, runs=2)
    assert "Mechanism, not forecast" in draw_runs(table, kind).caption.footnote


@pytest.mark.parametrize("kind", pictures_of(load_model("debt-crisis")))
def test_every_picture_of_the_debt_crisis(kind: str) -> None:
    table = simulate("debt-crisis", {"years": 10, "volatility": 0.01}, runs=2)
    assert "Mechanism, not forecast" in draw_runs(table, kind).caption.footnote


def test_a_single_quantity_can_be_drawn() -> None:
    table = simulate("debt-crisis", {"years": 5})
    assert "growth, per year" in table.plot("growth").to_json()


def test_a_sweep_of_one_parameter_is_a_curve_and_of_two_are_points() -> None:
    one = simulate("debt-crisis", {"years": 4}, sweep={"debt": [0.1, 0.2]}, runs=2)
    two = simulate("debt-crisis", {"years": 4}, sweep={"debt": [0.1, 0.2], "interest": [0, 0.1]})
    assert {row["panel"] for row in draw_runs(one).data["curves"]} == {"by debt"}
    assert {row["panel"] for row in draw_runs(two).data["curves"]} == {"by debt", "by interest"}


def test_a_model_of_ones_own_is_drawn_by_its_first_quantities(own_model: Model) -> None:
    table = simulate(own_model)
    assert draw_runs(table, model=own_model).caption.title == "Weights"
    with pytest.raises(UsageError, match="cannot be drawn"):
        draw_runs(table)


def test_unknown_pictures_are_refused_with_the_known_ones() -> None:
    table = simulate("debt-crisis", {"years": 2})
    with pytest.raises(UsageError, match="Use time, orbits"):
        draw_runs(table, "cube")
    with pytest.raises(UsageError, match="No parameter was swept"):
        draw_runs(table, "sweep")


@pytest.mark.parametrize("name", list_models())
def test_declared_pictures_name_declared_quantities(name: str) -> None:
    model = load_model(name)
    declared = {output.quantity for output in model.outputs}
    assert {quantity for panels in model.fans.values() for quantity in panels} <= declared


def test_shares_beyond_the_whole_are_explained_where_they_are_drawn() -> None:
    """A collapse passes a wage share of 100 %; a path that rests in equilibrium does not."""
    rest = {"wage_share": 0.8361, "employment": 0.9686, "debt": 0.0702, "years": 20}
    for table, beyond in (
        (simulate(scenario="keen-collapse", workers=1), True),
        (simulate("debt-crisis", rest, workers=1), False),
    ):
        wages = table.filter(quantity="income_share", group="workers")["value"].to_numpy()
        assert (wages.max() > 1) == beyond
        for kind in ("time", "orbits"):
            footnote = draw_runs(table, kind).caption.footnote
            assert ("wages and interest exceed output" in footnote) == beyond
