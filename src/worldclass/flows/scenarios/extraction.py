"""Hypothetical extraction: what is lost where a country or sector no longer takes part.

For extracted sectors S and the others R, with x* = (I − A*)⁻¹ y*:

    complete   A*_SS = A*_SR = A*_RS = 0, y*_S = 0
    backward   A*_RS = 0             (S buys nothing from R)
    forward    A*_SR = 0             (S sells no inputs to R)
    trade      A*_RS = A*_SR = 0, and no final goods pass between them

Nothing replaces what is lost: the result is how much depends on the link, not a forecast.

Source: Strassert (1968), Jahrbücher für Nationalökonomie und Statistik 182, 211-215; Miller and
Lahr (2001), A taxonomy of extractions; Dietzenbacher, van der Linden and Steenge (1993), Economic
Systems Research 5, 185-206.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.flows.economy import Economy
    from worldclass.flows.scenarios.schema import Extraction


def extracted(economy: Economy, sectors: NDArray[np.bool_], kind: Extraction) -> Economy:
    """Coefficients and final demand after an extraction, at the old output.

    Parameters
    ----------
    sectors
        S, shape (n,).
    kind
        See the module.

    Returns
    -------
    An economy whose transactions are A* x̂ with the old x: its rows do not balance. `settled` finds
    the new output.

    Raises
    ------
    UsageError
        When S is empty or everything, or "trade" is asked for anything but whole countries.
    """
    if not sectors.any() or sectors.all():
        raise UsageError(
            f"{'no' if not sectors.any() else 'every'} sector is extracted",
            where="extraction",
            remedy="Name some countries or industries, not all.",
        )
    inputs, demand = economy.transactions.copy(), economy.final_demand.copy()
    inside, outside = np.flatnonzero(sectors), np.flatnonzero(~sectors)
    if kind in ("complete", "backward", "trade"):
        inputs[np.ix_(outside, inside)] = 0.0
    if kind in ("complete", "forward", "trade"):
        inputs[np.ix_(inside, outside)] = 0.0
    if kind == "complete":
        inputs[np.ix_(inside, inside)] = 0.0
        demand[inside] = 0.0
    if kind == "trade":
        home = _whole_countries(economy, sectors)
        mine = np.array([country in home for country, _ in economy.demands])
        demand[np.ix_(sectors, ~mine)] = 0.0
        demand[np.ix_(~sectors, mine)] = 0.0
    return replace(economy, transactions=inputs, final_demand=demand)


def _whole_countries(economy: Economy, sectors: NDArray[np.bool_]) -> set[str]:
    inside = {label[0] for label, out in zip(economy.sectors, sectors, strict=True) if out}
    partly = {label[0] for label, out in zip(economy.sectors, sectors, strict=True) if not out}
    if both := sorted(inside & partly):
        raise UsageError(
            f"only some industries of {', '.join(both)} are extracted; trade is between countries",
            where="extraction of kind 'trade'",
            remedy="Name whole countries, or use the kind 'complete', 'backward' or 'forward'.",
        )
    return inside
