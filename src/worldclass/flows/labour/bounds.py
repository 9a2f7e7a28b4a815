"""How many women manufacturing can hold: bounds from the total of industry.

The ILO's "industry" joins mining, manufacturing, utilities and construction. With N_g persons in
each and F women in all, and shares of women in the other three between stated limits l_g and u_g,

    max(0, F − Σ u_g N_g)  ≤  women in manufacturing  ≤  min(N_man, F − Σ l_g N_g).

Where the tilt itself puts a share outside its limits (construction in China), the limits are
widened to hold it. With limits 0 and 1 these are Fréchet's bounds, which hold whatever the shares
are, given the N_g; those are the spread's.

Source: Fréchet (1951), Annales de l'Université de Lyon 14, 53-77.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.labour.assumptions import assumptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldclass.flows.labour.satellite import LabourSatellite

FRECHET = {"construction": (0.0, 1.0), "mining": (0.0, 1.0), "utilities": (0.0, 1.0)}


@dataclass(frozen=True)
class WomenBounds:
    """Thousand women and men in the manufacturing, or one industry, of one country and year.

    Attributes
    ----------
    persons
        Both sexes, by the spread.
    women
        By the tilt.
    least, most
        Bounds on the women.
    """

    persons: float
    women: float
    least: float
    most: float

    @property
    def shares(self) -> tuple[float, float, float]:
        """Least, central and most share of women."""
        return self.least / self.persons, self.women / self.persons, self.most / self.persons


def stated_limits() -> dict[str, tuple[float, float]]:
    """Limits on the share of women outside manufacturing, from the named assumptions."""
    named = {
        "construction": assumptions()["construction_women"],
        "mining": assumptions()["mining_utilities_women"],
        "utilities": assumptions()["mining_utilities_women"],
    }
    return {group: (_number(one.low), _number(one.high)) for group, one in named.items()}


def manufacturing_bounds(
    satellite: LabourSatellite,
    country: str,
    limits: Mapping[str, tuple[float, float]] | None = None,
    *,
    industry: str | None = None,
) -> WomenBounds:
    """Bounds on the women of a country's manufacturing, or of one industry of it.

    Parameters
    ----------
    satellite
        The labour accounts of a table.
    country
        A country or region of the table.
    limits
        Least and most share of women in construction, mining and utilities: the assumptions where
        None, `FRECHET` for bounds that assume nothing of the shares.
    industry
        One industry of manufacturing; the others may then hold no women, or nothing but women.

    Raises
    ------
    UsageError
        The table has no such country, or the country no manufacturing.
    """
    chosen = stated_limits() if limits is None else limits
    groups = np.array(satellite.groups)
    here = np.array([code == country for code, _ in satellite.sectors])
    here &= np.isin(groups, (*chosen, "manufacturing"))
    women, both = satellite.persons[0], satellite.persons.sum(axis=0)
    asked = here & (groups == "manufacturing")
    if industry is not None:
        asked &= np.array([code == industry for _, code in satellite.sectors])
    persons = float(both[asked].sum())
    if not persons > 0:
        raise UsageError(
            f"Nobody works in the {industry or 'manufacturing'} of {country!r}.",
            where="bounds on women",
            remedy="Use a country or region of the table and a manufacturing industry with output.",
        )
    fewest = most = 0.0
    for group, (low, high) in {**chosen, "manufacturing": (0.0, 1.0)}.items():
        part = here & (groups == group) & ~asked
        held, everyone = float(women[part].sum()), float(both[part].sum())
        fewest += min(held, low * everyone)
        most += max(held, high * everyone)
    total = float(women[here].sum())
    return WomenBounds(
        persons=persons,
        women=float(women[asked].sum()),
        least=max(0.0, total - most),
        most=min(persons, total - fewest),
    )


def _number(value: object) -> float:
    return float(np.asarray(value, dtype=float))
