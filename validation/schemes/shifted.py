"""DIGCLASS: functions that read another column of their table than the one they mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from validation.schemes.departure import Count, Departure, compare, share
from validation.schemes.reference import (
    MISSING,
    Crosswalk,
    Numbers,
    Persons,
    Text,
    band,
    digits,
    grid,
    looked_up,
    read_crosswalk,
    tally,
)

EGP_EMPLOYEES = (0, 1, 5, 10)
"""One number of employees or subordinates for each column of the ISCO-88 table of EGP."""


def egp_position(persons: Persons) -> Numbers:
    """Column of the ISCO-88 table of EGP: 0, 1, 2–9 and 10 or more, employees first."""
    size = band(persons.employees, 1, 2, 10)
    return np.where(size == MISSING, MISSING, persons.self_employed * 4 + size)


def egp_position_read(persons: Persons) -> Numbers:
    """Column that `isco88_to_egp` reads: it counts three sizes where the table has four."""
    size = band(persons.employees, 1, 10)
    return np.where(size == MISSING, MISSING, persons.self_employed * 3 + size)


def egp68_position(persons: Persons) -> Numbers:
    """Column of the ISCO-68 table of EGP, which has three sizes."""
    return egp_position_read(persons)


def egp88(table: Crosswalk, persons: Persons) -> Text:
    """EGP with eleven classes from ISCO-88, as the table says."""
    return table.at(persons.codes["isco88"], egp_position(persons))


def egp88_read(table: Crosswalk, persons: Persons) -> Text:
    """EGP with eleven classes from ISCO-88, as `isco88_to_egp` reads the table."""
    return table.at(persons.codes["isco88"], egp_position_read(persons))


def egp_columns(root: Path, survey: Persons) -> Departure:
    """`isco88_to_egp`."""
    table = read_crosswalk(root, "isco88_to_egp11")
    cells = grid("isco88", table.codes, employees=EGP_EMPLOYEES)
    count = compare(
        "isco88_to_egp",
        lambda persons: egp88(table, persons),
        lambda persons: egp88_read(table, persons),
        cells,
        survey,
    )
    own = survey.self_employed == 1
    wrong = egp88(table, survey) != egp88_read(table, survey)
    percent = share(tally(wrong & own), tally(own))
    return Departure(
        title="EGP from ISCO-88 reads shifted columns",
        where="R, DIGCLASS 0.0.3, `isco88_to_egp`",
        publication="Ganzeboom's script for ISCO-88 tells four sizes apart: 0, 1, 2–9, and 10 or "
        "more subordinates or employees. The package's own table `isco88_to_egp11` accordingly "
        "has eight columns.",
        does="Numbers six columns (0, 1–9, 10 or more, for employees and then for the "
        "self-employed), which fits the table of ISCO-68. Six of the eight positions therefore "
        "read a column that belongs to another position.",
        consequence="The self-employed without employees get the class of employees with ten or "
        "more subordinates, and those with one to nine employees the class of those without: IVb "
        f"where IVa is meant. {percent} % of the self-employed in the extract have another class "
        "than the table gives them.",
        ours="Reads the column that the table's heading names. `egp11` from ISCO-88 agrees with "
        "the table in every cell.",
        counts=(count,),
    )  # fmt: skip


def esec_grid(classification: str, codes: Text) -> Persons:
    """Every code in the five positions of ESeC."""
    cells = grid(classification, codes, supervisor=(0, 1), employees=(0, 5, 10))
    own = cells.self_employed == 1
    return cells.pick(np.where(own, cells.supervisor == 0, cells.employees == 0))


def esec_position(persons: Persons) -> Numbers:
    """Employee, supervisor, and the self-employed with 0, 1–9, 10 or more employees: 0 to 4."""
    size = band(persons.employees, 1, 10)
    own = np.where(size == MISSING, MISSING, 2 + size)
    return np.where(persons.self_employed == 1, own, persons.supervisor)


def esec_two_digits(root: Path, survey: Persons) -> Departure:
    """`isco08_two_to_esec`."""
    table = read_crosswalk(root, "isco08_to_esec_two")

    def right(persons: Persons) -> Text:
        # The columns of this table stand in reverse order.
        return table.at(digits(persons.codes["isco08"], 2), 4 - esec_position(persons))

    def given(persons: Persons) -> Text:
        codes = digits(persons.codes["isco08"], 2)
        column = 3 - esec_position(persons)
        known = np.isin(codes, table.codes)
        return np.where((column == -1) & known, codes, table.at(codes, column))

    count = compare("isco08_two_to_esec", right, given, esec_grid("isco08", table.codes), survey)
    forces = survey.codes["isco08"].astype("U1") == "0"
    return Departure(
        title="ESeC from two digits counts columns from the code",
        where="R, DIGCLASS 0.0.3, `isco08_two_to_esec`",
        publication="The package's table `isco08_to_esec_two` holds the code in its first column "
        "and the five positions in columns two to six.",
        does="Numbers the positions one to five.",
        consequence="Large employers get their ISCO code back as a class, and everybody else the "
        "class of the next position: employees that of supervisors, supervisors that of the "
        "self-employed. Besides, the table lists the armed forces at three digits (0110, 0210, "
        "0310) while two-digit codes read 0100, 0200 and 0300: none of the "
        f"{tally(forces):,} of them in the extract finds a row.",
        ours="`esec-2digit` reads each position from the column that the heading names, and `esec` "
        "takes three digits, as its authors define it.",
        counts=(count,),
    )  # fmt: skip


def ipics_position(persons: Persons) -> Numbers:
    """Employees with 0 and with subordinates, self-employed with 0, 1–10, 11 or more: 0 to 4."""
    own = np.where(persons.employees == MISSING, MISSING, 2 + band(persons.employees, 1, 11))
    return np.where(persons.self_employed == 1, own, band(persons.employees, 1))


def ipics_position_read(persons: Persons) -> Numbers:
    """The same with the gaps of `isco08_to_ipics`."""
    eleven = (persons.self_employed == 1) & (persons.employees == 11)
    many = (persons.self_employed == 0) & (persons.employees > 10)
    return np.where(eleven | many, MISSING, ipics_position(persons))


def ipics_sizes(root: Path, survey: Persons) -> Departure:
    """`isco08_to_ipics` and `isco88_to_ipics`."""
    counts: list[Count] = []
    for classification in ("isco08", "isco88"):
        table = read_crosswalk(root, f"{classification}_to_ipics")
        right = looked_up(table, classification, 4, ipics_position)
        given = looked_up(table, classification, 4, ipics_position_read)
        cells = grid(classification, table.codes, employees=(0, 5, 11, 12))
        counts.append(compare(f"{classification}_to_ipics", right, given, cells, survey))
    return Departure(
        title="IPICS has gaps between its sizes",
        where="R, DIGCLASS 0.0.3, `isco08_to_ipics`, `isco88_to_ipics`",
        publication="The tables of IPICS (after Hertel 2017) have five positions: employees with 0 "
        "and with 1–10 subordinates, self-employed with 0, with 1–10 and with 11 or more "
        "employees.",
        does="Asks for more than 11 employees where the table says 11 or more, and for at most 10 "
        "subordinates of an employee, for whom the table has no further column.",
        consequence="The self-employed with exactly 11 employees, and employees with more than 10 "
        "subordinates, get no class.",
        ours="11 or more; an employee with any subordinates reads the column for employees with "
        "subordinates.",
        counts=tuple(counts),
    )  # fmt: skip


def esec_96_added(root: Path, survey: Persons) -> Departure:
    """Minor groups 960, 961 and 962, which the authors' list for ISCO-08 lacks."""
    table = read_crosswalk(root, "isco08_to_esec_three")
    minor = np.unique(digits(read_crosswalk(root, "labels_isco08").codes, 3))
    stand_in = {"9600": "9500", "9610": "9510", "9620": "9520"}

    def right(persons: Persons) -> Text:
        return table.at(digits(persons.codes["isco08"], 3), esec_position(persons))

    def given(persons: Persons) -> Text:
        codes = digits(persons.codes["isco08"], 3)
        for code, other in stand_in.items():
            codes = np.where(codes == code, other, codes)
        return table.at(codes, esec_position(persons))

    count = compare("isco08_to_esec", right, given, esec_grid("isco08", minor), survey)
    return Departure(
        title="ESeC from ISCO-08: refuse workers, whom the authors' list lacks",
        where="Stata, iscogen and crosswalk (Jann)",
        publication="Harrison's list for ISCO-08 (esec_08_3_digit_public) lacks minor groups 960, "
        "961 and 962, refuse workers and other elementary workers.",
        does="Gives them the classes of 950, 951 and 952, and says so in its documentation. "
        "DIGCLASS leaves them without a class.",
        consequence=f"{count.rows:,} persons of the extract have a class (9, routine, for "
        "employees) that the list does not give.",
        ours="Follows the list: they are 'not covered', and the notes of `esec` say how to get "
        "the other reading.",
        counts=(count,),
    )  # fmt: skip


