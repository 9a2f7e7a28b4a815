"""From published tables to the estimated quantities: the whole pipeline, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.countries import countries
from worldclass.core.errors import MarginError, SourceError
from worldclass.people.assumptions import CENTRAL
from worldclass.people.employment import joint_table
from worldclass.people.estimates import Estimates, collect
from worldclass.people.grid import FIRST_YEAR, LAST_YEAR, SEXES, Grid, PanelOnGrid
from worldclass.people.labour_force import LabourForce, estimate_labour_force
from worldclass.people.national_accounts import NationalAccounts, estimate_accounts
from worldclass.people.occupations import ManagerShare, estimate_managers, read_shares
from worldclass.people.pay import SurveyPay, estimate_pay, read_means
from worldclass.people.status_sector import EMPLOYEE, SECTORS, EmploymentMargins, estimate_margins
from worldclass.people.welfare import Surveys, Welfare, estimate_welfare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from worldclass.people.grid import Array, Flags
    from worldclass.sources.mirror import Mirror

INDICATORS = (
    "population", "population_0_14", "population_15_64", "population_15plus", "population_65plus",
    "employment_rate_15plus", "lfpr_15plus", "lfpr_15_64", "lfpr_25_54", "lfpr_65plus",
    "unemployment_rate_15plus", "long_term_unemployment_rate",
    "self_employed_share", "family_worker_share", "salaried_share_nonagri",
    "employment_share_agriculture", "employment_share_industry", "employment_share_services",
    "gdp_pc_ppp2021", "gdp_pc_ppp_pwt11", "gdp_per_employed_usd2015",
    "gdp_share_agriculture", "gdp_share_industry", "gdp_share_services", "urban_share",
    "pwt_labsh", "pwt_csh_c", "gini", "poverty_rate_215_modelled",
)  # fmt: skip
TABLES_READ = (
    "panel", "labour_force_by_age", "ilostat_surveys", "census_occupations",
    "income_distribution", "income_distribution_brackets", "income_distribution_summary",
)  # fmt: skip
SURVEY_EMPLOYMENT = "employment_total_thousand"
TOLERANCE = 0.02
"""Published margins may disagree by this much before the build refuses them."""


@dataclass(frozen=True)
class Tables:
    """The published tables that the pipeline reads.

    Attributes
    ----------
    panel
        iso3, year, indicator, sex, value.
    ages
        EAPEP: population and participation by five-year age group.
    ilo_surveys
        Employment counts and earnings from national surveys.
    census
        Employed persons by ISCO-88 major group.
    distributions
        Household welfare by bracket.
    """

    panel: pl.DataFrame
    ages: pl.DataFrame
    ilo_surveys: pl.DataFrame
    census: pl.DataFrame
    distributions: Surveys


@dataclass(frozen=True)
class Findings:
    """What the pipeline set aside, for the report.

    Attributes
    ----------
    rejected_reports
        Country-years whose reported share of employees outside agriculture contradicts the margins.
    pay_set_aside
        Country-years whose survey earnings exceed what the country produces.
    price_factors_set_aside
        Countries whose factor from PPP dollars of 2011 to 2021 was implausible, because the two
        sources of the distribution differ; US inflation takes its place.
    """

    rejected_reports: tuple[tuple[str, int], ...]
    pay_set_aside: tuple[tuple[str, int], ...]
    price_factors_set_aside: tuple[str, ...]


def read_tables(mirror: Mirror) -> Tables:
    """Read all tables from a mirror folder."""
    return Tables(
        panel=mirror.panel(INDICATORS, (FIRST_YEAR, LAST_YEAR)),
        ages=mirror.table("labour_force_by_age"),
        ilo_surveys=mirror.table("ilostat_surveys"),
        census=mirror.table("census_occupations"),
        distributions=Surveys(
            mirror.table("income_distribution"),
            mirror.table("income_distribution_brackets"),
            mirror.table("income_distribution_summary"),
        ),
    )


def estimate(
    tables: Tables,
    *,
    without_pay: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
) -> tuple[Estimates, Findings]:
    """Run the pipeline.

    Parameters
    ----------
    tables
        The published tables.
    without_pay
        Countries whose survey earnings are left out: for validation.
    progress
        Called with the name of each step as it begins.

    Raises
    ------
    MarginError
        Published margins contradict one another beyond rounding.
    SourceError
        A series that nothing can replace is absent.
    """
    say = progress or silent
    check_series(tables.panel)
    panel = PanelOnGrid(make_grid(tables.panel), tables.panel)
    check_margins(panel)
    steps = _run_steps(tables, panel, without_pay, say)
    say("collecting")
    grid = panel.grid
    arrays = {
        **_labour_arrays(steps, panel),
        **_account_arrays(steps, grid),
        **_pay_arrays(steps),
        **_welfare_arrays(steps),
    }
    return collect(grid, arrays), _findings(steps, grid)


@dataclass(frozen=True)
class _Steps:
    """What each step of the pipeline found."""

    force: LabourForce
    margins: EmploymentMargins
    accounts: NationalAccounts
    managers: ManagerShare
    pay: SurveyPay
    welfare: Welfare


def _run_steps(
    tables: Tables, panel: PanelOnGrid, without_pay: Sequence[str], say: Callable[[str], None]
) -> _Steps:
    grid = panel.grid
    groups = np.array([countries()[code].subregion for code in grid.countries])
    say("labour force")
    surveyed = np.isfinite(_surveyed_employment(tables, grid))
    force = estimate_labour_force(panel, tables.ages, surveyed, groups)
    say("status and sector")
    margins = estimate_margins(panel, groups)
    both = force.employed / force.employed.sum(axis=0)
    sector = (margins.sector * both).sum(axis=1)
    employees = (margins.status[EMPLOYEE] * both).sum(axis=0)
    say("national accounts")
    accounts = estimate_accounts(panel, force.employed.sum(axis=0), sector, groups)
    say("occupations")
    reported = panel.series("manager_professional_share_reported") / 100
    managers = estimate_managers(
        read_shares(grid, tables.census, reported), accounts.gdp_per_head, sector[2], employees
    )
    say("earnings")
    pay = estimate_pay(
        read_means(grid, tables.ilo_surveys, without_pay),
        accounts_pay=accounts.labour_share * accounts.gdp_per_worker,
        accounts_sd=accounts.labour_share_sd,
        output=accounts.gdp_per_worker,
        income=accounts.gdp_per_head,
        self_employed=1 - employees,
        groups=groups,
    )
    say("household welfare")
    welfare = estimate_welfare(
        panel,
        tables.distributions,
        income=accounts.gdp_per_head,
        consumption_share=accounts.consumption_share,
        pass_through=float(CENTRAL.value("survey_growth")),
        groups=groups,
    )
    return _Steps(force, margins, accounts, managers, pay, welfare)


def _labour_arrays(steps: _Steps, panel: PanelOnGrid) -> dict[str, Array | Flags]:
    force, margins = steps.force, steps.margins
    joint = joint_table(margins.status, margins.sector, margins.log_odds)
    return {
        "children": force.children,
        "outside": force.outside,
        "unemployed": force.unemployed,
        "employed": force.employed,
        "long_term": force.long_term,
        "status": margins.status,
        "sector": margins.sector,
        "joint": joint.reshape(9, *joint.shape[2:]),
        "log_odds_sd": margins.log_odds_sd,
        "employer_share": panel.by_sex("employer_share") / 100,
        "labour_force_imputed": force.imputed,
        "long_term_imputed": force.long_term_imputed,
        "status_imputed": margins.odds_imputed | margins.imputed,
    }


def _account_arrays(steps: _Steps, grid: Grid) -> dict[str, Array | Flags]:
    accounts = steps.accounts
    return {
        "gdp_per_head": accounts.gdp_per_head,
        "gdp_per_worker": accounts.gdp_per_worker,
        "labour_share": accounts.labour_share,
        "labour_share_sd": accounts.labour_share_sd,
        "productivity": accounts.productivity,
        "accounts_pay_imputed": accounts.gdp_imputed | accounts.labour_share_imputed,
        "accounts_consumption_imputed": accounts.gdp_imputed | accounts.consumption_imputed,
        "us_distance": _us_distance(grid, accounts.gdp_per_head),
    }


def _pay_arrays(steps: _Steps) -> dict[str, Array | Flags]:
    managers, pay = steps.managers, steps.pay
    return {
        "manager_log_odds": managers.log_odds,
        "manager_log_odds_sd": managers.log_odds_sd,
        "manager_imputed": managers.imputed,
        "pay_log_mean": pay.log_mean,
        "pay_log_mean_sd": pay.log_mean_sd,
        "pay_ratio_log": pay.log_ratio,
        "pay_ratio_log_sd": pay.log_ratio_sd,
        "survey_pay_imputed": pay.imputed,
        "pay_ratio_imputed": pay.ratio_imputed,
    }


def _welfare_arrays(steps: _Steps) -> dict[str, Array | Flags]:
    welfare = steps.welfare
    return {
        "welfare_log": np.moveaxis(welfare.log_quantiles, -1, 0),
        "welfare_accounts_shift": welfare.accounts_shift,
        "welfare_without": welfare.without,
        "welfare_consumption": welfare.consumption,
        "welfare_growth": welfare.growth_since_survey,
        "welfare_log_sd": welfare.log_sd,
        "welfare_imputed": welfare.imputed,
    }


def _findings(steps: _Steps, grid: Grid) -> Findings:
    rejected = np.argwhere(steps.margins.rejected.any(axis=0))
    return Findings(
        tuple((grid.countries[i], grid.years[j]) for i, j in rejected),
        tuple((grid.countries[i], grid.years[j]) for i, j in steps.pay.set_aside),
        tuple(grid.countries[i] for i in steps.welfare.price_factors_set_aside),
    )


def silent(_: str) -> None:
    """Say nothing."""


def make_grid(panel: pl.DataFrame) -> Grid:
    """All countries with ILO employment rates by sex and known to the country table."""
    import polars as pl

    covered = panel.filter(
        (pl.col("indicator") == "employment_rate_15plus") & (pl.col("sex") == "female")
    )["iso3"].unique()
    known = sorted(set(covered.to_list()) & set(countries()))
    return Grid(tuple(known), tuple(range(FIRST_YEAR, LAST_YEAR + 1)))


def check_series(panel: pl.DataFrame) -> None:
    """Refuse a panel that lacks a series altogether, or for one sex.

    Raises
    ------
    SourceError
        Naming the series.
    """
    sexes: dict[str, set[str]] = {}
    for indicator, sex in panel.select("indicator", "sex").unique().iter_rows():
        sexes.setdefault(indicator, set()).add(sex)
    missing = [name for name in INDICATORS if name not in sexes]
    lame = [name for name in INDICATORS if len(sexes.get(name, set()) & set(SEXES)) == 1]
    if missing or lame:
        raise SourceError(
            f"The panel has no rows of {', '.join(missing)}."
            if missing
            else f"The panel has {', '.join(lame)} for one sex only.",
            where="table panel",
            remedy="Take these series from their providers: see `worldclass data sources`.",
        )


def check_margins(panel: PanelOnGrid) -> None:
    """Refuse margins that do not add up: sectors to 100 %, sexes and ages to the total."""
    shares = [panel.by_sex(f"employment_share_{name}") for name in SECTORS]
    _within(panel.grid, np.sum(shares, axis=0) / 100, 1.0, "the three employment shares", "100 %")
    population = panel.series("population")
    _within(
        panel.grid,
        panel.by_sex("population").sum(axis=0) / population,
        1.0,
        "women and men",
        "the population",
    )
    ages = panel.by_sex("population_0_14") + panel.by_sex("population_15plus")
    _within(panel.grid, ages.sum(axis=0) / population, 1.0, "the two age groups", "the population")
    family, own = panel.by_sex("family_worker_share"), panel.by_sex("self_employed_share")
    excess = np.maximum(family - own, 0) / 100 + 1
    _within(panel.grid, excess, 1.0, "family workers", "part of the self-employed")


def _within(grid: Grid, ratio: Array, target: float, parts: str, whole: str) -> None:
    wrong = np.argwhere(np.abs(ratio - target) > TOLERANCE)
    if len(wrong):
        at = tuple(wrong[0])
        raise MarginError(
            f"In {len(wrong)} country-years {parts} do not add up to {whole}: "
            f"the first is off by {100 * (ratio[at] - target):+.1f} %.",
            where=f"{grid.countries[at[-2]]}, {grid.years[at[-1]]}",
            remedy="Correct the panel, or take these rows from the provider again.",
        )


def _surveyed_employment(tables: Tables, grid: Grid) -> Array:
    """Employment as counted by a national survey; NaN where there was none."""
    import polars as pl

    rows = tables.ilo_surveys.filter(
        (pl.col("indicator") == SURVEY_EMPLOYMENT) & (pl.col("sex") == "total")
    )
    return grid.place(rows)


def _us_distance(grid: Grid, income: Array) -> Array:
    return np.log(income[grid.countries.index("USA")])[None] - np.log(income)
