"""Bridges from the industries of a table to industry classes: data files with reasons.

Shipped: `wiod2013` (35 industries, NACE Rev. 1), `wiod2016` (56, ISIC Rev. 4), `icio` (OECD, 45 or
50), `exiobase3` (163, names or codes), `eora26`. A bridge of one's own is a CSV file with the
columns code, name, class, reason.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.datafile import package_file, read_text
from worldclass.core.errors import UsageError
from worldclass.flows.labour.classes import PACKAGE, industry_classes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldclass.flows.labour.classes import IndustryClass

SHIPPED = ("wiod2013", "wiod2016", "icio", "exiobase3", "eora26")
COLUMNS = ("code", "name", "class", "reason")
_SHOWN = 8


@lru_cache(maxsize=16)
def read_bridge(bridge: str | Path) -> Mapping[str, str]:
    """Class of each industry code, from a shipped bridge or a file.

    Parameters
    ----------
    bridge
        A name in `SHIPPED`, or the path of a CSV file.

    Raises
    ------
    UsageError
        An unknown name, a missing column, a code twice, or an unknown class.

    Examples
    --------
    >>> read_bridge("wiod2013")["c18"]
    'construction'
    """
    if str(bridge) in SHIPPED:
        source = package_file(PACKAGE, "bridges", f"{bridge}.csv")
    elif str(bridge).endswith(".csv"):
        source = Path(bridge)
    else:
        raise UsageError(
            f"There is no bridge {str(bridge)!r}.",
            where="bridge",
            remedy=f"Use {', '.join(SHIPPED)}, or the path of a CSV file "
            f"with the columns {', '.join(COLUMNS)}.",
        )
    rows = list(csv.DictReader(read_text(source, error=UsageError).splitlines()))
    absent = [name for name in COLUMNS if not rows or name not in rows[0]]
    if absent:
        raise UsageError(
            f"The bridge lacks {', '.join(absent)}.",
            where=str(source),
            remedy=f"Give the columns {', '.join(COLUMNS)}.",
        )
    table: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        code, name = row["code"], row["class"]
        if name not in industry_classes() or code in table:
            fault = "is listed twice" if code in table else f"has the unknown class {name!r}"
            raise UsageError(
                f"The industry {code!r} {fault}.",
                where=f"{source}, line {number}",
                remedy=f"Classes: {', '.join(industry_classes())}.",
            )
        table[code] = name
    return table


def classify_industries(codes: Sequence[str], bridge: str | Path) -> tuple[IndustryClass, ...]:
    """Class of each industry code, in the order given.

    Raises
    ------
    UsageError
        Codes that the bridge does not know; the message names them.
    """
    table = read_bridge(bridge)
    unknown = list(dict.fromkeys(code for code in codes if code not in table))
    if unknown:
        shown = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
        raise UsageError(
            f"The bridge {str(bridge)!r} does not know {len(unknown)} industries: {shown}.",
            where="bridge",
            remedy=f"Choose another ({', '.join(SHIPPED)}), or give the path of a CSV file "
            f"with the columns {', '.join(COLUMNS)} that lists them.",
        )
    classes = industry_classes()
    return tuple(classes[table[code]] for code in codes)


def fitting_bridge(codes: Sequence[str]) -> str:
    """The shipped bridge that knows all industries of a table.

    Raises
    ------
    UsageError
        None does; the message names the industries that the nearest one does not know.

    Examples
    --------
    >>> fitting_bridge(["c1", "c18"])
    'wiod2013'
    """
    wanted = set(codes)
    nearest = min(SHIPPED, key=lambda name: len(wanted - set(read_bridge(name))))
    classify_industries(list(codes), nearest)
    return nearest
