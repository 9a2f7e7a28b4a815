"""Imagined peoples: what some population table could conceivably hold.

The checker of claims asks whether any data could make a claim fail, or hold. So whole peoples are
drawn at random: persons by country, year, sex and cell, and their incomes; every quantity of the
population table is then found among them by the same code as among the real people. That makes the
values coherent without further rules: a class is no larger than the people, an area no smaller than
its members, equal settings have equal values, and a higher threshold never enlarges the class
above it.

Persons of a cell spread over several orders of magnitude, by effects of the world, of North and
South, and of the country. Years resemble one another in some worlds (one in ten does not change at
all) and differ widely in others. Incomes, their spread, the gaps between cells and sexes and the
three anchors are as free. Worlds depend on the generator's first number alone: quantities that are
imagined from equal generators are imagined of the same people.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.settings import Setting, sizes_among
from worldclass.core.countries import countries
from worldclass.people import quantiles
from worldclass.people.assumptions import CENTRAL, assumptions
from worldclass.people.cells import CELLS, PAID
from worldclass.people.grid import Grid
from worldclass.people.labour_income import LabourIncome
from worldclass.people.realise import Basis, People

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.floating[Any]]

PLACES = (
    "AGO", "BGD", "BRA", "CAN", "CHN", "COD", "COL", "DEU", "DZA", "EGY", "ESP", "ETH", "FRA",
    "GBR", "GHA", "IDN", "IND", "IRN", "IRQ", "ITA", "JPN", "KEN", "KOR", "MAR", "MEX", "MMR",
    "MYS", "NGA", "NLD", "NPL", "PAK", "PER", "PHL", "POL", "RUS", "SAU", "SDN", "SWE", "THA",
    "TUR", "TZA", "UGA", "UKR", "USA", "UZB", "VEN", "VNM", "ZAF",
)  # fmt: skip
"""Countries that stand for the world: populous ones of every region."""
MOST_NAMED = 5
"""Areas of so few countries are imagined with all of them."""
UNCHANGED, SLOW = 0.1, 0.3
"""Share of worlds in which years do not differ, and in which they differ little."""
PERSONS, INCOME = 1e6, 700.0
"""Middle of the persons of a cell, and of monthly labour income."""


@dataclass(frozen=True)
class Imagined:
    """Peoples of several worlds.

    Attributes
    ----------
    seed
        What every number follows from.
    places
        Countries, sorted.
    worlds
        How many.
    """

    seed: int
    places: tuple[str, ...]
    worlds: int

    def people(self, year: int, anchor: str | None) -> People:
        """The people of a year under an anchor; None gives every world one of the three."""
        return _people(self, year, anchor)


def imagine_worlds(
    random: np.random.Generator, named: Sequence[tuple[str, ...]], worlds: int
) -> Imagined:
    """Worlds whose countries are those that stand for the world, and those that settings name.

    Parameters
    ----------
    random
        One number is drawn from it.
    named
        Codes of the countries of each area that a setting means.
    worlds
        How many.
    """
    seed = int(random.integers(2**62))
    few = {
        code for codes in named if len(codes) <= 5 or not set(PLACES) & set(codes) for code in codes
    }
    return Imagined(seed, tuple(sorted({*PLACES, *few})), worlds)


def imagine_sizes(
    settings: Sequence[Setting], random: np.random.Generator, number: int
) -> NDArray[np.float64]:
    """Sizes at some settings among imagined peoples, shape (settings, number).

    Countries of the settings that are not in the worlds are left out of their areas; every area
    keeps at least one.
    """
    named = [one.countries for one in settings] + [
        (reference.split(":")[1],)
        for compiled in {id(one.compiled): one.compiled for one in settings}.values()
        for reference in compiled.references
        if reference.startswith("mean_welfare:")
    ]
    worlds = imagine_worlds(random, named, number)
    known = set(worlds.places)
    inside = [
        replace(one, countries=tuple(code for code in one.countries if code in known))
        for one in settings
    ]
    return sizes_among(inside, worlds.places, worlds.people, number)


def covered() -> tuple[str, ...]:
    """All codes that an imagined world may have: those of the country table."""
    return tuple(countries())


@lru_cache(maxsize=4)
def _people(imagined: Imagined, year: int, anchor: str | None) -> People:
    places, worlds = imagined.places, imagined.worlds
    grid = Grid(places, tuple(range(worlds)))
    income = _income(imagined, year, anchor)
    basis = Basis(grid, _arrays(imagined, year), np.zeros(len(places) * worlds, dtype=np.int_))
    return People(basis, _persons(imagined, year), income, anchor or "", CENTRAL)


@lru_cache(maxsize=4)
def _persons(imagined: Imagined, year: int) -> Values:
    """Persons of every cell, shape (21, sexes, places · worlds)."""
    logs = _effect(imagined, "persons", (len(CELLS), 2), year, (1.5, 1.0, 1.0))
    return PERSONS * np.exp(logs + _effect(imagined, "size", (1, 1), year, (0.5, 0.5, 1.5)))


def _income(imagined: Imagined, year: int, anchor: str | None) -> LabourIncome:
    level = np.log(INCOME) + _effect(imagined, "level", (), year, (0.8, 0.8, 0.5))
    options = assumptions()["anchor"].options
    shifts = [_effect(imagined, option, (), year, (0.4, 0.0, 0.3)) for option in options]
    if anchor is None:
        chosen = np.random.default_rng([imagined.seed, 3]).integers(
            len(options), size=imagined.worlds
        )
        level = level + np.choose(np.tile(chosen, len(imagined.places)), shifts)
    else:
        level = level + shifts[options.index(anchor)]
    relative = _effect(imagined, "relative", (PAID,), year, (0.6, 0.0, 0.2))
    women = _effect(imagined, "women", (1,), year, (0.4, 0.0, 0.2))
    sigma = 0.3 + 0.9 * _fraction(imagined, "sigma", (), year)
    return LabourIncome(relative, np.concatenate([women, np.zeros_like(women)]), level, sigma)


def _arrays(imagined: Imagined, year: int) -> dict[str, Values]:
    """What welfare and splits are read from."""
    middle = np.log(10.0) + _effect(imagined, "welfare", (), year, (0.8, 0.8, 0.5))
    spread = 0.3 + 0.9 * _fraction(imagined, "welfare_spread", (), year)
    nothing = np.zeros_like(middle)
    return {
        "welfare_log": middle + quantiles.SCORES[:, None] * spread,
        "welfare_accounts_shift": _effect(imagined, "accounts", (), year, (0.4, 0.0, 0.3)),
        "welfare_growth": nothing,
        "welfare_log_sd": nothing,
        "us_distance": nothing,
        "long_term": _fraction(imagined, "long_term", (2,), year),
    }


def _fraction(imagined: Imagined, what: str, shape: tuple[int, ...], year: int) -> Values:
    """Numbers between 0 and 1."""
    return 1 / (1 + np.exp(-_effect(imagined, what, shape, year, (1.0, 0.5, 0.5))))


def _effect(
    imagined: Imagined,
    what: str,
    shape: tuple[int, ...],
    year: int,
    spreads: tuple[float, float, float],
) -> Values:
    """Normal effects of the world, of North and South, and of the country.

    Returns
    -------
    Shape (*shape, places · worlds); what a year adds is half as large as what stays, times the
    world's own pace of change.
    """
    world, bloc, country = spreads
    pace = _pace(imagined)

    def both(name: str) -> Values:
        lasting = _normal(imagined, f"{what} {name}", shape)
        return lasting + 0.5 * pace * _normal(imagined, f"{what} {name} {year}", shape)

    everywhere = world * both("world")
    blocs = {north: bloc * both(f"north {north}") if bloc else 0.0 for north in (True, False)}
    table = countries()
    parts = [
        everywhere + blocs[table[code].north] + (country * both(code) if country else 0.0)
        for code in imagined.places
    ]
    return np.stack(parts, axis=-2).reshape(*shape, -1)


def _pace(imagined: Imagined) -> Values:
    """How much years differ in each world: not at all, little, or widely."""
    rank = np.random.default_rng([imagined.seed, 2]).random(imagined.worlds)
    return np.where(rank < UNCHANGED, 0.0, np.where(rank < UNCHANGED + SLOW, 0.1, 2.0))


def _normal(imagined: Imagined, name: str, shape: tuple[int, ...]) -> Values:
    """Standard normals that follow from the seed and a name, shape (*shape, worlds)."""
    stream = np.random.default_rng([imagined.seed, zlib.crc32(name.encode())])
    return stream.standard_normal((*shape, imagined.worlds))
