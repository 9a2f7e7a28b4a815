"""A heat map of flows: who works, in rows, for whose final demand, in columns."""

from __future__ import annotations

import json
import math
import textwrap
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import polars as pl

from worldclass.charts.flow_frame import (
    EMBODIED,
    FlowSetting,
    Quantity,
    flow_rows,
    last_year,
    merge_small,
    pair_balances,
    places_of,
    quantity_of,
    rest_note,
    totals_note,
    year_note,
)
from worldclass.charts.flow_texts import amount_text, interval_text
from worldclass.charts.marks import named
from worldclass.charts.numbers import NO_VALUE, set_apart, share_text, significant
from worldclass.charts.palette import NO_DATA, RAMP_LIGHT, ramp
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import whom
from worldclass.charts.sharing import Unit, layered
from worldclass.charts.theme import BORDER, INK, NARROW, PAPER

Diagonal = Literal["apart", "out"]
GROUPS = 8
"""Up to so many places, every cell carries its number."""
NUMBERED = 6
"""Steps of colour at most where cells carry numbers."""
PHONE = 10
"""Places named on a phone when there are more than `GROUPS`; the others are taken together."""
APART = "within the place itself"


def flow_matrix(
    frame: pl.DataFrame,
    *,
    year: int | None = None,
    sex: str = "total",
    sector: str | None = None,
    account: str | None = None,
    diagonal: Diagonal = "apart",
    most: int | None = None,
    setting: FlowSetting | None = None,
    width: int = 760,
) -> Picture:
    """Draw amounts by producer and consumer, in steps of a power of ten.

    Up to eight places keep the order of the frame and carry numbers, with intervals where they
    fit; more places are ordered by what they command per unit worked, most first, so that what
    flows upwards stands in the upper part of every column.

    Parameters
    ----------
    frame
        Flows between places: year, producer, consumer, unit, value, perhaps sex, sector,
        measure, p05, p95.
    year
        By default the last one of the frame.
    sex, sector, account
        As in `flow_rows`.
    diagonal
        What a place works for itself: `apart` draws it in grey, outside the scale; `out` leaves
        it blank.
    most
        How many places to name, the largest first; the others are taken together. By default all,
        on a phone 10.
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
    setting = setting.noting(year_note(frame, year), totals_note(frame, sex, sector))
    quantity = quantity_of(frame, EMBODIED, account)
    year = last_year(frame, year)
    flows = flow_rows(frame, year=year, sex=sex, sector=sector, account=account)
    flows, order = _arranged(flows, most, width)
    names = {code: setting.short(code) for code in order}
    rows, steps = matrix_rows(flows, names, quantity, diagonal)
    layout = _layout(tuple(names[code] for code in order), width)
    chart = _chart(layout, steps, width <= NARROW, diagonal == "apart")
    caption = _caption(rows, flows, year, sex, quantity, setting, layout)
    return Picture(chart, caption, width, {"cells": rows})


def _arranged(flows: pl.DataFrame, most: int | None, width: int) -> tuple[pl.DataFrame, list[str]]:
    """Flows with small places merged, and the order of places."""
    places = places_of(flows)
    if len(places) <= GROUPS and most is None:
        return flows, places
    found = pair_balances(flows)
    if most is None and width <= NARROW:
        most = PHONE
    if most is not None and most < len(places) - 1:
        size = found.with_columns(size=pl.max_horizontal("worked", "commanded"))
        keep = size.sort("size", descending=True)["place"][:most].to_list()
        name = f"{len(places) - len(keep)} others"
        flows = merge_small(merge_small(flows, "producer", keep, name), "consumer", keep, name)
        found = pair_balances(flows).filter(pl.col("place") != name)
        return flows, [*_by_ratio(found), name]
    return flows, _by_ratio(found)


def _by_ratio(found: pl.DataFrame) -> list[str]:
    return found.sort("ratio", descending=True, nulls_last=True)["place"].to_list()


def matrix_rows(
    flows: pl.DataFrame, names: dict[str, str], quantity: Quantity, diagonal: Diagonal
) -> tuple[Rows, tuple[str, ...]]:
    """One row a cell, and the names of the steps of colour from little to much.

    A row has producer, consumer, value, step, amount, between (the interval in words), text and
    interval (in billions), own (1 on the diagonal) and dark (1 where the cell is dark).
    """
    away = flows.filter(pl.col("producer") != pl.col("consumer"), pl.col("value") > 0)["value"]
    powers = [math.floor(math.log10(value)) for value in away] or [0]
    top = max(powers)
    most = NUMBERED if len(names) <= GROUPS else len(RAMP_LIGHT)
    lowest = max(min(powers), top - most + 1)
    steps = _step_names(lowest, top)
    dark = [colour in RAMP_LIGHT[-2:] for colour in _colours(len(steps))]
    rows: Rows = []
    for row in flows.iter_rows(named=True):
        own = row["producer"] == row["consumer"]
        if own and diagonal == "out":
            continue
        power = math.floor(math.log10(row["value"])) if row["value"] > 0 else lowest
        at = min(max(power, lowest), top) - lowest
        known = row["low"] is not None and row["high"] is not None
        rows.append(
            {
                "producer": names[row["producer"]],
                "consumer": names[row["consumer"]],
                "value": row["value"],
                "step": APART if own else steps[at],
                "own": int(own),
                "dark": int(not own and dark[at]),
                "amount": f"{amount_text(row['value'])} {quantity.noun}",
                "between": interval_text(row["low"], row["high"]),
                "text": _billions(row["value"]),
                "interval": f"{_billions(row['low'])}–{_billions(row['high'])}" if known else "",
            }
        )
    return rows, steps


def _colours(count: int) -> tuple[str, ...]:
    """Colours from little to much; up to six leave out the one that no number stands out from."""
    return ramp(count) if count > NUMBERED else (*RAMP_LIGHT[:4], *RAMP_LIGHT[5:])[:count]


def _billions(value: float | None) -> str:
    """A number of billions: 1,234, 56.7, 0.89, <0.01.

    Examples
    --------
    >>> _billions(1234.5e9), _billions(5.04e9), _billions(2e6)
    ('1,234', '5.0', '<0.01')
    """
    if value is None:
        return NO_VALUE
    billions = value / 1e9
    if 0 < billions < 0.005:
        return "<0.01"
    digits = 2 if abs(billions) < 100 else max(3, len(f"{billions:.0f}"))
    return set_apart(significant(billions, digits, trim=False))


def _step_names(lowest: int, top: int) -> tuple[str, ...]:
    """Words for powers of ten, from little to much.

    Examples
    --------
    >>> _step_names(8, 10)
    ('below 1 bn', '1–10 bn', '10 bn and more')
    """
    if lowest >= top:
        return (f"{amount_text(10.0**top)} and more",)
    words = [f"below {amount_text(10.0 ** (lowest + 1))}"]
    for power in range(lowest + 1, top):
        first, second = amount_text(10.0**power), amount_text(10.0 ** (power + 1))
        same = first.split(" ")[-1] == second.split(" ")[-1]
        words.append(f"{first.split(' ')[0] if same else first}–{second}")
    return (*words, f"{amount_text(10.0**top)} and more")


@dataclass(frozen=True)
class _Layout:
    """Pixels and type of a matrix."""

    places: tuple[str, ...]
    few: bool
    cell: float
    height: float
    room: int
    wrap: int
    size: int

    @property
    def flat(self) -> bool:
        """Whether names of columns lie flat."""
        return self.few and self.cell > 60

    @property
    def roomy(self) -> bool:
        """Whether intervals fit into the cells."""
        return self.few and self.cell >= 84


def _layout(places: tuple[str, ...], width: int) -> _Layout:
    narrow, few = width <= NARROW, len(places) <= GROUPS
    size = 10 if narrow or len(places) > 20 else 12
    wrap = 12 if narrow else 16
    longest = min(max(len(name) for name in places), wrap if few else 24)
    room = int(longest * size * 0.56) + 24
    cell = min((width - room - 14) / len(places), 170.0)
    height = min(max(cell * 0.62, 40), 90) if few else max(cell * 0.95, 13)
    return _Layout(places, few, cell, height, room, wrap, size)


def _chart(layout: _Layout, steps: tuple[str, ...], narrow: bool, apart: bool) -> Any:
    """Cells by step of colour, those of a place itself in grey, numbers where there are few."""
    places = list(layout.places)
    scale = alt.Scale(domain=places)
    base: Any = Unit().encode(
        x=alt.X("consumer:N", axis=_columns_axis(layout), scale=scale),
        y=alt.Y("producer:N", axis=_rows_axis(layout), scale=scale),
    )
    legend = alt.Legend(
        orient="top",
        direction="horizontal",
        title=None,
        labelLimit=0,
        symbolSize=140,
        symbolStrokeWidth=0,
        columns=2 if narrow else 4,
    )
    colour = alt.Color(
        "step:N",
        scale=alt.Scale(
            domain=[*steps, *[APART] * apart], range=[*_colours(len(steps)), *[NO_DATA] * apart]
        ),
        legend=None if layout.few else legend,
    )
    tooltip = [
        alt.Tooltip("producer:N", title="Works"),
        alt.Tooltip("consumer:N", title="For"),
        alt.Tooltip("amount:N", title="Amount"),
        alt.Tooltip("between:N", title="5–95 %"),
    ]
    cells = base.mark_rect(stroke=BORDER, strokeWidth=1.5 if layout.few else 0.6)
    layers = [cells.encode(color=colour, tooltip=tooltip)]
    if layout.few:
        ink = alt.condition("datum.dark == 1", alt.value(PAPER), alt.value(INK))
        amount = base.mark_text(
            fontSize=10 if layout.cell < 44 or narrow else 13, dy=-6 if layout.roomy else 0
        )
        layers.append(amount.encode(text="text:N", color=ink))
        if layout.roomy:
            layers.append(base.mark_text(fontSize=10, dy=9).encode(text="interval:N", color=ink))
    count = len(places)
    chart = layered(*layers, data=named("cells"))
    return chart.properties(width=int(layout.cell * count), height=int(layout.height * count))


def _columns_axis(layout: _Layout) -> alt.Axis:
    """Names of consumers above the columns, flat where they fit."""
    options: dict[str, Any] = {"labelAngle": -90, "labelAlign": "left", "labelBaseline": "middle"}
    if layout.flat:
        lines = {
            name: textwrap.wrap(name, max(int(layout.cell / 6.6), 8)) for name in layout.places
        }
        most = max(len(parts) for parts in lines.values())
        # Lines grow downwards from the baseline: shorter names get empty lines above them.
        lines = {name: [""] * (most - len(parts)) + parts for name, parts in lines.items()}
        options = {"labelAngle": 0, "labelExpr": _wrapped(lines)}
        options |= {"labelPadding": 6 + (most - 1) * (layout.size + 2)}
    return alt.Axis(
        title="for final demand in",
        titleAnchor="start",
        titlePadding=8,
        orient="top",
        domain=False,
        ticks=False,
        labelFontSize=layout.size,
        labelLineHeight=layout.size + 2,
        labelColor=INK,
        labelLimit=150,
        labelOverlap=False,
        **options,
    )


def _rows_axis(layout: _Layout) -> alt.Axis:
    """Names of producers."""
    options: dict[str, Any] = {}
    if layout.few:
        lines = {name: textwrap.wrap(name, layout.wrap) for name in layout.places}
        options = {"labelExpr": _wrapped(lines), "labelLineHeight": layout.size + 2}
    return alt.Axis(
        title=None,
        labelFontSize=layout.size,
        labelColor=INK,
        labelLimit=layout.room,
        labelOverlap=False,
        **options,
    )


def _wrapped(lines: dict[str, list[str]]) -> str:
    """Vega expression that breaks an axis label into its lines."""
    return f"{json.dumps(lines, ensure_ascii=False)}[datum.value]"


def _caption(
    rows: Rows,
    flows: pl.DataFrame,
    year: int,
    sex: str,
    quantity: Quantity,
    setting: FlowSetting,
    layout: _Layout,
) -> Caption:
    """Title, unit, notes, and a description with the largest flows."""
    intervals = layout.roomy and any(row["interval"] for row in rows)
    away = sorted((row for row in rows if not row["own"]), key=lambda row: -row["value"])
    largest = "; ".join(
        f"{row['producer']} for {row['consumer']} {row['amount']}" for row in away[:5]
    )
    total = float(flows["value"].sum())
    own = float(flows.filter(pl.col("producer") == pl.col("consumer"))["value"].sum())
    numbers = "each step of colour is ten times the one before"
    if layout.few:
        numbers = f"billion {quantity.noun}{', below them 5–95 %' if intervals else ''}"
    grey = "; grey: for the place itself" if len(away) < len(rows) else ""
    return Caption(
        title=f"Who works for whom{whom(sex)}, {year}",
        subtitle=f"{quantity.work} in the row’s place for final demand in the column’s, in one "
        f"year; {numbers}{grey}",
        footnote=setting.footnote(
            intervals,
            f"Of all {quantity.noun}, {share_text(own / total if total else 0.0)} are for the "
            "place itself.",
            rest_note(places_of(flows), setting),
            "" if layout.few else "Order: what a place commands per unit it works, most first.",
        ),
        description=f"Heat map of {quantity.noun} by place of work and place of final demand, "
        f"{year}, {flows['producer'].n_unique()} places. Largest between places: {largest}.",
    )
