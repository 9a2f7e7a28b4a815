"""The phase portrait: paths from several starts, and the good equilibrium among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worldclass.dynamics.debt_crisis.equilibria import equilibria
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.run import run

if TYPE_CHECKING:
    import polars as pl

STARTS = ((0.75, 0.75, 0.1), (0.75, 0.70, 0.5), (0.85, 0.95, 1.0), (0.80, 0.80, 2.5))
"""Wage share, employment and debt: the two published examples, and two of our own."""
EQUILIBRIUM = "good equilibrium"


def portrait(parameters: DebtCrisis) -> pl.DataFrame:
    """Paths from four starts, without shocks.

    Returns
    -------
    Columns `path, time, wage_share, employment, debt`; the good equilibrium is a path of one row.
    """
    import polars as pl

    good = equilibria(parameters)[0].state
    point = dict(zip(("wage_share", "employment", "debt"), good, strict=True))
    parts = [
        pl.DataFrame({"path": [EQUILIBRIUM], "time": [0.0]} | {k: [v] for k, v in point.items()})
    ]
    for wages, employment, debt in STARTS:
        begin = replace(
            parameters,
            wage_share=wages,
            employment=employment,
            debt=debt,
            years=min(parameters.years, 200.0),
            interval=0.02,
            volatility=0.0,
            interest_volatility=0.0,
        )
        table = run("debt-crisis", begin).table
        name = f"from wages {100 * wages:g} %, employment {100 * employment:g} %, debt {debt:g}"
        wide = table.filter(
            pl.col("quantity").is_in(["employment", "debt", "income_share"])
            & pl.col("group").is_in(["all", "firms", "workers"])
        ).pivot(on="quantity", index="time", values="value", sort_columns=False)
        if "debt" not in wide.columns:
            wide = wide.with_columns(pl.lit(0.0).alias("debt"))
        parts.append(
            wide.select(
                pl.lit(name).alias("path"),
                "time",
                pl.col("income_share").alias("wage_share"),
                "employment",
                "debt",
            )
        )
    return pl.concat(parts)
