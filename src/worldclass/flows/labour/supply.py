"""How much labour each labour market has: persons by sex and broad sector, hours, labour share.

Employment is the population table's (ILO modelled estimates, both margins); hours are those of
`hours.csv`. A region's labour is the sum over its members; its labour share is their mean weighted
by GDP at PPP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.labour.hours import hours_per_worker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.people.estimates import Estimates
    from worldclass.people.grid import Array

HIGHEST_LABOUR_SHARE = 0.95


@dataclass(frozen=True)
class LabourSupply:
    """Labour of T labour markets in one year; c runs over the countries of the population table.

    Attributes
    ----------
    membership
        Shape (T, c): 1 where the country belongs to the labour market.
    persons
        Shape (2 sexes, T, 3 sectors): thousand persons.
    country_hours
        Shape (c,): million hours a year at the central estimate.
    hours_log_sd
        Shape (c,): standard error of their logarithm.
    labour_share, labour_share_sd
        Shape (T,): share of value added, and standard error of its logarithm.
    imputed
        Shape (2 sexes, T, 3 sectors): part of the persons whose employment or hours rest on no
        national report of that year.
    """

    membership: Array
    persons: Array
    country_hours: Array
    hours_log_sd: Array
    labour_share: Array
    labour_share_sd: Array
    imputed: Array

    def hours(self, draws: LabourDraws) -> Array:
        """Million hours of each labour market, shape (draws, T)."""
        error = draws.value("hours")[:, None] * self.hours_log_sd
        return (self.country_hours * np.exp(error)) @ self.membership.T

    def labour_shares(self, draws: LabourDraws) -> Array:
        """Labour share of each labour market, shape (draws, T)."""
        error = draws.value("labour_share")[:, None] * self.labour_share_sd
        return np.minimum(self.labour_share * np.exp(error), HIGHEST_LABOUR_SHARE)


def labour_supply(people: Estimates, members: Sequence[Sequence[str]], year: int) -> LabourSupply:
    """Add up the labour of each labour market.

    Raises
    ------
    UsageError
        A year outside the population table.
    """
    grid = people.grid
    if year not in grid.years:
        raise UsageError(
            f"The labour accounts do not cover {year}.",
            where="year",
            remedy=f"Choose a year from {grid.years[0]} to {grid.years[-1]}.",
        )
    at = grid.years.index(year)
    membership = np.array([[float(code in group) for code in grid.countries] for group in members])
    employed = people["employed"][..., at] / 1000
    shares = people["sector"][..., at]
    persons = np.moveaxis(employed * shares / shares.sum(axis=0), 0, -1)
    table = hours_per_worker()
    rows = [table.grid.countries.index(code) for code in grid.countries]
    column = table.grid.years.index(year)
    measured = (1 - people["labour_force_imputed"][..., at]) * (1 - table.imputed[rows, column])
    held = membership @ persons
    known = membership @ (persons * measured[..., None])
    gdp = employed.sum(axis=0) * people["gdp_per_worker"][:, at]
    weights = membership * gdp
    weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    return LabourSupply(
        membership=membership,
        persons=held,
        country_hours=employed.sum(axis=0) * table.hours[rows, column] / 1000,
        hours_log_sd=table.log_sd[rows, column],
        labour_share=weights @ people["labour_share"][:, at],
        labour_share_sd=weights @ people["labour_share_sd"][:, at],
        imputed=1 - np.divide(known, held, out=np.ones_like(held), where=held > 0),
    )
