"""Where implementations decide openly otherwise than we do, and where they agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from validation.schemes.departure import Count, compare, share
from validation.schemes.reference import Persons, Text, digits, read_crosswalk
from validation.schemes.shifted import esec_grid, esec_position


def supervision_by_number(root: Path, survey: Persons) -> Count:
    """ESeC with supervisors taken from the number of subordinates."""
    table = read_crosswalk(root, "isco08_to_esec_three")

    def right(persons: Persons) -> Text:
        return table.at(digits(persons.codes["isco08"], 3), esec_position(persons))

    def given(persons: Persons) -> Text:
        column = np.where(
            persons.self_employed == 1, esec_position(persons), (persons.employees > 0).astype(int)
        )
        return table.at(digits(persons.codes["isco08"], 3), column)

    return compare("case.esec", right, given, esec_grid("isco08", table.codes), survey)


@dataclass(frozen=True)
class Choice:
    """An open decision of an implementation, and ours."""

    where: str
    does: str
    ours: str


OPEN = (
    Choice(
        "Stata, crosswalk (Jann; case functions of 29 January 2025)",
        "Counts missing self-employment as employee, and a missing or negative number of employees "
        "as 0, and says how many. Any number but 0 is self-employed, so that a variable coded 1 "
        "self-employed, 2 employee makes everybody self-employed.",
        "A missing value leaves the class missing, with the reason; 0 and 1 are the only values of "
        "`self_employed`.",
    ),
    Choice(
        "Stata, iskoegp (Hendrickx 2004)",
        "Ten classes: III is one class, and IVa and IVb are numbered 4 and 5, where Ganzeboom's "
        "eleven have 5 and 6. The numbers of the two cannot be exchanged.",
        "Ganzeboom's eleven classes and numbers.",
    ),
    Choice(
        "R, occupar",
        "Missing self-employment and missing employees count as 0.",
        "Missing stays missing.",
    ),
    Choice(
        "R, DIGCLASS, data set `ess`",
        "Missing numbers of employees and missing self-employment are 0 in the data set; values of "
        "`control_work` above 4 are set to missing, though the scale runs to 10 and Wright's rule "
        "asks for 8 or more.",
        "Adapters of surveys keep refusals, not asked and not applicable apart.",
    ),
    Choice(
        "R, DIGCLASS, `isco08_to_eseg`",
        "Persons who keep house are 93, the class of the unemployed, the choice between the two "
        "being left open in a comment; self-employed agricultural labourers (92) are 43, crafts; "
        "commissioned officers (01) have no class.",
        "Persons who keep house are 94; self-employed persons of group 92 are 41, as GESIS (2018) "
        "has it; officers have no class either.",
    ),
)
"""Decisions that need no count."""


def choices(root: Path, survey: Persons) -> list[Choice]:
    """One entry for each decision."""
    number = supervision_by_number(root, survey)
    repeated, ambiguous = repeated_codes(root)
    counted = [
        Choice(
            "Stata, crosswalk, `case.esec`",
            "Has one argument for supervision and for employees. The survey asks the number of "
            f"employees of the self-employed only; given that variable, {number.rows:,} of "
            f"{number.of_rows:,} persons ({share(number.rows, number.of_rows)} %) have another "
            "class than with the survey's own mark of supervisors.",
            "`supervisor` and `employees` are two columns.",
        ),
        Choice(
            "Stata, iskooesch (Kaiser 2018)",
            "Missing employment relation counts as employee, a missing number of employees as "
            "0, as in the authors' script.",
            "Missing stays missing; an adapter of a survey may fill values in, openly.",
        ),
        Choice(
            "R, DIGCLASS, `esco_to_isco08`",
            f"The table repeats {repeated} ESCO codes, {ambiguous} of them with another target. "
            "Before the join kept the first match, such codes gave more values than persons.",
            "Each ESCO code once.",
        ),
    ]
    return [OPEN[0], *counted[:2], *OPEN[1:], counted[2]]


def repeated_codes(root: Path) -> tuple[int, int]:
    """Rows of the ESCO table that repeat a code, and how many of them name another target."""
    esco = read_crosswalk(root, "esco_to_isco08")
    pairs = set(zip(esco.codes.tolist(), esco.values[:, 0].tolist(), strict=True))
    return len(esco.codes) - len(esco.rows), len(pairs) - len(esco.rows)
