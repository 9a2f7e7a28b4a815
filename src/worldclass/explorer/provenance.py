"""What a result rests on, in the form in which the page and the terminal tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceLine:
    """A source of numbers: whose, how to cite, under which licence, which version."""

    name: str
    citation: str
    licence: str = ""
    version: str = ""


@dataclass(frozen=True)
class AssumptionLine:
    """A named assumption: what, its central value and range as text, who says so."""

    label: str
    values: str
    source: str = ""


@dataclass(frozen=True)
class Provenance:
    """Origin of a result.

    Parameters
    ----------
    command
        Command line that makes the same result again.
    version
        Version of worldclass.
    draws
        Number of Monte Carlo draws behind the intervals.
    seed
        Of the draws.
    content_hash
        Hash of the population table's canonical content.
    sources, assumptions
        In the order in which they are told.
    """

    command: str = "worldclass atlas"
    version: str = ""
    draws: int | None = None
    seed: int | None = None
    content_hash: str = ""
    sources: tuple[SourceLine, ...] = ()
    assumptions: tuple[AssumptionLine, ...] = ()
