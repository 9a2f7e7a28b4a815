"""What the evaluation of a claim yields: a verdict, and the curve it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import polars as pl

    from worldclass.claims.quantity import Evidence
    from worldclass.claims.schema import Claim

Word = Literal["holds", "fails", "depends", "not testable here"]


@dataclass(frozen=True)
class Deciding:
    """How much one choice decides.

    Attributes
    ----------
    choice, label
        Id and label of the choice; "draws" stands for the assumptions within specifications.
    main, total
        Share of the variance of holding (0 or 1 for each combination) that the choice explains
        alone, and together with all its interactions; 0 to 1.
    options
        Share of combinations that hold, by option.
    """

    choice: str
    label: str
    main: float
    total: float
    options: Mapping[str, float]


@dataclass(frozen=True)
class Verdict:
    """The answer.

    Attributes
    ----------
    word
        The verdict.
    share_holding
        Share of combinations of specification and draw in which all parts hold.
    estimate, p05, p95
        Of the first part: median of the specifications' central values, and percentiles over all
        combinations.
    because
        One or two sentences in words.
    deciding
        Choices, the most deciding first.
    tree
        Rules of a small tree that tells where the claim holds, one line each; empty where one
        rule fits all.
    """

    word: Word
    share_holding: float | None
    estimate: float | None
    p05: float | None
    p95: float | None
    because: str
    deciding: tuple[Deciding, ...] = ()
    tree: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """A claim's verdict with everything that a reader needs to judge it.

    Attributes
    ----------
    specifications
        One row a specification: claim, specification, a column for each choice (label of the
        option), estimate, p05, p95 (of the first part), share_holding (draws in which all parts
        hold).
    parts
        One row a specification and part: claim, specification, part, label, unit, holds,
        estimate, p05, p95, share_holding.
    possible
        Number of specifications in the whole grid; more than evaluated where a sample was taken.
    draws
        Draws combined with every specification.
    evidence
        By quantity.
    fingerprints
        Hash of every data set used, by name.
    version
        Of the package that computed it.
    computed
        Day on which it was computed (ISO 8601); empty where nothing was.
    absent
        Data sets that are absent here: the numbers then come from the receipt, or there are none.
    receipt
        Whether the numbers are those of the receipt that ships with the package; those of the
        curve are then rounded to six significant digits.
    """

    claim: Claim
    verdict: Verdict
    specifications: pl.DataFrame
    parts: pl.DataFrame
    possible: int
    draws: int
    evidence: Mapping[str, Evidence]
    fingerprints: Mapping[str, str]
    version: str
    computed: str = ""
    absent: tuple[str, ...] = ()
    receipt: bool = False
