"""Whether a claim could fail, and could hold, in some conceivable world.

Every quantity can imagine worlds: values that some data could give at the settings that a claim
asks for. A claim whose rule is met in all of them says nothing about the world; one whose rule is
met in none cannot be tested either.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.claims.evaluate import met
from worldclass.claims.expression import parse_expression
from worldclass.claims.problem import Problem
from worldclass.claims.specifications import Specifications, grid, sizes
from worldclass.claims.terms import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from worldclass.claims.quantity import Quantity
    from worldclass.claims.schema import Claim

    Truth = NDArray[np.bool_]

FIRST_WORLDS, WORLDS, SPECIFICATIONS = 48, 250, 60
"""What is looked at first: most claims hold in some of these worlds and fail in others, whatever
option is taken."""
MORE_WORLDS, FEWER_SPECIFICATIONS, BATCHES = 1_000, 12, 4
"""Looked at before a claim is refused, so that a rare world is not overlooked."""
_SEED = 20261126


@dataclass(frozen=True)
class Imagined:
    """What parts of a claim do in imagined worlds.

    Attributes
    ----------
    specifications
        Those tried.
    holds, defined
        By part: whether its rule is met, and whether its formula has a value, of shape
        (specifications, worlds).
    worlds
        How many.
    """

    specifications: Specifications
    holds: Mapping[str, Truth]
    defined: Mapping[str, Truth]
    worlds: int


def imagine(
    claim: Claim, *, worlds: int = WORLDS, most: int = SPECIFICATIONS, batch: int = 0
) -> Imagined:
    """Try a claim in imagined worlds, from a fixed seed.

    Parameters
    ----------
    claim
        The claim.
    worlds
        How many.
    most
        Specifications that are tried.
    batch
        Another number gives other worlds.
    """
    options = grid(sizes(claim), most, seed=0)
    specifications = Specifications(claim, options, len(options))
    plan = make_plan(specifications)
    values = {
        name: asked.quantity.imagine(asked.settings, _chance(asked.quantity, batch), worlds)
        for name, asked in plan.asked.items()
    }
    shape = (len(options), worlds)
    holds, defined = {}, {}
    for part in claim.parts:
        formula = parse_expression(part.estimate, claim.terms)
        terms = {term: values[plan.places[term][0]][plan.places[term][1]] for term in formula.names}
        found = np.broadcast_to(formula.evaluate(terms), shape)
        defined[part.id] = np.isfinite(found)
        holds[part.id] = met(part.holds, found) & defined[part.id]
    return Imagined(specifications, holds, defined, worlds)


def _chance(quantity: Quantity, batch: int) -> np.random.Generator:
    """Quantities of the population table are imagined of the same people, others apart."""
    shared = quantity.needs == ("people",)
    name = "people" if shared else quantity.id
    return np.random.default_rng([_SEED, batch, zlib.crc32(name.encode())])


def imagined_problems(claim: Claim) -> Iterator[Problem]:
    """Problems that only imagined worlds show: a claim that cannot fail, or cannot hold."""
    seen = imagine(claim, worlds=FIRST_WORLDS)
    if _one_sided(seen) or list(_deciding_options(seen)):
        seen = imagine(claim)
    for batch in range(1, BATCHES + 1):
        if not _one_sided(seen):
            break
        more = imagine(claim, worlds=MORE_WORLDS, most=FEWER_SPECIFICATIONS, batch=batch)
        seen = more if batch == 1 else _joined(seen, more)
    number = len(seen.specifications)
    tried = f"{seen.worlds:,} imagined worlds and {number:,} specification{'s' * (number > 1)}"
    together, defined = _together(seen)
    if not defined.any():
        yield Problem(
            "refused",
            f"In none of {tried} does every formula have a value.",
            "part",
            "Look for a division by what is always zero, or the log of what is never positive.",
        )
    elif together[defined].all():
        yield Problem(
            "refused",
            f"The claim cannot fail: its rule is met in all of {tried}.",
            "part",
            _cannot_fail(claim, seen),
        )
    elif not together.any():
        yield Problem(
            "refused",
            f"The claim cannot hold: its rule is met in none of {tried}.",
            "part",
            _cannot_hold(claim, seen),
        )
    else:
        yield from _idle_parts(claim, seen)
        yield from _deciding_options(seen)


def _joined(one: Imagined, other: Imagined) -> Imagined:
    """The worlds of both."""
    return Imagined(
        one.specifications,
        {name: np.hstack([one.holds[name], other.holds[name]]) for name in one.holds},
        {name: np.hstack([one.defined[name], other.defined[name]]) for name in one.defined},
        one.worlds + other.worlds,
    )


def _together(seen: Imagined) -> tuple[Truth, Truth]:
    """Whether all parts hold, and whether all have a value."""
    return (
        np.logical_and.reduce(list(seen.holds.values())),
        np.logical_and.reduce(list(seen.defined.values())),
    )


def _one_sided(seen: Imagined) -> bool:
    together, defined = _together(seen)
    return not together.any() or bool(together[defined].all())


def _cannot_fail(claim: Claim, seen: Imagined) -> str:
    part = claim.parts[0]
    return (
        f"Whatever the data say, '{part.estimate}' is {part.holds}: the rule follows from the "
        f"definition of its terms (a share of a whole is never above 1, what is counted is never "
        f"below 0, a quantity equals itself). State what the world would have to be like for the "
        f"claim to be wrong, and compare with that."
    )


def _cannot_hold(claim: Claim, seen: Imagined) -> str:
    never = [part for part in claim.parts if not seen.holds[part.id].any()]
    if never:
        return (
            f"No data can make '{never[0].estimate}' {never[0].holds}: look at the sign and the "
            f"unit ({never[0].unit}), and at which term comes first."
        )
    return "Each part can hold alone, and all of them never together: they contradict one another."


def _idle_parts(claim: Claim, seen: Imagined) -> Iterator[Problem]:
    if len(claim.parts) < 2:
        return
    for part in claim.parts:
        if seen.holds[part.id][seen.defined[part.id]].all():
            yield Problem(
                "warning",
                f"The part '{part.id}' holds in every imagined world, so that it decides nothing.",
                f"part.{part.id}",
                "Remove it, or state a comparison that could fail.",
            )


def _deciding_options(seen: Imagined) -> Iterator[Problem]:
    """Options under which the world has no say."""
    together, defined = _together(seen)
    for k, choice in enumerate(seen.specifications.claim.choices):
        for option, label in enumerate(seen.specifications.labels(k)):
            rows = seen.specifications.options[:, k] == option
            if not rows.any() or not defined[rows].any():
                continue
            found = together[rows][defined[rows]]
            if found.all() or not found.any():
                did = "held in all" if found.all() else "held in none"
                yield Problem(
                    "warning",
                    f"With the option '{label}' it {did} of {seen.worlds:,} imagined worlds.",
                    f"choice.{choice.id}",
                    "If no data could change that, the option decides and not the world.",
                )
