"""How verdicts and states of specifications look: a colour, a shape and a word each."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl

from worldclass.charts.numbers import NO_VALUE, persons_text, significant
from worldclass.charts.palette import BLUE, LIGHT, OLIVE, RUST
from worldclass.charts.theme import MUTED
from worldclass.core.errors import UsageError

HOLDS, SOME, FAILS = "holds", "some", "fails"


@dataclass(frozen=True)
class State:
    """How specifications of one kind are drawn.

    Parameters
    ----------
    id
        `holds`, `some` or `fails`: in the most, in part of, or in the fewest draws.
    colour
        Of the light page.
    shape
        Symbol of Vega.
    sign
        A character for the terminal.
    """

    id: str
    colour: str
    shape: str
    sign: str


STATES = (
    State(HOLDS, LIGHT[BLUE], "circle", "█"),
    State(SOME, LIGHT[OLIVE], "diamond", "▒"),
    State(FAILS, LIGHT[RUST], "triangle-down", "·"),
)


@dataclass(frozen=True)
class Cutoffs:
    """Share of combinations from which a claim holds, and down to which it fails.

    Parameters
    ----------
    holds, fails
        0 to 1.
    """

    holds: float = 0.9
    fails: float = 0.1

    def states(self, table: pl.DataFrame) -> pl.Series:
        """State of every specification, by the column `share_holding`."""
        share = table["share_holding"].to_numpy()
        names = np.where(share >= self.holds, HOLDS, np.where(share <= self.fails, FAILS, SOME))
        return pl.Series("state", names, dtype=pl.String)

    def words(self, *, drawn: bool) -> dict[str, str]:
        """What each state means, for a legend."""
        if not drawn:
            return {HOLDS: "holds", SOME: "in part", FAILS: "does not hold"}
        return {
            HOLDS: f"holds in {100 * self.holds:g} % of its draws or more",
            SOME: "in between",
            FAILS: f"in {100 * self.fails:g} % or fewer",
        }


WORDS = ("holds", "depends", "fails", "not testable here")
"""Verdicts in the order in which they are counted."""

VERDICT_COLOURS = {
    "holds": LIGHT[BLUE],
    "depends": LIGHT[OLIVE],
    "fails": LIGHT[RUST],
    "not testable here": MUTED,
}
VERDICT_SIGNS = {"holds": "●", "depends": "◆", "fails": "▼", "not testable here": "○"}

_RULE = re.compile(r"(<=|>=|<|>) ?(-?[0-9.]+)")
_RULE_WORDS = {">": "above", ">=": "at or above", "<": "below", "<=": "at or below"}


def read_rule(rule: str) -> tuple[str, float]:
    """Words and number of a decision rule.

    Raises
    ------
    UsageError
        The text is no comparison with a number.

    Examples
    --------
    >>> read_rule(">= 0.667")
    ('at or above', 0.667)
    """
    found = _RULE.fullmatch(rule)
    if found is None:
        raise UsageError(f"'{rule}' is no decision rule.", remedy='Write one such as "> 0".')
    return _RULE_WORDS[found[1]], float(found[2])


def holding_text(share: float | None) -> str:
    """A share that holds, in per cent, never rounded to none, all, or across a usual cut-off.

    Examples
    --------
    >>> holding_text(0.5), holding_text(0.8996), holding_text(0.9996), holding_text(1.0)
    ('50 %', '89.96 %', '99.96 %', '100 %')
    """
    if share is None or not np.isfinite(share):
        return NO_VALUE
    for digits in range(4):
        text = f"{100 * share:.{digits}f}"
        told = float(text) / 100
        if told not in (0.0, 0.1, 0.9, 1.0) or abs(told - share) < 1e-9:
            return f"{text} %"
    return f"{100 * share:.6f} %"


def amount_text(value: float | None, digits: int = 3) -> str:
    """An estimate of any unit as people read it: 1.87 bn, 12,300, 0.667.

    Examples
    --------
    >>> amount_text(1_874_300_000), amount_text(-0.01234), amount_text(4321.0)
    ('1.87 bn', '−0.0123', '4,320')
    """
    if value is None or not np.isfinite(value):
        return NO_VALUE
    if abs(value) >= 99_950:
        text = persons_text(value, digits)
    elif abs(value) >= 999.5:
        text = f"{float(significant(value, digits)):,.0f}"
    else:
        text = significant(value, digits)
    return text.replace("-", "−")


def amount_expression(field: str) -> str:
    """Vega expression that writes a number of an axis as `amount_text` does."""
    return (
        f"abs({field}) >= 1e9 ? format({field} / 1e9, '.4~r') + ' bn' : "
        f"abs({field}) >= 1e6 ? format({field} / 1e6, '.4~r') + ' M' : "
        f"abs({field}) >= 1e5 ? format({field} / 1e3, '.4~r') + ' k' : "
        f"abs({field}) >= 1e3 ? format({field}, ',') : format({field}, '.4~r')"
    )
