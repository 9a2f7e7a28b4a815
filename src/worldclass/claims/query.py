"""Ask about claims: from names to verdicts with their curves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.claims.data import Data
from worldclass.claims.library import (
    is_claim,
    is_shipped,
    list_claims,
    load_claim,
    theories_with_claims,
)
from worldclass.claims.schema import Claim
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Callable

    from worldclass.claims.frame import ClaimsFrame

    Which = str | Path | Claim


def claims(
    which: Which | Iterable[Which] | None = None,
    *,
    draws: int | None = None,
    most: int | None = None,
    snapshot: str | Path | None = None,
    flows: str | Path | None = None,
    indicators: str | Path | None = None,
    events: str | Path | None = None,
    crises: str | Path | None = None,
    mirror: str | Path | None = None,
    pay: str | Path | None = None,
    cache: bool | str | Path = True,
    fresh: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> ClaimsFrame:
    """Whether claims hold, over every defensible choice of definition and data.

    Parameters
    ----------
    which
        Id of a theory (all its claims), id of a claim, path of a claim file or of a folder of such
        files, a loaded claim; or several of these. All claims of the package by default.
    draws
        Draws of the assumptions that each specification is combined with; 64 by default.
    most
        Most specifications of a claim, 10,000 by default; a larger grid is sampled.
    snapshot, flows
        Folders of a population snapshot and of solved input-output tables; the package's own by
        default.
    indicators, events, crises
        Files of published indicators, protest events and the panel of credit and crises.
    mirror
        Folder of a data mirror with the files that the package may not carry.
    pay
        A TOML file of observed pay; the package's by default.
    cache
        Whether to keep what is computed in the user's cache folder, or a folder of one's own.
    fresh
        Compute anew what a receipt or the cache holds.
    progress
        Called with a claim, the number of values computed for it, and that of all.

    Returns
    -------
    One row a claim: claim, theory, number, label, kind, origin, verdict, the share of combinations
    of specification and draw in which the claim holds, the estimate of its first condition with
    the 5th and 95th percentile over all combinations, its unit, that condition in words, and the
    condition that is met least often. `.evaluations` has all that is behind it, `.conditions` one
    row a condition, `.specifications` the curves, and `.plot(claim)` draws one.

    Raises
    ------
    ClaimError
        There is no such claim or theory, or a claim of one's own is not sound.

    Examples
    --------
    >>> found = claims("china-elite-larger-number", draws=2, most=4, cache=False)
    >>> found["theory"].item(), found.specifications.height
    ('bromma', 4)
    """
    from worldclass.claims.evaluate import evaluate
    from worldclass.claims.frame import verdict_table

    chosen = choose_claims(which)
    data = Data(*(_path(one) for one in (snapshot, flows, indicators, events, crises, mirror, pay)))
    found = []
    for claim in chosen:
        check = None if is_shipped(claim) else _refuse_unsound
        told = None if progress is None else _telling(progress, claim.id)
        found.append(
            evaluate(
                claim,
                data,
                draws=draws,
                most=most,
                cache=cache,
                progress=told,
                fresh=fresh,
                before=check,
            )
        )
    return verdict_table(found)


def choose_claims(which: Which | Iterable[Which] | None) -> list[Claim]:
    """The claims behind names, paths and theories, each once.

    Raises
    ------
    ClaimError
        One of them does not exist, or two differ and bear the same id.
    """
    if which is None:
        wanted: list[Which] = list(list_claims())
    elif isinstance(which, str | Path | Claim):
        wanted = [which]
    else:
        wanted = list(which)
    chosen: dict[str, Claim] = {}
    for claim in (claim for one in wanted for claim in _expand(one)):
        before = chosen.setdefault(claim.id, claim)
        if before.digest != claim.digest:
            raise ClaimError(
                f"Two different claims are called '{claim.id}'.",
                remedy="Give each an id of its own, or ask for them one by one.",
            )
    return list(chosen.values())


def _expand(one: Which) -> list[Claim]:
    if isinstance(one, str) and one in theories_with_claims():
        return [load_claim(name) for name in list_claims(one)]
    if isinstance(one, Claim):
        return [one]
    if isinstance(one, str) and is_claim(one):
        return [load_claim(one)]
    path = Path(one)
    if path.is_dir():
        return _folder(path)
    return [load_claim(one)]


def _folder(folder: Path) -> list[Claim]:
    """The claims in a folder, by number; theory files among them are left out."""
    files = sorted(folder.glob("*.toml"))
    found = [
        load_claim(file)
        for file in files
        if "[[class]]" not in file.read_text(encoding="utf-8", errors="replace")
    ]
    if not found:
        raise ClaimError(
            "There is no claim file in this folder.",
            where=str(folder),
            remedy="Claim files end in .toml; `worldclass claims new` writes one to start from.",
        )
    return sorted(found, key=lambda claim: (claim.theory, claim.number, claim.id))


def _path(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def _refuse_unsound(claim: Claim) -> None:
    from worldclass.claims.check import refuse_unsound  # imagines worlds: not needed for an answer

    refuse_unsound(claim)


def _telling(progress: Callable[[str, int, int], None], claim: str) -> Callable[[int, int], None]:
    def tell(done: int, everything: int) -> None:
        progress(claim, done, everything)

    return tell
