"""The cut-offs of verdicts, fixed before any run: `verdicts.toml`."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import ClaimError

Share = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]


class Cutoffs(BaseModel):
    """When a claim holds or fails, and how many combinations decide it.

    Attributes
    ----------
    holds, fails
        Shares of the combinations of specification and draw in which the decision rule holds: at
        or above the first a claim holds, at or below the second it fails.
    draws
        Draws that every specification is combined with.
    most_specifications, seed
        Size and seed of the sample that is taken of a larger grid.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    holds: Share
    fails: Share
    draws: Annotated[int, Field(ge=2)]
    most_specifications: Annotated[int, Field(ge=2)]
    seed: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _in_order(self) -> Cutoffs:
        if not self.fails < self.holds:
            raise ValueError(f"fails {self.fails:g} is not below holds {self.holds:g}")
        return self


@cache
def cutoffs() -> Cutoffs:
    """The cut-offs, the same for every theory and claim.

    Examples
    --------
    >>> cutoffs().holds, cutoffs().fails
    (0.9, 0.1)
    """
    return load_toml(package_file("worldclass.claims", "verdicts.toml"), Cutoffs, error=ClaimError)
