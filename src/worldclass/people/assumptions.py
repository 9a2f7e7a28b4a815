"""Named assumptions: their ranges, and their values under a draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, RootModel, model_validator

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

P95 = 1.6448536269514722
"""The 95th percentile of the standard normal: low and high are the 5th and 95th."""
LIMIT = 2.576
"""Standard scores are held within the central 99 % of the normal."""


class Assumption(BaseModel):
    """One named assumption, as written in `assumptions.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    source: str
    basis: Literal["data", "literature", "judgement"]
    kind: Literal["value", "error", "choice"]
    scale: Literal["log", "plain"] = "plain"
    groups: tuple[str, ...] = ()
    central: float | str | tuple[float, ...] = 0.0
    low: float | tuple[float, ...] = 0.0
    high: float | tuple[float, ...] = 0.0
    options: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Assumption:
        if self.kind == "choice":
            if self.central not in self.options or len(self.weights) != len(self.options):
                raise ValueError("a choice needs options, a weight for each and a central one")
        elif self.kind == "value":
            low, central, high = (np.atleast_1d(np.asarray(v, float)) for v in self._triple())
            if not (low.shape == central.shape == high.shape):
                raise ValueError("low, central and high need one number per group")
            if not ((low <= central) & (central <= high)).all():
                raise ValueError("low ≤ central ≤ high does not hold")
            if self.scale == "log" and (low <= 0).any():
                raise ValueError("a log scale needs positive numbers")
        return self

    def _triple(self) -> tuple[float | tuple[float, ...] | str, ...]:
        return self.low, self.central, self.high

    def at(self, score: float) -> NDArray[np.float64]:
        """Value at a standard score: 0 gives the centre, ±1.645 give high and low.

        Returns
        -------
        Shape () or (groups,). For kind "error" the score itself, to be multiplied by standard
        deviations.
        """
        score = float(np.clip(score, -LIMIT, LIMIT))
        if self.kind == "error":
            return np.asarray(score)
        low, central, high = (np.asarray(v, float) for v in self._triple())
        end, share = (high, score / P95) if score >= 0 else (low, -score / P95)
        if self.scale == "log":
            return central * (end / central) ** share
        return central + (end - central) * share

    def choose(self, score: float) -> str:
        """Option of a choice at a standard score: the normal's probability cut by weights."""
        from scipy.special import ndtr

        steps = np.cumsum(self.weights) / sum(self.weights)
        return self.options[
            min(int(np.searchsorted(steps, ndtr(score), side="right")), len(self.options) - 1)
        ]


class _File(RootModel[dict[str, Assumption]]):
    pass


@cache
def assumptions() -> Mapping[str, Assumption]:
    """All named assumptions, in the order of the file: the order of the columns of draws."""
    return load_toml(package_file("worldclass.people", "assumptions.toml"), _File).root


@dataclass(frozen=True)
class Scores:
    """Standard scores of one draw, by assumption; absent means the centre.

    Attributes
    ----------
    scores
        Standard normal score per assumption.
    anchor
        Fixes the anchor of labour income whatever the scores say.
    """

    scores: Mapping[str, float]
    anchor: str | None = None

    def value(self, name: str) -> NDArray[np.float64]:
        """Value of an assumption in this draw."""
        return assumptions()[name].at(self.scores.get(name, 0.0))

    def labour_income_anchor(self) -> str:
        """The anchor of labour income in this draw."""
        if self.anchor is not None:
            return self.anchor
        assumption = assumptions()["anchor"]
        if "anchor" not in self.scores:
            return str(assumption.central)
        return assumption.choose(self.scores["anchor"])


CENTRAL = Scores({})


def check_anchor(anchor: str | None) -> str | None:
    """Return a known anchor of labour income, or None; raise `UsageError` otherwise."""
    options = assumptions()["anchor"].options
    if anchor is not None and anchor not in options:
        raise UsageError(
            f"Unknown income anchor {anchor!r}.",
            where="anchor",
            remedy=f"Use one of: {', '.join(options)}.",
        )
    return anchor
