"""Observed pay of a worker in dollars of 2021, at market exchange rates or at purchasing power."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from worldclass.claims.quantities.faults import finite
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import ClaimError
from worldclass.core.prices import to_base

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data

    Values = NDArray[np.float64]

ID = "pay"
ByYear = dict[int, Annotated[float, Field(gt=0)]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Observation(_Strict):
    """One observation of pay a month."""

    label: str
    amount: Annotated[float, Field(gt=0)]
    currency: str
    country: str
    year: int
    source: str
    confidence: Literal["source", "secondary", "from memory"]


class Exchange(_Strict):
    """Local currency per US dollar, by currency and year."""

    source: str
    rates: dict[str, ByYear]


class PriceLevel(_Strict):
    """Price level relative to the United States in the same year, by country and year."""

    label: str
    source: str
    levels: dict[str, ByYear]


class PayFile(_Strict):
    """The content of `pay.toml`."""

    title: str
    observation: dict[str, Observation]
    exchange: Exchange
    price_level: dict[str, PriceLevel]

    @model_validator(mode="after")
    def _complete(self) -> PayFile:
        for name, one in self.observation.items():
            if one.year not in self.rates.get(one.currency, {}):
                raise ValueError(f"{name}: no exchange rate of {one.currency} in {one.year}")
            for basis, level in self.levels.items():
                if one.year not in level.get(one.country, {}):
                    raise ValueError(f"{name}: {basis} has no level of {one.country}, {one.year}")
        return self

    @property
    def rates(self) -> Mapping[str, ByYear]:
        """Exchange rates by currency and year."""
        return self.exchange.rates

    @property
    def levels(self) -> Mapping[str, Mapping[str, ByYear]]:
        """Price levels by basis, country and year."""
        return {name: one.levels for name, one in self.price_level.items()}


class Pay(Fields):
    """What a term says of observed pay.

    Attributes
    ----------
    observation
        Id in `pay.toml`.
    money
        "market": dollars at the exchange rate of the year. "ppp": what it bought at home.
    conversion
        Which comparison of prices "ppp" rests on: that of 2021, on which all PPP dollars of the
        package rest, or that of 2017; "low" and "high" take the one that gives less, or more.
    """

    observation: str
    money: Literal["market", "ppp"] = "ppp"
    conversion: Literal["icp2021", "icp2017", "low", "high"] = "icp2021"


@cache
def pay_file() -> PayFile:
    """The observations and the money that they are in."""
    return load_toml(package_file("worldclass.claims", "pay.toml"), PayFile, error=ClaimError)


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Pay a month.

        market = amount / rate · CPI(2021) / CPI(year)
        ppp    = market / price level

    with the exchange rate in local currency per dollar, US consumer prices, and the price level of
    output in the country relative to the United States in that year. Prices of output stand for
    those of what workers buy: levels of household consumption are not among the data. Where they
    lie higher, because public services and construction are cheap in poor countries, pay at
    purchasing power is overstated.

    Returns
    -------
    Shape (settings, draws), dollars of 2021 a month; the same in every draw.

    Raises
    ------
    ClaimError
        There is no such observation.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> kinds = [Pay(observation="india-warehouse-2020", money=m) for m in ("market", "ppp")]
    >>> evaluate(kinds, [-1], Data())[:, 0].round().tolist()
    [195.0, 689.0]
    """
    values = np.array([[_converted(one)] * len(draws) for one in settings])
    return finite(ID, settings, draws, values.reshape(len(settings), len(draws)))


def _converted(one: Pay) -> float:
    file, seen = pay_file(), _observed(one)
    market = seen.amount / file.rates[seen.currency][seen.year] * to_base(seen.year)
    if one.money == "market":
        return market
    levels = {name: level[seen.country][seen.year] for name, level in file.levels.items()}
    if one.conversion in levels:
        return market / levels[one.conversion]
    return market / (max if one.conversion == "low" else min)(levels.values())


def _observed(one: Pay) -> Observation:
    known = pay_file().observation
    if one.observation not in known:
        raise ClaimError(
            f"There is no observation of pay '{one.observation}'.",
            where=f"{ID}: observation",
            remedy=f"Observations: {', '.join(known)}.",
        )
    return known[one.observation]


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Pay that could conceivably be observed.

    Each observation is any positive amount, over several orders of magnitude; price levels lie
    between a tenth and one and a half of the American one, the same for all observations of a
    country and year. Pay at "low" is never above that at "high", and equal settings are equal.
    """
    market: dict[str, Values] = {}
    levels: dict[tuple[str, int], dict[str, Values]] = {}
    out = np.empty((len(settings), number))
    for row, one in enumerate(settings):
        seen = _observed(one)
        if one.observation not in market:
            market[one.observation] = np.exp(random.normal(np.log(400), 1.5, number))
        place = (seen.country, seen.year)
        if place not in levels:
            both = np.exp(random.uniform(np.log(0.1), np.log(1.5), (2, number)))
            levels[place] = {"icp2021": both[0], "icp2017": both[1]}
            levels[place] |= {"low": both.max(axis=0), "high": both.min(axis=0)}
        level = 1.0 if one.money == "market" else levels[place][one.conversion]
        out[row] = market[one.observation] / level
    return out


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Who observed the pay, and what converts it."""
    file = pay_file()
    seen = {one.observation: _observed(one) for one in settings}
    told = [f"{one.label}: {one.source} (Confidence: {one.confidence}.)" for one in seen.values()]
    levels = [one.source for one in file.price_level.values()]
    return Evidence(
        sources=(*told, file.exchange.source, *dict.fromkeys(levels)),
        imputed=None,
        method=(
            "Single published amounts, carried to prices of 2021 by US consumer prices. At "
            "purchasing power they are divided by the price level of the country's output, since "
            "levels of household consumption are not among the data; two comparisons of prices "
            "that differ by up to a third are offered."
        ),
        page="claims.md",
    )


QUANTITY = Quantity(
    id=ID,
    label="Observed pay",
    fields=Pay,
    needs=("people",),
    files=("claims/pay.toml",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
    drawn=False,
)
