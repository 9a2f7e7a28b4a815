"""Receipts: the results of the shipped claims, stored in the package.

A receipt stands for a run where claim, theories, assumptions, draws, cut-offs, versions of engine
and quantities, and fingerprints of the data agree. Where the package may not carry the data and
they are absent, the receipt's own fingerprint is taken, and the result says so.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.claims.stored import load_evaluation, read_note
from worldclass.core.datafile import package_file

if TYPE_CHECKING:
    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.identity import Identity
    from worldclass.claims.schema import Claim


def receipts_folder() -> Path:
    """Where all receipts lie."""
    return Path(str(package_file("worldclass.claims", "receipts")))


def receipt_base(theory: str, claim: str) -> Path:
    """Where the receipt of a claim lies, without suffix."""
    return receipts_folder() / theory / claim


def matching_receipt(claim: Claim, identity: Identity) -> Evaluation | None:
    """The receipt of exactly this evaluation, or null where there is none."""
    base = receipt_base(claim.theory, claim.id)
    note = read_note(base)
    if note is None or differences(note["identity"], identity):
        return None
    found = load_evaluation(claim, base)
    return found and replace(found, absent=identity.absent, receipt=True)


def differences(stored: dict[str, object], identity: Identity) -> list[str]:
    """What a stored result depends on that is otherwise here, in names of `Identity.content`.

    Data that are absent here do not differ.
    """
    here = dict(identity.content)
    kept = stored.get("data")
    if isinstance(kept, dict):
        own = {name: one for name, one in identity.content["data"].items() if one is not None}
        here["data"] = {**{name: kept.get(name) for name in identity.absent}, **own}
    return sorted(name for name in {*here, *stored} if here.get(name) != stored.get(name))
