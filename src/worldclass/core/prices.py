"""US consumer prices, which carry PPP dollars of one base year to another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from worldclass.core.datafile import load_toml, package_file

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE = 2021
"""The base year of all PPP dollars in the package."""
DAYS_A_MONTH = 365 / 12


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    source: str
    values: dict[int, float]


@cache
def us_prices() -> Mapping[int, float]:
    """Annual averages of the US consumer price index by year."""
    return load_toml(package_file("worldclass.core", "prices.toml"), _File).values


def to_base(year: int) -> float:
    """Factor from PPP dollars of a year to those of the base year.

    Example
    -------
    >>> round(to_base(2011), 4)
    1.2046
    """
    return us_prices()[BASE] / us_prices()[year]
