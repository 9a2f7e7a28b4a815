"""Industry classes: what the rules of this folder need to know of an industry.

Each industry of a table belongs to one class by its bridge (`bridges.py`). `classes.csv` gives the
class's broad sector, the share of women that it would have in one reference economy, and its
weekly hours; `productivity.csv` its productivity in the US accounts (`us_accounts.py`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.datafile import package_file, read_text
from worldclass.core.errors import SourceError
from worldclass.people.status_sector import SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

PACKAGE = "worldclass.flows.labour"
GROUPS = ("agriculture", "mining", "manufacturing", "utilities", "construction", "services")
BASES = ("read", "remembered", "judgement")
"""How a share of women came here: read in the source while this was written, remembered from it
and not looked up again, or judged."""
RENTS = "real_estate"
"""The class whose value added is chiefly imputed rents."""


@dataclass(frozen=True)
class IndustryClass:
    """One class of industries.

    Attributes
    ----------
    name, title
        Identifier and words.
    sector
        Broad sector of the ILO: agriculture, industry or services.
    group
        One of `GROUPS`.
    sections
        Sections of ISIC Rev. 4 that the class's workers are in, of its own broad sector.
    us_industries
        Industries of the US accounts behind its productivity.
    women, women_low, women_high
        Share of women in the reference economy, with 5th and 95th percentile. Only differences
        of log odds inside a broad sector matter.
    women_basis, women_source
        One of `BASES`, and where the figure is from.
    weekly_hours, hours_source
        Average hours a week; only ratios matter.
    productivity, output_productivity
        Value added and output per person engaged in the US, relative to the US economy.
    labour_share
        Labour compensation as a part of value added in the US.
    """

    name: str
    title: str
    sector: str
    group: str
    sections: tuple[str, ...]
    us_industries: tuple[str, ...]
    women_low: float
    women: float
    women_high: float
    women_basis: str
    women_source: str
    weekly_hours: float
    hours_source: str
    productivity: float
    output_productivity: float
    labour_share: float


@cache
def industry_classes() -> Mapping[str, IndustryClass]:
    """All classes by name.

    Raises
    ------
    SourceError
        A data file contradicts itself.

    Examples
    --------
    >>> industry_classes()["construction"].group
    'construction'
    """
    productivity = {row["class"]: row for row in _rows("productivity.csv")}
    table = {row["class"]: _read(row, productivity) for row in _rows("classes.csv")}
    return MappingProxyType(table)


@cache
def us_industries() -> Mapping[str, tuple[str, ...]]:
    """Industries of the US accounts behind each class."""
    rows = _rows("classes.csv")
    return {row["class"]: tuple(row["us_industries"].split()) for row in rows}


def distinct(
    classes: Sequence[IndustryClass],
) -> tuple[list[IndustryClass], NDArray[np.int_]]:
    """Each class once, and the place of each sector's class among them."""
    held = list(dict.fromkeys(classes))
    at = {one.name: k for k, one in enumerate(held)}
    return held, np.array([at[one.name] for one in classes], dtype=int)


def _rows(name: str) -> list[dict[str, str]]:
    text = read_text(package_file(PACKAGE, name), error=SourceError)
    return list(csv.DictReader(text.splitlines()))


def _read(row: Mapping[str, str], productivity: Mapping[str, Mapping[str, str]]) -> IndustryClass:
    try:
        measured = productivity[row["class"]]
        found = IndustryClass(
            name=row["class"],
            title=row["name"],
            sector=row["sector"],
            group=row["group"],
            sections=tuple(row["sections"].split()),
            us_industries=tuple(row["us_industries"].split()),
            women_low=float(row["women_low"]),
            women=float(row["women"]),
            women_high=float(row["women_high"]),
            women_basis=row["women_basis"],
            women_source=row["women_source"],
            weekly_hours=float(row["weekly_hours"]),
            hours_source=row["hours_source"],
            productivity=float(measured["value_added"]),
            output_productivity=float(measured["output"]),
            labour_share=float(measured["labour_share"]),
        )
    except (KeyError, ValueError) as error:
        raise SourceError(
            f"The industry class {row.get('class')!r} cannot be read: {error}.",
            where="classes.csv, productivity.csv",
        ) from error
    ordered = 0 < found.women_low <= found.women <= found.women_high < 1
    named = found.sector in SECTORS and found.group in GROUPS and found.women_basis in BASES
    if not (ordered and named and found.weekly_hours > 0):
        raise SourceError(
            f"The industry class {found.name!r} has shares out of order, an unknown word or no "
            "hours.",
            where="classes.csv",
            remedy=f"Sectors {', '.join(SECTORS)}; groups {', '.join(GROUPS)}.",
        )
    return found
