"""A published indicator of a country, or of several together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, model_validator

from worldclass.claims.quantities.faults import file_of, finite, told_of
from worldclass.claims.quantities.imagined_people import MOST_NAMED, PLACES, covered
from worldclass.claims.quantities.indicator_table import Indicators, read_indicators, yearly
from worldclass.claims.quantities.people_terms import Place, members_of
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.datafile import load_toml, package_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data

    Values = NDArray[np.float64]

ID = "indicator"
Years = tuple[int, int]


class IndicatorOf(Fields):
    """What a term says of an indicator.

    Attributes
    ----------
    indicator
        Name of an indicator, or several, which are added up within each country.
    country, without
        A country, an aggregate or a list, and what is left out of it.
    year
        The year; or else `years`, the first and last of several, with a `statistic` over them.
    weight
        How countries are taken together: weighted by output ("gdp", constant US dollars of 2015)
        or by "population", as a plain mean ("none"), the "median" country, or a "sum".
    panel
        "all" countries with a value in the year, or the "balanced" ones with values in every year
        of `span`: among all, the composition changes as countries begin or cease to report.
    """

    indicator: str | tuple[str, ...]
    country: Place = "WORLD"
    without: Place = ()
    year: int | None = None
    years: Years | None = None
    statistic: Literal["value", "max", "min", "mean", "year-of-max"] = "value"
    weight: Literal["gdp", "population", "none", "median", "sum"] = "gdp"
    panel: Literal["all", "balanced"] = "all"
    span: Years | None = None

    @model_validator(mode="after")
    def _one_time(self) -> IndicatorOf:
        if (self.year is None) == (self.years is None):
            raise ValueError("give either 'year' or 'years'")
        if (self.statistic == "value") != (self.years is None):
            raise ValueError("'years' needs a statistic such as \"max\", and 'year' takes none")
        if self.panel == "balanced" and self.span is None:
            raise ValueError("panel = \"balanced\" needs 'span', the years that must be complete")
        return self


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Indicators, aggregated over countries and years.

        v(t) = Σ_i w_i(t) · x_i(t) / Σ_i w_i(t)

    over the countries i that have both; x is the sum of the indicators named. With exports and
    imports as shares of output and output as the weight, v is the world's trade over its output.
    Shares are of output at current prices while the weights are output at constant ones, the only
    series at hand: countries whose prices rose against the dollar weigh less than they do in the
    World Bank's own world total.

    Returns
    -------
    Shape (settings, draws), in the unit of the indicator; the same in every draw.

    Raises
    ------
    ClaimError
        An unknown indicator or place, or a year without data.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> trade = IndicatorOf(indicator=("exports_share_gdp", "imports_share_gdp"), year=2008)
    >>> bool(50 < evaluate([trade], [-1], Data())[0, 0] < 70)
    True
    """
    table = read_indicators(file_of(data, "indicators", ID))
    values = np.empty((len(settings), len(draws)))
    for row, one in enumerate(settings):
        with told_of(ID, one):
            members = members_of(one.country, one.without, covered())
            values[row] = value_in(table, one, members)
    return finite(ID, settings, draws, values)


def value_in(table: Indicators, one: IndicatorOf, members: Sequence[str]) -> Values:
    """The value of a term in a table, shape (...) of its arrays before countries and years."""
    first, last = (one.year, one.year) if one.years is None else one.years
    assert first is not None and last is not None  # the model requires one of the two
    found = yearly(
        table,
        (one.indicator,) if isinstance(one.indicator, str) else one.indicator,
        members,
        (first, last),
        weight=one.weight,
        span=one.span if one.panel == "balanced" else None,
    )
    if one.statistic == "year-of-max":
        return first + found.argmax(axis=-1).astype(np.float64)
    over = {"value": np.max, "max": np.max, "min": np.min, "mean": np.mean}
    return over[one.statistic](found, axis=-1)


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Values that some tables could conceivably give.

    Every country has a level of each indicator, positive, over several orders of magnitude, that
    wanders from year to year: not at all in one table of ten, widely in others. Countries cease
    and begin to report, so that balanced panels differ from whole ones. Equal settings have equal
    values.
    """
    members = [members_of(one.country, one.without, covered()) for one in settings]
    named = {code for codes in members if len(codes) <= MOST_NAMED for code in codes}
    places = tuple(sorted({*PLACES, *named, *(codes[0] for codes in members)}))
    silent = [code not in named and row % 4 > 0 for row, code in enumerate(places)]
    table = _imagined(settings, places, np.array(silent), random, number)
    found = [value_in(table, one, codes) for one, codes in zip(settings, members, strict=True)]
    return np.stack(found)


def _imagined(
    settings: Sequence[Any],
    places: tuple[str, ...],
    may_be_silent: NDArray[np.bool_],
    random: np.random.Generator,
    number: int,
) -> Indicators:
    """Tables side by side, arrays of shape (number, places, years)."""
    times = [year for one in settings for year in (one.year, *(one.years or ()), *(one.span or ()))]
    known = [year for year in times if year is not None]
    years = tuple(range(min(known), max(known) + 1))
    names = {"gdp_usd2015", "population"}
    for one in settings:
        names |= {one.indicator} if isinstance(one.indicator, str) else set(one.indicator)
    pace = random.choice([0.0, 0.02, 0.2], size=(number, 1, 1), p=[0.1, 0.4, 0.5])
    values: dict[str, Values] = {}
    for name in sorted(names):
        level = random.normal(3.0, 1.5, (number, len(places), 1))
        common = random.standard_normal((number, 1, len(years))).cumsum(axis=-1)
        own = random.standard_normal((number, len(places), len(years))).cumsum(axis=-1)
        values[name] = np.exp(level + pace * (common + own))
        silent = random.random((number, len(places), len(years))) < 0.02
        values[name][silent & may_be_silent[:, None]] = np.nan
    return Indicators(places, years, values)


class _Note(BaseModel):
    model_config = ConfigDict(extra="ignore")

    meaning: str
    attribution: str
    licence: str
    first_year: int
    last_year: int


class _Notes(BaseModel):
    model_config = ConfigDict(extra="ignore")

    indicator: dict[str, _Note]


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Who publishes the indicators; nothing is imputed: countries without a value are left out."""
    names: list[str] = []
    for one in settings:
        names += [one.indicator] if isinstance(one.indicator, str) else one.indicator
        names += ["gdp_usd2015"] if one.weight == "gdp" else []
    own = data.indicators is not None
    notes = load_toml(package_file("worldclass.claims", "evidence", "indicators.toml"), _Notes)
    lines = [
        f"{note.meaning}, {note.first_year}–{note.last_year}: World Bank and United Nations, "
        f"by way of Gapminder. {note.attribution}"
        for name in dict.fromkeys(names)
        if (note := notes.indicator.get(name)) is not None
    ]
    return Evidence(
        sources=(f"A table of your own: {data.indicators}",) if own else tuple(lines),
        imputed=None,
        method=(
            "Countries are taken together weighted as the term says, over those that report. "
            "Weights by output use constant dollars of 2015; shares are at current prices."
        ),
        page="claims.md",
    )


QUANTITY = Quantity(
    id=ID,
    label="A published indicator",
    fields=IndicatorOf,
    needs=("indicators",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
    drawn=False,
)
