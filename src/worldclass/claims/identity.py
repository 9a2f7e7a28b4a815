"""What the result of an evaluation depends on, as a few hashes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from worldclass.claims.cache import code_of, key_of, package_code
from worldclass.claims.data import assumed
from worldclass.claims.registry import is_own
from worldclass.claims.schema import placeholders
from worldclass.claims.specifications import sizes
from worldclass.claims.terms import read_terms
from worldclass.claims.values import ENGINE

if TYPE_CHECKING:
    from worldclass.claims.cache import Cache
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


@dataclass(frozen=True)
class Facts:
    """What a claim asks for, known without asking its quantities again.

    Attributes
    ----------
    needs
        Names of data sets.
    theories
        Ids or files of the theories whose classes its terms measure.
    versions, code
        By quantity: its version, and a hash of its code.
    """

    needs: tuple[str, ...]
    theories: tuple[str, ...]
    versions: Mapping[str, int]
    code: Mapping[str, str]


def facts_of(claim: Claim, cache: Cache | None = None) -> Facts:
    """Facts about a claim, from the cache where they are known.

    To read them anew, the modules of the quantities are imported: half the time of an answer that
    is stored.

    Raises
    ------
    ClaimError
        The claim asks for a quantity or a field that does not exist.
    """
    known = cache.load_note(_facts_key(claim)) if cache else None
    if known is not None:
        try:
            needs, theories = (tuple(known[key]) for key in ("needs", "theories"))
            return Facts(needs, theories, known["versions"], known["code"])
        except (KeyError, TypeError):
            pass  # damaged: read anew
    terms = read_terms(claim)
    quantities = {term.quantity.id: term.quantity for term in terms}
    facts = Facts(
        needs=tuple(sorted({name for one in quantities.values() for name in one.needs})),
        theories=tuple(sorted(_theories(claim, terms))),
        versions={name: one.version for name, one in quantities.items()},
        code={name: code_of(one) for name, one in quantities.items()},
    )
    if cache and not any(is_own(name) for name in quantities):
        cache.save_note(_facts_key(claim), asdict(facts))
    return facts


def _facts_key(claim: Claim) -> str:
    return key_of(["facts", claim.digest, package_code()])


def identity_of(claim: Claim, data: Data, limits: Cutoffs, facts: Facts | None = None) -> Identity:
    """Work out the identity of an evaluation, without computing anything.

    Raises
    ------
    ClaimError
        The claim asks for a quantity or a field that does not exist.
    """
    facts = facts or facts_of(claim)
    prints = {name: data.fingerprint(name) for name in facts.needs}
    content = {
        "engine": ENGINE,
        "claim": claim.digest,
        "theories": _digests(facts.theories),
        "quantities": dict(facts.versions),
        "assumed": assumed(facts.needs),
        "data": prints,
        "cutoffs": limits.model_dump(mode="json"),
    }
    there = {name: one for name, one in prints.items() if one is not None}
    absent = tuple(name for name, one in prints.items() if one is None)
    return Identity(content, there, absent, prod(sizes(claim)))


def within_machine(identity: Identity, facts: Facts) -> dict[str, Any]:
    """The identity, narrowed to this version of the package and of the code of the quantities."""
    from worldclass import __version__

    return {**identity.content, "version": __version__, "code": dict(facts.code)}


def _digests(theories: tuple[str, ...]) -> dict[str, str]:
    """Digests of theories, by name."""
    from worldclass.theories.library import list_theories, load_theory

    known = list_theories()
    return {
        name: load_theory(name).digest
        for name in theories
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
