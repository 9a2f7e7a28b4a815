"""Two numberings of the eleven EGP classes, mixed up when they are collapsed or named."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from validation.schemes.departure import Coding, Count, Departure, compare
from validation.schemes.reference import Persons, Text, grid, looked_up, read_crosswalk
from validation.schemes.shifted import (
    EGP_EMPLOYEES,
    egp68_position,
    egp88,
    egp_position,
)
from validation.tables import Cell, Results

GANZEBOOM = ("I", "II", "IIIa", "IIIb", "IVa", "IVb", "V", "VI", "VIIa", "VIIb", "IVc")
"""Classes 1 to 11 as Ganzeboom numbers them, and as the labels of DIGCLASS say."""
OTHER = ("I", "II", "IIIa", "IIIb", "IVa", "IVb", "IVc", "V", "VI", "VIIa", "VIIb")
"""Classes 1 to 11 in the order of Erikson and Goldthorpe's list, as occupar labels them."""
MEANT = {
    7: {"I": 1, "II": 2, "IIIa": 3, "IIIb": 3, "IVa": 4, "IVb": 4, "IVc": 4,
        "V": 5, "VI": 6, "VIIa": 7, "VIIb": 7},
    5: {"I": 1, "II": 1, "IIIa": 1, "IIIb": 1, "IVa": 2, "IVb": 2, "IVc": 3,
        "V": 4, "VI": 4, "VIIa": 5, "VIIb": 3},
    3: {"I": 1, "II": 1, "IIIa": 1, "IIIb": 1, "IVa": 1, "IVb": 1, "IVc": 2,
        "V": 3, "VI": 3, "VIIa": 3, "VIIb": 2},
}  # fmt: skip
"""The collapsed class of each class by the labels of the collapsed schemes."""


def meant(classes: int) -> dict[str, str]:
    """Collapse of Ganzeboom's numbers by the meaning of the classes."""
    return {str(k + 1): str(MEANT[classes][name]) for k, name in enumerate(GANZEBOOM)}


def translate(codes: Text, table: dict[str, str]) -> Text:
    """Each class by a table; empty stays empty."""
    return np.array([table.get(code, "") for code in codes.tolist()], dtype=np.str_)


def through(base: Coding, table: dict[str, str]) -> Coding:
    """A coding followed by a table."""
    return lambda persons: translate(base(persons), table)


def collapses(root: Path, survey: Persons) -> Departure:
    """`egp11_to_egp7`, `egp11_to_egp5`, `egp11_to_egp3`."""
    new, old = read_crosswalk(root, "isco88_to_egp11"), read_crosswalk(root, "isco68_to_egp11")
    counts: list[Count] = []
    rows: list[tuple[Cell, ...]] = []
    shipped = {
        size: dict(zip(table.codes.tolist(), table.values[:, 0].tolist(), strict=True))
        for size in (7, 5, 3)
        for table in [read_crosswalk(root, f"egp11_to_egp{size}")]
    }
    base88 = looked_up(new, "isco88", 4, egp_position)
    base68 = looked_up(old, "isco68", 4, egp68_position)
    for size in (7, 5, 3):
        for name, table, base in (("isco88", new, base88), ("isco68", old, base68)):
            cells = grid(name, table.codes, employees=EGP_EMPLOYEES)
            right, given = through(base, meant(size)), through(base, shipped[size])
            what = f"{name}_to_egp, n_classes = {size}"
            counts.append(compare(what, right, given, cells, survey))
    for k, name in enumerate(GANZEBOOM):
        number = str(k + 1)
        pairs = [(meant(size)[number], shipped[size][number]) for size in (7, 5, 3)]
        if any(a != b for a, b in pairs):
            rows.append(
                (f"{number}: {name}", *(b if a == b else f"{b} (meant: {a})" for a, b in pairs))
            )
    made_for = all(
        shipped[size][str(k + 1)] == str(MEANT[size][name])
        for size in (7, 5, 3)
        for k, name in enumerate(OTHER)
    )
    assert made_for, "the collapse tables fit neither numbering"
    return Departure(
        title="EGP with 7, 5 and 3 classes is collapsed from another numbering",
        where="R, DIGCLASS 0.0.3, tables `egp11_to_egp7`, `egp11_to_egp5`, `egp11_to_egp3`, taken "
        "from R, occupar; `isco88_to_egp` and `isco68_to_egp` with `n_classes` below 11",
        publication="The labels of the collapsed schemes name the classes that they join: V and VI "
        "are skilled workers, IVc and VIIb farm workers (Erikson and Goldthorpe 1992; Connelly, "
        "Gayle and Lambert 2016). The eleven classes are numbered after Ganzeboom: 7 = V, 8 = VI, "
        "9 = VIIa, 10 = VIIb, 11 = IVc.",
        does="Applies tables that fit the other usual numbering (7 = IVc, 8 = V, 9 = VI, "
        "10 = VIIa, 11 = VIIb) in every line.",
        consequence="Manual supervisors become farm workers (5 and 3 classes) or self-employed "
        "(7 classes), unskilled workers skilled ones, farm labourers unskilled workers, farmers "
        "workers. (Counted on eleven classes read from the right columns.)",
        ours="`egp5` and `egp3` join the classes that the labels name. `egp7` has the seven "
        "classes of Erikson and Goldthorpe (1992, table 2.1): I+II, III, IVa+b, IVc, V+VI, VIIa, "
        "VIIb. Those of DIGCLASS are meant to be I, II, III, IV, V, VI and VII, another seven; the "
        "choice `digclass` of the parameter `grouping` repeats the shipped tables, for "
        "comparison.",
        counts=tuple(counts),
        tables=(
            Results(
                "EGP: what the shipped tables make of Ganzeboom's classes",
                ("class of the eleven", "of 7", "of 5", "of 3"),
                rows,
                left=4,
            ),
        ),
    )  # fmt: skip


