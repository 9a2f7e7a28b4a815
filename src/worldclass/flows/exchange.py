"""What flows between two areas are worth at the wages of either side.

For producer p and consumer c, with H hours and W pay embodied in what p delivers to c:

    own wages      W(p, c), what the producers were paid,
    other's wages  H(p, c) · w_c,  w_c = Σ_{q≠c} W(c, q) / Σ_{q≠c} H(c, q),

where w_c is the hourly pay embodied in c's own exports. The net of a pair is what c takes from p
less what p takes from c: in hours, and priced at w_c. Skill is not told apart: the tables have
none, so that a part of the difference between the wages is a difference in schooling.

Source: Hickel, Hanbury Lemos and Barbour (2024), Nature Communications 15, 6298, whose measure by
skill this is without skills; on the reading of the gap, Emmanuel (1972), Unequal Exchange.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.accounts import MONEY, Accounts
from worldclass.flows.areas import choose_areas, settled_groups
from worldclass.flows.query import DRAWS, amounts_between, productions
from worldclass.flows.tabulate import PERCENTILES

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.areas import Groups
    from worldclass.flows.economy import Economy
    from worldclass.flows.labour.regions import Regions
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.flows.own_accounts import Labour
    from worldclass.flows.production import Production
    from worldclass.people.choices import Years

    Array = NDArray[np.floating[Any]]

HOURS = "million hours"
MEASURES = {
    "hours_gross": HOURS,
    "hours_net": HOURS,
    "hours_per_hour": "hours given per hour received",
    "wage_value_own": MONEY,
    "wage_value_other": MONEY,
    "wage_value_net_other": MONEY,
    "hourly_pay_own": "USD an hour",
    "hourly_pay_other": "USD an hour",
}


def exchange(
    year: Years = None,
    *,
    group: Groups = ("NORTH", "SOUTH"),
    draws: int = DRAWS,
    table: Economy | Production | str | Path | None = None,
    bridge: str | Path | None = None,
    regions: Regions | None = None,
    sections: SectionEmployment | None = None,
    labour: Labour = "auto",
) -> pl.DataFrame:
    """Hours exchanged between areas, and what they are worth at the wages of either side.

    Parameters
    ----------
    year, group, draws, table, bridge, regions, sections, labour
        As `worldclass.flows.query.flows` takes them.

    Returns
    -------
    year, producer, consumer, sector, sex, measure, unit, value, p05, p95; one row per ordered pair
    of areas and measure: hours_gross and hours_net (positive where the producer gives more than it
    gets), hours_per_hour, wage_value_own, wage_value_other, wage_value_net_other, and the two
    hourly rates of pay. Money is at market exchange rates, in the year's dollars.

    Raises
    ------
    UsageError
        A table that is not in US dollars; and as `flows`.

    Examples
    --------
    >>> frame = exchange(2008, draws=0)
    >>> south = frame.filter((frame["producer"] == "SOUTH") & (frame["measure"] == "hours_net"))
    >>> bool(south["value"].item() > 0)
    True
    """
    import polars as pl

    parts: list[pl.DataFrame] = []
    group = settled_groups(group)
    for production in productions(table, year):
        if production.unit != MONEY:
            raise UsageError(
                f"Wages cannot be compared in {production.unit!r}.",
                where=production.name,
                remedy=f"Give a table in {MONEY}.",
            )
        accounts = Accounts(
            production, draws, bridge=bridge, regions=regions, sections=sections, labour=labour
        )
        areas = choose_areas(group, production.everyone)
        hours = amounts_between(production, accounts, "hours", areas)
        pay = amounts_between(production, accounts, "pay", areas)
        central = _measures(_total(hours.central), _total(pay.central))
        drawn = None
        if hours.drawn is not None and pay.drawn is not None:
            drawn = _measures(_total(hours.drawn), _total(pay.drawn))
        parts.append(_frame(production.year, hours.areas, central, drawn))
    return pl.concat(parts)


def _total(values: Array) -> Array:
    """Sum over sexes and sectors: (..., sexes, areas, sectors, areas) → (..., areas, areas)."""
    return values.sum(axis=(-4, -2))


def _measures(hours: Array, pay: Array) -> dict[str, Array]:
    """All measures, shape (..., producers, consumers); NaN on the diagonal and without flow."""
    apart = ~np.eye(hours.shape[-1], dtype=bool)
    exported = np.where(apart, hours, 0.0).sum(axis=-1)
    earned = np.where(apart, pay, 0.0).sum(axis=-1)
    wage = _ratio(earned, exported)[..., None, :]  # of the consumer's own exports
    back = np.swapaxes(hours, -1, -2)
    return {
        "hours_gross": hours,
        "hours_net": hours - back,
        "hours_per_hour": _ratio(hours, back),
        "wage_value_own": pay,
        "wage_value_other": hours * wage,
        "wage_value_net_other": (hours - back) * wage,
        "hourly_pay_own": _ratio(pay, hours),
        "hourly_pay_other": np.broadcast_to(wage, hours.shape),
    }


def _ratio(above: Array, below: Array) -> Array:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _frame(
    year: int, areas: tuple[str, ...], central: dict[str, Array], drawn: dict[str, Array] | None
) -> pl.DataFrame:
    import polars as pl

    producers, consumers = np.nonzero(~np.eye(len(areas), dtype=bool))
    parts: list[pl.DataFrame] = []
    for name, unit in MEASURES.items():
        low = high = np.full(len(producers), np.nan)
        if drawn is not None:
            low, high = np.percentile(drawn[name][:, producers, consumers], PERCENTILES, axis=0)
        parts.append(
            pl.DataFrame(
                {
                    "year": np.full(len(producers), year, np.int32),
                    "producer": [areas[i] for i in producers],
                    "consumer": [areas[i] for i in consumers],
                    "sector": ["total"] * len(producers),
                    "sex": ["total"] * len(producers),
                    "measure": [name] * len(producers),
                    "unit": [unit] * len(producers),
                    "value": central[name][producers, consumers],
                    "p05": low,
                    "p95": high,
                }
            )
        )
    frame = pl.concat(parts)
    return frame.with_columns(pl.col("value", "p05", "p95").fill_nan(None))
