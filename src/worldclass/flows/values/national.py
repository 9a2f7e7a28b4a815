"""A national table with its accounts as a technique: who works how long for what pay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.align import align
from worldclass.flows.values.technique import Technique

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.sources.input_output.raw import RawTable

    Array = NDArray[np.floating[Any]]

NOT_FOR_PROFIT = ("O84", "T", "U")
"""Government, households as employers, extraterritorial bodies (ISIC Rev. 4)."""

Labour = Literal["simple", "hours"]


def national_technique(
    raw: RawTable,
    *,
    without: tuple[str, ...] = NOT_FOR_PROFIT,
    labour: Labour = "simple",
    bundle_per: Labour = "hours",
) -> Technique:
    """Technique of industries that produce for profit, from a table in money.

    A = Z diag(Q)⁻¹. Simple labour weighs hours by pay: l = h (ω/ω_min)/Q, with ω the pay of an
    hour in an industry and ω_min the lowest. w is the mean of ω over industries, v the mean share
    of labour compensation in value added, b = household consumption over total labour.

    Parameters
    ----------
    raw
        Table with the accounts H_EMPE, COMP, LAB, VA and the demand CONS_h.
    without
        Industries left out, besides those without output.
    labour
        What l counts: "simple" labour or plain "hours" of employees.
    bundle_per
        What consumption is divided by. Basu and Moraitis divide by plain hours and then pay it
        for each hour of simple labour, of which there are several times more; workers are then
        paid more than there is, and the rate of profit is negative. With "simple" (and
        labour="simple") workers as a whole consume what households consumed.

    Raises
    ------
    SourceError
        When an account is missing.
    EconomyError
        When columns do not bear the labels of the rows.
    UsageError
        When an industry to be left out is not in the table, or employees of an industry get no
        pay, so that simple labour cannot be weighed by it.

    Source
    ------
    Basu and Moraitis (2023), UMass working paper 347, section on data; which industries are
    left out and how labour is weighed follows their clptheory 1.0.
    """
    codes = [code for _, code in raw.rows]
    if unknown := sorted(set(without) - set(codes)):
        raise UsageError(f"{', '.join(unknown)}: no such industry", where=raw.where)
    output = _output(raw)
    hours, paid, earned, added = (_account(raw, x) for x in ("H_EMPE", "COMP", "LAB", "VA"))
    kept = np.array([code not in without for code in codes]) & (output > 0)
    wages = _ratio(paid, hours)
    if (unpaid := kept & (wages <= 0)).any():
        raise UsageError(
            f"{', '.join(np.array(codes)[unpaid])}: employees are not paid", where=raw.where
        )
    lowest = float(np.nanmin(np.where(kept, wages, np.nan)))
    simple = np.where(hours > 0, hours * np.where(hours > 0, wages, 0.0) / lowest, 0.0)
    worked = {"simple": simple, "hours": hours}
    consumed = raw.final_demand[:, _demand(raw, "CONS_h")]
    q = output[kept]
    bought = align(raw.transactions, raw.rows, raw.columns, "transactions", raw.where)
    return Technique(
        industries=tuple(code for code, keep in zip(codes, kept, strict=True) if keep),
        inputs=bought[np.ix_(kept, kept)] / q,
        labour=worked[labour][kept] / q,
        output=q,
        wage_goods=consumed[kept] / worked[bundle_per][kept].sum(),
        wage=float(np.nanmean(wages[kept])),
        value_of_labour_power=float(np.nanmean(_ratio(earned, added)[kept])),
    )


def with_fixed_capital(
    technique: Technique, raw: RawTable, *, depreciation_rate: float, turnover: float
) -> Technique:
    """The technique with the industries' capital stocks, by stated assumptions.

    The accounts give each industry's stock, not what it consists of: K_ij = c_i k_j / Q_j, with c
    the products of domestic gross fixed capital formation, the same for all industries, and
    D = δ K.

    Parameters
    ----------
    raw
        The table the technique is from, with the account K and the demand GFCF.
    depreciation_rate
        δ, a year; the release does not give it.
    turnover
        Years for which inputs and wages are advanced.

    Raises
    ------
    UsageError
        When the rate is not between 0 and 1, or the turnover not positive.
    SourceError
        When the stocks or the formation of capital are missing.

    Source
    ------
    Ochoa (1984) and Shaikh (1998) use matrices of stocks; one composition for all industries is
    our assumption.
    """
    if not 0 <= depreciation_rate < 1 or not turnover > 0:
        raise UsageError(
            f"depreciation_rate = {depreciation_rate:g}, turnover = {turnover:g}",
            where="with_fixed_capital",
            remedy="A rate between 0 and 1 a year, and a time above 0 years.",
        )
    places = {code: at for at, (_, code) in enumerate(raw.rows)}
    kept = [places[code] for code in technique.industries]
    formed = np.maximum(raw.final_demand[kept, _demand(raw, "GFCF")], 0.0)
    if not formed.sum() > 0:
        raise SourceError("The table has no formation of fixed capital.", where=raw.where)
    stocks = _account(raw, "K")[kept] / technique.output
    capital = np.outer(formed / formed.sum(), stocks)
    return replace(
        technique,
        capital=capital,
        depreciation=depreciation_rate * capital,
        turnover=np.full(len(kept), turnover),
    )


def _ratio(above: Array, below: Array) -> Array:
    """above / below; NaN, to be passed over by means, where there is nothing below."""
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def _output(raw: RawTable) -> Array:
    if raw.output is None or raw.output_labels != raw.rows:
        raise SourceError("The table gives no gross output of its rows.", where=raw.where)
    return raw.output


def _account(raw: RawTable, name: str) -> Array:
    """Values of a one-row account, in the order of the table's rows."""
    if name not in raw.accounts:
        raise SourceError(
            f"The table has no account {name}; it has {', '.join(raw.accounts) or 'none'}.",
            where=raw.where,
        )
    account = raw.accounts[name]
    found = dict(zip(account.columns, account.values[0], strict=True))
    if missing := [label for label in raw.rows if label not in found]:
        shown = ", ".join(" ".join(label) for label in missing[:3])
        raise SourceError(f"The account {name} lacks {shown}.", where=raw.where)
    return np.array([found[label] for label in raw.rows], dtype=np.float64)


def _demand(raw: RawTable, category: str) -> int:
    places = [at for at, (_, name) in enumerate(raw.demand_columns) if name == category]
    if len(places) != 1:
        raise SourceError(
            f"The table has {len(places)} columns of {category}; one is needed.", where=raw.where
        )
    return places[0]
