"""worldclass on the cells and persons on which other implementations depart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from validation.schemes.agreement import is_unknown
from validation.schemes.departure import Coding, Count, compare
from validation.schemes.distributions import coding
from validation.schemes.eseg import RETIRED, retired_as_we_do
from validation.schemes.managers import documented
from validation.schemes.numbering import meant, through
from validation.schemes.reference import (
    MISSING,
    Persons,
    Text,
    digits,
    grid,
    looked_up,
    read_crosswalk,
)
from validation.schemes.shifted import (
    EGP_EMPLOYEES,
    egp68_position,
    egp_position,
    esec_grid,
    esec_position,
    ipics_position,
)
from validation.schemes.wright import wright
from validation.tables import Cell, Results
from worldclass.schemes.compile import compile_scheme
from worldclass.schemes.library import load_scheme

SELF_EMPLOYED = ("1", "2", "3")
"""Wright's classes of the self-employed."""


def by_skill(scheme: Coding) -> Coding:
    """Wright's classes with those that depend on skill taken together."""

    def code(persons: Persons) -> Text:
        found = scheme(persons)
        return np.where(np.isin(found, (*SELF_EMPLOYED, "")), found, "by skill")

    return code


def without_zero(base: Coding) -> Coding:
    """The table of ISCO-68 writes 0 for no class."""

    def code(persons: Persons) -> Text:
        found = base(persons)
        return np.where(found == "0", "", found)

    return code


def followed(root: Path, survey: Persons) -> list[Count]:
    """Cells and persons on which worldclass differs from what it says that it follows."""
    new, old = read_crosswalk(root, "isco88_to_egp11"), read_crosswalk(root, "isco68_to_egp11")
    esec = read_crosswalk(root, "isco08_to_esec_three")
    com = read_crosswalk(root, "isco88com_to_esec_three")
    egp88 = looked_up(new, "isco88", 4, egp_position)
    egp68 = without_zero(looked_up(old, "isco68", 4, egp68_position))
    esec08 = looked_up(esec, "isco08", 3, esec_position)
    esec88 = looked_up(com, "isco88com", 3, esec_position)
    grids = {
        "isco88": grid("isco88", new.codes, supervisor=(0, 1), employees=EGP_EMPLOYEES),
        "isco68": grid("isco68", old.codes, supervisor=(0, 1), employees=EGP_EMPLOYEES),
        "isco08": grid("isco08", esec.codes, supervisor=(0, 1), employees=EGP_EMPLOYEES),
        "isco88com": grid("isco88com", com.codes, supervisor=(0, 1), employees=EGP_EMPLOYEES),
    }
    rules: list[tuple[str, str, Coding]] = [
        ("egp5", "isco88", through(egp88, meant(5))),
        ("egp5", "isco68", through(egp68, meant(5))),
        ("egp3", "isco88", through(egp88, meant(3))),
        ("egp3", "isco68", through(egp68, meant(3))),
        ("egp-mp", "isco88", documented(egp88, "isco88")),
        ("esec-mp", "isco08", documented(esec08, "isco08")),
        ("esec-mp", "isco88com", documented(esec88, "isco88com")),
    ]
    found = [
        compare(f"{scheme} from {name}", right, coding(scheme, name), grids[name], survey)
        for scheme, name, right in rules
    ]
    found += [ipics(root, name, survey) for name in ("isco08", "isco88")]
    units = read_crosswalk(root, "isco08_to_oesch16").codes
    found.append(
        compare(
            "esec from isco08, four digits", esec08, coding("esec", "isco08"),
            esec_grid("isco08", units), survey,
        )
    )  # fmt: skip
    skills = grid(
        "isco88com", read_crosswalk(root, "labels_isco88com").codes, supervisor=(0, 1, MISSING)
    )
    found.append(
        compare(
            "wright-simple from isco88com",
            lambda persons: wright(persons, armed_forces_known=True, unknown_is_nothing=True),
            by_skill(coding("wright-simple", "isco88com")),
            skills,
            survey,
        )
    )
    found.append(eseg_retired(root, survey))
    return found


def ipics(root: Path, name: str, survey: Persons) -> Count:
    """IPICS with every number of employees."""
    table = read_crosswalk(root, f"{name}_to_ipics")
    scheme = compile_scheme(load_scheme("ipics"), name)
    known = [code for code in table.rows if not is_unknown(scheme, code)]
    cells = grid(name, np.array(known), employees=(0, 5, 11, 12))
    right = looked_up(table, name, 4, ipics_position)
    return compare(f"ipics from {name}", right, coding("ipics", name), cells, survey)


def eseg_retired(root: Path, survey: Persons) -> Count:
    """ESEG of the retired, by the rules that come too late elsewhere."""
    codes = read_crosswalk(root, "labels_isco08").codes
    groups = np.unique(digits(codes, 2))
    cells = grid("isco08", groups[np.array([code[1] != "0" for code in groups.tolist()])])
    cells = replace(
        cells,
        work_status=cells.self_employed,
        main_activity=np.full(cells.number, RETIRED, dtype=np.int64),
    )

    def right(persons: Persons) -> Text:
        two = digits(persons.codes["isco08"], 2).astype("U2").tolist()
        status = persons.work_status.tolist()
        found = [retired_as_we_do(*person) for person in zip(two, status, strict=True)]
        return np.array(found, dtype=np.str_)

    job = survey.pick(
        (survey.main_activity == RETIRED)
        & (survey.work_status != MISSING)
        & np.array([code[1] != "0" for code in survey.codes["isco08"].tolist()])
    )
    return compare("eseg from isco08, the retired", right, coding("eseg", "isco08"), cells, job)


def followed_table(found: list[Count]) -> Results:
    """As a table."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.what, one.of_cells, one.cells - one.gained_cells, one.gained_cells,
            one.of_rows, (one.rows or 0) - one.gained_rows, one.gained_rows,
        )
        for one in found
    ]  # fmt: skip
    return Results(
        "Agreement with documented rules",
        ("scheme", "cells compared", "disagreements", "class in worldclass alone",
         "persons compared", "disagreements", "class in worldclass alone"),
        rows,
        before="The rules as documented, on top of the reference tables, in every position and for "
        "every person of the extract. Wright's classes by skill count as one here. "
        "Classes in worldclass alone are retired soldiers in ESEG.",
    )  # fmt: skip
