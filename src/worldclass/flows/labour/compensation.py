"""Labour compensation of each industry, adding up to the labour share of the country.

    pay_i = VA_i · logistic(a_T + logit λ_k),   Σ pay_i = labour share of T · Σ VA

λ_k is the labour share of the class in the US accounts, the income of the self-employed included.
Real estate, mining and refining thus pay out little of their value added in every country, and the
country's whole agrees with its labour share (Penn World Table).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logit

from worldclass.flows.labour.tilt import tilt

if TYPE_CHECKING:
    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.flows.labour.plan import Plan
    from worldclass.people.grid import Array

HIGHEST_CLASS_SHARE = 0.97
"""US securities firms pay out more than their value added in some years; a logit needs less."""


def compensation(plan: Plan, draws: LabourDraws) -> Array:
    """Million US dollars, shape (draws, n)."""
    share = np.array([min(one.labour_share, HIGHEST_CLASS_SHARE) for one in plan.classes])
    held = (plan.supply.membership.sum(axis=1) > 0).astype(float)
    base = np.where(plan.output > 0, plan.value_added, 0.0) * plan.market.give(held)
    stated = np.maximum(plan.market.sum(plan.stated_value_added), 0.0) * held
    total = plan.supply.labour_shares(draws) * stated
    shape = (len(draws), len(plan.classes))
    return tilt(
        np.broadcast_to(base, shape), np.broadcast_to(logit(share), shape), total, plan.market
    )
