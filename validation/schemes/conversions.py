"""Conversions between classifications: the armed forces of ESCO, and agreement with the tables."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from validation.schemes.departure import Count, Departure
from validation.schemes.reference import read_crosswalk
from validation.tables import Cell, Results
from worldclass.occupations.convert import recode

STEPS = (
    ("isco08", "isco88"),
    ("isco88", "isco08"),
    ("isco68", "isco88"),
    ("isco68", "isco08"),
    ("isco88", "isco68"),
    ("isco88", "isco88com"),
    ("esco", "isco08"),
)
"""Source and target of each table `SOURCE_to_TARGET`."""


def misplaced(root: Path) -> dict[str, tuple[str, str]]:
    """ESCO codes whose unit group is not the one they begin with: its group, and the table's.

    A code that lost its leading zero begins with no unit group of ISCO-08.
    """
    table = read_crosswalk(root, "esco_to_isco08")
    units = set(read_crosswalk(root, "labels_isco08").codes.tolist())
    found: dict[str, tuple[str, str]] = {}
    for code, row in table.rows.items():
        group = code[:4] if code[:4] in units else f"0{code[:3]}"
        assert group in units, f"ESCO {code} begins with no unit group"
        if group != table.values[row, 0]:
            found[code] = (group, str(table.values[row, 0]))
    return found


def esco_armed_forces(root: Path) -> Departure:
    """`esco_to_isco08`."""
    table = read_crosswalk(root, "esco_to_isco08")
    wrong = misplaced(root)
    pairs = sorted(set(wrong.values()))
    words = ", ".join(f"{group} becomes {given}" for group, given in pairs)
    return Departure(
        title="ESCO: the armed forces become managers, professionals and technicians",
        where="R, DIGCLASS 0.0.3, table `esco_to_isco08`",
        publication="An ESCO occupation number begins with its unit group of ISCO-08 (European "
        "Commission 2017, ESCO Handbook); officers, for instance, are 0110.1 and the like.",
        does="Holds the numbers without their points, and those of the armed forces without the "
        f"leading zero; their groups were then filled up on the right: {words}.",
        consequence="Officers are coded with legislators and chief executives, soldiers with "
        f"technicians, in every scheme that follows. All other {len(table.rows) - len(wrong):,} "
        "numbers have the unit group they begin with. The extract has no ESCO numbers.",
        ours="Numbers whose first four digits are no unit group, while they are with a zero in "
        "front, are the armed forces.",
        counts=(Count("esco_to_isco08", len(wrong), len(table.rows), None, None),),
    )  # fmt: skip


def conversion_table(root: Path) -> Results:
    """worldclass against the tables of conversion, code by code."""
    rows: list[tuple[Cell, ...]] = []
    armed = misplaced(root)
    for source, target in STEPS:
        table = read_crosswalk(root, f"{source}_to_{target}")
        known = list(table.rows)
        ours = recode(pl.Series(known, dtype=pl.String), source, target).to_list()
        theirs = [str(table.values[table.rows[code], 0]) for code in known]
        wrong = [code for code, a, b in zip(known, ours, theirs, strict=True) if (a or "") != b]
        above = sum(source == "esco" and code in armed for code in wrong)
        name = f"`{source}_to_{target}`"
        rows.append((name, len(known), len(wrong) - above, above))
    return Results(
        "Agreement with the tables of conversion",
        ("table", "codes compared", "disagreements", "armed forces of ESCO (above)"),
        rows,
    )
