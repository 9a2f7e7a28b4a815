"""Claims for those who ask over the network: verdicts, curves, and where the numbers are from.

The list holds stored results only, so that it never waits for a computation; a single claim is
computed where its data are here and no stored result fits.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from worldclass.claims.frame import COLUMNS, condition_text, verdict_table
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.query import claims
from worldclass.explorer.site.claim_results import NOT_EVALUATED, stored_evaluation

if TYPE_CHECKING:
    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.schema import Claim


def claim_rows(theory: str | None = None) -> list[dict[str, Any]]:
    """The table of `worldclass.claims` with each claim's statement, from stored results.

    Raises
    ------
    ClaimError
        No claim of that theory ships with the package.
    """
    return [_row(load_claim(name), stored_evaluation(name)) for name in list_claims(theory)]


def _row(claim: Claim, found: Evaluation | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "claim": claim.id,
        "theory": claim.theory,
        "number": claim.number,
        "label": claim.label,
        "statement": claim.statement,
        "kind": claim.kind,
        "origin": claim.origin,
        "verdict": NOT_EVALUATED,
        **dict.fromkeys(("share_holding", "estimate", "p05", "p95")),
        "unit": claim.parts[0].unit,
        "condition": condition_text(claim.parts[0]),
        "least_met": None,
        "computed": "",
        "numbers_from": "No stored result fits the data here; ask for the claim to compute it.",
    }
    if found is None:
        return told
    row = verdict_table([found]).row(0, named=True)
    told |= {name: row[name] for name in COLUMNS}
    return told | {"computed": found.computed, "numbers_from": numbers_from(found)}


def claim_answer(name: str) -> dict[str, Any]:
    """A claim with its verdict, its curve and its evidence: the fields of an evaluation.

    Raises
    ------
    ClaimError
        There is no such claim.
    """
    (found,) = claims(name).evaluations.values()
    return {
        "claim": _words(found.claim),
        "verdict": asdict(found.verdict),
        "specifications": found.specifications.to_dicts(),
        "parts": found.parts.to_dicts(),
        "evaluated": found.specifications.height,
        "possible": found.possible,
        "draws": found.draws,
        "evidence": {name: asdict(one) for name, one in found.evidence.items()},
        "fingerprints": dict(found.fingerprints),
        "version": found.version,
        "computed": found.computed,
        "absent": list(found.absent),
        "receipt": found.receipt,
        "numbers_from": numbers_from(found),
    }


def numbers_from(found: Evaluation) -> str:
    """Where the numbers of an evaluation are from, in a sentence."""
    absent = f"; not here: {', '.join(found.absent)}" if found.absent else ""
    if found.receipt:
        return (
            f"The receipt that ships with the package, computed on {found.computed} by version "
            f"{found.version}{absent}."
        )
    if found.specifications.is_empty():
        return f"Nowhere: the data that would test it are missing{absent}."
    return f"Computed on {found.computed} by version {found.version} from the data of this server."


def _words(claim: Claim) -> dict[str, Any]:
    names = ("id", "theory", "number", "label", "statement", "question", "kind", "origin")
    told: dict[str, Any] = {
        name: getattr(claim, name) for name in (*names, "source", "scope", "reading")
    }
    told["choices"] = [
        {"id": one.id, "label": one.label, "reason": one.reason, "options": list(one.settings)}
        for one in claim.choices
    ]
    told["parts"] = [one.model_dump() for one in claim.parts]
    return told
