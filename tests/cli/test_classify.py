"""`worldclass classify`: a file in, a coded file out, and a report of what was done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

Command = Callable[..., Any]


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_text(
        "isco08,self_employed,supervisor,employees\n0110,0,0,0\n110,1,0,12\nabc,0,1,0\n5221,1,0,3\n"
    )
    return path


def test_the_coded_file_the_report_and_the_distribution(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    ended = command(
        "classify", survey, "--theory", "esec", "--out", tmp_path / "coded.parquet",
        "--report", tmp_path / "report.csv",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    coded = pl.read_parquet(tmp_path / "coded.parquet")
    assert coded["class"].to_list() == ["1", "1", None, "4"]
    assert coded["isco08"].to_list() == ["0110", "110", "abc", "5221"]
    assert "no class: isco08: malformed code" in ended.out
    assert "Small employers and self-employed" in ended.out
    assert "Wrote 4 rows" in ended.err
    report = pl.read_csv(tmp_path / "report.csv")
    assert report["item"].to_list()[:3] == ["rows read", "columns read", "class given"]


def test_an_assumption_is_one_line_of_warning(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    pl.read_csv(survey, infer_schema=False).drop("supervisor").write_csv(survey)
    ended = command("classify", survey, "-t", "esec", "--out", tmp_path / "coded.csv")
    assert ended.code == 0
    assert ended.err.count("Warning: Scheme 'esec' was coded without supervisor") == 1
    assert "plan.py" not in ended.err


def test_the_full_method_refuses_and_leaves_no_file(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    pl.read_csv(survey, infer_schema=False).drop("supervisor").write_csv(survey)
    ended = command(
        "classify", survey, "-t", "esec", "--out", tmp_path / "c.csv", "--method", "full"
    )
    assert ended.code == 2
    assert "needs supervisor" in ended.err
    assert not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["none.csv", "-t", "esec", "--out", "b.csv"], 4, "no such file"),
        (["survey.csv", "-t", "esec", "--out", "b.xlsx"], 6, "cannot be written"),
        (["survey.csv", "-t", "essec", "--out", "b.csv"], 3, "Did you mean 'esec'"),
        (["survey.csv", "-t", "esec", "--out", "b.csv", "--digits", "7"], 2, "digits"),
        (["survey.csv", "-t", "esec", "--out", "b.csv", "--method", "some"], 2, "no method"),
        (["survey.csv", "-t", "esec", "--out", "b.csv", "--set", "x=y"], 2, "no parameter 'x'"),
        (["survey.csv", "-t", "esec", "--out", "b.csv", "--occupation", "isco88"], 2, "no column"),
    ],
)
def test_mistakes_are_one_message_and_an_exit_code(
    command: Command,
    survey: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(survey.parent)
    ended = command("classify", *arguments)
    assert ended.code == code
    assert words in ended.err
    assert not Path("b.csv").exists()


def test_a_population_theory_names_the_columns_that_a_survey_lacks(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    ended = command("classify", survey, "--theory", "bromma", "--out", tmp_path / "out.csv")
    assert ended.code == 2
    assert "lack sex, age, status" in ended.err
    assert "expression" not in ended.err


def test_assumptions_of_a_survey_are_made_if_asked_for(command: Command, tmp_path: Path) -> None:
    source = tmp_path / "gld.csv"
    source.write_text("lstatus,isco_version,occup_isco,empstat\n1,isco_2008,5221,3\n")
    given = ("classify", source, "-t", "esec", "--out", tmp_path / "c.parquet")
    ended = command(*given, "--survey", "gld", "--assume", "at-least-one")
    assert ended.code == 0, ended.err
    assert pl.read_parquet(tmp_path / "c.parquet")["class"].to_list() == ["4"]
    ended = command(*given, "--assume", "at-least-one")
    assert ended.code == 2
    assert "assumptions belong to surveys" in ended.err


def test_values_that_are_not_understood_are_one_line_of_warning(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    survey.write_text("isco08,self_employed,supervisor,employees\n2310,2,0,0\n")
    ended = command("classify", survey, "-t", "esec", "--out", tmp_path / "coded.csv")
    assert ended.code == 0
    assert ended.err.count("Warning: Column 'self_employed' holds values") == 1


def test_a_second_scheme_is_not_dropped_in_silence(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    ended = command("classify", survey, "-t", "esec", "-t", "oesch16", "--out", tmp_path / "c.csv")
    assert ended.code == 2
    assert "One scheme at a time: esec, oesch16" in ended.err
    assert "c.csv -t oesch16 --column oesch16" in ended.err
    assert not (tmp_path / "c.csv").exists()


def test_remarks_on_a_survey_are_sentences_below_the_report(
    command: Command, tmp_path: Path
) -> None:
    people = {"isco08": ["2310"], "emplrel": ["1"], "emplno": ["66666"], "jbspv": ["2"]}
    pl.DataFrame(people).write_csv(tmp_path / "ess.csv")
    ended = command(
        "classify",
        tmp_path / "ess.csv",
        "-t",
        "esec",
        "--survey",
        "ess",
        "--out",
        tmp_path / "c.csv",
    )
    assert "lost (self_employed): Persons working for their own" in ended.out
