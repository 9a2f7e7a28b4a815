"""Quantities that published totals can be held against, each with its interval.

A key names the quantity; parts of a key after a colon choose a class, a sector or an area.
Values are percent or millions. Where the sources fix a quantity no assumption touches it, and its
interval is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from validation.labour_shares import Shares, labour_shares
from validation.welfare_shares import world_inequality
from validation.world import DRAWS, Array, World
from worldclass.core.countries import countries
from worldclass.people.assumptions import CENTRAL
from worldclass.people.status_sector import SECTORS

Value = tuple[float, float | None, float | None]
"""Central value, 5th and 95th percentile; None where no assumption enters."""
MILLION = 1e6
FIXED = 2e-3
"""An interval narrower than this part of its centre is rounding of the stored percentiles."""


def quantity(world: World, key: str, year: int, parameters: dict[str, float]) -> Value:
    """Our value of a quantity in a year."""
    name, _, detail = key.partition(":")
    central, low, high = QUANTITIES[name](world, detail, year, parameters)
    if low is None or high is None or high - low < FIXED * abs(central):
        return central, None, None
    return central, low, high


def _members(world: World, area: str) -> list[int]:
    if not area:
        return list(range(len(world.grid.countries)))
    groups = {"high-income": "high", "low-income": "low"}
    if area in groups:
        codes = [c for c in world.grid.countries if countries()[c].income_group == groups[area]]
    else:
        codes = [code for name in area.split("+") for code in world.ilo_regions[name]]
    return [world.grid.countries.index(code) for code in codes]


def _persons(world: World, name: str, year: int, area: str = "") -> float:
    """Persons of one estimated quantity in an area, both sexes."""
    values = world.estimates[name][..., _members(world, area), world.year(year)]
    return float(values.sum())


def _force(world: World, area: str, year: int, _: dict[str, float]) -> Value:
    total = _persons(world, "employed", year, area) + _persons(world, "unemployed", year, area)
    return total / MILLION, None, None


def _count(name: str) -> Callable[[World, str, int, dict[str, float]], Value]:
    def count(world: World, area: str, year: int, _: dict[str, float]) -> Value:
        return _persons(world, name, year, area) / MILLION, None, None

    return count


def _adults(world: World, area: str, year: int, _: dict[str, float]) -> Value:
    names = ("employed", "unemployed", "outside")
    return sum(_persons(world, n, year, area) for n in names) / MILLION, None, None


def _inactive_prime(world: World, _: str, year: int, __: dict[str, float]) -> Value:
    return float(world.estimates["outside"][1, ..., world.year(year)].sum()) / MILLION, None, None


def _unemployment_rate(world: World, area: str, year: int, _: dict[str, float]) -> Value:
    jobless = _persons(world, "unemployed", year, area)
    return 100 * jobless / (jobless + _persons(world, "employed", year, area)), None, None


def _sector(world: World, detail: str, year: int, _: dict[str, float]) -> Value:
    """`sector:area` or `sector:female`."""
    sector, _, area = detail.partition(":")
    sexes = {"female": [0], "male": [1]}.get(area, [0, 1])
    rows = _members(world, "" if area in ("female", "male") else area)
    j = world.year(year)
    persons: Array = world.estimates["employed"][sexes][:, rows, j]
    share: Array = world.estimates["sector"][SECTORS.index(sector)][sexes][:, rows, j]
    return 100 * float((share * persons).sum() / persons.sum()), None, None


def _labour_share(world: World, area: str, year: int, _: dict[str, float]) -> Value:
    rows, j = _members(world, area), world.year(year)
    output = (world.estimates["gdp_per_worker"] * world.employed)[rows, j]
    return (
        100 * float((world.estimates["labour_share"][rows, j] * output).sum() / output.sum()),
        None,
        None,
    )


@lru_cache(maxsize=64)
def _classes(theory: str, year: int, settings: tuple[tuple[str, float], ...]) -> dict[str, Value]:
    import worldclass as wc

    frame = wc.atlas(
        theory, country="WORLD", year=year, sex="total", parameters=dict(settings), draws=DRAWS
    )
    columns = ("persons", "persons_p05", "persons_p95")
    return {
        row["class"]: tuple(row[c] / MILLION for c in columns)
        for row in frame.iter_rows(named=True)
    }


def _class_size(world: World, detail: str, year: int, parameters: dict[str, float]) -> Value:
    """`theory:class`, millions."""
    theory, _, name = detail.partition(":")
    return _classes(theory, year, tuple(parameters.items()))[name]


def _class_share(world: World, detail: str, year: int, parameters: dict[str, float]) -> Value:
    """`theory:class`, percent of the population."""
    people = float(world.population[:, world.year(year)].sum()) / MILLION
    central, low, high = _class_size(world, detail, year, parameters)
    return 100 * central / people, 100 * low / people, 100 * high / people


def _status_share(world: World, detail: str, year: int, _: dict[str, float]) -> Value:
    """`status`, percent of employment; `status:labour-force`, percent of the labour force."""
    status, _, base = detail.partition(":")
    whole = _persons(world, "employed", year)
    whole += _persons(world, "unemployed", year) if base else 0
    return tuple(100 * v / whole for v in _status(world, status, year))


def _status(world: World, status: str, year: int) -> list[float]:
    """Persons; fixed by the sources for employees and family workers."""
    if status == "vulnerable":
        own, family = _status(world, "own-account", year), _status(world, "family-workers", year)
        return [a + b for a, b in zip(own, family, strict=True)]
    return [MILLION * v for v in _classes("ilo-status", year, ())[status]]


def _status_count(world: World, status: str, year: int, _: dict[str, float]) -> Value:
    return tuple(v / MILLION for v in _status(world, status, year))


def _reserve_army(world: World, _: str, year: int, __: dict[str, float]) -> Value:
    rest = _persons(world, "unemployed", year) / MILLION + _inactive_prime(world, "", year, {})[0]
    return tuple(rest + v / MILLION for v in _status(world, "vulnerable", year))


@lru_cache(maxsize=8)
def drawn_labour_shares(world: World, year: int) -> tuple[Shares, ...]:
    """Shares at the centre, then under every stored draw."""
    draws = world.snapshot.draws
    return tuple(labour_shares(world, year, [CENTRAL, *(draws.one(k) for k in range(len(draws)))]))


def _labour_income(world: World, detail: str, year: int, _: dict[str, float]) -> Value:
    values = [getattr(s, detail) for s in drawn_labour_shares(world, year)]
    low, high = np.quantile(values[1 : 1 + DRAWS], [0.05, 0.95])
    return values[0], float(low), float(high)


def _welfare(world: World, detail: str, year: int, _: dict[str, float]) -> Value:
    anchor, _, measure = detail.partition(":")
    return world_inequality(world, year, anchor)[measure], None, None


def _growth(world: World, detail: str, year: int, _: dict[str, float]) -> Value:
    """Percent a year of employment since the year named."""
    start = int(detail)
    ratio = _persons(world, "employed", year) / _persons(world, "employed", start)
    return 100 * (ratio ** (1 / (year - start)) - 1), None, None


QUANTITIES: dict[str, Callable[[World, str, int, dict[str, float]], Value]] = {
    "employed": _count("employed"),
    "unemployed": _count("unemployed"),
    "outside": _count("outside"),
    "inactive_prime": _inactive_prime,
    "adults": _adults,
    "labour_force": _force,
    "unemployment_rate": _unemployment_rate,
    "employment_growth": _growth,
    "sector": _sector,
    "labour_share": _labour_share,
    "status_share": _status_share,
    "status_count": _status_count,
    "reserve_army": _reserve_army,
    "class_size": _class_size,
    "class_share": _class_share,
    "labour_income": _labour_income,
    "welfare": _welfare,
}
