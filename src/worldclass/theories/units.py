"""Units of a theory's parameters and their conversion to a column's unit.

A value in PPP dollars of base b a period is carried to base 2021 by

    value₂₀₂₁ = value_b × CPI(2021) / CPI(b),

and from a day to a month with 365/12 days a month. The price index (`core/prices.toml`) and
the units (`units.toml`) are data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.prices import DAYS_A_MONTH, us_prices
from worldclass.people.columns import Column

SCALE_UNIT = "fraction"


class _Unit(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    base: int
    period: Literal["day", "month"]
    label: str


class _Reference(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    label: str
    of_country: bool = False


class _UnitsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    base: int
    unit: dict[str, _Unit] = Field(min_length=1)
    reference: dict[str, _Reference] = Field(min_length=1)

    @model_validator(mode="after")
    def _bases_have_an_index(self) -> _UnitsFile:
        for name, unit in self.unit.items():
            if unit.base not in us_prices():
                raise ValueError(f"unit '{name}' has base {unit.base}, which the index lacks")
        return self


@dataclass(frozen=True)
class Measure:
    """What a unit's name means.

    Parameters
    ----------
    factor
        Value × factor is in the column's unit (reference None), or a multiple of the reference.
    reference
        Name of the reference income, or None when the unit is a price.
    """

    factor: float
    reference: str | None


def unit_names() -> tuple[str, ...]:
    """All units that a parameter may have; the reference by country with a placeholder.

    Example
    -------
    >>> unit_names()[0], unit_names()[-2]
    ('ppp2021_month', 'mean_welfare:ISO3')
    """
    file = _load()
    references = [
        f"{name}:ISO3" if entry.of_country else name for name, entry in file.reference.items()
    ]
    return (*file.unit, *references, SCALE_UNIT)


def unit_problem(unit: str) -> str | None:
    """Why a unit cannot be used, or None when it can.

    Example
    -------
    >>> unit_problem("mean_welfare:BRA") is None
    True
    """
    file = _load()
    name, _, country = unit.partition(":")
    if unit in file.unit or unit == SCALE_UNIT:
        return None
    if name in file.reference:
        if file.reference[name].of_country:
            if re.fullmatch("[A-Z]{3}", country):
                return None
            return f"unit '{unit}' needs a country: '{name}:' and three capital letters"
        if unit == name:
            return None
        return f"unit '{name}' takes no country"
    return f"unit '{unit}' is not known; units: {', '.join(unit_names())}"


def measure(unit: str, column: Column) -> Measure | None:
    """How a value in a unit compares with a column, or None when it cannot.

    Example
    -------
    >>> from worldclass.people.columns import columns
    >>> round(measure("ppp2011_day", columns()["welfare"]).factor, 4)
    1.2046
    """
    file = _load()
    name = unit.partition(":")[0]
    if name in file.reference:
        return Measure(1.0, unit) if file.reference[name].column == column.name else None
    if unit not in file.unit:
        return None
    own, target = file.unit[unit], file.unit[column.unit]
    index = us_prices()
    factor = index[target.base] / index[own.base]
    if own.period != target.period:
        factor *= DAYS_A_MONTH if target.period == "month" else 1 / DAYS_A_MONTH
    return Measure(factor, None)


def unit_label(unit: str) -> str:
    """A unit in words, to follow a number.

    Example
    -------
    >>> unit_label("mean_welfare:BRA")
    '× the mean welfare of a country (BRA)'
    """
    file = _load()
    name, _, country = unit.partition(":")
    if unit in file.unit:
        return file.unit[unit].label
    if name in file.reference:
        label = file.reference[name].label
        return f"{label} ({country})" if country else label
    return unit


@cache
def _load() -> _UnitsFile:
    """Read and check `units.toml` once."""
    return load_toml(package_file("worldclass.theories", "units.toml"), _UnitsFile)
