"""A broken theory is caught, and the row shown is the person who refutes it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from worldclass.core.errors import TheoryError
from worldclass.theories import (
    CheckReport,
    Theory,
    check_theory,
    list_theories,
    load_theory,
    require_sound,
)

FILES = Path(__file__).parents[2] / "src/worldclass/theories/files"
Make = Callable[[str], Theory]

WELFARE = """
[incomes.welfare]
anchor = "any"
"""


def rule(name: str, when: str | None) -> str:
    text = f'[[class]]\nid = "{name}"\nlabel = "{name}"\n'
    return text + (f'when = """{when}"""\n' if when else "")


def drop_when(theory: str, class_id: str) -> Theory:
    """A shipped theory without one of its classes."""
    found = load_theory(theory)
    document = found.model_dump(by_alias=True)
    document["class"] = [entry for entry in document["class"] if entry["id"] != class_id]
    return Theory.model_validate(document)


def only(report: CheckReport, kind: str) -> dict[str, str]:
    """The counter-example of the report's only problem of a kind."""
    found = [problem for problem in report.problems if problem.kind == kind]
    assert len(found) == 1
    assert found[0].row is not None
    return dict(found[0].row)


@pytest.mark.parametrize(
    ("theory", "class_id", "row"),
    [
        ("classical-marxist", "dependants", {"status": "outside"}),
        ("ilo-status", "outside", {"status": "outside"}),
        ("kharas", "not-classified", {"welfare": "missing"}),
        ("kharas", "middle-class", None),
    ],
)
def test_a_dropped_rule_leaves_a_hole(
    theory: str, class_id: str, row: dict[str, str] | None
) -> None:
    report = check_theory(drop_when(theory, class_id))
    if row is None:  # the last class takes them: total, but no longer what its author meant
        assert report.sound
        return
    assert only(report, "hole") == row


def test_a_hole_between_two_cut_points_is_shown_as_that_interval(make_theory: Make) -> None:
    body = WELFARE + rule("low", "welfare < 2") + rule("high", "welfare > 10")
    body += rule("unknown", "welfare is null")
    row = only(check_theory(make_theory(body)), "hole")
    assert row == {"welfare": "equal to 2"}


def test_a_missing_value_is_a_hole_where_no_rule_takes_it(make_theory: Make) -> None:
    body = rule("farm", "sector = 'agriculture'") + rule("other", "sector <> 'agriculture'")
    assert only(check_theory(make_theory(body)), "hole") == {"sector": "missing"}


def test_not_does_not_catch_a_missing_value(make_theory: Make) -> None:
    body = WELFARE + rule("low", "welfare < 2") + rule("high", "not welfare < 2")
    assert only(check_theory(make_theory(body)), "hole") == {"welfare": "missing"}


@pytest.mark.parametrize("theory", list_theories())
def test_a_duplicated_rule_is_unreachable(theory: str) -> None:
    document = load_theory(theory).model_dump(by_alias=True)
    copy = {**document["class"][0], "id": "copy"}
    document["class"] = [document["class"][0], copy, *document["class"][1:]]
    report = check_theory(Theory.model_validate(document))
    problems = [problem for problem in report.problems if problem.kind == "unreachable"]
    assert [problem.what.split("'")[1] for problem in problems] == ["copy"]
    assert problems[0].row is not None
    assert document["class"][0]["id"] in problems[0].what


def test_a_rule_behind_a_wider_one_is_unreachable(make_theory: Make) -> None:
    body = WELFARE + rule("wide", "welfare < 10") + rule("narrow", "welfare < 2")
    body += rule("rest", None)
    report = check_theory(make_theory(body))
    assert only(report, "unreachable") == {"welfare": "below 2"}
    assert "'wide'" in report.problems[0].what


def test_a_rule_that_contradicts_itself_is_unreachable(make_theory: Make) -> None:
    body = WELFARE + rule("never", "welfare < 2 and welfare > 10") + rule("rest", None)
    report = check_theory(make_theory(body))
    assert [str(problem) for problem in report.problems] == [
        "Class 'never': its rule can never be true."
    ]


def test_a_closing_rule_behind_complete_rules_is_unreachable(make_theory: Make) -> None:
    body = rule("women", "sex = 'female'") + rule("men", "sex = 'male'") + rule("rest", None)
    report = check_theory(make_theory(body))
    assert [problem.kind for problem in report.problems] == ["unreachable"]


def test_swapped_rules_of_pew_are_unreachable() -> None:
    document = load_theory("pew").model_dump(by_alias=True)
    classes = document["class"]
    document["class"] = [classes[1], classes[0], *classes[2:]]
    report = check_theory(Theory.model_validate(document))
    assert "below" in only(report, "unreachable")["welfare"]
    assert "'poor'" in report.problems[0].what


