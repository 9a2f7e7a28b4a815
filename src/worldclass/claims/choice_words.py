"""The label of a choice for readers: with the unit of what its numbers set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.theories.library import list_theories, load_theory
from worldclass.theories.units import SCALE_UNIT, unit_label

if TYPE_CHECKING:
    from worldclass.claims.schema import Choice, Claim


def choice_label(claim: Claim, choice: Choice) -> str:
    """The label of a choice, with a unit where its options are bare numbers of a parameter.

    Examples
    --------
    >>> from worldclass.claims.library import load_claim
    >>> claim = load_claim("half-the-world-is-middle-class")
    >>> [choice_label(claim, one) for one in claim.choices][:2]
    ['From how much a day (PPP dollars of 2011 a day)', 'Anchor of household welfare']
    """
    unit = _unit(claim, choice)
    return f"{choice.label} ({unit})" if unit else choice.label


def _unit(claim: Claim, choice: Choice) -> str:
    """Unit of the parameter of a theory that a choice of numbers fills; empty for any other."""
    values = [one.get(choice.id) for one in choice.settings.values()]
    if choice.options or not all(isinstance(value, int | float) for value in values):
        return ""
    for term in claim.terms.values():
        entry = {**claim.common, **term}
        theory, filled = entry.get("theory", claim.theory), entry.get("parameters", {})
        names = [name for name, value in filled.items() if value == f"${choice.id}"]
        if not names or theory not in list_theories():
            continue
        unit = getattr(load_theory(theory).parameters.get(names[0]), "unit", SCALE_UNIT)
        return "" if unit == SCALE_UNIT else unit_label(unit)
    return ""
