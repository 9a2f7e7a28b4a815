"""DIGCLASS: the rules of ESEG, and which of them can ever fire."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

from validation.schemes.departure import Count, Departure
from validation.schemes.reference import MISSING, Persons, digits, read_crosswalk, tally
from validation.tables import Cell, Results

RETIRED = 5
"""The main activity of the retired in the survey."""
NOT_EMPLOYED = 2


@dataclass(frozen=True)
class Rule:
    """One rule: who fits, and the class as text.

    An empty `groups` fits everybody, MISSING as `activity` any activity; `old` compares age with
    65, None any age.
    """

    groups: tuple[str, ...]
    status: tuple[int, ...]
    result: str
    activity: int = MISSING
    old: bool | None = None


def _rules() -> tuple[Rule, ...]:
    """The 73 rules of `construct_eseg` in their order, written down anew."""
    found: list[Rule] = []

    def add(groups: str, status: tuple[int, ...], result: str, activity: int = MISSING) -> None:
        found.extend(Rule((group,), status, result, activity) for group in groups.split())

    employed, own, both = (0,), (1,), (1, 0)
    for group, result in (("02", "3.5"), ("03", "5.4")):
        add(group, employed, result)
    for group, self_employed, employee in (
        ("11", "1.1", "1.3"), ("12", "1.1", "1.3"), ("13", "1.1", "1.3"), ("14", "1.2", "1.4"),
    ):  # fmt: skip
        add(group, own, self_employed)
        add(group, employed, employee)
    add("1", both, "8.1", RETIRED)
    add("1", own, "8.4", RETIRED)
    for last, result in enumerate(("2.1", "2.2", "2.5", "2.3", "2.1", "2.4"), start=1):
        add(f"2{last}", both, result)
    add("2", both, "8.2", RETIRED)
    add("2", own, "8.4", RETIRED)
    for major, groups, results, self_employed, retired, entrepreneurs_first in (
        ("3", "31 32 33 34 35", "3.1 3.2 3.3 3.4 3.1", "4.2", "8.3", False),
        ("4", "41 42 43 44", "5.1 5.2 5.1 5.1", "4.2", "8.5", False),
        ("5", "51 52 53 54", "7.1 7.1 5.3 5.4", "4.2", "8.7", True),
        ("6", "", "", "4.1", "8.7", True),
        ("7", "71 72 73 74 75", "6.1 6.3 6.3 6.3 6.2", "4.3", "8.6", True),
        ("8", "81 82 83", "6.4 6.4 6.5", "4.3", "8.6", True),
        ("9", "91 92 93 94 95 96", "7.3 7.2 7.2 7.2 7.3 7.2", "4.3", "8.7", True),
    ):
        for group, result in zip(groups.split(), results.split(), strict=True):
            add(group, employed, result)
        add(major, own, self_employed)
        if major == "6":
            add(major, employed, "7.4")
        last = [(employed, retired), (own, "8.4")]
        for status, result in reversed(last) if entrepreneurs_first else last:
            add(major, status, result, RETIRED)
    found += [
        Rule((), (NOT_EMPLOYED,), "8.8", RETIRED, old=True),
        Rule((), (NOT_EMPLOYED,), "9.1", 2, old=False),
        Rule((), (NOT_EMPLOYED,), "9.2", 3, old=False),
        Rule((), (NOT_EMPLOYED,), "9.3", 4, old=False),
    ]
    return tuple(found)


RULES = _rules()
WITHOUT_RULE = "9.4"
"""A class that the package labels and no rule gives."""


def fits(rule: Rule, group: str, status: int, activity: int, old: bool | None) -> bool:
    """Whether a person fits; what is missing fits nothing that asks for it."""
    return (
        (not rule.groups or any(group.startswith(prefix) for prefix in rule.groups))
        and status in rule.status
        and rule.activity in (MISSING, activity)
        and (rule.old is None or rule.old == old)
    )


def first(group: str, status: int, activity: int, old: bool | None) -> int | None:
    """Number of the first rule that fits."""
    for number, rule in enumerate(RULES):
        if fits(rule, group, status, activity, old):
            return number
    return None


def never(groups: list[str]) -> list[int]:
    """Rules that fit no first: over all groups × work statuses × activities × ages."""
    domain = product(
        groups, (0, 1, NOT_EMPLOYED, MISSING), (1, 2, 3, 4, RETIRED, MISSING), (False, True, None)
    )
    fired = {first(*person) for person in domain}
    return [number for number in range(len(RULES)) if number not in fired]


def retired(group: str, status: int) -> str:
    """Class of a retired person by the rules for the retired alone; empty where none fits."""
    for rule in RULES:
        if rule.activity == RETIRED and fits(rule, group, status, RETIRED, None):
            return rule.result
    return ""


def shadowed(root: Path, survey: Persons) -> Departure:
    """Rules for the retired that stand after rules for the working."""
    codes = read_crosswalk(root, "labels_isco08").codes
    every = sorted({code[:2] for code in codes.tolist()})
    groups = [group for group in every if group[1] != "0"]
    dead, still = never(groups), never(every)
    cells = [(group, status) for group in groups for status in (0, 1)]
    wrong = sum(differs(group, status) for group, status in cells)
    two = digits(survey.codes["isco08"], 2).astype("U2")
    old = survey.main_activity == RETIRED
    persons = list(zip(two[old].tolist(), survey.work_status[old].tolist(), strict=True))
    rows = sum(differs(group, status) for group, status in persons)
    as_retired = sum(bool(retired(group, status)) for group, status in persons) - rows
    unknown = sum(status == MISSING for _, status in persons)
    forces = sum(group.startswith("0") and status != MISSING for group, status in persons)
    assert rows + as_retired + unknown + forces == len(persons)
    assert all(rule.result != WITHOUT_RULE for rule in RULES)
    asked = tally(survey.main_activity != MISSING)
    return Departure(
        title="ESEG: the rules for the retired come too late",
        where="R, DIGCLASS 0.0.3, `isco08_to_eseg`, `construct_eseg`",
        publication="ESeG codes the retired by their former occupation into classes 81 to 87 "
        "(Meron and others 2014; Tijdens 2016).",
        does=f"Takes the first rule that fits, and for each major group the rules for employees "
        f"and the self-employed, which do not ask whether the person is retired, stand before "
        f"those for the retired. Over {len(groups)} sub-major groups of ISCO-08 × four work "
        f"statuses × six activities × three ages, each with a missing value, {len(dead)} of "
        f"{len(RULES)} rules never fit first: all "
        f"{sum(1 for rule in RULES if rule.activity == RETIRED and rule.groups)} that ask for "
        f"retirement and a major group. Where only a major group is known (2000), "
        f"{len(dead) - len(still)} of them can be reached, {len(still)} never.",
        consequence="Classes 81 to 87 stay empty: the retired are coded as managers, clerks, "
        f"workers. Main activity is known for {asked:,} persons of the extract, "
        f"{tally(old):,} of whom are retired; {rows:,} of these are coded as working, "
        f"{as_retired:,} as retired (only their major group is known), and {unknown:,} get no "
        f"class for want of a work status; {forces:,} are armed forces, for whom no rule asks for "
        "retirement. Class 94 has a label and no rule.",
        ours="The rules of `eseg` exclude each other, and the retired have their own. Employees of "
        "personal care and protective services (53, 54) become 85, as the group of their last job "
        "has it, not 87 as the rules that cannot be reached say. The check of the domain finds "
        "classes that nobody can reach.",
        counts=(Count("isco08_to_eseg, the retired", wrong, len(cells), rows, len(persons)),),
        tables=(dead_rules(dead, still),),
    )  # fmt: skip


def retired_as_we_do(group: str, status: int) -> str:
    """The same in the form of `eseg`: no point, and care and protective services in 85."""
    found = retired(group, status).replace(".", "")
    return "85" if group in ("53", "54") and status == 0 else found


def differs(group: str, status: int) -> int:
    """Whether a retired person's class is not that of the rules for the retired."""
    right = retired(group, status)
    number = first(group, status, RETIRED, None)
    given = "" if number is None else RULES[number].result
    return int(bool(right) and right != given)


def dead_rules(dead: list[int], still: list[int]) -> Results:
    """The rules that never fit first."""
    words = {0: "employee", 1: "self-employed"}
    rows: list[tuple[Cell, ...]] = []
    for number in dead:
        rule = RULES[number]
        status = " or ".join(words[code] for code in sorted(rule.status))
        reach = "never" if number in still else "only codes of the major group itself"
        rows.append((number + 1, rule.groups[0], status, rule.result.replace(".", ""), reach))
    return Results(
        "ESEG: rules that never fit first",
        ("rule", "major group", "work status of the retired person", "class", "reached by"),
        rows,
        left=5,
    )