@pytest.mark.parametrize(
    ("theory", "old", "new", "said"),
    [
        ("ilo-status", "'own-account'", "'own account'", "Did you mean 'own-account'"),
        ("bromma", "'agriculture'", "'agricultur'", "Did you mean 'agriculture'"),
        ("bromma", "status = 'employer'", "statuts = 'employer'", "Did you mean 'status'"),
        ("kharas", "welfare > upper", "welfare > uper", "Did you mean 'upper'"),
        ("bromma", "'absolute' and", "'absolut' and", "Did you mean 'absolute'"),
        ("bromma", "detached = 0", "detached = 2", "0 or 1"),
        ("bromma", "[incomes.labour_income]", "[incomes.welfare]", "not declared"),
        ("bromma", '"world_mean_labour_income"', '"world_mean_income"', "not known"),
        ("milanovic", '"mean_welfare:BRA"', '"mean_welfare:Brazil"', "three capital letters"),
        ("milanovic", '"mean_welfare:BRA"', '"national_mean_employee_pay"', "cannot be compared"),
        ("bromma", "central = 0.25", "central = 1.25", "less than or equal to 1"),
        ("bromma", "low = 0.0\ncentral = 0.25", "low = 0.5\ncentral = 0.25", "does not hold"),
        ("bromma", "plausible = [0.1, 0.5]", "plausible = [0.1, 1.5]", "plausible"),
        ("bromma", 'share = "long_term_unemployed"', 'share = "longterm"', "no share"),
        ("bromma", 'scale = "manager_scale"', 'scale = "tau"', "no parameter with unit"),
        ("bromma", "default = 1500", "default = 500", "lies outside"),
        ("bromma", 'default = "absolute"', 'default = "neither"', "none of"),
        ("bromma", 'id = "peasantry"', 'id = "proletariat"', "twice"),
        ("bromma", "[parameters.tau]", "[parameters.welfare]", "must differ"),
        ("bromma", "bounds = true", "bound = true", "not known"),
        ("bromma", "'25-54' and sex = 'female'", "'25-54'", "cover the same persons"),
    ],
)
def test_a_slip_of_the_pen_is_named(
    tmp_path: Path, theory: str, old: str, new: str, said: str
) -> None:
    text = (FILES / f"{theory}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "slip.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TheoryError, match=said):
        require_sound(load_theory(path))


def test_a_share_must_describe_the_persons_that_its_split_covers(tmp_path: Path) -> None:
    text = (FILES / "bromma.toml").read_text(encoding="utf-8")
    path = tmp_path / "slip.toml"
    old = "when = \"status = 'unemployed'\""
    path.write_text(text.replace(old, "when = \"sex = 'male'\"", 1), encoding="utf-8")
    with pytest.raises(TheoryError, match="does not describe persons with status"):
        check_theory(load_theory(path))


def test_what_is_declared_must_be_used(one_rule: Make) -> None:
    report = check_theory(one_rule("status = 'employee' and labour_income > tau"))
    unused = [problem.what.split("'")[1] for problem in report.problems]
    assert unused == ["daily", "mode", "detached", "welfare"]


def test_a_split_that_covers_nobody_is_named(make_theory: Make) -> None:
    split = """
[[split]]
id = "s"
when = "status = 'outside' and status = 'employee'"
low = 0
central = 0
high = 1
source = "s"
"""
    report = check_theory(make_theory(split + rule("a", "s = 1") + rule("b", None)))
    assert {problem.kind for problem in report.problems} == {"empty-split", "unreachable"}


def test_a_class_that_vanishes_at_a_corner_of_the_ranges_is_named(make_theory: Make) -> None:
    parameters = "".join(
        f"""
[parameters.{name}]
default = {default}
unit = "ppp2021_day"
range = {span}
description = "d"
source = "s"
"""
        for name, default, span in (("lower", 10, [5, 30]), ("upper", 20, [15, 40]))
    )
    body = WELFARE + parameters + rule("middle", "welfare between lower and upper")
    report = check_theory(make_theory(body + rule("rest", None)))
    assert [problem.kind for problem in report.problems] == ["crossing"]
    assert report.problems[0].setting == {"lower": 30, "upper": 15}


def test_an_order_between_unrelated_references_is_not_assumed() -> None:
    """Italy's mean may lie below Brazil's: the proof must hold either way."""
    report = check_theory(load_theory("milanovic"))
    assert {(overlap.first, overlap.second) for overlap in report.overlaps} == {
        ("poor", "middle-class"),
        ("poor", "rich"),
    }


def test_overlaps_are_listed_with_a_person_whom_both_rules_fit() -> None:
    report = check_theory(load_theory("bromma"))
    rows = {(overlap.first, overlap.second): overlap.row for overlap in report.overlaps}
    assert rows["capitalists", "middle-classes"]["status"] == "employer"
    assert ("worker-elite", "peasantry") not in rows


def test_a_class_that_only_a_choice_opens_is_reachable(one_rule: Make) -> None:
    report = check_theory(one_rule("mode = 'narrow'"))
    assert not [problem for problem in report.problems if problem.kind == "unreachable"]


def test_an_unsound_theory_is_refused_with_its_counter_example(make_theory: Make) -> None:
    with pytest.raises(TheoryError, match="counter-example: sex = male"):
        require_sound(make_theory(rule("women", "sex = 'female'")))
