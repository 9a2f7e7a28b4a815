"""Hours of each industry and sex, adding up to the hours of the labour market.

    hours_si = H · persons_si r_s q_k^κ ÷ Σ persons_si r_s q_k^κ,    Σ over the labour market

H is employment × hours per worker (`supply.py`), r women's hours relative to men's in the same
industry (`women_hours`; 1 for men), q the class's weekly hours, κ the assumption
`industry_hours_power`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.labour.classes import distinct

if TYPE_CHECKING:
    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.flows.labour.plan import Plan
    from worldclass.people.grid import Array


def share_hours(plan: Plan, persons: Array, draws: LabourDraws) -> Array:
    """Million hours a year, shape (2, draws, n), from persons of the same shape."""
    held, place = distinct(plan.classes)
    weekly = np.log([one.weekly_hours for one in held])
    by_class = np.exp(draws.value("industry_hours_power")[:, None] * weekly)[:, place]
    women = draws.value("women_hours")[:, None]
    weighted = persons * by_class * np.stack([women, np.ones_like(women)])
    total = plan.market.sum(weighted.sum(axis=0))
    hours = plan.supply.hours(draws)
    rate = np.divide(hours, total, out=np.zeros_like(hours), where=total > 0)
    return weighted * plan.market.give(rate)
