"""Published employment by ISIC section, finer margins than the three broad sectors.

Where it is given for a labour market and year, the shares of its sections within each broad sector
replace the rule of `spread.py` between sections; within a section the rule and the tilt go on. The
totals of the broad sectors stay those of the population table, of both sexes.

Industries and published figures need not cut the sections alike: NACE Rev. 1 joins post with
telecommunications (H, J), the ILO publishes L, M and N together. Sections that a class or a figure
joins form one block.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import SourceError, UsageError
from worldclass.people.grid import SEXES
from worldclass.people.status_sector import SECTORS
from worldclass.sources.ilostat import BASE, read_dataset, read_ilostat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from worldclass.people.grid import Array
    from worldclass.sources.downloads import Downloads

BROAD = {"agriculture": "A", "industry": "BCDEF", "services": "GHIJKLMNOPQRSTU"}
"""Sections of ISIC Rev. 4 in each broad sector of the ILO."""
COLUMNS = ("iso3", "year", "sections", "sex", "persons_thousand")
MODELLED = "EMP_2EMP_SEX_ECO_NB_A"
"""ILOSTAT's data set of modelled employment by sex and activity."""
DETAILS = ("A", "B", "C", "DE", "F", "G", "HJ", "I", "K", "LMN", "O", "P", "Q", "RSTU")
"""Groups of sections in it, the ends of its codes."""
PREFIXES = ("ECO_ISIC4_", "ECO_DETAILS_")
"""Beginnings of its codes: editions from 2025 on, and older ones."""


@dataclass(frozen=True)
class SectionEmployment:
    """Employment by country, year, group of sections and sex.

    Attributes
    ----------
    persons
        By country and year: thousand women and men of each group of sections, such as "HJ".
    """

    persons: Mapping[tuple[str, int], Mapping[str, Array]]

    def of(self, members: Sequence[str], year: int) -> dict[str, Array] | None:
        """Sum over the members of a labour market; None unless every member is published."""
        found = [self.persons.get((country, year)) for country in members]
        if not found or any(one is None for one in found):
            return None
        total: dict[str, Array] = {}
        for one in found:
            for letters, count in (one or {}).items():
                total[letters] = total.get(letters, np.zeros(len(SEXES))) + count
        return total


def section_employment(frame: pl.DataFrame) -> SectionEmployment:
    """Check a table of published employment.

    Parameters
    ----------
    frame
        Columns of `COLUMNS`: `sections` letters of ISIC Rev. 4 ("C", "HJ"), `sex` female or male.

    Raises
    ------
    UsageError
        A column is missing; a section is unknown, given twice, or joined with one of another
        broad sector; a count is negative.
    """
    absent = [name for name in COLUMNS if name not in frame.columns]
    if absent:
        raise UsageError(
            f"The table of employment by section lacks {', '.join(absent)}.",
            where="sections",
            remedy=f"Give the columns {', '.join(COLUMNS)}.",
        )
    persons: dict[tuple[str, int], dict[str, Array]] = {}
    for country, year, letters, sex, count in frame.select(COLUMNS).iter_rows():
        broad_sector(letters)
        if sex not in SEXES:
            continue
        if count is None or not 0 <= count < np.inf:
            raise UsageError(
                f"Employment of {country}, {year}, {letters}, {sex} is {count}.",
                where="sections",
                remedy="Give thousand persons, 0 or more; leave out what is not known.",
            )
        cell = persons.setdefault((country, int(year)), {})
        cell.setdefault(letters, np.zeros(len(SEXES)))[SEXES.index(sex)] += count
    for (country, year), groups in persons.items():
        seen = [letter for letters in groups for letter in letters]
        if len(seen) > len(set(seen)):
            raise UsageError(
                f"Sections of {country}, {year} overlap: {', '.join(groups)}.",
                where="sections",
                remedy="Let each section belong to one group: its workers would count twice.",
            )
    return SectionEmployment(persons)


