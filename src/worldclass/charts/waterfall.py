"""From one amount to another, step by step: what each factor contributes to a change."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.flow_frame import Quantity, quantity_of
from worldclass.charts.flow_texts import amount_text, interval_text, signed_text
from worldclass.charts.marks import named
from worldclass.charts.numbers import persons_expression
from worldclass.charts.palette import BLUE, LIGHT, RUST
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import INK, MUTED, NARROW
from worldclass.core.errors import UsageError

COLUMNS = ("factor", "effect", "start", "end", "unit")
LEVEL, RISE, FALL = "level", "adds", "takes away"
STEP = 34
"""Pixels from one bar to the next."""
_TOLERANCE = 1e-6


def waterfall(
    table: pl.DataFrame,
    *,
    title: str,
    first: str = "Start",
    last: str = "End",
    labels: Mapping[str, str] | None = None,
    subtitle: str = "",
    ends: str = "range over the orders in which factors are replaced",
    footnote: str = "",
    width: int = 760,
) -> Picture:
    """Draw a start, the effects of factors one after another, and the end they add up to.

    Parameters
    ----------
    table
        One row a factor, in the order of drawing: `factor`, `effect`, `start`, `end` (the same in
        every row), `unit`; perhaps `lowest` and `highest`, or `p05` and `p95`, of the effect.
    title, subtitle, footnote
        Words around the picture.
    first, last
        What start and end are, for example years.
    labels
        Words by factor; by default the factor itself.
    ends
        What the lines at the bars are: by default the range of `lowest` and `highest`.
    width
        Pixels.

    Raises
    ------
    UsageError
        When a column is missing, when the table is of several starts or ends, or when the
        effects do not add up to the change.
    """
    _check(table)
    quantity = quantity_of(table)
    rows = waterfall_rows(table, quantity.scale, first, last, labels or {})
    ranges = any(row["low"] is not None for row in rows)
    for row in rows:
        lines = textwrap.wrap(row["label"], 16 if width <= NARROW else 30)
        row["lines"] = "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")
    start, *steps, end = rows
    effects = "; ".join(f"{row['label']} {row['amount']}" for row in steps)
    unit = f"{quantity.noun}{f'; line: {ends}' if ranges else ''}"
    caption = Caption(
        title=title,
        subtitle=f"{subtitle}; {unit}" if subtitle else unit[:1].upper() + unit[1:],
        footnote=footnote,
        description=f"{title}. From {start['amount']} {quantity.noun} ({first}) to "
        f"{end['amount']} ({last}): {effects}.",
    )
    chart = _chart(rows, quantity, width)
    return Picture(chart, caption, width, {"steps": rows, "links": _links(rows)})


def _check(table: pl.DataFrame) -> None:
    """Refuse a table whose effects are not those of one change."""
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    if table.is_empty() or table["start"].n_unique() != 1 or table["end"].n_unique() != 1:
        raise UsageError(
            "The table is not of one change.",
            where="start, end",
            remedy="Filter it to one producer, consumer and sex: one row a factor.",
        )
    change, total = table["end"][0] - table["start"][0], table["effect"].sum()
    size = max(abs(table["start"][0]), abs(table["end"][0]), 1e-300)
    if abs(total - change) > _TOLERANCE * size:
        raise UsageError(
            f"The effects add up to {total:g}, the change is {change:g}.",
            where="effect",
            remedy="Give every factor once.",
        )


def waterfall_rows(
    table: pl.DataFrame, scale: float, first: str, last: str, labels: Mapping[str, str]
) -> Rows:
    """Rows from start to end with label, kind, from, to, low, high (as positions) and texts."""
    known = next(
        (pair for pair in (("p05", "p95"), ("lowest", "highest")) if set(pair) <= {*table.columns}),
        None,
    )
    at = float(table["start"][0]) * scale
    rows: Rows = [_level(first, at)]
    for row in table.iter_rows(named=True):
        effect = row["effect"] * scale
        low, high = (row[name] for name in known) if known else (None, None)
        low, high = (None if end is None else end * scale for end in (low, high))
        rows.append(
            {
                "label": labels.get(row["factor"], row["factor"].replace("_", " ").capitalize()),
                "kind": RISE if effect >= 0 else FALL,
                "from": at,
                "to": at + effect,
                "low": None if low is None else at + low,
                "high": None if high is None else at + high,
                "amount": signed_text(effect),
                "between": interval_text(low, high),
            }
        )
        at += effect
    rows.append(_level(last, float(table["end"][0]) * scale))
    for place, row in enumerate(rows):
        row["place"] = place
        row["right"] = max(row["from"], row["to"], *([row["high"]] if row["high"] else []))
    return rows


def _level(label: str, value: float) -> dict[str, Any]:
    return {"label": label, "kind": LEVEL, "from": 0.0, "to": value, "low": None, "high": None} | {
        "amount": amount_text(value),
        "between": interval_text(None, None),
    }


def _links(rows: Rows) -> Rows:
    """Thin lines from the end of a bar to the beginning of the next."""
    return [
        {"at": row["to"], "y": place * STEP + STEP / 2, "y2": (place + 1) * STEP + STEP / 2}
        for place, row in enumerate(rows[:-1])
    ]


def _chart(rows: Rows, quantity: Quantity, width: int) -> Any:
    """Bars, ranges, links and amounts, from top to bottom."""
    narrow = width <= NARROW
    room = 105 if narrow else 190
    plot = width - room - 24
    height = STEP * len(rows)
    values = [row[name] for row in rows for name in ("from", "to", "low", "high")]
    known = [value for value in values if value is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    # The amounts stand to the right of the bars.
    domain = [low, high + (high - low) * 62 / max(plot - 62, 1)]
    axis = alt.Axis(
        title=quantity.noun,
        labelExpr=persons_expression("datum.value"),
        grid=True,
        tickCount=4 if narrow else 6,
    )
    x_scale = alt.Scale(domain=domain, nice=False, zero=False)
    y_axis = alt.Axis(labelLimit=room, labelColor=INK, labelExpr="split(datum.label, '\\n')")
    order = [row["lines"] for row in rows]
    y = alt.Y("lines:N", sort=order, title=None, axis=y_axis, scale=alt.Scale(padding=0))
    base: Any = alt.Chart(named("steps")).encode(y=y)
    kinds = [kind for kind in (LEVEL, RISE, FALL) if any(row["kind"] == kind for row in rows)]
    colours = {LEVEL: MUTED, RISE: LIGHT[BLUE], FALL: LIGHT[RUST]}
    scale = alt.Scale(domain=kinds, range=[colours[kind] for kind in kinds])
    bars = base.mark_bar(height=16).encode(
        x=alt.X("from:Q", axis=axis, scale=x_scale),
        x2="to:Q",
        color=alt.Color("kind:N", scale=scale, legend=None),
        tooltip=[
            alt.Tooltip("label:N", title="Factor"),
            alt.Tooltip("amount:N", title="Effect"),
            alt.Tooltip("between:N", title="Range"),
        ],
    )
    spans = base.transform_filter("datum.low != null").mark_rule(color=INK, strokeWidth=1.4)
    spans = spans.encode(x=alt.X("low:Q", axis=axis), x2="high:Q")
    text = base.mark_text(align="left", dx=6, color=INK, fontSize=11)
    text = text.encode(x=alt.X("right:Q", axis=axis), text="amount:N")
    links: Any = alt.Chart(named("links")).mark_rule(color=MUTED, strokeWidth=0.8)
    links = links.encode(
        x=alt.X("at:Q", axis=axis),
        y=alt.Y("y:Q", scale=None, axis=None),
        y2="y2:Q",
    )
    whole = alt.layer(alt.layer(bars, spans, text), links).resolve_scale(y="independent")
    return whole.properties(width=plot, height=height)
