"""A map of the world: one class in one year, as a share, in Equal Earth projection."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.country_ranking import ranking_rows
from worldclass.charts.country_shapes import attribution, country_points, topology
from worldclass.charts.marks import estimate_tooltip, named, with_texts
from worldclass.charts.measures import Measure, choose, estimates, find_measure
from worldclass.charts.numbers import persons_text, share_text
from worldclass.charts.palette import NO_DATA, ramp
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting, setting_of, whom
from worldclass.charts.sizes import estimate_text
from worldclass.charts.theme import BORDER, MUTED, NARROW
from worldclass.core.countries import countries

_SHARE_STEPS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2)
RATIO = 0.43
"""Height of the map over its width, without Antarctica."""


def world_map(
    frame: pl.DataFrame,
    class_id: str,
    *,
    year: int | None = None,
    measure: str = "share_adults",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
) -> Picture:
    """Draw the size of a class in every country.

    Countries without an estimate are grey. Countries whose shape is hard to see have a circle. A
    class that the data only bound has no estimate anywhere: its upper bound gives the colours.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    class_id
        Class to show.
    year
        By default the last one of the frame.
    measure
        A share by preference: a map of persons shows where people are.
    sex, setting, width
        As in `class_areas`.

    Raises
    ------
    UsageError
        When the class, year, sex or measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    year = int(frame["year"].max()) if year is None else year  # type: ignore[arg-type]
    rows = map_rows(frame, class_id, year, kind, sex, setting)
    bounds = setting.style(class_id).bounds
    breaks = class_breaks(frame, class_id, kind, sex, bounds=bounds)
    chart = map_chart(kind, breaks, width, bounds=bounds)
    data = {"map": rows, "shapes": topology()}
    caption = _caption(frame, class_id, year, kind, sex, setting)
    return Picture(chart, caption, width, data)


def map_rows(
    frame: pl.DataFrame, class_id: str, year: int, measure: Measure, sex: str, setting: Setting
) -> Rows:
    """Rows with code, place, value, low, high, shown; small ones with longitude and latitude.

    For a class that the data only bound, `shown` is 0 and the value is the upper bound.
    """
    bounds = setting.style(class_id).bounds
    chosen = estimates(choose(frame, class_id=class_id, year=year, sex=sex), measure)
    chosen = chosen.filter(
        pl.col("country").is_in(list(countries())), pl.col("value").is_not_null()
    )
    rows: Rows = []
    for row in chosen.sort("country").iter_rows(named=True):
        code = row["country"]
        entry = {"code": code, "place": setting.place(code)}
        entry |= {name: row[name] for name in ("value", "low", "high")}
        entry |= {"value": row["high"], "shown": 0} if bounds else {"shown": 1}
        place = country_points().get(code)
        if place and place.small:
            entry |= {"longitude": place.longitude, "latitude": place.latitude}
        rows.append(entry)
    return rows


def class_breaks(
    frame: pl.DataFrame,
    class_id: str,
    measure: Measure,
    sex: str = "total",
    *,
    bounds: bool = False,
) -> tuple[float, ...]:
    """Borders between the colours of a map: even, round, the same in all years of the frame.

    Shares: five to seven even steps from zero that hold 97 % of the country-years. Persons:
    powers of ten. With `bounds` they are of the upper ends of the intervals.
    """
    chosen = estimates(choose(frame, class_id=class_id, sex=sex), measure)
    chosen = chosen.filter(pl.col("country").is_in(list(countries())))
    values = chosen["high" if bounds else "value"].drop_nulls()
    most = float(values.quantile(0.97) or 0.0) if len(values) else 0.0
    if not measure.is_share:
        top = max(4, math.floor(math.log10(max(most, 1.0))))
        return tuple(10.0**power for power in range(top - 4, top + 1))
    step = next((step for step in _SHARE_STEPS if most <= 6.5 * step), _SHARE_STEPS[-1])
    count = min(6, max(4, math.ceil(most / step) - 1))
    return tuple(round(step * place, 6) for place in range(1, count + 1) if step * place < 1)


