"""Labour multipliers: hours in a unit of each sector's final product, at home and abroad.

    m_r (I − A) = h_r x̂⁻¹,

with h_r the hours of women or men in country r. Summed over r this is the vertically integrated
labour of a product: its labour value, where all hours count alike.

Source: Pasinetti (1973), Metroeconomica 25, 1-29; Miller and Blair (2009), chapter 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.amounts import require_amounts
from worldclass.flows.solve import multipliers
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    import polars as pl

    from worldclass.flows.economy import Array, Economy


def labour_multipliers(economy: Economy, hours: Array) -> pl.DataFrame:
    """Hours for one unit of money of each sector's final product.

    Parameters
    ----------
    economy
        With n sectors of c countries; one transposed system with 2c right-hand sides is solved.
    hours
        Of women and of men in each sector, shape (2, n), million a year.

    Returns
    -------
    polars.DataFrame
        `year, producer, sector, sex, direct, total, domestic, foreign, unit`, with `sex` female,
        male and total. `direct` are the sector's own hours, `domestic` those of its country,
        `foreign` all others; `total` is their sum. Sectors without output are left out. The unit
        is hours per unit of money where the economy is in millions, as hours are; else million
        hours per unit of the economy.

    Raises
    ------
    UsageError
        When hours have another shape.
    EconomyError
        When the economy is not productive, or hours are worked in a sector without output.

    Example
    -------
    >>> from worldclass.flows.economy import Economy
    >>> two = Economy(
    ...     "example", 2000, "million USD", "current", (("AAA", "mill"), ("BBB", "farm")),
    ...     (("AAA", "use"),), np.array([[0.0, 0.0], [50.0, 0.0]]), np.array([[100.0], [50.0]]),
    ...     np.array([100.0, 100.0]),
    ... )
    >>> found = labour_multipliers(two, np.array([[10.0, 10.0], [10.0, 30.0]]))
    >>> found.filter(sex="total").select("sector", "direct", "foreign", "total").rows()
    [('mill', 0.2, 0.2, 0.4), ('farm', 0.4, 0.0, 0.4)]
    """
    import polars as pl

    require_amounts(economy, hours, "hours")
    n, countries = len(economy.sectors), len(economy.countries)
    if hours.shape != (len(SEXES), n):
        raise UsageError(
            f"hours have shape {hours.shape}; women and men of {n} sectors ask for (2, {n})",
            where="labour_multipliers",
        )
    place = economy.country_of_sector
    rows = np.zeros((len(SEXES), countries, n))
    rows[:, place, np.arange(n)] = hours
    found = multipliers(economy, rows.reshape(-1, n)).values.reshape(rows.shape)
    output = np.where(economy.active, economy.output, 1.0)
    parts = {
        "direct": _with_sum(hours / output),
        "total": _with_sum(found.sum(axis=1)),
        "domestic": _with_sum(found[:, place, np.arange(n)]),
    }
    # What differs from zero by rounding only is zero.
    rest = parts["total"] - parts["domestic"]
    parts["foreign"] = np.where(np.abs(rest) > 1e-12 * parts["total"], rest, 0.0)
    active = np.flatnonzero(economy.active)
    labels = [economy.sectors[at] for at in active]
    money = economy.unit.removeprefix("million ")
    unit = f"hours per {money}" if money != economy.unit else f"million hours per {money}"
    sexes = (*SEXES, "total")
    return pl.DataFrame(
        {
            "year": pl.Series([economy.year] * (len(sexes) * len(active)), dtype=pl.Int32),
            "producer": [country for country, _ in labels] * len(sexes),
            "sector": [industry for _, industry in labels] * len(sexes),
            "sex": np.repeat(sexes, len(active)),
            **{name: values[:, active].ravel() for name, values in parts.items()},
            "unit": [unit] * (len(sexes) * len(active)),
        }
    )


def _with_sum(values: Array) -> Array:
    """Women, men and both, shape (3, n)."""
    return np.vstack([values, values.sum(axis=0)])
