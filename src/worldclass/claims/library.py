"""The claims that ship with the package, and claims in files of one's own."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.claims.schema import Claim
from worldclass.claims.shared import with_shared
from worldclass.core.datafile import (
    Limits,
    package_file,
    parse_toml,
    read_text,
    validate,
)
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE, _FOLDER = "worldclass.claims", "files"
CLAIM_FILE = Limits(bytes=100_000, keys=2_000, depth=6)
"""How much of a claim file is read."""


def list_claims(theory: str | None = None) -> list[str]:
    """Ids of the claims that ship with the package, by theory and number.

    Parameters
    ----------
    theory
        Whose claims; all by default.

    Raises
    ------
    ClaimError
        No claim of that theory ships with the package.

    Examples
    --------
    >>> set(list_claims()) >= set(list_claims("bromma"))
    True
    """
    found = _by_theory()
    if theory is None:
        return [name for names in found.values() for name in names]
    if theory not in found:
        near = get_close_matches(theory, found, n=1)
        guess = f" Did you mean '{near[0]}'?" if near else ""
        raise ClaimError(
            f"There are no claims of a theory '{theory[:60]}'.{guess}",
            remedy=f"Theories with claims: {', '.join(found)}.",
        )
    return list(found[theory])


def theories_with_claims() -> list[str]:
    """Ids of the theories whose claims ship with the package, in alphabetical order."""
    return sorted({theory for theory, _ in _places().values()})


def is_claim(name: str) -> bool:
    """Whether a claim of this id ships with the package."""
    return name in _places()


def load_claim(claim: str | Path | Claim) -> Claim:
    """A claim by its id, or from a file; a loaded claim as it is.

    Names of theory files in a claim file are relative to its folder; a file `<theory>.toml` beside
    the claim file is its theory where none of that id ships with the package.

    Raises
    ------
    ClaimError
        There is no such claim or file, or the file does not fit the schema.
    """
    if isinstance(claim, Claim):
        return claim
    if isinstance(claim, Path) or claim.endswith(".toml") or "/" in claim or "\\" in claim:
        return _own(Path(claim))
    if not is_claim(claim):
        raise unknown_claim(claim)
    return _shipped(claim)


def is_shipped(claim: Claim) -> bool:
    """Whether the claim ships with the package, word by word."""
    return is_claim(claim.id) and _shipped(claim.id).digest == claim.digest


def unknown_claim(name: str) -> ClaimError:
    """There is neither a claim nor a theory with claims of this name."""
    known = [*theories_with_claims(), *_places()]
    near = get_close_matches(name, known, n=3)
    guess = f" Did you mean {' or '.join(near)}?" if near else ""
    return ClaimError(
        f"There is no claim '{name[:60]}', nor a theory with claims of that name.{guess}",
        remedy="See `worldclass claims list`; or give the path of a .toml file.",
    )


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, Traversable]]:
    """By claim: its folder, which is named after its theory, and its file."""
    root = package_file(_PACKAGE, _FOLDER)
    folders = [one for one in root.iterdir() if one.is_dir()] if root.is_dir() else []
    return {
        file.name.removesuffix(".toml"): (folder.name, file)
        for folder in sorted(folders, key=lambda one: one.name)
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".toml")
    }


@lru_cache(maxsize=1)
def _by_theory() -> dict[str, tuple[str, ...]]:
    claims = sorted(
        (_shipped(name) for name in _places()), key=lambda one: (one.theory, one.number)
    )
    theories = dict.fromkeys(one.theory for one in claims)
    return {name: tuple(one.id for one in claims if one.theory == name) for name in theories}


@lru_cache(maxsize=256)
def _shipped(name: str) -> Claim:
    _, file = _places()[name]
    return validate(_document(file), Claim, str(file), error=ClaimError)


def _document(file: Path | Traversable) -> Any:
    """What a claim file says, with the choices that it shares with others."""
    where = str(file)
    text = read_text(file, error=ClaimError, limits=CLAIM_FILE)
    return with_shared(
        parse_toml(text, where, error=ClaimError, limits=CLAIM_FILE), where, ClaimError
    )


def _own(file: Path) -> Claim:
    where = str(file)
    claim = validate(_document(file), Claim, where, error=ClaimError)
    changed = claim.model_dump(by_alias=True, exclude_defaults=True)
    changed["term"] = {name: _resolved(one, file.parent) for name, one in claim.terms.items()}
    changed["common"] = _resolved(claim.common, file.parent)
    beside = file.parent / f"{claim.theory}.toml"
    if "theory" not in claim.common and not _is_theory(claim.theory) and _holds_theory(beside):
        changed["common"]["theory"] = str(beside.resolve())
    return validate(changed, Claim, where, error=ClaimError)


def _resolved(entry: dict[str, Any], folder: Path) -> dict[str, Any]:
    """An entry whose theory file, if it names one, is found from everywhere."""
    theory = entry.get("theory")
    if isinstance(theory, str) and theory.endswith(".toml"):
        return {**entry, "theory": str((folder / theory).resolve())}
    return dict(entry)


def _is_theory(name: str) -> bool:
    from worldclass.theories.library import list_theories

    return name in list_theories()


def _holds_theory(file: Path) -> bool:
    """Whether a file looks like a theory; a claim file may bear its theory's name."""
    return file.is_file() and "[[class]]" in file.read_text(encoding="utf-8", errors="replace")