def esec_four_digits(root: Path, survey: Persons) -> Departure:
    """`isco08_to_esec` given four-digit codes."""
    table = read_crosswalk(root, "isco08_to_esec_three")
    units = read_crosswalk(root, "isco08_to_oesch16").codes

    def right(persons: Persons) -> Text:
        return table.at(digits(persons.codes["isco08"], 3), esec_position(persons))

    def given(persons: Persons) -> Text:
        return table.at(persons.codes["isco08"], esec_position(persons))

    count = compare("isco08_to_esec", right, given, esec_grid("isco08", units), survey)
    none = tally(given(survey) == "")
    return Departure(
        title="ESeC from four digits loses nearly everybody",
        where="R, DIGCLASS 0.0.3, `isco08_to_esec`; `isco88com_to_esec`, `isco08_to_msec` and "
        "`isco88com_to_msec` work in the same way",
        publication="ESeC is defined on minor groups (three digits). The documentation says that "
        "codes must be cut to three digits first.",
        does="Looks four-digit codes up as they stand. Earlier versions stopped with an error when "
        "fewer than 85 % of the codes ended in a single zero; in the version read here that check "
        "is commented out, and codes that do not end in 0 silently find no row.",
        consequence=f"{none:,} of {survey.number:,} persons in the extract "
        f"({share(none, survey.number)} %) get no class, without a message.",
        ours="Cuts codes to the digits that a scheme is defined on, and says so in the coding "
        "report.",
        counts=(count,),
    )  # fmt: skip
