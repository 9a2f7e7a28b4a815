"""The countries of the world and the aggregates they belong to.

The table is `countries.csv`; `countries.toml` says what its columns mean and whom to credit.
Its groupings are those of today in every year.
"""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

INCOME_GROUPS = ("low", "lower-middle", "upper-middle", "high")
"""World Bank income groups, poorest first."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory.

    Parameters
    ----------
    iso3
        ISO 3166-1 alpha-3 code, upper case; `XKX` for Kosovo.
    name
        English short name.
    region, subregion
        Code of the world region (six) and of the UN SDG region (eight).
    income_group
        One of `INCOME_GROUPS`; `None` where the World Bank does not classify.
    north
        Whether the IMF World Economic Outlook (October 2024) calls it an advanced economy.
    """

    iso3: str
    name: str
    region: str
    subregion: str
    income_group: str | None
    north: bool


@cache
def countries() -> Mapping[str, Country]:
    """Every country by ISO3 code, in alphabetical order of the codes.

    Examples
    --------
    >>> countries()["BRA"].region
    'AMERICAS'
    """
    text = files("worldclass.core").joinpath("countries.csv").read_text(encoding="utf-8")
    table = {
        row["iso3"]: Country(
            iso3=row["iso3"],
            name=row["name"],
            region=row["region"],
            subregion=row["subregion"],
            income_group=row["income_group"] or None,
            north=row["north"] == "true",
        )
        for row in csv.DictReader(text.splitlines())
    }
    return MappingProxyType(table)


@cache
def schema() -> Mapping[str, Any]:
    """The description of the table: credit, licence, columns, and labels of the aggregates."""
    text = files("worldclass.core").joinpath("countries.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def regions() -> tuple[str, ...]:
    """Codes of the six world regions."""
    return tuple(schema()["region"])


@cache
def aggregates() -> Mapping[str, tuple[str, ...]]:
    """Members (ISO3 codes) of every aggregate: WORLD, NORTH, SOUTH, then the regions.

    Examples
    --------
    >>> aggregates()["SOUTH_ASIA"]
    ('AFG', 'BGD', 'BTN', 'IND', 'LKA', 'MDV', 'NPL', 'PAK')
    """
    everyone = countries().values()
    table = {
        "WORLD": tuple(c.iso3 for c in everyone),
        "NORTH": tuple(c.iso3 for c in everyone if c.north),
        "SOUTH": tuple(c.iso3 for c in everyone if not c.north),
    }
    for code in regions():
        table[code] = tuple(c.iso3 for c in everyone if c.region == code)
    return MappingProxyType(table)


def members(code: str) -> tuple[str, ...]:
    """ISO3 codes behind a country's or an aggregate's code.

    Raises
    ------
    UsageError
        When the code is neither.
    """
    if code in countries():
        return (code,)
    if code in aggregates():
        return aggregates()[code]
    raise _unknown(code)


def label(code: str) -> str:
    """The English name of a country or an aggregate.

    Examples
    --------
    >>> label("SUB_SAHARAN_AFRICA"), label("KEN")
    ('Sub-Saharan Africa', 'Kenya')
    """
    if code in countries():
        return countries()[code].name
    names = {**schema()["aggregate"], **schema()["region"]}
    if code in names:
        return str(names[code])
    raise _unknown(code)


def resolve(text: str) -> str:
    """Turn what a person types (a code or a name, in any case) into a code.

    Raises
    ------
    UsageError
        When nothing has that code or name; the message offers the nearest.

    Examples
    --------
    >>> resolve("bra"), resolve("côte d'ivoire"), resolve("south asia")
    ('BRA', 'CIV', 'SOUTH_ASIA')
    """
    found = _spellings().get(_plain(text))
    if found is None:
        raise _unknown(text)
    return found


def frame() -> pl.DataFrame:
    """The table as a frame: iso3, name, region, subregion, income_group (nullable), north."""
    import polars as pl

    columns = list(Country.__dataclass_fields__)
    rows = [tuple(getattr(c, column) for column in columns) for c in countries().values()]
    kinds = {column: pl.Boolean if column == "north" else pl.String for column in columns}
    return pl.DataFrame(rows, schema=kinds, orient="row")


@cache
def _spellings() -> Mapping[str, str]:
    """Code by every accepted spelling; codes win over names."""
    table: dict[str, str] = {}
    for code in (*countries(), *aggregates()):
        table[_plain(label(code))] = code
    for code in (*countries(), *aggregates()):
        table[_plain(code)] = code
    return table


def _plain(text: str) -> str:
    """Lower case letters and digits only, without accents."""
    split = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in split if letter.isalnum())


def _unknown(text: str) -> UsageError:
    near = get_close_matches(_plain(text), list(_spellings()), n=3, cutoff=0.6)
    offers = [f"{_spellings()[n]} ({label(_spellings()[n])})" for n in dict.fromkeys(near)]
    hint = f"Did you mean {', '.join(dict.fromkeys(offers))}? " if offers else ""
    return UsageError(
        f"There is no country or aggregate {text!r}.",
        remedy=f"{hint}Give an ISO3 code such as BRA, or {', '.join(aggregates())}.",
    )
