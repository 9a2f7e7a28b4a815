"""Levels of credit, debt and other series of a panel of countries and years."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import model_validator

from worldclass.claims.quantities.credit_warning import panel_source
from worldclass.claims.quantities.faults import file_of, finite, told_of
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.claims.data import Data

    Values = NDArray[np.float64]

ID = "credit-panel"
Statistic = Literal["value", "mean", "max", "min", "year-of-max"]
WEIGHT = ("rgdpmad", "pop")
"""Columns whose product weights countries: real GDP per head, and population."""
SIGNED = ("ca", "stir", "ltrate", "eq_tr", "housing_tr", "unemp")
"""Series that may be below zero (or are rates that no growth path describes)."""


class CreditPanel(Fields):
    """What a term says of a panel.

    Attributes
    ----------
    series
        A column, or a ratio of two such as "tloans/gdp".
    countries, without
        "all", or names or codes; those left out.
    year
        One year.
    years, statistic
        Else first and last year, and what to take of the yearly averages: their "mean", "max",
        "min", or "year-of-max" (the first of equal ones).
    average
        Over countries: "mean", "median", or "gdp" (weighted with real GDP).
    panel
        Countries with a value in the year ("all"), in every year of `span` ("balanced"), or in its
        first and last ("ends").
    span
        First and last year; by default those of `year` or `years`.
    """

    series: str = "tloans/gdp"
    countries: str | tuple[str, ...] = "all"
    without: tuple[str, ...] = ()
    year: int | None = None
    years: tuple[int, int] | None = None
    statistic: Statistic = "value"
    average: Literal["mean", "median", "gdp"] = "mean"
    panel: Literal["all", "balanced", "ends"] = "all"
    span: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _one_time(self) -> CreditPanel:
        if (self.year is None) == (self.years is None):
            raise ValueError("give 'year', or 'years' with a statistic")
        if (self.years is None) != (self.statistic == "value"):
            raise ValueError("the statistic 'value' is for one year, others are for 'years'")
        for ends in (self.years, self.span):
            if ends is not None and ends[0] > ends[1]:
                raise ValueError(f"{ends[0]} is after {ends[1]}")
        return self

    @property
    def period(self) -> tuple[int, int]:
        """First and last year."""
        if self.years is not None:
            return self.years
        year = self.year or 0
        return (year, year)


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Averages over countries, and what is taken of them over years; there are no draws.

    Returns
    -------
    Shape (settings, draws), equal along draws.
    """
    file = file_of(data, "crises", ID)
    table = _columns(file, file.stat().st_mtime_ns)
    out = np.empty((len(settings), len(draws)))
    for row, one in enumerate(settings):
        with told_of(ID, one):
            out[row] = _value(table, one)
    return finite(ID, settings, draws, out)


@lru_cache(maxsize=4)
def _columns(file: Path, _stamp: int) -> pl.DataFrame:
    """The panel's columns; the stamp tells an edited file."""
    from worldclass.dynamics.debt_crisis.panel import read_columns

    return read_columns(file)


def _value(table: pl.DataFrame, one: CreditPanel) -> float:
    first, last = one.period
    yearly = averages(_chosen(table, one), one)
    years = [year for year in range(first, last + 1) if year in yearly]
    if missing := [year for year in (first, last) if year not in yearly]:
        raise ClaimError(
            f"No country has a value of {one.series} in {missing[0]}.",
            where=f"{ID}: panel = {one.panel!r}",
            remedy="Choose other years, another panel or other countries.",
        )
    values = np.array([yearly[year] for year in years])
    if one.statistic == "year-of-max":
        return float(years[int(values.argmax())])
    summaries = {"value": np.mean, "mean": np.mean, "max": np.max, "min": np.min}
    return float(summaries[one.statistic](values))


