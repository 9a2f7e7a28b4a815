"""Workers of a broad sector spread over its industries by a stated rule.

    persons_i = persons of the cell · v_i / Σ v,    v_i = u_i · ε_k · ε_ck

where i runs over the industries with output of a country and broad sector (a cell), k is the
industry's class, and u_i is, by the choice `spread`:

    relative-productivity   VA_i / p_k^θ
    gross-output            x_i / o_k^θ
    labour-compensation     VA_i · λ_k                  equal pay within the broad sector
    value-added             VA_i

p, o and λ are value added and output per worker and the labour share of the class in the US
accounts, θ the assumption `productivity_power`, ε_k its `industry_error`, common to all countries,
and ε_ck its `country_error`. Imputed rents: real estate
is divided by its full US productivity in every rule (θ = 1), because most of its value added is
owners' own dwellings, which nobody works in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.labour.assumptions import assumptions, between
from worldclass.flows.labour.classes import RENTS, distinct
from worldclass.flows.labour.own_errors import own_errors
from worldclass.people.status_sector import SECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.flows.labour.classes import IndustryClass
    from worldclass.flows.labour.plan import Plan
    from worldclass.people.grid import Array


def spread_persons(plan: Plan, draws: LabourDraws) -> Array:
    """Thousand persons of both sexes in each sector, shape (draws, n)."""
    weights = spread_weights(plan, draws)
    return plan.cell.shares(weights) * plan.cell.give(plan.cell_persons.sum(axis=0))


def spread_weights(plan: Plan, draws: LabourDraws) -> Array:
    """The weights v of the rule, shape (draws, n); 0 without output."""
    held, place = distinct(plan.classes)
    power = draws.value("productivity_power")[:, None]
    productivity, output, labour = (
        np.log([getattr(one, name) for one in held])
        for name in ("productivity", "output_productivity", "labour_share")
    )
    rents = np.array([one.name == RENTS for one in held])
    power = np.where(rents, 1.0, power)
    flat = np.where(rents, -productivity, 0.0) + np.zeros_like(power)
    factors = np.stack(
        [-power * productivity, -power * output, np.where(rents, flat, labour), flat]
    )
    # in the order of the options of the assumption
    chosen = draws.choice("spread")
    factor = factors[chosen, np.arange(len(draws))] + _class_errors(held, draws)
    uses_output = np.equal(chosen, assumptions()["spread"].options.index("gross-output"))
    base = np.where(uses_output[:, None], plan.output, plan.value_added)
    weights = base * np.exp(factor[:, place] + own_errors(plan, draws, "country_error"))
    return np.where(plan.output > 0, weights, 0.0)


def _class_errors(held: Sequence[IndustryClass], draws: LabourDraws) -> Array:
    """Log error of each class, shape (draws, classes)."""
    assumption = assumptions()["industry_error"]
    sector = [SECTORS.index(one.sector) for one in held]
    low, central, high = (
        np.log(np.asarray(v, float))[sector]
        for v in (assumption.low, assumption.central, assumption.high)
    )
    return between(low, central, high, draws.of_classes("error", held))
