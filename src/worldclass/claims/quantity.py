"""What a quantity is: a named measurement that terms of claims refer to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from worldclass.claims.data import Data

    Values = NDArray[np.float64]

CENTRE = -1
"""In place of the number of a draw: all assumptions at their centre."""


class Fields(BaseModel):
    """Base of what a term says of its quantity; frozen, so that equal terms are computed once."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Evidence:
    """Where the numbers of a quantity come from.

    Attributes
    ----------
    sources
        Publisher, title, years, licence: one line each.
    imputed
        Share of the input that was imputed, 0 to 1; None where the quantity has none.
    method
        One or two sentences on how it is computed.
    page
        Page of the documentation that explains it, such as "method.md".
    """

    sources: tuple[str, ...]
    imputed: float | None
    method: str
    page: str


@dataclass(frozen=True)
class Quantity:
    """A named measurement.

    Attributes
    ----------
    id, label
        Its name in claim files, and in words.
    fields
        What a term may say of it.
    needs
        Names of the data sets it reads; see `worldclass.claims.data`.
    evaluate
        Values at some settings in some draws, shape (settings, draws). A draw is a number from 0,
        or `CENTRE`; the same number means the same assumptions in every quantity that shares
        them, so that differences within a draw are coherent. Never depends on which other
        settings or draws are asked for.
    imagine
        Values that some data could conceivably give at the settings, shape (settings, number),
        from a random generator: every world that its definition allows, jointly over the settings
        (a share is no larger than the whole; equal settings have equal values). The checker uses
        them to refuse claims that cannot fail, or cannot hold.
    evidence
        Where the values at some settings come from.
    drawn
        False where the quantity has no draws: every draw then equals the centre.
    at_once
        Most settings that one call of `evaluate` gets; 0 for no limit. A slow quantity says 1 or a
        few, so that an interrupted run has kept what was computed.
    version
        Raised whenever a change of the code moves a value: what was stored before is then
        computed again.
    """

    id: str
    label: str
    fields: type[Fields]
    needs: tuple[str, ...]
    evaluate: Callable[[Sequence[Any], Sequence[int], Data], Values]
    imagine: Callable[[Sequence[Any], np.random.Generator, int], Values]
    evidence: Callable[[Sequence[Any], Data], Evidence]
    drawn: bool = True
    at_once: int = 0
    version: int = 1
