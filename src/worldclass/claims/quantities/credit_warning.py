"""How well credit growth warns of banking crises."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from worldclass.claims.data import IN_MIRROR
from worldclass.claims.quantities.faults import file_of, finite, told_of
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.dynamics.debt_crisis.resampled import WarningRows

    Values = NDArray[np.float64]

ID = "credit-warning"
SEED = 18702020
JST = (
    "Jordà-Schularick-Taylor Macrohistory Database, release 6 (Jordà, Schularick and Taylor 2017), "
    "CC BY-NC-SA 4.0"
)
Measure = Literal["sum_of_lags", "auroc", "auroc_forecast"]
WARS = ((1914, 1919), (1939, 1947))


class CreditWarning(Fields):
    """What a term says of the logit of crises on earlier credit growth.

    Attributes
    ----------
    measure
        "sum_of_lags": of the slopes, log odds for one more unit of log real credit growth in every
        lag; "auroc": how well the fit ranks the years that it was fitted to; "auroc_forecast": how
        well it ranks years from `first_forecast` on, each by a fit to earlier years alone,
        countries pooled. Chance is 0.5.
    credit
        Column of the panel in place of bank loans, such as "money".
    lags
        Years of growth before.
    years
        First and last year to use; empty for all.
    without
        Countries left out, by the panel's names or codes.
    without_years
        Periods whose years are not explained.
    effects
        Whether each country has a level of its own ("country", "none").
    """

    measure: Measure = "sum_of_lags"
    credit: str = ""
    lags: int = Field(default=5, ge=1, le=10)
    years: tuple[int, int] | None = None
    without: tuple[str, ...] = ()
    without_years: tuple[tuple[int, int], ...] = WARS
    effects: Literal["country", "none"] = "country"
    first_forecast: int = 1984


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Measures of the logit; a draw is a draw of countries with replacement.

    The centre is the estimate on the panel as it is. Draw k takes as many countries as the panel
    has, with replacement and the seed (`SEED`, k): the same countries in every setting.

    Returns
    -------
    Shape (settings, draws).
    """
    file = file_of(data, "crises", ID)
    stamp = file.stat().st_mtime_ns
    out = np.empty((len(settings), len(draws)))
    for row, one in enumerate(settings):
        with told_of(ID, one):
            out[row] = [_measure(file, stamp, one, int(draw)) for draw in draws]
    return finite(ID, settings, draws, out)


def _measure(file: Path, stamp: int, one: CreditWarning, draw: int) -> float:
    asked = (file, stamp, one.credit, one.lags, one.years, one.without, one.without_years)
    if one.measure == "auroc_forecast":
        return _forecast(asked, one.first_forecast, draw)
    total, area = _fit(asked, one.effects == "country", draw)
    return total if one.measure == "sum_of_lags" else area


def country_weights(countries: int, draw: int) -> Values:
    """How often each country is drawn, shape (countries,); once each at the centre.

    Examples
    --------
    >>> float(country_weights(18, 5).sum()), country_weights(3, -1).tolist()
    (18.0, [1.0, 1.0, 1.0])
    """
    if draw < 0:
        return np.ones(countries)
    taken = np.random.default_rng((SEED, draw)).integers(countries, size=countries)
    return np.bincount(taken, minlength=countries).astype(np.float64)


@lru_cache(maxsize=65_536)
def _fit(asked: tuple[Any, ...], effects: bool, draw: int) -> tuple[float, float]:
    """Sum of the slopes, and AUROC of the fit."""
    from worldclass.dynamics.debt_crisis.resampled import area_of_fit, fit_rows

    rows = _rows(*asked).with_crisis
    weights = country_weights(len(rows.countries), draw)
    slopes, index = fit_rows(rows, weights, effects=effects)
    return float(slopes.sum()), area_of_fit(rows, weights, index)


@lru_cache(maxsize=65_536)
def _forecast(asked: tuple[Any, ...], first: int, draw: int) -> float:
    from worldclass.dynamics.debt_crisis.resampled import forecast_area

    rows = _rows(*asked)
    return forecast_area(rows, country_weights(len(rows.countries), draw), first)


@lru_cache(maxsize=64)
def _rows(
    file: Path,
    stamp: int,
    credit: str,
    lags: int,
    years: tuple[int, int] | None,
    without: tuple[str, ...],
    without_years: tuple[tuple[int, int], ...],
) -> WarningRows:
    from worldclass.dynamics.debt_crisis.resampled import warning_rows

    panel = _panel(file, stamp, credit)
    known = set(panel["country"])
    if unknown := sorted(set(without) - known):
        raise ClaimError(
            f"The panel has no country {unknown[0]!r}.",
            where=f"{ID}: without",
            remedy=f"It has {', '.join(sorted(known)[:40])}.",
        )
    kept = panel.filter(~panel["country"].is_in(without))
    return warning_rows(kept, lags=lags, without=without_years, years=years)


@lru_cache(maxsize=16)
def _panel(file: Path, _stamp: int, credit: str) -> pl.DataFrame:
    """The panel; the stamp tells an edited file."""
    from worldclass.dynamics.debt_crisis.panel import read_panel

    return read_panel(file, credit=credit)


def panel_source(file: Path) -> str:
    """Whom to cite for a panel."""
    return JST if file.name == Path(IN_MIRROR["crises"]).name else file.name


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Where credit, prices and dates of crises come from."""
    file = file_of(data, "crises", ID)
    panel = _panel(file, file.stat().st_mtime_ns, "")
    number = panel["country"].n_unique()
    return Evidence(
        sources=(f"{panel_source(file)}: {number} countries, {panel['year'].min()}–"
                 f"{panel['year'].max()}, {panel['crisis'].sum():.0f} crises",),
        imputed=None,
        method=(
            "A logit of crises on yearly growth of real credit in earlier years (Schularick and "
            "Taylor 2012). A draw is a draw of countries with replacement: whole countries, since "
            f"their years are not independent. {number} clusters are few: the spread over draws is "
            "somewhat too narrow, and crises that came to many countries at once make it narrower."
        ),
        page="dynamics.md",
    )  # fmt: skip


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Panels in which credit growth warns, does not, or reassures; equal settings agree."""
    worlds: dict[str, Values] = {}
    out = np.empty((len(settings), number))
    for row, one in enumerate(settings):
        idle = "effects" if one.measure == "auroc_forecast" else "first_forecast"
        key = one.model_dump_json(exclude={idle})
        if key not in worlds:
            slopes = random.normal(0.0, 10.0, number)
            worlds[key] = slopes if one.measure == "sum_of_lags" else random.uniform(0, 1, number)
        out[row] = worlds[key]
    return out


QUANTITY = Quantity(
    id=ID,
    label="How well credit growth warns of banking crises",
    fields=CreditWarning,
    needs=("crises",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
    at_once=6,
)
