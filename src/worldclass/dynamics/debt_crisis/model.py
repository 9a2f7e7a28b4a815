"""The debt-crisis model as the engine runs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.equilibria import equilibrium_table
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.debt_crisis.pictures import (
    BEYOND,
    draw_basins,
    draw_debt_orbits,
    draw_early_warning,
    draw_orbits,
    draw_portrait,
    draw_scan,
    draw_support,
)
from worldclass.dynamics.debt_crisis.portrait import portrait
from worldclass.dynamics.debt_crisis.regimes import basins, scan, support
from worldclass.dynamics.debt_crisis.simulate import simulate
from worldclass.dynamics.model import Analysis, Model, Output

if TYPE_CHECKING:
    import polars as pl

_ALL = ("all",)


def _early_warning(parameters: DebtCrisis, data: Path | None) -> pl.DataFrame:
    from worldclass.dynamics.debt_crisis.early_warning import early_warning

    if data is None:
        raise UsageError(
            "The early-warning fit needs a panel of countries and years.",
            where="--data",
            remedy="Give a .parquet or .csv file with country, year, credit, prices and crisis.",
        )
    return early_warning(data)


MODEL = Model(
    id="debt-crisis",
    label="Debt crisis (Goodwin, Keen)",
    meaning="Wages rise with employment, firms invest more when profits are high, and borrow what "
    "profits do not pay. The economy cycles, and settles or collapses under its debt, depending "
    "on where it starts. There are no households that borrow, no prices, no default and no "
    "foreign trade.",
    citation="Goodwin (1967); Keen (1995), J. Post Keynesian Econ. 17(4), 607–635; Grasselli & "
    "Costa Lima (2012), Math. Financ. Econ. 6, 191–210, doi:10.1007/s11579-012-0071-8",
    parameters=DebtCrisis,
    outputs=(
        Output(
            "income_share",
            ("workers", "capitalists", "lenders"),
            "share",
            "parts of output: wages, profits after interest, interest",
            view=(-0.5, 1.5),
            caution=BEYOND,
        ),
        Output("employment", _ALL, "share", "employed part of the labour force"),
        Output("growth", _ALL, "per year", "growth rate of output"),
        Output(
            "debt",
            ("firms", "central-bank"),
            "years of output",
            "debt that firms owe, and that the central bank has bought from their lenders",
            view=(0.0, 10.0),
        ),
        Output("interest_paid", ("firms",), "per year", "rate that firms pay after support"),
        Output("productivity_growth", _ALL, "per year", "with its shocks"),
        Output("speculation", ("firms",), "share of output", "borrowing to speculate"),
        Output(
            "collapse_time", _ALL, "years", "when debt passed the point of no return", last=True
        ),
    ),
    time_unit="year",
    simulate=simulate,
    fans={"time": ("income_share", "employment", "debt")},
    pictures={"orbits": draw_orbits, "debt-orbits": draw_debt_orbits},
    analyses={
        "equilibria": Analysis(
            "where the economy can stay, and whether it returns there when disturbed",
            lambda parameters, _: equilibrium_table(parameters),
        ),
        "portrait": Analysis(
            "paths from four starts in the plane of debt and employment",
            lambda parameters, _: portrait(parameters),
            draw_portrait,
        ),
        "basins": Analysis(
            "which starts recover and which collapse",
            lambda parameters, _: basins(parameters),
            draw_basins,
        ),
        "scan": Analysis(
            "how equilibrium, stability and collapse move with interest, capital and investment",
            lambda parameters, _: scan(parameters),
            draw_scan,
        ),
        "support": Analysis(
            "what central-bank support changes: the date of a collapse, or the end",
            lambda parameters, _: support(parameters),
            draw_support,
        ),
        "early-warning": Analysis(
            "whether credit growth warns of banking crises, in data",
            _early_warning,
            draw_early_warning,
            data="a panel of countries and years: country, year, credit, prices, crisis",
        ),
    },
    shortest={"years": 1.0},
    compiling=4.0,
)
