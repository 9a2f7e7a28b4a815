"""Everything about a claim that can be known without data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.claims.expression import FUNCTIONS, parse_expression
from worldclass.claims.imagined import imagined_problems
from worldclass.claims.named import beyond_ranges, unknown_names
from worldclass.claims.problem import Problem
from worldclass.claims.specifications import distinct, specify
from worldclass.claims.terms import make_plan, raw_settings, read_terms
from worldclass.core.errors import ClaimError, WorldclassError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldclass.claims.schema import Claim
    from worldclass.claims.specifications import Specifications
    from worldclass.claims.terms import Term

MOST = 2_000
"""Specifications whose settings are looked at."""


def check_claim(claim: Claim) -> list[Problem]:
    """Look for whatever makes a claim impossible to test, or odd.

    Unknown quantities, fields, theories, classes, parameters and countries; formulas that are no
    arithmetic; terms and choices that change nothing; and, in imagined worlds, claims that cannot
    fail or cannot hold.

    Parameters
    ----------
    claim
        The claim.

    Returns
    -------
    Problems, the refused first; none where all is well.
    """
    found = list(_formulas(claim))
    try:
        specifications = specify(claim, MOST, seed=0)
        terms = read_terms(claim)
    except ClaimError as error:
        return _sorted([*found, _problem(error)])
    said = [(f"term.{term.id}", list(_said(claim, term, specifications))) for term in terms]
    named = [one for name, raws in said for raw in raws for one in unknown_names(raw, name)]
    found += dict.fromkeys(named) or beyond_ranges(
        (raw for _, raws in said for raw in raws), "term"
    )
    try:
        make_plan(specifications)
    except ClaimError as error:
        found.append(_problem(error))
    found += _idle_choices(claim, terms)
    if not any(one.severity == "refused" for one in found):
        try:
            found += imagined_problems(claim)
        except WorldclassError as error:
            found.append(_problem(error))
    return _sorted(found)


def refuse_unsound(claim: Claim) -> None:
    """Refuse a claim that cannot be tested.

    Raises
    ------
    ClaimError
        Naming all problems for which it is refused.
    """
    problems = [one for one in check_claim(claim) if one.severity == "refused"]
    if problems:
        raise ClaimError(
            "\n".join(one.what for one in problems),
            where=f"claim {claim.id}, " + ", ".join(dict.fromkeys(p.where for p in problems)),
            remedy="\n".join(dict.fromkeys(one.remedy for one in problems)),
        )


def _formulas(claim: Claim) -> Iterator[Problem]:
    """Formulas that cannot be read, and terms that none of them mentions."""
    for name in claim.terms:
        if name in FUNCTIONS:
            yield Problem(
                "refused",
                f"A term cannot be called '{name}': that is a function.",
                f"term.{name}",
                "Call it otherwise.",
            )
    used: set[str] = set()
    for part in claim.parts:
        try:
            used |= set(parse_expression(part.estimate, claim.terms).names)
        except ClaimError as error:
            yield Problem("refused", error.what, f"part.{part.id}", error.remedy)
            used |= set(claim.terms)
            continue
        if not parse_expression(part.estimate).names:
            yield Problem(
                "refused",
                "The formula mentions no term, so that no data can decide it.",
                f"part.{part.id}",
                f"Terms of the claim: {', '.join(claim.terms)}.",
            )
    for name in claim.terms:
        if name not in used:
            yield Problem(
                "refused",
                f"No part mentions the term '{name}'.",
                f"term.{name}",
                "Use it in an 'estimate', or remove it.",
            )


def _said(claim: Claim, term: Term, specifications: Specifications) -> Iterator[dict[str, Any]]:
    kinds, _ = distinct(specifications.options, term.choices)
    return raw_settings(claim, term, kinds)


def _idle_choices(claim: Claim, terms: tuple[Term, ...]) -> Iterator[Problem]:
    """Choices that no term takes up, and options that say the same."""
    taken = {k for term in terms for k in term.choices}
    for k, choice in enumerate(claim.choices):
        if k not in taken:
            yield Problem(
                "refused",
                f"The choice '{choice.id}' changes no term: no quantity has the field it fills.",
                f"choice.{choice.id}",
                "Name its placeholder in a term whose quantity has such a field.",
            )
        settings = list(choice.settings.items())
        for j, (label, values) in enumerate(settings):
            same = [other for other, those in settings[:j] if those == values]
            if same:
                yield Problem(
                    "warning",
                    f"The options '{same[0]}' and '{label}' say the same, which counts it twice.",
                    f"choice.{choice.id}",
                    "Remove one of them.",
                )


def _problem(error: WorldclassError) -> Problem:
    return Problem("refused", error.what, error.where, error.remedy)


def _sorted(found: list[Problem]) -> list[Problem]:
    return sorted(found, key=lambda one: one.severity != "refused")
