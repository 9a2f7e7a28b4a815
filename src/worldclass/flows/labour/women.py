"""Women and men of each industry: the logistic tilt within a broad sector.

    women_i = persons_i · logistic(α_cell + δ_k + η_ck),   Σ women_i = women of the cell (ILO),

δ_k = logit of the share of women that the class has in the reference economy of `classes.csv`, η_ck
the assumption `country_women_odds`, a country's own departure from it: 0 at the centre.
Construction keeps its few women and clothing its many, however many women a country employs in
"industry" as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logit

from worldclass.flows.labour.assumptions import between
from worldclass.flows.labour.classes import distinct
from worldclass.flows.labour.own_errors import own_errors
from worldclass.flows.labour.tilt import tilt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.flows.labour.classes import IndustryClass
    from worldclass.flows.labour.plan import Plan
    from worldclass.people.grid import Array


def women_log_odds(classes: Sequence[IndustryClass], draws: LabourDraws) -> Array:
    """δ of each sector's class, shape (draws, n)."""
    held, place = distinct(classes)
    low, central, high = (
        logit([getattr(one, name) for one in held]) for name in ("women_low", "women", "women_high")
    )
    return between(low, central, high, draws.of_classes("women", held))[:, place]


def split_by_sex(plan: Plan, persons: Array, draws: LabourDraws) -> Array:
    """Women and men of each sector, shape (2, draws, n), from persons of shape (draws, n)."""
    wanted = np.broadcast_to(plan.cell_persons[0], (len(draws), plan.cell.size))
    # where no industry has output there are no workers either (checked by the plan)
    held = plan.cell.sum(persons)
    delta = women_log_odds(plan.classes, draws) + own_errors(plan, draws, "country_women_odds")
    women = tilt(persons, delta, np.minimum(wanted, held), plan.cell)
    return np.stack([women, persons - women])