def read_sections(path: str | Path) -> SectionEmployment:
    """Published employment from a CSV or Parquet file.

    Raises
    ------
    SourceError
        The file cannot be read.
    UsageError
        As `section_employment`.
    """
    import polars as pl

    place = Path(path)
    try:
        if place.suffix == ".parquet":
            return section_employment(pl.read_parquet(place))
        return section_employment(pl.read_csv(place, schema_overrides={"iso3": pl.String}))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SourceError(
            f"The table of employment by section cannot be read: {error}.",
            where=str(place),
            remedy=f"Give a .csv or .parquet file with the columns {', '.join(COLUMNS)}.",
        ) from error


def read_modelled_sections(
    downloads: Downloads, *, years: tuple[int, int] = (1991, 2023), base: str = BASE
) -> SectionEmployment:
    """The ILO's modelled employment by group of sections, from ILOSTAT over the network.

    Raises
    ------
    SourceError
        The download fails, or the data set lacks one of the groups in `DETAILS`.
    """
    import polars as pl

    url, table = read_dataset(downloads, MODELLED, base=base)
    known = set(table["classif1"].unique()) if "classif1" in table.columns else set[str]()
    codes = {
        letters: next((p + letters for p in PREFIXES if p + letters in known), None)
        for letters in DETAILS
    }
    if absent := [letters for letters, code in codes.items() if code is None]:
        raise SourceError(
            f"The data set has no employment of the sections {', '.join(absent)}.",
            where=url,
            remedy="The classification may have changed: compare with ILOSTAT's dictionary.",
        )
    frames = [
        read_ilostat(
            downloads, MODELLED, indicator=letters,
            select={"classif1": str(code)}, years=years, base=base,
        )
        for letters, code in codes.items()
    ]  # fmt: skip
    found = pl.concat(frames).rename({"indicator": "sections", "value": "persons_thousand"})
    return section_employment(found.with_columns(pl.col("sections", "sex").cast(pl.String)))


def broad_sector(letters: str) -> str:
    """Broad sector of some sections.

    Examples
    --------
    >>> broad_sector("DE")
    'industry'
    """
    for sector, own in BROAD.items():
        if letters and set(letters) <= set(own):
            return sector
    raise UsageError(
        f"{letters!r} are not sections of one broad sector.",
        where="sections",
        remedy="; ".join(f"{sector}: {own}" for sector, own in BROAD.items()),
    )


def join_sections(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Block of each section: sections that any group joins are in one block.

    Examples
    --------
    >>> blocks = join_sections(["HJ", "JM", "K"])
    >>> blocks["H"], blocks["M"], blocks["K"]
    ('HJM', 'HJM', 'K')
    """
    blocks: dict[str, set[str]] = {}
    for group in groups:
        joined = set(group).union(*(blocks.get(letter, set()) for letter in group))
        for letter in joined:
            blocks[letter] = joined
    return {letter: "".join(sorted(block)) for letter, block in blocks.items()}


def block_persons(
    published: Mapping[str, Array],
    blocks: Mapping[str, str],
    output: Mapping[str, float],
    total: Array,
) -> dict[str, Array] | None:
    """Women and men of each block with output, adding up to the broad sectors' totals.

    Parameters
    ----------
    published
        Women and men of each group of sections.
    blocks
        Block of each section.
    output
        Output of each block; workers of a block without any go to the others of its broad sector.
    total
        Shape (2, 3): women and men of each broad sector.

    Returns
    -------
    None where a sex with workers in a broad sector has none in the published figures there.
    """  # fmt: skip
    found: dict[str, Array] = {}
    for place, sector in enumerate(SECTORS):
        own = sorted({b for b in blocks.values() if broad_sector(b) == sector and output.get(b)})
        counts = np.zeros((len(SEXES), len(own)))
        for letters, count in published.items():
            if blocks.get(letters[0]) in own:
                counts[:, own.index(blocks[letters[0]])] += count
        held = counts.sum(axis=1)
        if ((held <= 0) & (total[:, place] > 0)).any():
            return None
        shares = counts / np.where(held > 0, held, 1.0)[:, None]
        for k, block in enumerate(own):
            found[block] = total[:, place] * shares[:, k]
    return found