@lru_cache(maxsize=32)
def map_chart(
    measure: Measure, breaks: tuple[float, ...], width: int, *, bounds: bool = False
) -> Any:
    """Shapes coloured by step, grey without an estimate; circles for the small ones.

    It reads the data `shapes` (a topology) and `map` (as `map_rows` gives them).
    """
    shapes = alt.NamedData(
        name="shapes", format=alt.TopoDataFormat(type="topojson", feature="countries")
    )
    names = step_names(measure, breaks)
    rows = named("map")
    fields = ["place", "value", "low", "high", "shown"]
    countries_layer = _with_step(
        alt.Chart(shapes).transform_lookup(
            lookup="id", from_=alt.LookupData(data=rows, key="code", fields=fields)
        ),
        measure,
        breaks,
    )
    colour = _colour(measure, names, width, bounds)
    tooltip = estimate_tooltip(alt.Tooltip("name:N", title="Country"))
    known = alt.when("isValid(datum.value)").then(colour).otherwise(alt.value(NO_DATA))
    countries_layer = (
        countries_layer.transform_calculate(name="datum.place || datum.properties.name")
        .mark_geoshape(stroke=BORDER, strokeWidth=0.5 if width > NARROW else 0.3)
        .encode(color=known, tooltip=tooltip)
    )
    circles = (
        _with_step(alt.Chart(rows), measure, breaks)
        .transform_filter("isValid(datum.longitude)")
        .transform_calculate(name="datum.place")
        .mark_circle(size=42 if width > NARROW else 16, opacity=1, stroke=MUTED, strokeWidth=0.6)
        .encode(longitude="longitude:Q", latitude="latitude:Q", color=colour, tooltip=tooltip)
    )
    return (
        alt.layer(countries_layer, circles)
        .project(type="equalEarth", rotate=[-11, 0, 0])
        .properties(width=width - 10, height=int(width * RATIO))
    )


def _with_step(chart: Any, measure: Measure, breaks: tuple[float, ...]) -> Any:
    """Add the texts of tooltips and the field `step`, the name of a value's colour."""
    return with_texts(chart, measure).transform_calculate(step=step_expression(measure, breaks))


def step_expression(measure: Measure, breaks: tuple[float, ...]) -> str:
    """Vega expression that names the colour of `datum.value`.

    Examples
    --------
    >>> from worldclass.charts.measures import MEASURES
    >>> step_expression(MEASURES["share_adults"], (0.05,))
    "datum.value < 0.05 ? 'below 5 %' : '5 % and more'"
    """
    names = step_names(measure, breaks)
    tests = "".join(
        f"datum.value < {border!r} ? '{name}' : "
        for border, name in zip(breaks, names, strict=False)
    )
    return f"{tests}'{names[-1]}'"


def step_names(measure: Measure, breaks: tuple[float, ...]) -> tuple[str, ...]:
    """Words for the steps of colour, from little to much.

    Examples
    --------
    >>> from worldclass.charts.measures import MEASURES
    >>> step_names(MEASURES["share_adults"], (0.05, 0.1))
    ('below 5 %', '5–10 %', '10 % and more')
    """
    write = share_text if measure.is_share else persons_text
    names = [write(border).replace(".0 %", " %") for border in breaks]
    between = [f"{a.replace(' %', '')}–{b}" for a, b in pairwise(names)]
    return (f"below {names[0]}", *between, f"{names[-1]} and more")


def _colour(measure: Measure, names: tuple[str, ...], width: int, bounds: bool) -> alt.Color:
    """Steps of colour with a legend that names them."""
    what, missing = ("upper bound, ", "bound") if bounds else ("", "estimate")
    legend = alt.Legend(
        orient="top",
        direction="horizontal",
        title=f"{what}{measure.axis} (grey: no {missing})",
        titleLimit=0,
        symbolSize=150,
        symbolStrokeWidth=0,
        symbolOpacity=1,
        columns=len(names) if width > NARROW else 3,
    )
    scale = alt.Scale(domain=list(names), range=list(ramp(len(names))))
    return alt.Color("step:N", scale=scale, legend=legend)


def _caption(
    frame: pl.DataFrame, class_id: str, year: int, measure: Measure, sex: str, setting: Setting
) -> Caption:
    """Title, definition, source of the shapes, and a description with both ends."""
    label = setting.style(class_id).label
    ranked = ranking_rows(frame, class_id, year, measure, sex, setting)
    most = ", ".join(f"{row['place']} {estimate_text(measure, row)}" for row in ranked[:3])
    least = ", ".join(f"{row['place']} {estimate_text(measure, row)}" for row in ranked[-3:])
    bounds = ""
    if setting.style(class_id).bounds:
        bounds = "the upper bound: the data only bound this class, and hold no estimate of it; "
    return Caption(
        title=f"{label}: every country{whom(sex)}, {year}",
        subtitle=f"{measure.axis}; {bounds}theory “{setting.theory}”",
        footnote=setting.footnote(attribution()),
        description=f"World map of {label}, {measure.axis}, {year}, {len(ranked)} countries. "
        f"Most: {most}. Least: {least}.",
    )
