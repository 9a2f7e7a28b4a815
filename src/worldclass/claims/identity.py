"""What the result of an evaluation depends on, as a few hashes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from worldclass.claims.cache import code_of
from worldclass.claims.data import assumed
from worldclass.claims.schema import placeholders
from worldclass.claims.specifications import sizes
from worldclass.claims.terms import read_terms
from worldclass.claims.values import ENGINE

if TYPE_CHECKING:
    from worldclass.claims.cutoffs import Cutoffs
    from worldclass.claims.data import Data
    from worldclass.claims.schema import Claim
    from worldclass.claims.terms import Term


@dataclass(frozen=True)
class Identity:
    """Two evaluations of equal identity have equal results.

    Attributes
    ----------
    content
        Digests of claim, theories and assumptions, versions of engine and quantities, draws,
        cut-offs, and fingerprints of the data (null where absent).
    fingerprints
        Of the data that are there, by name.
    absent
        Names of the data that are not.
    possible
        Specifications in the whole grid.
    """

    content: Mapping[str, Any]
    fingerprints: Mapping[str, str]
    absent: tuple[str, ...]
    possible: int


def identity_of(claim: Claim, data: Data, limits: Cutoffs) -> Identity:
    """Work out the identity of an evaluation, without computing anything.

    Raises
    ------
    ClaimError
        The claim asks for a quantity or a field that does not exist.
    """
    terms = read_terms(claim)
    needs = tuple(sorted({name for term in terms for name in term.quantity.needs}))
    prints = {name: data.fingerprint(name) for name in needs}
    content = {
        "engine": ENGINE,
        "claim": claim.digest,
        "theories": theory_digests(claim, terms),
        "quantities": {term.quantity.id: term.quantity.version for term in terms},
        "assumed": assumed(needs),
        "data": prints,
        "cutoffs": limits.model_dump(mode="json"),
    }
    there = {name: one for name, one in prints.items() if one is not None}
    absent = tuple(name for name, one in prints.items() if one is None)
    return Identity(content, there, absent, prod(sizes(claim)))


def within_machine(identity: Identity, claim: Claim) -> dict[str, Any]:
    """The identity, narrowed to this version of the package and of the code of the quantities."""
    from worldclass import __version__

    code = {term.quantity.id: code_of(term.quantity) for term in read_terms(claim)}
    return {**identity.content, "version": __version__, "code": code}


def theory_digests(claim: Claim, terms: tuple[Term, ...]) -> dict[str, str]:
    """Digests of the theories whose classes the terms measure, by name."""
    from worldclass.theories.library import list_theories, load_theory

    known = list_theories()
    return {
        name: load_theory(name).digest
        for name in sorted(_theories(claim, terms))
        if name in known or name.endswith(".toml")
    }


def _theories(claim: Claim, terms: tuple[Term, ...]) -> set[str]:
    found: set[str] = set()
    for term in terms:
        theory = term.entry.get("theory")
        for name in placeholders(theory):
            for choice in claim.choices:
                values = [one[name] for one in choice.settings.values() if name in one]
                found |= {value for value in values if isinstance(value, str)}
        if isinstance(theory, str) and not theory.startswith("$"):
            found.add(theory)
    return found
