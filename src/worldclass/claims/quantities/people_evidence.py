"""Where numbers of the population table come from, and how much behind them is imputed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from worldclass.atlas.imputed import imputed_shares
from worldclass.atlas.settings import Setting, basis_of_year
from worldclass.claims.quantity import Evidence
from worldclass.people.assumptions import Scores
from worldclass.people.realise import realise
from worldclass.theories.evaluate import (
    labour_anchor_of,
    term_persons,
    weigh,
    welfare_anchor_of,
)
from worldclass.theories.plan import make_plan

if TYPE_CHECKING:
    from worldclass.people.snapshot import Snapshot

UNUSED = ("mirror", "naturalearth")
"""Entries of a snapshot's list of sources that are no source of persons or incomes."""
MOST_EXAMINED = 24
"""Settings whose imputed share is worked out; where there are more, some spread over all."""


def sources_of(shot: Snapshot) -> tuple[str, ...]:
    """Providers behind a snapshot, one line each: title and attribution."""
    named = dict(shot.provenance["sources"].get("providers", {}))
    kept = [one for name, one in named.items() if name not in UNUSED]
    return tuple(f"{one['title']}. {one['attribution']}" for one in kept)


def people_evidence(shot: Snapshot, settings: Sequence[Setting], method: str) -> Evidence:
    """Evidence for sizes at some settings.

    Returns
    -------
    With the imputed share of the persons that the settings count, at the centre, weighted by them:
    what `worldclass.atlas` reports as `imputed`.
    """
    step = max(1, len(settings) // MOST_EXAMINED)
    examined = settings[::step]
    imputed = np.array([_imputed(shot, one) for one in examined])
    whole = imputed[:, 1].sum()
    share = float(imputed[:, 0].sum() / whole) if whole > 0 else None
    return Evidence(sources_of(shot), share, method, "method.md")


def _imputed(shot: Snapshot, one: Setting) -> tuple[float, float]:
    """Persons weighted by the imputed share of the inputs that decided, and persons."""
    plan = make_plan(one.compiled)
    estimates = shot.estimates
    basis = basis_of_year(shot, one.year)
    people = realise(basis, Scores({}, labour_anchor_of(plan, one.anchor)))
    welfare_anchor = welfare_anchor_of(plan, one.anchor)
    weights = weigh(plan, people, welfare_anchor=welfare_anchor, bound=one.bound)
    shares = imputed_shares(plan, basis, people.anchor, welfare_anchor)
    columns = [estimates.grid.countries.index(code) for code in one.countries]
    imputed = persons = 0.0
    for term, share in zip(plan.terms, shares, strict=True):
        if term.target in one.classes and term.sex in one.sexes:
            part = term_persons(plan, term, people.persons, weights)
            persons += float(part[:, columns].sum())
            imputed += float((part * share)[:, columns].sum())
    return imputed, persons
