"""DIGCLASS: Wright's scheme, and persons whose skill or supervision is not known."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np

from validation.schemes.departure import Count, Departure, compare
from validation.schemes.reference import MISSING, Persons, Text, grid, read_crosswalk, tally

NO_SKILL = ("0000", "5100")
"""Codes of ISCO-88(COM) to which the recoding gives no skill on purpose."""
LEFT_BY_MISTAKE = ("0100", "0110")
"""Armed forces: the recoding means to give them a skill and compares their codes with 100, 110."""
TWICE = ("6121", "6122", "6123", "6124", "6129")
"""Codes that the recoding sends to occupation 22 (low-skilled) and later to 27 (skilled)."""
SIZES = (1, 10)


def wright(persons: Persons, armed_forces_known: bool, unknown_is_nothing: bool) -> Text:
    """Whether a person is coded by skill, as self-employed, or not at all.

    Parameters
    ----------
    armed_forces_known
        The armed forces have the skill that the recoding means to give them.
    unknown_is_nothing
        An employee whose skill or supervision is not known has no class.
    """
    codes = persons.codes["isco88com"]
    without = NO_SKILL if armed_forces_known else NO_SKILL + LEFT_BY_MISTAKE
    known = ~np.isin(codes, without) & (persons.supervisor != MISSING)
    sizes = np.array(["3", "2", "1"], dtype=np.str_)
    by_size = sizes[np.searchsorted(np.array(SIZES), persons.employees, "right")]
    employee = np.where(known, "by skill", "" if unknown_is_nothing else by_size)
    return np.where(persons.self_employed == 1, by_size, employee)


def employees_without_skill(root: Path, survey: Persons) -> Departure:
    """Employees without skill or supervision."""
    codes = read_crosswalk(root, "labels_isco88com").codes
    cells = grid("isco88com", codes, supervisor=(0, 1, MISSING))
    count = compare(
        "isco88com_to_wright",
        lambda persons: wright(persons, armed_forces_known=True, unknown_is_nothing=True),
        lambda persons: wright(persons, armed_forces_known=False, unknown_is_nothing=False),
        cells,
        survey,
    )
    forces = np.isin(survey.codes["isco88com"], LEFT_BY_MISTAKE) & (survey.self_employed == 0)
    return Departure(
        title="Wright: employees without a known skill become self-employed",
        where="R, DIGCLASS 0.0.3, `isco88com_to_wright`, `construct_wright` (all three types)",
        publication="Employees are told apart by supervision and skill, the self-employed by their "
        "employees (Leiulfsrud, Bison and Jensberg 2005; Wright 1997).",
        does="First gives everybody, employees included, one of the three classes of the "
        "self-employed by the number of employees, then overwrites employees whose skill and "
        "supervision are known. Codes are text, yet the armed forces are compared with the numbers "
        "100, 110 and 0, which the texts 0100, 0110 and 0000 never equal.",
        consequence="An employee who lacks a skill or the mark of a supervisor comes out as "
        f"self-employed: all {tally(forces):,} employed members of the armed forces "
        "in the extract, 5100, and every employee whose supervision was not asked.",
        ours="The schemes of Wright give such persons no class and say which column was missing; "
        "the armed forces have the skill that the recoding intends.",
        counts=(count,),
    )  # fmt: skip


def unreachable(root: Path, survey: Persons) -> Departure:
    """Recodings that never apply."""
    both = np.isin(survey.codes["isco88com"], TWICE)
    codes = read_crosswalk(root, "labels_isco88com").codes
    listed = np.isin(codes, TWICE)
    found = {
        (supervisor, management(supervisor, work, daily))
        for supervisor, work, daily in product((0, 1), (0, 1, MISSING), (1, 2, 3, 4, MISSING))
    }
    assert (0, 1) not in found, "a worker without subordinates can be a manager"
    return Departure(
        title="Wright: recodings that never apply",
        where="R, DIGCLASS 0.0.3, `construct_wright`",
        publication="The package names the SPSS script of Leiulfsrud and Jensberg as its source, "
        "which we have not seen; within one RECODE of SPSS, too, the first value that fits holds.",
        does="Recodes 6121–6129 to occupation 22 and, when no such code is left, to 27; 2212 to 1 "
        "and later to 5.5. A rule makes low-skilled workers without subordinates managers, but "
        "managers have subordinates: over supervision × say in decisions × control of daily work "
        "no such person exists.",
        consequence="Animal producers of 6121–6129 are low-skilled; by the second line they would "
        "be skilled. The counts say for how many cells and persons it matters which is meant.",
        ours="Takes the first of the two, as the recoding does: 6121–6129 are low-skilled, and the "
        "scheme's notes say so. Every code has one skill, in a table with its source.",
        counts=(
            Count(
                "isco88com_to_wright, 6121–6129",
                2 * tally(listed),
                2 * len(codes),
                tally(both & (survey.self_employed == 0)),
                survey.number,
            ),
        ),
    )  # fmt: skip


def management(supervisor: int, work: int, daily: int) -> int:
    """Degree of management of an employee: 1 manager, 2 supervisor, 3 and 4 neither.

    Parameters
    ----------
    supervisor
        Supervises others.
    work
        Has a say in decisions of the organisation (8 or more of 10).
    daily
        Control over the own daily work: 1 full to 4 none.
    """
    if MISSING in (work, daily):
        return MISSING
    if daily == 1:
        return {(1, 1): 1, (1, 0): 2, (0, 1): 2, (0, 0): 3}[supervisor, work]
    if supervisor and work and daily == 2:
        return 2
    return 3 if supervisor or work else 4
