"""Errors that are each country's own: one score a draw for each industry class of a labour market.

Assumptions common to all countries make sums over countries uncertain; these make one industry of
one country as uncertain as published figures show it to be, and cancel in sums. A score depends on
the seed, the members of the labour market and the class alone: it is the same in every year, in
every order of sectors, and whatever other countries the table holds.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.labour.assumptions import assumptions, between
from worldclass.flows.labour.classes import industry_classes
from worldclass.people.assumptions import LIMIT
from worldclass.people.status_sector import SECTORS

if TYPE_CHECKING:
    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.flows.labour.plan import Plan
    from worldclass.people.grid import Array


def own_errors(plan: Plan, draws: LabourDraws, name: str) -> Array:
    """Value of an assumption for each sector, logarithms on a log scale; shape (draws, n).

    Parameters
    ----------
    name
        `country_error` or `country_women_odds`.

    Returns
    -------
    Zeros where the draws have no own errors: the centre of both.
    """
    if draws.own_seed is None:
        return np.zeros((len(draws), len(plan.classes)))
    assumption = assumptions()[name]
    markets = [" ".join(members) for members in plan.territories.members]
    pairs: dict[tuple[int, str], int] = {}
    place = [
        pairs.setdefault((market, one.name), len(pairs))
        for market, one in zip(plan.market.index.tolist(), plan.classes, strict=True)
    ]
    seed = draws.own_seed
    scores = np.stack(
        [_scores(f"{seed}|{name}|{markets[m]}|{kind}", len(draws)) for m, kind in pairs], axis=-1
    )
    low, central, high = (
        np.asarray(end, float) for end in (assumption.low, assumption.central, assumption.high)
    )
    if assumption.groups:
        classes = industry_classes()
        sector = [SECTORS.index(classes[kind].sector) for _, kind in pairs]
        low, central, high = (np.log(end)[sector] for end in (low, central, high))
    return between(low, central, high, np.clip(scores, -LIMIT, LIMIT))[:, place]


@lru_cache(maxsize=8192)
def _scores(key: str, number: int) -> Array:
    """The first standard normal numbers of the stream that a text names."""
    digest = hashlib.blake2b(key.encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "big"))).standard_normal(
        number
    )
