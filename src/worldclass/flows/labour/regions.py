"""Who works in a table's country or region: its members among the countries of the population.

A code is looked up in the regions that the caller gives, then in `regions.csv`, then among the
countries. "rest" stands for every country that no other code of the table claims.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from worldclass.core.countries import countries
from worldclass.core.datafile import package_file, read_text
from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.labour.classes import PACKAGE

REST = "rest"
ANY = "*"
Regions = Mapping[str, Sequence[str] | str]
"""Members (ISO3) of a table's code, or "rest"."""


@dataclass(frozen=True)
class Territories:
    """The labour markets behind a table's codes.

    Attributes
    ----------
    of
        Place of each code's labour market. Two codes may share one (China's two in ICIO).
    members
        Countries of each labour market that the population table covers.
    uncovered
        Countries that a region names but the population table lacks: small territories.
    """

    of: Mapping[str, int]
    members: tuple[tuple[str, ...], ...]
    uncovered: tuple[str, ...]

    def names(self, place: int) -> str:
        """The table's codes of one labour market, for messages."""
        return ", ".join(code for code, at in self.of.items() if at == place)


def resolve_regions(
    codes: Sequence[str], covered: Sequence[str], bridge: str, regions: Regions | None = None
) -> Territories:
    """Find the members of each code.

    Parameters
    ----------
    codes
        Countries and regions of the table, each once.
    covered
        Countries of the population table.
    bridge
        Name of the bridge: regions of `regions.csv` belong to one.
    regions
        Members that take the place of the shipped ones; an empty list gives a code no labour.

    Raises
    ------
    UsageError
        A code without members, a member that is no country, a country in two codes.

    Examples
    --------
    >>> found = resolve_regions(["DEU", "ROW"], ["DEU", "IND", "KEN"], "wiod2013")
    >>> found.members
    (('DEU',), ('IND', 'KEN'))
    """
    given = dict(regions or {})
    shipped = _shipped(bridge)
    wanted: dict[str, tuple[str, ...] | str] = {}
    for code in codes:
        found = given.get(code, shipped.get(code, (code,) if code in covered else None))
        if found is not None:
            wanted[code] = found if isinstance(found, str) else tuple(found)
    _check_known(codes, wanted)
    listed = {code: named for code, named in wanted.items() if not isinstance(named, str)}
    _check_members(listed)
    claimed = {country for named in listed.values() for country in named}
    rest = tuple(country for country in covered if country not in claimed)
    members: list[tuple[str, ...]] = []
    of: dict[str, int] = {}
    uncovered: list[str] = []
    for code in codes:
        named = listed.get(code, rest)
        kept = tuple(country for country in named if country in covered)
        uncovered += [country for country in named if country not in covered]
        if kept in members and kept:
            of[code] = members.index(kept)
        else:
            of[code] = len(members)
            members.append(kept)
    return Territories(of, tuple(members), tuple(sorted(set(uncovered))))


def _check_known(codes: Sequence[str], wanted: Mapping[str, tuple[str, ...] | str]) -> None:
    unknown = [code for code in codes if code not in wanted]
    if unknown:
        raise UsageError(
            f"There is no labour for {len(unknown)} codes of the table: {', '.join(unknown[:12])}.",
            where="regions",
            remedy='Give the members of each, such as regions={"ROW": "rest", "WA": ["AFG", "BGD"]}'
            "; an empty list for a territory that may go without labour.",
        )
    odd = [code for code, named in wanted.items() if isinstance(named, str) and named != REST]
    if odd:
        raise UsageError(
            f"The members of {odd[0]!r} are given as {wanted[odd[0]]!r}.",
            where="regions",
            remedy=f"Give a list of ISO3 codes, or {REST!r}.",
        )


def _check_members(listed: Mapping[str, tuple[str, ...]]) -> None:
    claims: dict[str, tuple[str, tuple[str, ...]]] = {}
    for code, named in listed.items():
        for country in named:
            if country not in countries():
                raise UsageError(
                    f"{country!r}, a member of {code!r}, is no country.",
                    where="regions",
                    remedy="Use ISO 3166-1 alpha-3 codes.",
                )
            other = claims.setdefault(country, (code, named))
            if other[1] != named:
                raise UsageError(
                    f"{country} belongs to both {other[0]!r} and {code!r}.",
                    where="regions",
                    remedy="Let each country belong to one code: its labour would count twice.",
                )


@cache
def _shipped(bridge: str) -> Mapping[str, tuple[str, ...] | str]:
    """Regions of `regions.csv` for a bridge."""
    text = read_text(package_file(PACKAGE, "regions.csv"), error=SourceError)
    rows = [row for row in csv.DictReader(text.splitlines()) if row["bridge"] in (ANY, bridge)]
    return {
        row["region"]: REST if row["members"] == REST else tuple(row["members"].split())
        for row in rows
    }
