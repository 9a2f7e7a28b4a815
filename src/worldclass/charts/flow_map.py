"""A map of who commands more work than it gives, per unit worked."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.country_shapes import attribution, country_points, topology
from worldclass.charts.flow_frame import (
    REST,
    FlowSetting,
    balance_quantity,
    balances,
    last_year,
    totals_note,
    year_note,
)
from worldclass.charts.flow_texts import amount_text, ratio_text
from worldclass.charts.marks import named
from worldclass.charts.palette import DIVERGING_LIGHT, NEUTRAL, NO_DATA
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import whom
from worldclass.charts.theme import BORDER, MUTED, NARROW, PAPER
from worldclass.charts.world_map import RATIO
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError

FACTORS = (1 / 2, 2 / 3, 1 / 1.1, 1.1, 3 / 2, 2.0)
"""Borders between the colours: commanded over worked, the same factors up and down."""
STEPS = (
    "below −50 %",
    "−50 to −33 %",
    "−33 to −9 %",
    "−9 to +10 %",
    "+10 to +50 %",
    "+50 to +100 %",
    "+100 % and more",
)
HATCH = 7
"""Pixels from one line of the hatching to the next."""


def flow_map(
    frame: pl.DataFrame,
    *,
    year: int | None = None,
    sex: str = "total",
    sector: str | None = None,
    account: str | None = None,
    setting: FlowSetting | None = None,
    width: int = 760,
) -> Picture:
    """Draw what each country commands per unit it works, less 1.

    Steps are the same in all pictures, so that years can be compared. Countries that the tables
    do not name are hatched in grey, whatever the ratio of the rest of the world: nothing is known
    of them one by one. Places that are no country, and countries without a flow, are not coloured.

    Parameters
    ----------
    frame
        Flows between countries, or what countries give and command, as in `flow_balance`.
    year
        By default the last one of the frame.
    sex, sector, account
        As in `flow_rows`.
    setting
        Source, number of draws.
    width
        Pixels.

    Raises
    ------
    UsageError
        When the frame does not hold the choice, or holds no country.
    """
    setting = setting or FlowSetting()
    setting = setting.noting(year_note(frame, year), totals_note(frame, sex, sector))
    noun = balance_quantity(frame, account).noun
    year = last_year(frame, year)
    found = balances(frame, year=year, sex=sex, sector=sector, account=account)
    rows = flow_map_rows(found, setting)
    if not any(row["rest"] == 0 for row in rows):
        raise UsageError(
            "The frame holds no country, only groups.", remedy="Draw flows between countries."
        )
    data = {"map": rows, "shapes": topology(), "hatching": _hatching(width)}
    return Picture(_chart(width), _caption(rows, year, sex, noun, setting), width, data)


def flow_map_rows(found: pl.DataFrame, setting: FlowSetting) -> Rows:
    """One row a country: code, place, ratio, step, texts; `rest` is 1 in the rest of the world.

    Small countries have longitude and latitude; those in the rest of the world have no step.
    """
    known = {row["place"]: row for row in found.iter_rows(named=True) if row["ratio"] is not None}
    rest = known.get(REST)
    rows: Rows = []
    for code in countries():
        row = known.get(code) or rest
        if row is None:
            continue
        inside = code not in known
        entry = {
            "code": code,
            "place": setting.place(code),
            "rest": int(inside),
            "ratio": row["ratio"],
            "step": None if inside else step_of(row["ratio"]),
            "amount": ratio_text(row["ratio"]),
            "worked": amount_text(row["worked"]),
            "commanded": amount_text(row["commanded"]),
            "of": setting.place(REST) if inside else setting.place(code),
        }
        point = country_points().get(code)
        if point and point.small and not inside:
            entry |= {"longitude": point.longitude, "latitude": point.latitude}
        rows.append(entry)
    return rows


def step_of(ratio: float) -> str:
    """The step of colour of commanded/worked − 1.

    Examples
    --------
    >>> step_of(-0.6), step_of(0.0), step_of(0.69), step_of(1.2)
    ('below −50 %', '−9 to +10 %', '+50 to +100 %', '+100 % and more')
    """
    return STEPS[sum(1 + ratio >= factor for factor in FACTORS)]


def _hatching(width: int) -> Rows:
    """Oblique lines over the whole map, in pixels."""
    height = int(width * RATIO)
    wide = width - 10
    step = HATCH if width > NARROW else HATCH - 2
    rows: Rows = []
    for start in range(-height, wide, step):
        first, last = max(start, 0), min(start + height, wide)
        rows.append({"x": first, "y": first - start, "x2": last, "y2": last - start})
    return rows


def _chart(width: int) -> Any:
    """The rest of the world in grey, hatching in the colour of the paper, then the countries."""
    shapes = alt.NamedData(
        name="shapes", format=alt.TopoDataFormat(type="topojson", feature="countries")
    )
    fields = ["place", "rest", "ratio", "step", "amount", "worked", "commanded", "of"]
    tooltip = [
        alt.Tooltip("name:N", title="Country"),
        alt.Tooltip("amount:N", title="Commanded over worked"),
        alt.Tooltip("worked:N", title="Worked"),
        alt.Tooltip("commanded:N", title="Commanded"),
        alt.Tooltip("of:N", title="Known of"),
    ]
    colour = _colour(width)
    known = alt.when("isValid(datum.step)").then(colour).otherwise(alt.value(NO_DATA))
    looked_up: Any = (
        alt.Chart(shapes)
        .transform_lookup(
            lookup="id", from_=alt.LookupData(data=named("map"), key="code", fields=fields)
        )
        .transform_calculate(name="datum.place || datum.properties.name")
    )
    stroke = {"stroke": BORDER, "strokeWidth": 0.5 if width > NARROW else 0.3}
    under = looked_up.transform_filter("datum.rest === 1").mark_geoshape(fill=NEUTRAL, **stroke)
    over = looked_up.transform_filter("datum.rest !== 1").mark_geoshape(**stroke)
    pixels: dict[str, Any] = {"scale": None, "axis": None}
    lines = (
        alt.Chart(named("hatching"))
        .mark_rule(color=PAPER, strokeWidth=1.6 if width > NARROW else 1.1)
        .encode(x=alt.X("x:Q", **pixels), x2="x2:Q", y=alt.Y("y:Q", **pixels), y2="y2:Q")
    )
    circles = (
        alt.Chart(named("map"))
        .transform_filter("isValid(datum.longitude)")
        .transform_calculate(name="datum.place")
        .mark_circle(size=42 if width > NARROW else 16, opacity=1, stroke=MUTED, strokeWidth=0.6)
        .encode(longitude="longitude:Q", latitude="latitude:Q", color=colour, tooltip=tooltip)
    )
    return (
        alt.layer(
            under.encode(tooltip=tooltip),
            lines,
            over.encode(color=known, tooltip=tooltip),
            circles,
        )
        .project(type="equalEarth", rotate=[-11, 0, 0])
        .properties(width=width - 10, height=int(width * RATIO))
    )


def _colour(width: int) -> alt.Color:
    """Seven steps with a legend that names them."""
    legend = alt.Legend(
        orient="top",
        direction="horizontal",
        title="commanded over worked, less 1",
        titleLimit=0,
        labelLimit=0,
        symbolSize=150,
        symbolStrokeWidth=0,
        symbolOpacity=1,
        columns=len(STEPS) if width > NARROW else 3,
    )
    scale = alt.Scale(domain=list(STEPS), range=list(DIVERGING_LIGHT))
    return alt.Color("step:N", scale=scale, legend=legend)


def _caption(rows: Rows, year: int, sex: str, noun: str, setting: FlowSetting) -> Caption:
    """Title, definition, what hatching means, and a description with both ends."""
    own = sorted((row for row in rows if row["rest"] == 0), key=lambda row: -row["ratio"])
    inside = [row for row in rows if row["rest"] == 1]
    most = ", ".join(f"{row['place']} {row['amount']}" for row in own[:4])
    least = ", ".join(f"{row['place']} {row['amount']}" for row in own[::-1][:4])
    hatched = ""
    if inside:
        amount = str(inside[0]["amount"]).replace(" ", "\u00a0")  # a line must not begin with %
        hatched = (
            f"Hatched: {len(inside)} countries and territories that the tables do not name; as "
            f"one, {setting.short(REST)}: {amount}."
        )
    return Caption(
        title=f"What countries command for every hour they work{whom(sex)}, {year}"
        if noun == "hours"
        else f"What countries command against what they give{whom(sex)}, {year}",
        subtitle=f"{noun.capitalize()} embodied in a country’s final demand over {noun} worked "
        "there, less 1; rust: it gives more, blue: it commands more",
        footnote=setting.footnote(False, hatched, attribution()),
        description=f"World map of {noun} commanded over {noun} worked, less 1, {year}, "
        f"{len(own)} countries. Most: {most}. Least: {least}. {hatched}".rstrip(),
    )
