"""How a survey was drawn: weights with clusters and strata, or with replicate weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from worldclass.core.errors import UsageError

ReplicateMethod = Literal["brr", "fay", "jk1", "jkn", "bootstrap"]
SinglePsu = Literal["error", "centered", "certainty"]
Centre = Literal["estimate", "mean"]


@dataclass(frozen=True)
class SurveyDesign:
    """Columns that say how a survey was drawn. Without any: simple random sampling.

    Parameters
    ----------
    weight
        Column of weights ≥ 0; without it every row counts 1.
    psu
        Column of primary sampling units, numbered anew in each stratum or not; without it
        every row is its own unit.
    strata
        Column of strata; without it there is one.
    fpc
        Column for the correction for finite populations, one value in each stratum: the share
        of the units that were drawn (at most 1), or the number of units in the population.
    replicates
        Columns of replicate weights: a list of names; a prefix with a star ("repw*"), which
        takes all columns that start with it but for `weight`; or, without a star, the name of
        one column ("repw1" is that column, and not repw10).
    method
        How they were made: "brr" (balanced repeated replication), "fay" (Fay's variant),
        "jk1" (jackknife without strata), "jkn" (with strata), "bootstrap".
    fay
        Fay's factor, at least 0 and below 1; used by "fay" alone.
    scale
        Factor of the sum of squares, in place of the method's own.
    rscales
        One factor for each replicate; "jkn" needs them, or strata are of no help.
    single_psu
        Strata with one unit: "error"; "centered" measures its distance from the mean of all
        units; "certainty" lets it add no variance.
    centre
        Replicates spread about the "estimate" of the full sample, or about their own "mean".
    degrees_of_freedom
        In place of those counted: units − strata; for replicates the rank of the matrix of
        replicate weights − 1 ("jkn" with strata: replicates − strata).

    Raises
    ------
    UsageError
        When the parameters contradict one another.

    Examples
    --------
    >>> SurveyDesign(weight="pspwght", psu="psu", strata="stratum").describe()
    'linearisation over psu in stratum, weighted by pspwght'
    >>> SurveyDesign().describe()
    'simple random sampling: every row its own unit with weight 1'
    """

    weight: str | None = None
    psu: str | None = None
    strata: str | None = None
    fpc: str | None = None
    replicates: str | Sequence[str] | None = None
    method: ReplicateMethod | None = None
    fay: float = 0.5
    scale: float | None = None
    rscales: Sequence[float] | None = None
    single_psu: SinglePsu = "error"
    centre: Centre = "estimate"
    degrees_of_freedom: float | None = None

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        _one_of("single_psu", self.single_psu, get_args(SinglePsu))
        _one_of("centre", self.centre, get_args(Centre))
        if self.replicates is None:
            if self.method or self.scale is not None or self.rscales is not None:
                raise _contradiction(
                    "method, scale and rscales belong to replicate weights, and none are named",
                    "Give replicates=, or leave these out.",
                )
            return
        _one_of("method", self.method, get_args(ReplicateMethod))
        if self.psu or self.fpc:
            raise _contradiction(
                "replicate weights already carry the clusters: psu and fpc have no use",
                "Give either replicates with a method, or psu, strata and fpc.",
            )
        if not self.weight:
            raise _contradiction(
                "replicate weights need the weight of the full sample", "Give weight=."
            )
        if self.method == "fay" and not 0 <= self.fay < 1:
            raise _contradiction(f"fay = {self.fay} is not in 0 ≤ fay < 1", "Often 0.3 or 0.5.")
        if self.method == "jkn" and self.rscales is None and self.scale is None:
            raise _contradiction(
                "the stratified jackknife needs a factor for each replicate",
                "Give rscales= as (units − 1) / units of the replicate's stratum; scale=1 for "
                "pairs of units (JK2).",
            )

    def describe(self) -> str:
        """One line for tables and notes."""
        if self.replicates is not None:
            named = self.replicates if isinstance(self.replicates, str) else "replicate weights"
            return f"{self.method} with {named}, weighted by {self.weight}"
        weighted = f", weighted by {self.weight}" if self.weight else ""
        if self.psu or self.strata:
            where = f" in {self.strata}" if self.strata else ""
            return f"linearisation over {self.psu or 'rows'}{where}{weighted}"
        if self.weight:
            return f"weighted by {self.weight}; every row taken as its own unit"
        return "simple random sampling: every row its own unit with weight 1"


def _one_of(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageError(
            f"{name} = {value!r} is not known",
            where="survey design",
            remedy=f"One of: {', '.join(known)}.",
        )


def _contradiction(what: str, remedy: str) -> UsageError:
    return UsageError(what, where="survey design", remedy=remedy)
