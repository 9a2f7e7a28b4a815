"""Productivity and labour share by industry class, from the socio-economic accounts of the US.

Per class k, over the years t of the accounts (sums over the class's industries):

    value added per worker  p_k = geometric mean over t of (VA_kt / EMP_kt) ÷ (VA_t / EMP_t)
    output per worker       o_k = the same with gross output
    labour share            λ_k = Σ LAB_kt ÷ Σ VA_kt

`scripts/build_industry_productivity.py` writes `productivity.csv` with them.

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), Review of International
Economics 23, 575-605: WIOD socio-economic accounts, release of November 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from worldclass.people.grid import Array

COLUMNS = ("year", "code", "VA", "GO", "EMP", "LAB")


@dataclass(frozen=True)
class ClassProductivity:
    """What the US accounts say of one industry class.

    Attributes
    ----------
    value_added, output
        Per person engaged, relative to the whole economy.
    labour_share
        Labour compensation, the self-employed included, as a part of value added.
    """

    value_added: float
    output: float
    labour_share: float


def class_productivity(
    accounts: pl.DataFrame,
    industries: Mapping[str, Sequence[str]],
    years: Sequence[int] | None = None,
) -> dict[str, ClassProductivity]:
    """Productivity of each class.

    Parameters
    ----------
    accounts
        Columns year, code, VA, GO, LAB (million US dollars), EMP (thousand persons).
    industries
        Codes of the accounts behind each class.
    years
        Years to use; all where None.

    Raises
    ------
    SourceError
        A column or an industry is absent, or an industry has no workers.
    """
    import polars as pl

    absent = [name for name in COLUMNS if name not in accounts.columns]
    if absent:
        raise SourceError(
            f"The socio-economic accounts lack {', '.join(absent)}.", where="US accounts"
        )
    if years is not None:
        accounts = accounts.filter(pl.col("year").is_in(list(years)))
    return {name: _one(accounts, name, codes) for name, codes in industries.items()}


def _one(accounts: pl.DataFrame, name: str, codes: Sequence[str]) -> ClassProductivity:
    import polars as pl

    part = accounts.filter(pl.col("code").is_in(list(codes)))
    unknown = set(codes) - set(part["code"].unique().to_list())
    if unknown or part["EMP"].sum() <= 0:
        raise SourceError(
            f"The class {name!r} needs the industries {', '.join(codes)}, with workers.",
            where=f"US accounts; absent: {', '.join(sorted(unknown)) or 'none, but no workers'}",
        )
    own, whole = _by_year(part), _by_year(accounts)
    return ClassProductivity(
        value_added=_relative(own["VA"] / own["EMP"], whole["VA"] / whole["EMP"]),
        output=_relative(own["GO"] / own["EMP"], whole["GO"] / whole["EMP"]),
        labour_share=float(own["LAB"].sum() / own["VA"].sum()),
    )


def _by_year(accounts: pl.DataFrame) -> dict[str, Array]:
    import polars as pl

    names = ("VA", "GO", "EMP", "LAB")
    sums = accounts.group_by("year").agg(pl.col(*names).sum()).sort("year")
    return {name: sums[name].to_numpy().astype(float) for name in names}


def _relative(own: Array, whole: Array) -> float:
    return float(np.exp(np.mean(np.log(own / whole))))
