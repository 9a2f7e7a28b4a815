"""Names of countries and industries in a scenario as positions in an economy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.scenarios.schema import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from worldclass.flows.economy import Economy


def countries_named(
    names: Sequence[str], groups: Mapping[str, Sequence[str]], economy: Economy
) -> frozenset[str]:
    """Countries of the economy that are meant: codes, groups, or "*" for all.

    Raises
    ------
    UsageError
        When a name is neither a group nor a country of the economy.
    """
    present = {*economy.countries, *economy.consumers}
    meant: set[str] = set()
    for name in names:
        if name == EVERYONE:
            meant |= present
        else:
            meant |= set(groups.get(name, (name,)))
    if unknown := sorted(meant - present):
        raise UsageError(
            f"{', '.join(unknown)}: neither a group of the scenario nor a country of "
            f"{economy.name}, {economy.year}",
            remedy=f"The economy has {', '.join(sorted(present))}.",
        )
    return frozenset(meant)


def sectors_named(
    countries: frozenset[str], industries: Sequence[str], economy: Economy
) -> NDArray[np.bool_]:
    """Sectors of some industries in some countries, shape (n,).

    Raises
    ------
    UsageError
        When an industry is not in the economy.
    """
    if unknown := [name for name in industries if name not in (*economy.industries, EVERYONE)]:
        raise UsageError(
            f"{', '.join(unknown)}: no industry of {economy.name}, {economy.year}",
            remedy=f"Its industries are {', '.join(economy.industries)}.",
        )
    every = EVERYONE in industries
    return np.array(
        [
            country in countries and (every or industry in industries)
            for country, industry in economy.sectors
        ]
    )
