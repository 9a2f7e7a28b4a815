"""Every scenario is complete, belongs to a model, and can be run as it stands."""

from pathlib import Path

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import make_course
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.parameters import with_settings
from worldclass.dynamics.scenarios import list_scenarios, load_scenario
from worldclass.dynamics.simulate import simulate


@pytest.mark.parametrize("name", list_scenarios())
def test_a_scenario_fits_its_model_and_says_what_to_look_for(name: str) -> None:
    story = load_scenario(name)
    assert story.name == name
    assert story.model in list_models()
    assert story.reported or story.expected
    given = with_settings(load_model(story.model).parameters(), story.settings)
    make_course(given, story.interventions)


def test_settings_of_the_caller_win_over_the_scenario() -> None:
    table = simulate(scenario="keen-recovery", parameters={"years": 1, "debt": 0.2})
    debt = table.filter(quantity="debt", group="firms")
    assert debt["value"][0] == 0.2
    assert table["time"].max() == 1


def test_a_scenario_in_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "mine"\nmodel = "debt-crisis"\nlabel = "Mine"\nsource = "me"\n'
        "[settings]\nyears = 2\n[[intervention]]\ntime = 1\n[intervention.set]\ninterest = 0.1\n"
    )
    rates = simulate(scenario=file).filter(quantity="interest_paid")
    assert rates["value"].unique().sort().to_list() == [0.03, 0.1]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('name = "x"\nmodel = "debt-crisis"\nlabel = "x"', "'source' is missing"),
        ('name = "x"\nmodel = "m"\nlabel = "x"\nsource = "s"\nsetings = 1', "'setings' is not"),
        ("name = ", "x.toml"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=complaint):
        load_scenario(file)


def test_an_unknown_scenario_is_refused_with_a_guess() -> None:
    with pytest.raises(UsageError, match="Did you mean 'kick-the-can'"):
        load_scenario("kick-the-cat")
