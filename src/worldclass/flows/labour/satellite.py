"""The labour accounts of an input-output table, by industry and sex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.labour.assumptions import CENTRAL, LabourDraws, Scores, make_labour_draws
from worldclass.flows.labour.compensation import compensation
from worldclass.flows.labour.plan import make_plan
from worldclass.flows.labour.spread import spread_persons
from worldclass.flows.labour.women import split_by_sex
from worldclass.flows.labour.working_time import share_hours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from worldclass.flows.labour.plan import Plan, Sectors
    from worldclass.flows.labour.regions import Regions
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.people.grid import Array
    from worldclass.people.snapshot import Snapshot


@dataclass(frozen=True)
class LabourSatellite:
    """Labour of each of n sectors; sexes in the order of `worldclass.people.grid.SEXES`.

    Attributes
    ----------
    year
        Calendar year.
    sectors
        Country and industry.
    hours
        Shape (2, n): million hours a year.
    persons
        Shape (2, n): thousand employed persons.
    compensation
        Shape (n,): million US dollars, income of the self-employed from work included.
    imputed
        Shape (2, n): part of the persons whose employment or hours rest on no national report of
        that year. The spread over industries is a rule everywhere and is not counted here.
    classes
        Industry class of each sector.
    groups
        Agriculture, mining, manufacturing, utilities, construction or services.
    uncovered
        Countries of the table's regions without labour in the population table.
    """

    year: int
    sectors: Sectors
    hours: Array
    persons: Array
    compensation: Array
    imputed: Array
    classes: tuple[str, ...]
    groups: tuple[str, ...]
    uncovered: tuple[str, ...]

    @property
    def wage(self) -> Array:
        """US dollars an hour of each sector, shape (n,); NaN where nobody works."""
        worked = self.hours.sum(axis=0)
        return np.divide(
            self.compensation, worked, out=np.full_like(worked, np.nan), where=worked > 0
        )

    @property
    def women_share(self) -> Array:
        """Women's part of the persons of each sector, shape (n,); NaN where nobody works."""
        both = self.persons.sum(axis=0)
        return np.divide(self.persons[0], both, out=np.full_like(both, np.nan), where=both > 0)


def labour_satellite(
    sectors: Sequence[tuple[str, str]],
    output: Array,
    value_added: Array,
    year: int,
    *,
    bridge: str | Path = "wiod2013",
    regions: Regions | None = None,
    sections: SectionEmployment | None = None,
    snapshot: str | Path | Snapshot | None = None,
    scores: Scores = CENTRAL,
) -> LabourSatellite:
    """Hours, persons and pay of each sector.

    Parameters
    ----------
    sectors
        Country (ISO3 or region) and industry of each of n sectors, in any order.
    output, value_added
        Shape (n,): million US dollars.
    year
        1991 to 2023.
    bridge
        Bridge from the table's industries to industry classes: a shipped one or a CSV file.
    regions
        Members of the table's regions, as `resolve_regions` takes them; "ROW" is known.
    sections
        Published employment by ISIC section (`sections.py`), for the labour markets that have it.
    snapshot
        Of the population whose employment it is; the package's by default.
    scores
        Values of the assumptions; the centre where absent.

    Raises
    ------
    SourceError, UsageError
        As `make_plan`.

    Examples
    --------
    Four industries of Germany and of the rest of the world; women's part of German construction:

    >>> sectors = [(c, i) for c in ("DEU", "ROW") for i in ("c1", "c14", "c18", "c33")]
    >>> found = labour_satellite(sectors, np.full(8, 9e5), np.full(8, 4e5), 2008)
    >>> persons = found.persons.sum(axis=0)
    >>> int(persons[:4].sum().round()), round(float(found.women_share[2]), 2)
    (38191, 0.13)
    """
    plan = make_plan(sectors, output, value_added, year, bridge, regions, sections, snapshot)
    draws = scores.as_draws()
    persons = split_by_sex(plan, spread_persons(plan, draws), draws)
    hours = share_hours(plan, persons, draws)
    return LabourSatellite(
        year=year,
        sectors=plan.sectors,
        hours=hours[:, 0],
        persons=persons[:, 0],
        compensation=compensation(plan, draws)[0],
        imputed=plan.broad.give(plan.supply.imputed.reshape(2, -1)),
        classes=tuple(one.name for one in plan.classes),
        groups=tuple(one.group for one in plan.classes),
        uncovered=plan.territories.uncovered,
    )


def labour_draws(
    sectors: Sequence[tuple[str, str]],
    output: Array,
    value_added: Array,
    year: int,
    draws: int | LabourDraws,
    *,
    bridge: str | Path = "wiod2013",
    regions: Regions | None = None,
    sections: SectionEmployment | None = None,
    snapshot: str | Path | Snapshot | None = None,
) -> Array:
    """Million hours of each sector and sex under several draws of the assumptions.

    Parameters
    ----------
    sectors, output, value_added, year, bridge, regions, sections, snapshot
        As `labour_satellite` takes them.
    draws
        A number of draws, or draws of one's own.

    Returns
    -------
    Shape (draws, 2, n).
    """
    plan = make_plan(sectors, output, value_added, year, bridge, regions, sections, snapshot)
    scores = make_labour_draws(draws) if isinstance(draws, int) else draws
    return np.ascontiguousarray(_hours(plan, scores).swapaxes(0, 1))


def _hours(plan: Plan, draws: LabourDraws) -> Array:
    persons = split_by_sex(plan, spread_persons(plan, draws), draws)
    return share_hours(plan, persons, draws)