def averages(rows: pl.DataFrame, one: CreditPanel) -> dict[int, float]:
    """Average over countries by year.

    Parameters
    ----------
    rows
        Columns country, year, value, weight, without gaps.
    """
    import polars as pl

    first, last = one.span or one.period
    if one.panel != "all":
        needed = range(first, last + 1) if one.panel == "balanced" else (first, last)
        inside = rows.filter(pl.col("year").is_in(list(needed)))
        counts = inside.group_by("country").agg(pl.col("year").n_unique().alias("years"))
        whole = counts.filter(pl.col("years") == len(set(needed)))["country"]
        rows = rows.filter(pl.col("country").is_in(whole.to_list()))
    value = {
        "mean": pl.col("value").mean(),
        "median": pl.col("value").median(),
        "gdp": (pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum(),
    }[one.average]
    found = rows.group_by("year").agg(value.alias("value"))
    return dict(zip(found["year"].to_list(), found["value"].to_list(), strict=True))


def _chosen(table: pl.DataFrame, one: CreditPanel) -> pl.DataFrame:
    """Rows of the countries that a setting speaks of: country, year, value, weight."""
    import polars as pl

    names = [name for name in ("country", "iso") if name in table.columns]
    wanted = (
        None
        if one.countries == "all"
        else {one.countries}
        if isinstance(one.countries, str)
        else set(one.countries)
    )
    for asked in (wanted or set[str]()) | set(one.without):
        if not any((table[name] == asked).any() for name in names):
            raise ClaimError(
                f"The panel has no country {asked!r}.",
                where=f"{ID}: countries",
                remedy=f"It has {', '.join(sorted(set(table[names[0]])) if names else ())}.",
            )

    def among(codes: set[str]) -> pl.Expr:
        return pl.any_horizontal(*(pl.col(name).is_in(list(codes)) for name in names))

    if wanted is not None:
        table = table.filter(among(wanted))
    if one.without:
        table = table.filter(~among(set(one.without)))
    weight = pl.lit(1.0)
    if one.average == "gdp":
        weight = _column(table, WEIGHT[0]) * _column(table, WEIGHT[1])
    top, slash, bottom = (text.strip() for text in one.series.partition("/"))
    value = _column(table, top) / _column(table, bottom) if slash else _column(table, top)
    rows = table.select(
        pl.col(names[0]).alias("country"),
        pl.col("year").cast(pl.Int64),
        value.alias("value"),
        weight.alias("weight"),
    )
    return rows.fill_nan(None).drop_nulls().filter(pl.col("value").is_finite())


def _column(table: pl.DataFrame, name: str) -> pl.Expr:
    import polars as pl

    if name not in table.columns or not table[name].dtype.is_numeric():
        raise ClaimError(
            f"The panel has no series {name!r}.",
            where=f"{ID}: series",
            remedy=f"It has {', '.join(c for c in table.columns if table[c].dtype.is_numeric())}.",
        )
    return pl.col(name).cast(pl.Float64)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Where the series come from."""
    file = file_of(data, "crises", ID)
    series = ", ".join(sorted({one.series for one in settings}))
    first = min(one.period[0] for one in settings)
    last = max(one.period[1] for one in settings)
    return Evidence(
        sources=(f"{panel_source(file)}: {series}, {first}–{last}",),
        imputed=None,
        method=(
            "Yearly values of each country are averaged over countries, then summed up over years. "
            "Nothing is drawn: choices of countries, years and average are the uncertainty shown."
        ),
        page="dynamics.md",
    )


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Averages that wander from year to year; statistics of one series agree with one another.

    Each series, choice of countries, average and panel has a path of its own; ratios and stocks
    stay above zero.
    """
    first = min(one.period[0] for one in settings)
    last = max(one.period[1] for one in settings)
    paths: dict[str, Values] = {}
    out = np.empty((len(settings), number))
    for row, one in enumerate(settings):
        told = {"year", "years", "statistic", "span"} if one.panel == "all" else {
            "year", "years", "statistic"
        }  # fmt: skip
        key = one.model_dump_json(exclude=told)
        if key not in paths:
            start = random.normal(0.0, 1.0, (number, 1))
            drift = random.normal(0.0, 0.02, (number, 1))
            steps = random.normal(0.0, 0.1, (number, last - first + 1)) + drift
            path = start + steps.cumsum(axis=1)
            paths[key] = path if one.series in SIGNED else np.exp(path)
        begin, end = one.period
        values = paths[key][:, begin - first : end - first + 1]
        if one.statistic == "year-of-max":
            out[row] = begin + values.argmax(axis=1)
        else:
            summaries = {"value": np.mean, "mean": np.mean, "max": np.max, "min": np.min}
            out[row] = summaries[one.statistic](values, axis=1)
    return out


QUANTITY = Quantity(
    id=ID,
    label="Level of a series over a panel of countries",
    fields=CreditPanel,
    needs=("crises",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
    drawn=False,
)
