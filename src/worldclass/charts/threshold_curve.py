"""The size of a class as a function of one parameter of its theory."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.labels import spread
from worldclass.charts.marks import estimate_tooltip, named, title_above, value_axis, with_texts
from worldclass.charts.measures import Measure, find_measure
from worldclass.charts.numbers import persons_text, share_text
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import MUTED, NARROW
from worldclass.core.errors import UsageError

COLUMNS = ("line", "parameter", "value", "low", "high")


def threshold_curve(
    table: pl.DataFrame,
    *,
    parameter: str,
    unit: str,
    title: str,
    default: float | None = None,
    measure: str = "persons",
    subtitle: str = "",
    footnote: str = "",
    width: int = 760,
    height: int = 360,
) -> Picture:
    """Draw the size of a class against a parameter on a logarithmic axis.

    Parameters
    ----------
    table
        Columns `line` (name of a variant, for example an income anchor with managers in or
        out), `parameter` (> 0), `value`, `low`, `high` (5–95 %; may be null); at most eight
        lines, in the order of their colours.
    parameter, unit
        Words of the horizontal axis.
    title, subtitle, footnote
        Words around the picture.
    default
        Value of the parameter that the theory takes by itself, marked by a line.
    measure
        What `value` is: `persons` or a share.
    width, height
        Pixels.

    Raises
    ------
    UsageError
        When a column is missing or a parameter is not positive.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    if not (table["parameter"] > 0).all():
        raise UsageError(
            "A parameter is not positive, and the axis is logarithmic.",
            remedy="Leave out settings of zero.",
        )
    kind = find_measure(measure)
    lines = table["line"].unique(maintain_order=True).to_list()
    rows = table.select(COLUMNS).sort("line", "parameter").to_dicts()
    labels = _labels(table, lines, kind, height)
    chart = _chart(lines, kind, f"{parameter}, {unit} (logarithmic)", default, width, height)
    caption = Caption(title, subtitle, footnote, _description(rows, lines, kind, title))
    data = {"curve": rows, "curve_labels": labels, "curve_default": [{"default": default}]}
    return Picture(chart, caption, width, data)


def _labels(table: pl.DataFrame, lines: list[str], measure: Measure, height: int) -> Rows:
    """Names at the right end of the lines, in pixels from the top."""
    top = max(float(table[name].max() or 0.0) for name in ("value", "high"))  # type: ignore[arg-type]
    ends = [
        (table.filter(pl.col("line") == line).sort("parameter")["value"][-1] / top * height, line)
        for line in lines
    ]
    ends.sort()
    places = spread([end for end, _ in ends], 14, 4, height)
    return [
        {"line": line, "top": round(height - place, 1)}
        for (_, line), place in zip(ends, places, strict=True)
    ]


def _chart(
    lines: list[str], measure: Measure, axis: str, default: float | None, width: int, height: int
) -> Any:
    """Bands, lines, names at their ends, and a mark at the default."""
    narrow = width <= NARROW
    plot = width - 70 if narrow else int(width - 80 - 6.4 * max(len(line) for line in lines))
    legend = alt.Legend(orient="top", columns=1, title=None, symbolOpacity=1) if narrow else None
    colour = alt.Color(
        "line:N", scale=alt.Scale(domain=lines, range=list(LIGHT[: len(lines)])), legend=legend
    )
    base = with_texts(alt.Chart(named("curve")), measure)
    x = alt.X(
        "parameter:Q",
        scale=alt.Scale(type="log", nice=False),
        axis=alt.Axis(title=axis, format=",", tickCount=6, labelOverlap=True, grid=True),
    )
    y_axis = value_axis(measure, tickCount=5, **title_above(measure.axis))
    tooltip = estimate_tooltip(
        alt.Tooltip("line:N", title="Variant"),
        alt.Tooltip("parameter:Q", title="Parameter", format=",.4~r"),
    )
    y_scale = alt.Scale(zero=True, nice=False)
    band = base.mark_area(opacity=0.16).encode(
        x=x, y=alt.Y("low:Q", axis=y_axis, scale=y_scale), y2="high:Q", color=colour
    )
    line = base.mark_line(strokeWidth=2.2).encode(
        x=x, y=alt.Y("value:Q", axis=y_axis), color=colour, tooltip=tooltip
    )
    layers = [band, line]
    if default is not None:
        at = alt.Chart(named("curve_default"))
        layers.append(at.mark_rule(strokeDash=[4, 4], color=MUTED).encode(x="default:Q"))
        text = at.mark_text(align="left", dx=5, baseline="top", color=MUTED)
        layers.append(text.encode(x="default:Q", y=alt.value(2), text=alt.value("default")))
    main = alt.layer(*layers)
    if narrow:
        return main.properties(width=plot, height=height)
    names = (
        alt.Chart(named("curve_labels"))
        .mark_text(align="left", baseline="middle")
        .encode(
            x=alt.value(plot + 8),
            y=alt.Y("top:Q", scale=None, axis=None),
            text="line:N",
            color=colour,
        )
    )
    return (
        alt.layer(main, names).resolve_scale(y="independent").properties(width=plot, height=height)
    )


def _description(rows: Rows, lines: list[str], measure: Measure, title: str) -> str:
    """Both ends of every line in words."""
    write = share_text if measure.is_share else persons_text
    parts: list[str] = []
    for line in lines:
        own = [row for row in rows if row["line"] == line]
        parts.append(
            f"{line}: {write(own[0]['value'])} at {own[0]['parameter']:,g}, "
            f"{write(own[-1]['value'])} at {own[-1]['parameter']:,g}"
        )
    return f"{title}. {'; '.join(parts)}."
