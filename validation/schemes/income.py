"""DIGCLASS: the income rule of ORDC."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from validation.schemes.departure import Count, Departure
from validation.schemes.reference import read_crosswalk

ECONOMIC = {"3": "top tenth", "6": "half to nine tenths", "9": "lower half"}
"""The economic fractions of the upper, upper-middle and lower-middle class, and their incomes."""
WRITTEN = "Upper class: class: economi"
"""The label that `isco88_to_ordc` writes for the upper class."""


def income_rule(root: Path) -> Departure:
    """`isco88_to_ordc` with `income`."""
    table = read_crosswalk(root, "isco88_to_ordc")
    labels = read_crosswalk(root, "labels_ordc")
    classes = table.values[:, 0]
    economic = classes[np.isin(classes, tuple(ECONOMIC))].tolist()
    wrong = sum(code != band for code in economic if code != "6" for band in ECONOMIC)
    fixed = sum(code != "6" for code in economic)
    shipped = labels.values[labels.rows["3"], 0]
    assert WRITTEN not in labels.values[:, 0].tolist(), "the label is one of the scheme's"
    return Departure(
        title="ORDC: the income rule reaches one of three classes, and writes an unknown label",
        where="R, DIGCLASS 0.0.3, `isco88_to_ordc` with `income` (isco88.R at 4ffd5df)",
        publication="The documentation (after Hansen and Toft 2021) groups the economic upper, "
        "upper-middle and lower-middle class by income: top tenth, next four tenths, lower half.",
        does=f"Moves persons of class 6 only; the {fixed} ISCO-88 codes that the table puts into "
        "classes 3 and 9 keep them whatever the income. The cuts are quantiles of all incomes "
        "given, every other class included and without weights; who stands exactly at a cut goes "
        f"to the outer class on both sides. With `label = TRUE` the upper class is “{WRITTEN}”, "
        f"while the scheme's label is “{shipped}”. With `label = FALSE` numbers (9, 3) are mixed "
        "with classes held as text, which `case_when` of dplyr refuses (read, not run).",
        consequence="With labels there are fourteen names for thirteen classes, and a match with "
        "the scheme's labels gives missing values; without labels the call should stop. The "
        "extract has no income, so that persons cannot be counted; cells are codes of the three "
        "classes × three bands of income.",
        ours="`ordc`, too, divides class 6 only, since the supplement could not be read. It takes "
        "the person's rank in the income distribution as a column (`income_rank`), so that weights "
        "and the population are the user's choice; the classes have one label each.",
        counts=(Count("isco88_to_ordc", wrong, 3 * len(economic), None, None),),
    )  # fmt: skip
