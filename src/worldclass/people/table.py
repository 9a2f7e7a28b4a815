"""The population table as a frame: persons and incomes of every cell, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.countries import resolve
from worldclass.core.errors import UsageError
from worldclass.people import quantiles
from worldclass.people.assumptions import CENTRAL, Scores, assumptions
from worldclass.people.cells import CELLS, EMPLOYED, PAID
from worldclass.people.choices import choose_years
from worldclass.people.draws import choose_draws
from worldclass.people.grid import SEXES
from worldclass.people.realise import make_basis, mean_labour_income, realise
from worldclass.people.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.choices import Years
    from worldclass.people.draws import Draws
    from worldclass.people.estimates import Estimates
    from worldclass.people.realise import Basis

    Values = NDArray[np.floating[Any]]

LABOUR_ANCHORS = assumptions()["anchor"].options
WELFARE_ANCHORS = ("household-survey", "national-accounts")
PERCENTILES = (5.0, 95.0)


def people(
    country: str | Iterable[str] | None = None,
    year: Years = None,
    *,
    intervals: bool = False,
    draws: int = 200,
    snapshot: str | Path | Snapshot | None = None,
) -> pl.DataFrame:
    """The population table: one row per country, year, sex and cell.

    Parameters
    ----------
    country
        Codes or names of countries; all by default.
    year
        One or several years; all by default.
    intervals
        Also give 5th and 95th percentiles over the draws of every persons and income column.
    draws
        Number of draws behind the intervals.
    snapshot
        A snapshot or its folder; by default the embedded one.

    Returns
    -------
    Columns

    country, year, sex, age, status, sector, occupation
        What defines the cell (`people/columns.toml` lists the codes); empty where not applicable.
    persons
        Persons.
    labour_income_national_accounts, labour_income_household_survey, labour_income_earnings_survey
        Mean labour income under each anchor, PPP dollars of 2021 a month; 0 for contributing
        family workers, empty for persons not employed.
    labour_income_log_sd
        Standard deviation of log labour income within the cell.
    welfare_household_survey, welfare_national_accounts
        Mean household welfare per head under each anchor, PPP dollars of 2021 a day. Known only
        for the whole population of a country: every cell carries the same distribution.
    labour_force_imputed, status_imputed, labour_income_imputed, welfare_imputed
        Whether that input was not measured in that country and year (labour income: survey
        earnings).
    …_p05, …_p95
        With `intervals`: percentiles over the draws; the anchor stays fixed in each column.

    Raises
    ------
    UsageError
        An unknown country or year.

    Examples
    --------
    >>> people("BRA", 2023).height
    42
    """
    shot = open_snapshot(snapshot)
    estimates = select_estimates(shot.estimates, country, year)
    basis = make_basis(estimates)
    values = _values(basis, CENTRAL)
    frame = _frame(estimates, values | _flags(basis))
    if not intervals:
        return frame
    return frame.with_columns(**_percentiles(basis, choose_draws(shot.draws, draws), list(values)))


def select_estimates(
    estimates: Estimates, country: str | Iterable[str] | None, year: Years
) -> Estimates:
    """The estimates of some countries and years, by code or name.

    Raises
    ------
    UsageError
        An unknown country or year.
    """
    grid = estimates.grid
    names = [country] if isinstance(country, str) else country
    codes = grid.countries if names is None else tuple(dict.fromkeys(resolve(n) for n in names))
    unknown = [code for code in codes if code not in grid.countries]
    if unknown or not codes:
        raise UsageError(
            f"The population table does not cover {unknown[0] if unknown else 'nothing'}.",
            where="country",
            remedy=f"It covers {len(grid.countries)} countries; aggregates are in the atlas.",
        )
    return estimates.select(codes, choose_years(year, grid.years))


def _values(basis: Basis, scores: Scores) -> dict[str, Values]:
    """Persons and incomes at one draw, each of shape (cells, sexes, n)."""
    out: dict[str, Values] = {}
    shape: tuple[int, ...] = ()
    for anchor in LABOUR_ANCHORS:
        drawn = realise(basis, Scores(scores.scores, anchor))
        shape = drawn.persons.shape
        out.setdefault("persons", drawn.persons)
        income = np.full(shape, np.nan)
        income[:EMPLOYED] = mean_labour_income(drawn)
        out[f"labour_income_{_slug(anchor)}"] = income
        if anchor == LABOUR_ANCHORS[-1]:
            spread = np.full(shape, np.nan)
            spread[:PAID] = drawn.income.sigma
            out["labour_income_log_sd"] = spread
            for kind in WELFARE_ANCHORS:
                mean = quantiles.mean(drawn.welfare(kind))
                out[f"welfare_{_slug(kind)}"] = np.broadcast_to(mean, shape)
    return out


def _flags(basis: Basis) -> dict[str, Values]:
    shape = (len(CELLS), len(SEXES), basis.arrays["population"].shape[0])
    worked = np.arange(len(CELLS)) < EMPLOYED
    paid = np.arange(len(CELLS)) < PAID
    flags = {
        "labour_force_imputed": basis.arrays["labour_force_imputed"][None],
        "status_imputed": basis.arrays["status_imputed"][None] * worked[:, None, None],
        "labour_income_imputed": basis.arrays["survey_pay_imputed"] * paid[:, None, None],
        "welfare_imputed": basis.arrays["welfare_imputed"],
    }
    return {name: np.broadcast_to(flag, shape) for name, flag in flags.items()}


def _slug(anchor: str) -> str:
    return anchor.replace("-", "_")


def _frame(estimates: Estimates, values: dict[str, Values]) -> pl.DataFrame:
    import polars as pl

    countries, years = estimates.grid.countries, estimates.grid.years
    shape = (len(countries), len(years), len(SEXES), len(CELLS))
    index = np.indices(shape).reshape(4, -1)

    def codes(names: Sequence[str | None], row: NDArray[np.int_]) -> pl.Series:
        return pl.Series(names, dtype=pl.String).gather(row)

    keys = {
        "country": codes(countries, index[0]),
        "year": np.asarray(years, dtype=np.int32)[index[1]],
        "sex": codes(SEXES, index[2]),
        **{
            column: codes([cell.code(column) for cell in CELLS], index[3])
            for column in ("age", "status", "sector", "occupation")
        },
    }
    data = {name: _flat(value) for name, value in values.items()}
    frame = pl.DataFrame({**keys, **data}).fill_nan(None)
    return frame.with_columns(pl.col("^.*_imputed$").cast(pl.Boolean))


def _flat(values: Values) -> Values:
    """(cells, sexes, n) in the order country, year, sex, cell."""
    return values.transpose(2, 1, 0).reshape(-1)


def _percentiles(basis: Basis, draws: Draws, names: Sequence[str]) -> dict[str, pl.Series]:
    import polars as pl

    stacks: dict[str, list[NDArray[np.float32]]] = {name: [] for name in names}
    for number in range(len(draws)):
        for name, values in _values(basis, draws.one(number)).items():
            stacks[name].append(_flat(values).astype(np.float32))
    out: dict[str, pl.Series] = {}
    for name, stack in stacks.items():
        ends = np.percentile(np.stack(stack), PERCENTILES, axis=0)
        for suffix, end in zip(("p05", "p95"), ends, strict=True):
            out[f"{name}_{suffix}"] = pl.Series(end).fill_nan(None)
    return out
