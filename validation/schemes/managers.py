"""DIGCLASS: managers and professionals told apart in ESeC-MP and EGP-MP."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from validation.schemes.departure import Coding, Count, Departure, compare
from validation.schemes.reference import (
    NOTHING,
    Numbers,
    Persons,
    Text,
    grid,
    looked_up,
    read_crosswalk,
    tally,
)
from validation.schemes.shifted import (
    EGP_EMPLOYEES,
    egp68_position,
    egp_position,
    egp_position_read,
    esec_position,
)


def split(
    base: Text, codes: Text, supervisor: Numbers, employees: Numbers, self_employed: Numbers
) -> Text:
    """Classes 1 and 2 split in two, the others two numbers up.

    The rule as the package documents it: who is in class 1 is a higher manager (1) with an ISCO
    code of major group 0 or 1, with subordinates, or with employees, and otherwise, as an employee
    or on the own account, a higher professional (2). Class 2 is split likewise into lower
    managers (3) and lower professionals (4).
    """
    major = codes.astype("U1")
    manager = np.isin(major, ("0", "1")) | (supervisor == 1) | (employees > 0)
    manager |= (self_employed == 1) & (employees >= 1)
    alone = (self_employed == 1) & (employees < 1) | (self_employed == 0) & (employees == 0)
    professional = ~manager & ~np.isin(major, ("0", "1", "")) & alone
    up = {str(number): str(number + 2) for number in range(3, 12)}
    rest = np.array([up.get(name, NOTHING) for name in base.tolist()], dtype=np.str_)
    found = np.where((base == "1") & manager, "1", rest)
    found = np.where((base == "1") & professional, "2", found)
    found = np.where((base == "2") & manager, "3", found)
    return np.where((base == "2") & professional, "4", found)


def documented(base: Coding, classification: str) -> Coding:
    """The split as documented, on top of a base scheme."""

    def code(persons: Persons) -> Text:
        return split(
            base(persons),
            persons.codes[classification],
            persons.supervisor,
            persons.employees,
            persons.self_employed,
        )

    return code


def exchanged(base: Coding, classification: str) -> Coding:
    """The split with the number of employees and self-employment exchanged."""

    def code(persons: Persons) -> Text:
        return split(
            base(persons),
            persons.codes[classification],
            persons.supervisor,
            persons.self_employed,
            persons.employees,
        )

    return code


def swapped_arguments(root: Path, survey: Persons) -> Departure:
    """`managers_professionals_helper` called by position."""
    esec = read_crosswalk(root, "isco08_to_esec_three")
    com = read_crosswalk(root, "isco88com_to_esec_three")
    new, old = read_crosswalk(root, "isco88_to_egp11"), read_crosswalk(root, "isco68_to_egp11")
    esec08 = looked_up(esec, "isco08", 3, esec_position)
    esec88 = looked_up(com, "isco88com", 3, esec_position)
    egp68 = looked_up(old, "isco68", 4, egp68_position)
    counts: list[Count] = []
    for what, name, codes, base, read in (
        ("isco08_to_esec_mp", "isco08", esec.codes, esec08, esec08),
        ("isco88com_to_esec_mp, earlier versions", "isco88com", com.codes, esec88, esec88),
        ("isco68_to_egp_mp", "isco68", old.codes, egp68, egp68),
        (
            "isco88_to_egp_mp, shifted columns included",
            "isco88",
            new.codes,
            looked_up(new, "isco88", 4, egp_position),
            looked_up(new, "isco88", 4, egp_position_read),
        ),
    ):
        cells = grid(name, codes, supervisor=(0, 1), employees=EGP_EMPLOYEES)
        counts.append(compare(what, documented(base, name), exchanged(read, name), cells, survey))
    return Departure(
        title="ESeC-MP and EGP-MP exchange two arguments",
        where="R, DIGCLASS 0.0.3, `managers_professionals_helper` as called by `isco08_to_esec_mp` "
        "(isco08.R at commit 6c9370a), `isco88_to_egp_mp` (isco88.R at 4ffd5df), "
        "`isco68_to_egp_mp`; `isco88com_to_esec_mp` passes them by name at 4ffd5df and by position "
        "before",
        publication="The package documents the rule after Smallenbroek, Hertel and Barone (2022): "
        "class 1 or 2 is a manager with an ISCO code of major group 0 or 1, with subordinates, or "
        "self-employed with employees; otherwise a professional.",
        does="The helper takes the number of employees before self-employment; these callers give "
        "self-employment first, so that each is read as the other.",
        consequence="Every self-employed professional comes out as a manager, and an employee with "
        "two or more subordinates but no supervisor's mark gets no class.",
        ours="`esec-mp` and `egp-mp` are rules in a file in which columns have names.",
        counts=tuple(counts),
    )  # fmt: skip


def not_renumbered(root: Path, survey: Persons) -> Departure:
    """Earlier versions keep the numbers 3 to 9."""
    table = read_crosswalk(root, "isco08_to_esec_three")
    base = looked_up(table, "isco08", 3, esec_position)
    right = documented(base, "isco08")

    def given(persons: Persons) -> Text:
        return np.where(np.isin(base(persons), ("1", "2")), right(persons), base(persons))

    cells = grid("isco08", table.codes, supervisor=(0, 1), employees=EGP_EMPLOYEES)
    count = compare("isco08_to_esec_mp", right, given, cells, survey)
    shared = np.isin(given(survey), ("3", "4"))
    plain = shared & np.isin(base(survey), ("3", "4"))
    return Departure(
        title="ESeC-MP, earlier version: two classes under one number",
        where="R, DIGCLASS at commit 07027f9, `managers_professionals_helper`; mended later",
        publication="ESeC-MP has eleven classes; the package's labels number them 1 to 11, with "
        "lower managers 3, lower professionals 4, and ESeC classes 3 to 9 as 5 to 11.",
        does="Splits classes 1 and 2 into 1 to 4 and leaves ESeC 3 to 9 under their old numbers.",
        consequence=f"The codes 3 and 4 hold {tally(shared):,} persons of the extract, "
        f"of whom {tally(plain):,} are intermediate employees or small employers and "
        "not lower managers or professionals; with labels, every class from 3 on is misnamed. "
        "(Counted with the arguments in their right order.)",
        ours="Eleven classes with numbers of their own.",
        counts=(count,),
    )  # fmt: skip


def exchanged_labels(root: Path, survey: Persons) -> Departure:
    """EGP-MP labels 2 and 3."""
    table = read_crosswalk(root, "isco68_to_egp11")
    right = documented(looked_up(table, "isco68", 4, egp68_position), "isco68")

    def given(persons: Persons) -> Text:
        codes = right(persons)
        return np.where(codes == "2", "3", np.where(codes == "3", "2", codes))

    cells = grid("isco68", table.codes, supervisor=(0, 1), employees=EGP_EMPLOYEES)
    count = compare("isco68_to_egp_mp, label = TRUE", right, given, cells, survey)
    return Departure(
        title="EGP-MP exchanges two labels",
        where="R, DIGCLASS 0.0.3, `isco88_to_egp_mp` (isco88.R at 4ffd5df) and "
        "`isco68_to_egp_mp`, with `label = TRUE`",
        publication="The helper gives 2 to higher professionals and 3 to lower managers, as the "
        "labels of ESeC-MP in the same package say.",
        does="Labels 2 “Ib Lower Managers” and 3 “IIa Higher Professionals”.",
        consequence="Higher professionals are called lower managers and lower managers higher "
        "professionals. (Counted with the arguments in their right order, so that only the labels "
        "differ.)",
        ours="Each class carries its label in the scheme's file.",
        counts=(count,),
    )  # fmt: skip
