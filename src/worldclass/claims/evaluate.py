"""Evaluate a claim: every specification in every draw, then the verdict."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.claims.cache import Cache, key_of, open_cache
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.data import Data
from worldclass.claims.evaluation import Evaluation
from worldclass.claims.expression import parse_expression
from worldclass.claims.identity import facts_of, identity_of, within_machine
from worldclass.claims.receipt import matching_receipt
from worldclass.claims.specifications import specify
from worldclass.claims.stored import load_evaluation, save_evaluation
from worldclass.claims.tables import Outcome, empty_tables, part_table, specification_table
from worldclass.claims.terms import make_plan
from worldclass.claims.values import compute
from worldclass.claims.verdict import judge, untestable
from worldclass.core.errors import ClaimError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from worldclass.claims.cutoffs import Cutoffs
    from worldclass.claims.identity import Identity
    from worldclass.claims.schema import Claim, Part
    from worldclass.claims.specifications import Specifications
    from worldclass.claims.terms import Plan
    from worldclass.claims.values import Computed

    Values = NDArray[np.float64]

_COMPARE = {">=": np.greater_equal, "<=": np.less_equal, ">": np.greater, "<": np.less}


def evaluate(
    claim: Claim,
    data: Data | None = None,
    *,
    draws: int | None = None,
    most: int | None = None,
    cache: bool | str | Path = True,
    progress: Callable[[int, int], None] | None = None,
    fresh: bool = False,
    before: Callable[[Claim], None] | None = None,
) -> Evaluation:
    """Try a claim in every specification, or a sample of them, and in every draw.

    Parameters
    ----------
    claim
        The claim.
    data
        Where the data lie; the package's own by default.
    draws
        Draws that each specification is combined with; those of `verdicts.toml` by default.
    most
        Most specifications; a larger grid is sampled.
    cache
        Whether to keep what was computed in the user's cache folder, or a folder of one's own.
    progress
        Called with the number of values computed and that of all.
    fresh
        Compute anew what a receipt or the cache holds.
    before
        Called with the claim before anything is computed, such as to refuse it; not called where a
        stored result serves.

    Raises
    ------
    ClaimError
        The claim does not fit its quantities, or a value is not finite.
    """
    where = data or Data()
    limits = _limits(draws, most)
    kept = open_cache(cache)
    facts = facts_of(claim, kept)
    identity = identity_of(claim, where, limits, facts)
    key = key_of(within_machine(identity, facts))
    if not fresh and (found := _known(claim, identity, kept, key)) is not None:
        return found
    if before is not None:
        before(claim)
    if identity.absent:
        return _without_data(claim, identity)
    result = try_claim(claim, where, identity, limits, kept, progress, fresh)
    if (base := kept.results(key)) is not None:
        save_evaluation(result, base, identity.content)
        kept.prune()
    return result


def _limits(draws: int | None, most: int | None) -> Cutoffs:
    """The cut-offs, with another number of draws or specifications where one is asked for."""
    changed: dict[str, int] = {}
    for name, value, least in (("draws", draws, 2), ("most_specifications", most, 2)):
        if value is None:
            continue
        if isinstance(value, bool) or value < least:
            raise UsageError(f"{value} is too few.", where=name, remedy=f"Give {least} or more.")
        changed[name] = value
    return cutoffs().model_copy(update=changed)


def _known(claim: Claim, identity: Identity, cache: Cache, key: str) -> Evaluation | None:
    """An evaluation of exactly this: from the cache, else from the receipts of the package."""
    base = cache.results(key)
    if base is not None and not identity.absent:
        found = load_evaluation(claim, base, identity.content)
        if found is not None:
            cache.use_results(key)
            return found
    return matching_receipt(claim, identity)


def _without_data(claim: Claim, identity: Identity) -> Evaluation:
    from worldclass import __version__

    specifications, parts = empty_tables(claim)
    return Evaluation(
        claim=claim,
        verdict=untestable(claim, identity.absent),
        specifications=specifications,
        parts=parts,
        possible=identity.possible,
        draws=0,
        evidence={},
        fingerprints=identity.fingerprints,
        version=__version__,
        absent=identity.absent,
    )


def try_claim(
    claim: Claim,
    data: Data,
    identity: Identity,
    limits: Cutoffs,
    cache: Cache,
    progress: Callable[[int, int], None] | None = None,
    fresh: bool = False,
) -> Evaluation:
    """Evaluate a claim whatever receipts and results are stored; blocks of values are reused.

    Parameters
    ----------
    claim, data, progress
        As `evaluate` takes them.
    identity, limits, cache
        What the result depends on, the cut-offs, and where blocks of values are kept.
    fresh
        Compute even these blocks anew.
    """
    from worldclass import __version__

    specifications = specify(claim, limits.most_specifications, limits.seed)
    formulas = {part.id: parse_expression(part.estimate, claim.terms) for part in claim.parts}
    plan = make_plan(specifications)
    computed = compute(
        plan,
        data,
        draws=limits.draws,
        cache=cache,
        identity={"theories": identity.content["theories"]},
        progress=progress,
        fresh=fresh,
    )
    outcomes = [
        _outcome(part, formulas[part.id], specifications, plan, computed) for part in claim.parts
    ]
    width = max(one.holds.shape[1] for one in outcomes)
    # A part of quantities that are not drawn has one column: it goes with every draw of the others.
    together = np.logical_and.reduce(np.broadcast_arrays(*[one.holds for one in outcomes]))
    first = outcomes[0]
    verdict = judge(specifications, together, first.centre, first.drawn, limits)
    return Evaluation(
        claim=claim,
        verdict=verdict,
        specifications=specification_table(specifications, first, together),
        parts=part_table(claim, outcomes),
        possible=specifications.possible,
        draws=width,
        evidence={
            name: asked.quantity.evidence(asked.settings, data)
            for name, asked in plan.asked.items()
        },
        fingerprints=identity.fingerprints,
        version=__version__,
        computed=datetime.now(UTC).date().isoformat(),
    )


def _outcome(
    part: Part,
    formula: Any,
    specifications: Specifications,
    plan: Plan,
    computed: Mapping[str, Computed],
) -> Outcome:
    """One part in all combinations."""
    shape = (len(specifications), 1)
    centre, drawn = {}, {}
    for term in formula.names:
        quantity, place = plan.places[term]
        centre[term] = computed[quantity].centre[place]
        drawn[term] = computed[quantity].drawn[place]
    middle = np.broadcast_to(formula.evaluate(centre), shape[:1])
    values = formula.evaluate(drawn)
    values = values if np.ndim(values) == 2 else np.broadcast_to(values, shape)
    _check_finite(part, specifications, middle, values)
    return Outcome(part, middle, values, met(part.holds, values))


def met(rule: str, values: Values) -> NDArray[np.bool_]:
    """Whether values meet a comparison with a number.

    Examples
    --------
    >>> met("> 0", np.array([-1.0, 0.0, 1.0])).tolist()
    [False, False, True]
    """
    sign = next(sign for sign in _COMPARE if rule.startswith(sign))
    return _COMPARE[sign](values, float(rule.removeprefix(sign)))


def _check_finite(
    part: Part, specifications: Specifications, centre: Values, drawn: Values
) -> None:
    for values in (centre[:, None], drawn):
        if np.isfinite(values).all():
            continue
        row, column = (int(one) for one in np.argwhere(~np.isfinite(values))[0])
        claim = specifications.claim.id
        raise ClaimError(
            f"'{part.estimate}' is {values[row, column]}: a division by zero, or the log or root "
            f"of what has none.",
            where=f"claim {claim}, part {part.id}, specification {row + 1} "
            f"({specifications.words(row)})",
            remedy="Change the formula, or leave out the option for which it has no value.",
        )