def egp7_label(root: Path, survey: Persons) -> Departure:
    """The label of class 4 of EGP-7."""
    labels = read_crosswalk(root, "labels_egp7")
    fourth = labels.values[labels.rows["4"], 0].strip("'")
    table = read_crosswalk(root, "isco68_to_egp11")

    def base(persons: Persons) -> Text:
        return table.at(persons.codes["isco68"], egp68_position(persons))

    def given(persons: Persons) -> Text:
        codes = through(base, meant(7))(persons)
        return np.where(codes == "4", "label of IIIa", codes)

    cells = grid("isco68", table.codes, employees=EGP_EMPLOYEES)
    count = compare(
        "isco68_to_egp, n_classes = 7, label = TRUE", through(base, meant(7)), given, cells, survey
    )
    return Departure(
        title="EGP with 7 classes: the label of class 4",
        where="R, DIGCLASS 0.0.3, label table `egp7`",
        publication="Class 4 of seven is IV, the self-employed, in occupar, from which the scheme "
        "is taken.",
        does=f"Labels class 4 “{fourth}”.",
        consequence="With `label = TRUE` the self-employed are called routine non-manual workers. "
        "(Counted on the collapse that is meant.)",
        ours="Labels stand beside the rule of the class in the scheme's file.",
        counts=(count,),
    )  # fmt: skip


def occupar(root: Path, survey: Persons) -> list[Departure]:
    """occupar's `isco88toEGP`."""
    table = read_crosswalk(root, "isco88_to_egp11")

    def root_class(persons: Persons) -> Text:
        return table.at(persons.codes["isco88"], np.zeros(persons.number, dtype=np.int64))

    def own(persons: Persons) -> Text:
        sort = np.where(persons.employees > 0, "5", "6")
        return np.where(persons.self_employed == 1, sort, root_class(persons))

    by_label = {str(k + 1): str(GANZEBOOM.index(name) + 1) for k, name in enumerate(OTHER)}
    cells = grid("isco88", table.codes, employees=EGP_EMPLOYEES)
    labels = compare("isco88toEGP, labels", own, through(own, by_label), cells, survey)

    def right(persons: Persons) -> Text:
        keep = egp88(table, persons)
        return np.where(persons.self_employed == 1, keep, root_class(persons))

    everybody = compare("isco88toEGP, self-employed", right, own, cells, survey)
    where = "R, occupar 0.0.0.9000 (github.com/DiogoFerrari/occupar), `isco88toEGP`"
    return [
        Departure(
            title="occupar: lists of codes in one numbering, labels in the other",
            where=where,
            publication="Its lists of ISCO-88 codes are Ganzeboom's, who numbers V 7, VI 8, VIIa "
            "9, VIIb 10 and IVc 11.",
            does="Labels 7 as IVc, 8 as V, 9 as VI, 10 as VIIa and 11 as VIIb, and collapses to 7, "
            "5 and 3 classes by those labels.",
            consequence="Skilled workers are called manual supervisors, unskilled workers skilled "
            "ones, farm labourers unskilled workers, farmers farm labourers. (Counted with the "
            "table's class for employees without subordinates in place of the package's own lists "
            "of codes.)",
            ours="One numbering, Ganzeboom's, with his labels.",
            counts=(labels,),
        ),
        Departure(
            title="occupar: every self-employed person is IVa or IVb",
            where=where,
            publication="In Ganzeboom's script self-employed professionals stay in I and II, "
            "employers of ten or more enter I, farmers are IVc.",
            does="Sets every self-employed person to IVa with employees and IVb without.",
            consequence="Self-employed doctors, large employers and farmers are small proprietors.",
            ours="Follows the script, position by position.",
            counts=(everybody,),
        ),
    ]
