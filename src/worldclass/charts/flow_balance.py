"""Bars of what countries command against what they work: to the right more, to the left less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import altair as alt
import polars as pl

from worldclass.charts.flow_frame import (
    FlowSetting,
    Quantity,
    balance_quantity,
    balances,
    last_year,
    rest_note,
    totals_note,
    year_note,
)
from worldclass.charts.flow_texts import amount_text, interval_text, ratio_text, signed_text
from worldclass.charts.marks import named
from worldclass.charts.numbers import persons_expression
from worldclass.charts.palette import BLUE, LIGHT, RUST
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import whom
from worldclass.charts.theme import INK, MUTED, NARROW

Per = Literal["place", "worked"]
MORE, LESS = "commands more than it works", "works more than it commands"
ROW_HEIGHT = 18
AMOUNT = 58
"""Pixels that an amount at the end of a bar takes."""


def flow_balance(
    frame: pl.DataFrame,
    *,
    year: int | None = None,
    per: Per = "place",
    count: int | None = None,
    sex: str = "total",
    sector: str | None = None,
    account: str | None = None,
    setting: FlowSetting | None = None,
    width: int = 760,
) -> Picture:
    """Draw each place's balance as a bar from zero, largest gain on top.

    Parameters
    ----------
    frame
        What places give, command and net (with intervals), or flows between places (without:
        intervals of sums are not known); see `worldclass.charts.flow_frame`.
    year
        By default the last one of the frame.
    per
        `place`: commanded − worked. `worked`: commanded/worked − 1, which does not depend on
        how large a place is.
    count
        Places drawn, from both ends of the order; by default all.
    sex, sector, account
        As in `flow_rows`.
    setting
        Source, names of groups, number of draws.
    width
        Pixels.

    Raises
    ------
    UsageError
        When the frame does not hold the choice.
    """
    setting = setting or FlowSetting()
    setting = setting.noting(totals_note(frame, sex, sector))
    quantity = balance_quantity(frame, account)
    latest = year_note(frame, year)
    year = last_year(frame, year)
    found = balances(frame, year=year, sex=sex, sector=sector, account=account)
    rows = balance_rows(found, per, setting)
    left_out = max(len(rows) - count, 0) if count else 0
    if left_out and count:
        # Both ends of the list: who gains most, who gives most.
        rows = [*rows[: (count + 1) // 2], *rows[len(rows) - count // 2 :]]
    chart = _chart(rows, quantity, per, width)
    caption = _caption(rows, found["place"].to_list(), left_out, year, sex, per, quantity, setting)
    if latest:
        caption = replace(caption, subtitle=f"{caption.subtitle}. {latest}")
    return Picture(chart, caption, width, {"balances": rows})


def balance_rows(found: pl.DataFrame, per: Per, setting: FlowSetting) -> Rows:
    """Rows with place, value, low, high, worked, commanded, their texts, and the side.

    Per unit worked, ends of the interval are those of the difference over what is worked: the
    interval of the ratio where worked is known exactly.
    """
    rows: Rows = []
    for row in found.iter_rows(named=True):
        scale = 1.0 if per == "place" else row["worked"]
        if not scale:
            continue
        write = signed_text if per == "place" else ratio_text
        value = float(row["net"]) / scale
        low, high = (None if row[name] is None else row[name] / scale for name in ("low", "high"))
        both = interval_text(low, high)
        if per == "worked" and low is not None:
            both = f"{ratio_text(low)} to {ratio_text(high)}"
        ends = [end for end in (value, low, high) if end is not None]
        rows.append(
            {
                "place": setting.short(row["place"]),
                "name": setting.place(row["place"]),
                "value": value,
                "low": low,
                "high": high,
                "side": MORE if value >= 0 else LESS,
                "text_at": max(*ends, 0.0) if value >= 0 else min(*ends, 0.0),
                "amount": write(value),
                "between": both,
                "worked": amount_text(row["worked"]),
                "commanded": amount_text(row["commanded"]),
            }
        )
    return sorted(rows, key=lambda row: -row["value"])


def _chart(rows: Rows, quantity: Quantity, per: Per, width: int) -> Any:
    """Bars, intervals, amounts at the ends of the bars, and columns of what lies behind them."""
    narrow = width <= NARROW
    longest = max(len(row["place"]) for row in rows)
    room = int(min(longest * (5.7 if narrow else 6.4) + 10, 140 if narrow else 200))
    plot = width - room - (0 if narrow else 150) - 24
    axis = _axis(quantity, per, narrow)
    scale = alt.Scale(domain=_domain(rows, plot), nice=False, zero=False)
    y_axis = alt.Axis(labelColor=INK, labelLimit=room, domain=False, labelOverlap=False)
    y = alt.Y("place:N", sort=None, title=None, axis=y_axis)
    base: Any = alt.Chart(named("balances")).encode(y=y)
    colour = alt.Color(
        "side:N",
        scale=alt.Scale(domain=[MORE, LESS], range=[LIGHT[BLUE], LIGHT[RUST]]),
        legend=alt.Legend(orient="top", title=None, labelLimit=0, columns=1 if narrow else 2),
    )
    bars = base.mark_bar(height=11).encode(
        x=alt.X("value:Q", axis=axis, scale=scale),
        x2=alt.datum(0),
        color=colour,
        tooltip=_tooltip(),
    )
    spans = base.transform_filter("datum.low != null").mark_rule(color=INK, strokeWidth=1.4)
    layers = [bars, spans.encode(x=alt.X("low:Q", axis=axis), x2="high:Q")]
    for side, align, shift in ((MORE, "left", 5), (LESS, "right", -5)):
        end = base.transform_filter(f"datum.side == '{side}'")
        end = end.mark_text(align=align, dx=shift, fontSize=10, color=INK)
        layers.append(end.encode(x=alt.X("text_at:Q", axis=axis), text="amount:N"))
    zero = alt.Chart(named("balances")).mark_rule(color=INK, strokeWidth=1)
    layers.append(zero.encode(x=alt.XDatum(0)))
    columns = [] if narrow else _columns(base, plot)
    return alt.layer(*layers, *columns).properties(width=plot, height=ROW_HEIGHT * len(rows))


def _domain(rows: Rows, plot: int) -> list[float]:
    """Ends of the axis: bars and intervals, and room for the amounts beyond them."""
    ends = [row[name] for row in rows for name in ("value", "low", "high") if row[name] is not None]
    low, high = min(0.0, *ends), max(0.0, *ends)
    sides = (low < 0) + (high > 0)
    text = AMOUNT * (high - low or 1.0) / max(plot - AMOUNT * sides, 1)
    return [low - text * (low < 0), high + text * (high > 0)]


def _axis(quantity: Quantity, per: Per, narrow: bool) -> alt.Axis:
    expression = persons_expression("datum.value")
    if per == "worked":
        expression = "(datum.value > 0 ? '+' : '') + format(100 * datum.value, '.0f') + ' %'"
    return alt.Axis(
        title=quantity.noun if per == "place" else "commanded over worked, less 1",
        labelExpr=expression,
        grid=True,
        tickCount=4 if narrow else 6,
        orient="top",
    )


def _columns(base: Any, plot: int) -> list[Any]:
    """What is worked and what is commanded, as numbers beside the bars."""
    layers: list[Any] = []
    for place, name in enumerate(("worked", "commanded")):
        at = alt.value(plot + 74 + 74 * place)
        column = base.mark_text(align="right", color=MUTED, fontSize=10)
        head = alt.Chart(named("balances")).transform_aggregate(n="count()")
        head = head.mark_text(align="right", baseline="bottom", color=MUTED, fontSize=10)
        layers.append(column.encode(x=at, text=f"{name}:N"))
        layers.append(head.encode(x=at, y=alt.value(-6), text=alt.value(name)))
    return layers


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title="Place"),
        alt.Tooltip("amount:N", title="Commanded less worked"),
        alt.Tooltip("between:N", title="5–95 %"),
        alt.Tooltip("worked:N", title="Worked"),
        alt.Tooltip("commanded:N", title="Commanded"),
    ]


def _caption(
    rows: Rows,
    places: list[str],
    left_out: int,
    year: int,
    sex: str,
    per: Per,
    quantity: Quantity,
    setting: FlowSetting,
) -> Caption:
    """Title, definition, and a description with both ends."""
    intervals = any(row["low"] is not None for row in rows)
    most = "; ".join(f"{row['place']} {row['amount']}" for row in rows[:4] if row["value"] > 0)
    least = "; ".join(
        f"{row['place']} {row['amount']}" for row in rows[::-1][:4] if row["value"] < 0
    )
    noun = quantity.noun
    what = f"{noun} embodied in a place’s final demand less {noun} worked there, in one year"
    if per == "worked":
        what = f"{noun} embodied in a place’s final demand over {noun} worked there, less 1"
    exact = "" if per == "place" or not intervals else "Intervals take what is worked as exact."
    return Caption(
        title=f"Who commands more work than it gives{whom(sex)}, {year}",
        subtitle=f"{what[0].upper()}{what[1:]}{'; line: 5–95 %' if intervals else ''}",
        footnote=setting.footnote(
            intervals,
            exact,
            f"{left_out} places in between are left out." if left_out else "",
            rest_note(places, setting),
        ),
        description=f"Bars of {noun} commanded less {noun} worked, {year}, {len(rows)} places. "
        f"Most: {most or 'none'}. Least: {least or 'none'}.",
    )
