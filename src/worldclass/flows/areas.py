"""Whom the flows are counted between: the countries of a table, and groups of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.countries import aggregates, countries, label, resolve
from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WORLD, ABROAD, ROW, REST = "WORLD", "ABROAD", "ROW", "REST"
NAMES = {
    ABROAD: "Abroad",
    ROW: "Rest of the world",
    REST: "All others",
}
ROW_GROUP = "SOUTH"
"""Where the rest of the world is counted: 98 % of its workers live in the South (2008; the others
are those of Switzerland, Israel, Singapore, Norway, New Zealand and smaller countries)."""

Groups = str | Iterable[str] | Mapping[str, Iterable[str]] | None


@dataclass(frozen=True)
class Area:
    """A country of the table, or a group.

    Attributes
    ----------
    code
        ISO3, a region code of the table, or the group's name.
    members
        Countries of the table.
    """

    code: str
    members: tuple[str, ...]


def area_label(code: str) -> str:
    """The name of an area, for people.

    Examples
    --------
    >>> area_label("ROW"), area_label("IND"), area_label("EU-15")
    ('Rest of the world', 'India', 'EU-15')
    """
    if code in NAMES:
        return NAMES[code]
    return label(code) if code in countries() or code in aggregates() else code


def choose_areas(groups: Groups, table: Sequence[str]) -> tuple[Area, ...]:
    """The areas to count between.

    Parameters
    ----------
    groups
        None for the countries of the table. Names of aggregates ("NORTH", "SOUTH", regions) or
        countries; or groups of one's own, as a mapping from names to countries. What no group
        holds becomes REST, whether it is named beside the others or not; WORLD, ABROAD and REST
        are no names for a group of one's own.
    table
        Countries of the table, among them perhaps ROW.

    Raises
    ------
    UsageError
        An unknown country, one that is not in the table, or one in two groups; a name of a group
        that rows already bear.

    Examples
    --------
    >>> areas = choose_areas(["NORTH", "SOUTH"], ("BRA", "USA", "ROW"))
    >>> [(area.code, area.members) for area in areas]
    [('NORTH', ('USA',)), ('SOUTH', ('BRA', 'ROW'))]
    """
    if groups is None:
        return tuple(Area(code, (code,)) for code in table)
    named, rest_named = _named(groups)
    if not named:
        raise UsageError(
            f"{REST} is what other groups leave, and there is none." if rest_named
            else "No group is left.",
            where="group",
            remedy="Name NORTH, SOUTH, or yours.",
        )  # fmt: skip
    areas = [Area(name, _members(name, wanted, table)) for name, wanted in named.items()]
    _refuse_overlap(areas)
    taken = {code for area in areas for code in area.members}
    rest = tuple(code for code in table if code not in taken)
    if rest_named and not rest:
        raise UsageError(
            f"No country is left for {REST}: {', '.join(named)} hold all of the table.",
            where="group",
            remedy=f"Leave {REST} out.",
        )
    return (*areas, Area(REST, rest)) if rest else tuple(areas)


def settled_groups(groups: Groups) -> Groups:
    """The same groups, to be read once for every year: what can be read only once is kept."""
    if groups is None or isinstance(groups, str | Mapping):
        return groups
    return list(groups)


def membership(areas: Sequence[Area], table: Sequence[str]) -> NDArray[Any]:
    """1 where a country of the table belongs to an area, shape (areas, countries)."""
    return np.array([[float(code in area.members) for code in table] for area in areas])


def _named(
    groups: str | Iterable[str] | Mapping[str, Iterable[str]],
) -> tuple[dict[str, list[str]], bool]:
    """Groups by name without REST, and whether REST was named: it is whatever they leave."""
    if isinstance(groups, Mapping):
        wanted_by_name = {name: _texts(wanted) for name, wanted in groups.items()}
        rest_named = wanted_by_name.get(REST) == [REST]
        if rest_named:
            del wanted_by_name[REST]
        if taken := [name for name in wanted_by_name if name in (WORLD, ABROAD, REST)]:
            raise UsageError(
                f"{taken[0]} cannot name a group of one's own: rows bear it for "
                f"{'everybody' if taken[0] == WORLD else NAMES[taken[0]].lower()}.",
                where="group",
                remedy="Give the group another name.",
            )
        return wanted_by_name, rest_named
    texts = _texts(groups)
    others = [name for name in texts if name.upper() != REST]
    return {_code(name): [name] for name in others}, len(others) < len(texts)


def _code(text: str) -> str:
    return ROW if text.upper() == ROW else resolve(text)


def _texts(wanted: str | Iterable[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _members(name: str, wanted: Iterable[str], table: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for text in wanted:
        code = ROW if text.upper() == ROW else resolve(text)
        if code in table:
            found.append(code)
        elif code in aggregates():
            inside = [one for one in aggregates()[code] if one in table]
            if ROW in table and code in (ROW_GROUP, WORLD):
                inside.append(ROW)
            found += inside
        else:
            raise UsageError(
                f"{label(code)} ({code}) is not a country of the table.",
                where=f"group {name}",
                remedy=f"{'It is part of ROW, the rest of the world. ' if ROW in table else ''}"
                f"The table has {', '.join(table)}.",
            )
    if not found:
        raise UsageError(
            f"The table has no country of {name}.",
            where="group",
            remedy=f"The table has {', '.join(table)}.",
        )
    return tuple(dict.fromkeys(found))


def _refuse_overlap(areas: Sequence[Area]) -> None:
    seen: dict[str, str] = {}
    for area in areas:
        for code in area.members:
            if code in seen:
                raise UsageError(
                    f"{area_label(code)} is in both {seen[code]} and {area.code}.",
                    where="group",
                    remedy="Put each country into one group.",
                )
            seen[code] = area.code
