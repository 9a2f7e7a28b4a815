"""A number that the claim itself states: a margin, a cut-off, a switch between two measures.

As a choice it lets a claim be tried with several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from pydantic import FiniteFloat

from worldclass.claims.quantity import Evidence, Fields, Quantity

if TYPE_CHECKING:
    from worldclass.claims.data import Data
    from worldclass.claims.quantity import Values


class Constant(Fields):
    """A number.

    Attributes
    ----------
    value
        The number, in the unit of what it is compared with.
    """

    value: FiniteFloat


def _evaluate(settings: Sequence[Constant], draws: Sequence[int], data: Data) -> Values:
    return np.repeat(np.array([[one.value] for one in settings]), len(draws), axis=1)


def _imagine(settings: Sequence[Constant], chance: np.random.Generator, number: int) -> Values:
    return np.repeat(np.array([[one.value] for one in settings]), number, axis=1)


def _evidence(settings: Sequence[Constant], data: Data) -> Evidence:
    return Evidence((), None, "Numbers that the claim itself states.", "claims.md")


QUANTITY = Quantity(
    id="constant",
    label="A number that the claim states",
    fields=Constant,
    needs=(),
    evaluate=_evaluate,
    imagine=_imagine,
    evidence=_evidence,
    drawn=False,
)
