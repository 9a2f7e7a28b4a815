"""`worldclass theory` on the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from worldclass.cli.theory import app
from worldclass.core.errors import TheoryError, UsageError
from worldclass.schemes.library import list_schemes
from worldclass.theories import list_theories


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0
    return result.stdout


def test_list_names_every_shipped_theory() -> None:
    out = run("list")
    assert all(theory in out for theory in list_theories())


def test_show_gives_words_parameters_and_rules() -> None:
    out = run("show", "bromma")
    for words in ("Bromma, interview, October 2020", "What was lost", "tau_relative", "Peasantry"):
        assert words in out


def test_check_of_all_shipped_theories_passes() -> None:
    assert run("check").count(": sound;") == len(list_theories()) + len(list_schemes())


def test_check_lists_overlaps_when_asked() -> None:
    assert "takes the person" in run("check", "bromma", "--overlaps")


def test_check_of_a_theory_with_a_hole_shows_the_person_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "hole.toml"
    path.write_text(
        'id="hole"\nlabel="l"\nversion="1"\ndescription="d"\ncitation="c"\nsource_notes="s"\n'
        'lost="l"\n[[class]]\nid="a"\nlabel="A"\nwhen="sex = \'male\'"\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["check", str(path)])
    assert isinstance(result.exception, TheoryError)
    assert result.exception.exit_code == 3
    assert "counter-example: sex = female" in result.stdout


def test_sql_is_written_in_the_dialect_with_the_settings() -> None:
    out = run("sql", "kharas", "--dialect", "spark", "--set", "lower=10")
    assert "-- parameter lower = 10.0 ppp2011_day" in out
    assert run("sql", "pew", "--case").startswith("CASE")
    assert "share_lumpen" in run("sql", "bromma", "--shares", "--estimate", "high")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["sql", "pew", "--dialect", "sparql"], UsageError),
        (["sql", "pew", "--set", "poor"], UsageError),
        (["sql", "pew", "--set", "poor=1", "--set", "poor=2"], UsageError),
        (["sql", "pew", "--set", "rich=1"], TheoryError),
        (["sql", "bromma", "--shares", "--estimate", "best"], UsageError),
        (["show", "weber"], TheoryError),
    ],
)
def test_a_mistake_is_named(arguments: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        run(*arguments)


def test_list_names_every_scheme() -> None:
    out = run("list")
    assert all(f" {name} " in out for name in list_schemes())


def test_show_gives_a_scheme_with_its_positions_columns_and_codes() -> None:
    out = run("show", "esec")
    for words in ("Employment positions", "self_employed = 1", "isco88com", "Routine"):
        assert words in out


def test_check_of_a_scheme_says_how_many_codes_have_a_class() -> None:
    assert "have a class" in run("check", "oesch16")


def test_a_scheme_is_written_as_a_query() -> None:
    out = run("sql", "esec", "--dialect", "bigquery", "--table", "survey.people")
    assert "-- scheme esec" in out
    assert "REGEXP_CONTAINS" in out
    assert "worldclass_state" not in run("sql", "esec", "--simplified")
    assert "isco88" in run("sql", "isei", "--occupation", "isco88", "--digits", "3")


def test_options_that_a_theory_cannot_use_are_refused() -> None:
    for arguments in (["sql", "esec", "--case"], ["sql", "pew", "--simplified"]):
        with pytest.raises(UsageError):
            run(*arguments)


def test_list_of_schemes_cuts_no_word_on_a_terminal_of_80_columns() -> None:
    out = CliRunner().invoke(app, ["list"], env={"COLUMNS": "80"}).stdout
    schemes = out[out.index("Occupational schemes") :]
    assert max(map(len, schemes.splitlines())) <= 80
    words = schemes.split()
    for whole in ("Erikson-Goldthorpe-Portocarero,", "self_employed,", "supervisor,"):
        assert whole in words
