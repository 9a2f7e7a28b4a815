"""How much of the input behind a class is imputed.

Each person's class is decided by some inputs: the labour-force state, the association of status
and sector, the split of employers from own-account workers, the occupation, an income, a split.
An input counts 1 where it was not measured in that country and year, else 0; a person's imputed
share is the mean over the inputs that decided, and a class's is the mean over its persons.

The labour-force state counts as measured where a national survey of that year is on record (the
rates themselves are the ILO's modelled ones); the employer split never does, unless a source
reports employers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.people.cells import CELLS, EMPLOYED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.realise import Basis
    from worldclass.theories.plan import Plan, Term

    Values = NDArray[np.floating[Any]]

INCOME_FLAGS = {
    "labour_income": {
        "national-accounts": ("accounts_pay_imputed", "pay_ratio_imputed"),
        "household-survey": ("welfare_imputed", "pay_ratio_imputed"),
        "earnings-survey": ("survey_pay_imputed", "pay_ratio_imputed"),
    },
    "welfare": {
        "national-accounts": ("welfare_imputed", "accounts_consumption_imputed"),
        "household-survey": ("welfare_imputed",),
    },
}
"""Inputs behind each income: level and pay of women relative to men; shape and mean."""


def imputed_shares(
    plan: Plan, basis: Basis, labour_anchor: str, welfare_anchor: str
) -> list[Values]:
    """For each term, the imputed share of input of each of its cells, shape (cells, n)."""
    anchors = {"labour_income": labour_anchor, "welfare": welfare_anchor}
    return [
        np.stack([_of_cell(plan, term, position, basis, anchors) for position in term.cells])
        for term in plan.terms
    ]


def _of_cell(
    plan: Plan, term: Term, position: int, basis: Basis, anchors: dict[str, str]
) -> Values:
    inputs = [
        *_category_inputs(plan, position, term.sex, basis),
        *_income_inputs(plan, term, basis, anchors),
        *_split_inputs(plan, term, position, basis),
    ]
    if not inputs:
        return np.zeros_like(basis.arrays["population"])
    return np.mean(inputs, axis=0)


def _category_inputs(plan: Plan, position: int, sex: int, basis: Basis) -> list[Values]:
    arrays, cell = basis.arrays, CELLS[position]
    if not plan.uses("status") or cell.age == "0-14":
        return []
    inputs = [arrays["labour_force_imputed"][sex]]
    if position < EMPLOYED and plan.uses("sector"):
        inputs.append(arrays["status_imputed"][sex])
    if cell.status in ("employer", "own-account"):
        inputs.append((~np.isfinite(arrays["employer_share"][sex])).astype(inputs[0].dtype))
    if cell.occupation is not None and plan.uses("occupation"):
        inputs.append(arrays["manager_imputed"])
    return inputs


def _income_inputs(plan: Plan, term: Term, basis: Basis, anchors: dict[str, str]) -> list[Values]:
    cuts = [plan.compiled.cuts[k] for k in (*term.below, *term.above)]
    columns = dict.fromkeys(cut.column for cut in cuts)
    return [
        basis.arrays[name] for column in columns for name in INCOME_FLAGS[column][anchors[column]]
    ]


def _split_inputs(plan: Plan, term: Term, position: int, basis: Basis) -> list[Values]:
    """1 for each split that is an assumption here; shares that sources report count by source."""
    inputs: list[Values] = []
    ones = np.ones_like(basis.arrays["population"])
    for split in (*term.inside, *term.outside):
        entries = plan.compiled.split_fraction(plan.compiled.splits[split])
        for entry, cover in zip(entries, plan.covers[split], strict=True):
            if not cover[position, term.sex]:
                continue
            if entry.share is not None:
                inputs.append(basis.arrays["long_term_imputed"][term.sex])
            elif entry.low != entry.high:
                inputs.append(ones)
    return inputs
