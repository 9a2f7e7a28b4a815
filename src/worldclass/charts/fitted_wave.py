"""A fitted wave against its data: counts by day with the model's band, and the residuals below."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named, title_above
from worldclass.charts.numbers import significant
from worldclass.charts.palette import BLUE, LIGHT, RUST
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import GRID, INK, MUTED, NARROW
from worldclass.core.errors import UsageError

COLUMNS = ("series", "date", "value", "low", "high")
SERIES = ("observed", "fitted", "ahead", "residual")


def fitted_wave(
    table: pl.DataFrame,
    *,
    title: str,
    axis: str = "events per day",
    subtitle: str = "",
    footnote: str = "",
    width: int = 760,
    height: int = 300,
) -> Picture:
    """Draw observed counts, the fitted mean with its band, what follows, and the residuals.

    Parameters
    ----------
    table
        Columns `series` (one of `SERIES`), `date` (Date or Datetime: when the bin begins),
        `value`, `low`, `high`. Bins that were not observed have no row `observed`.
    title, subtitle, footnote
        Words around the picture.
    axis
        Words of the vertical axis, with the unit.
    width, height
        Of the picture and of its upper panel, in pixels.

    Raises
    ------
    UsageError
        The table lacks a column, or holds no observed counts.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing or table.filter(pl.col("series") == "observed").is_empty():
        raise UsageError(
            f"The table lacks {missing or 'observed counts'}.", remedy=f"It needs {list(COLUMNS)}."
        )
    stamped = table.with_columns(pl.col("date").cast(pl.Datetime))
    moments = stamped["date"].unique().sort()
    step = timedelta(days=1) if moments.len() < 2 else moments.diff().drop_nulls().min()
    assert isinstance(step, timedelta)
    rows = stamped.with_columns(
        (pl.col("date") + step / 2).dt.strftime("%Y-%m-%dT%H:%M:%S").alias("at"),
        pl.col("date").dt.strftime("%Y-%m-%dT%H:%M:%S").alias("from"),
        (pl.col("date") + step).dt.strftime("%Y-%m-%dT%H:%M:%S").alias("to"),
    ).drop("date")
    data: dict[str, Any] = {
        name: rows.filter(pl.col("series") == name).to_dicts() for name in SERIES
    }
    first, last = moments.min(), moments.max()
    assert isinstance(first, datetime) and isinstance(last, datetime)
    data["weekends"] = _weekends(first, last + step)
    data["bounds"] = [{"at": -1.96}, {"at": 0.0}, {"at": 1.96}]
    ends = [f"{one:%Y-%m-%dT%H:%M:%S}" for one in (first, last + step)]
    plot = width - 76
    x: Any = {
        "type": "temporal",
        "scale": alt.Scale(domain=ends),
        "axis": alt.Axis(
            format="%-d %b", tickCount=max(3, plot // 70), labelOverlap=True, title=None
        ),
    }
    bare = x | {"axis": alt.Axis(labels=False, tickCount=max(3, plot // 70), title=None)}
    upper = _upper(bare, axis, plot, height, bool(data["ahead"]))
    lower = _lower(x, plot)
    whole = alt.vconcat(upper, lower, spacing=34, bounds="flush")
    told = _told(table, title)
    return Picture(whole, Caption(title, _key(data, subtitle, width), footnote, told), width, data)


def _upper(x: Any, axis: str, plot: int, height: int, further: bool) -> Any:
    y_axis = alt.Axis(tickCount=5, format=",~r", **title_above(axis))
    scale = alt.Scale(domainMin=0, nice=True)

    def y(field: str) -> Any:
        return alt.Y(field, axis=y_axis, scale=scale)

    at = alt.X("at", **x)
    weekend = alt.Chart(named("weekends")).mark_rect(color=GRID, opacity=0.6)
    bars = alt.Chart(named("observed")).mark_bar(color=MUTED, opacity=0.45)
    band = alt.Chart(named("fitted")).mark_area(color=LIGHT[BLUE], opacity=0.18)
    line = alt.Chart(named("fitted")).mark_line(color=LIGHT[BLUE], strokeWidth=2)
    layers: list[Any] = [
        weekend.encode(x=alt.X("from", **x), x2="to"),
        bars.encode(
            x=alt.X("from", **x),
            x2="to",
            y=y("value:Q"),
            y2=alt.Y2Datum(0),
            tooltip=[alt.Tooltip("from:T", title="Day"), alt.Tooltip("value:Q", title="Events")],
        ),
        band.encode(x=at, y=y("low:Q"), y2="high:Q"),
        line.encode(x=at, y=y("value:Q")),
    ]
    if further:
        ahead = alt.Chart(named("ahead"))
        layers += [
            ahead.mark_area(color=LIGHT[RUST], opacity=0.16).encode(
                x=at, y=y("low:Q"), y2="high:Q"
            ),
            ahead.mark_line(color=LIGHT[RUST], strokeWidth=1.8, strokeDash=[5, 3]).encode(
                x=at, y=y("value:Q")
            ),
        ]
    layered: Any = alt.layer(*layers)
    return layered.properties(width=plot, height=height)


def _lower(x: Any, plot: int) -> Any:
    axis = alt.Axis(values=[-2, 0, 2], **title_above("residual, standard deviations"))
    scale = alt.Scale(domain=[-3.5, 3.5])
    rules = alt.Chart(named("bounds")).mark_rule(color=MUTED, strokeDash=[2, 3])
    points = alt.Chart(named("residual"))
    y = alt.Y("shown:Q", axis=axis, scale=scale)
    near = points.transform_calculate(shown="clamp(datum.value, -3.4, 3.4)")
    layered: Any = alt.layer(
        rules.encode(y=alt.Y("at:Q", axis=axis, scale=scale)),
        near.mark_rule(color=INK, opacity=0.35).encode(x=alt.X("at", **x), y=y, y2=alt.Y2Datum(0)),
        near.mark_point(filled=True, size=34, color=INK, opacity=1).encode(
            x=alt.X("at", **x),
            y=y,
            tooltip=[
                alt.Tooltip("from:T", title="Day"),
                alt.Tooltip("value:Q", title="Residual", format=".2f"),
            ],
        ),
    )
    return layered.properties(width=plot, height=90)


def _weekends(first: datetime, end: datetime) -> list[dict[str, str]]:
    """Saturdays and Sundays as spans; none for series of more than a year."""
    if end - first > timedelta(days=366):
        return []
    found: list[dict[str, str]] = []
    day = datetime(first.year, first.month, first.day)
    while day < end:
        if day.weekday() >= 5:
            until = min(day + timedelta(days=1), end)
            found.append(
                {"from": f"{max(day, first):%Y-%m-%dT%H:%M:%S}", "to": f"{until:%Y-%m-%dT%H:%M:%S}"}
            )
        day += timedelta(days=1)
    return found


def _key(data: dict[str, Any], subtitle: str, width: int) -> str:
    """What bars, line and bands are, in words."""
    parts = ["Bars: counted", "blue: mean given the days before, band 5–95 % of counts"]
    if data["ahead"]:
        parts.append("rust: what the fitted model implies next, if nothing else happens")
    if data["weekends"]:
        parts.append("grey strips: weekends")
    words = "; ".join(parts)
    return f"{subtitle}{chr(10) if width > NARROW and subtitle else ' '}{words}".strip()


def _told(table: pl.DataFrame, title: str) -> str:
    """Highest and last count in words."""
    seen = table.filter(pl.col("series") == "observed").sort("date")
    top = seen.sort("value", descending=True).row(0, named=True)
    last = seen.row(-1, named=True)
    return (
        f"{title}. Most events on {top['date']:%Y-%m-%d}: {significant(top['value'], 4)}; on the "
        f"last day, {last['date']:%Y-%m-%d}: {significant(last['value'], 4)}."
    )
