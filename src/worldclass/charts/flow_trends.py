"""Flows through the years: what places gain or lose on balance, or what flows between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import polars as pl

from worldclass.charts.flow_frame import (
    EMBODIED,
    EXPORTED,
    IMPORTED,
    FlowSetting,
    Quantity,
    balance_quantity,
    balances,
    flow_rows,
    kinds_of,
    places_of,
    quantity_of,
    rest_note,
    totals_note,
)
from worldclass.charts.flow_texts import amount_text, interval_text, signed_text
from worldclass.charts.labels import spread
from worldclass.charts.marks import named, title_above, year_axis
from worldclass.charts.numbers import persons_expression
from worldclass.charts.palette import BLUE, LIGHT, RUST
from worldclass.charts.palette import INK as NIGHT
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import whom
from worldclass.charts.sharing import Unit, layered
from worldclass.charts.theme import GRID, INK, NARROW
from worldclass.core.errors import UsageError

Kind = Literal["net", "gross"]
LINES = 6
"""Lines drawn where none are chosen."""
COLOURS = (
    *(colour for at, colour in enumerate(LIGHT) if at not in (BLUE, RUST, NIGHT)),
    LIGHT[NIGHT],
)
"""Of lines; in balances and maps blue means commanding more, and rust giving more. The one nearest
to the line of zero comes last."""
MIRRORED = 1e-4
"""Two balances mirror each other where their sum is below this share of them."""
GAP = 15
"""Pixels from one label to the next."""


def flow_trends(
    frame: pl.DataFrame,
    *,
    kind: Kind = "net",
    places: Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    sex: str = "total",
    sector: str | None = None,
    account: str | None = None,
    setting: FlowSetting | None = None,
    width: int = 760,
    height: int = 360,
) -> Picture:
    """Draw one line a place (net) or a flow (gross), with its 5–95 % band.

    Years without a table are gaps: no line crosses them.

    Parameters
    ----------
    frame
        At least two years of what places give, command, export, import and net, or of flows
        between places; only the former have intervals of the net.
    kind
        `net`: what a place's final demand commands less what is worked there. `gross`: what
        flows from a producer to a consumer, or between a place and all others.
    places
        For `net`: whose lines; by default the six largest, of two places that mirror each other
        the one that gains.
    pairs
        For `gross`: producer and consumer; by default the six largest flows between places.
    sex, sector, account
        As in `flow_rows`.
    setting
        Source, names of groups, number of draws.
    width, height
        Pixels.

    Raises
    ------
    UsageError
        When there is only one year, or more lines are asked for than can be told apart.
    """
    setting = (setting or FlowSetting()).noting(totals_note(frame, sex, sector))
    chosen: dict[str, Any] = {"sex": sex, "sector": sector, "account": account}
    quantity, table, held = (
        _net(frame, places, setting, chosen)
        if kind == "net"
        else _gross(frame, pairs, setting, chosen)
    )
    years = sorted(set(table["year"].to_list()))
    if len(years) < 2:
        raise UsageError("A trend needs two years.", remedy="Ask for several years of flows.")
    lines = table["line"].unique(maintain_order=True).to_list()
    if len(lines) > len(COLOURS):
        raise UsageError(
            f"{len(lines)} lines cannot be told apart.", remedy=f"Choose at most {len(COLOURS)}."
        )
    rows = _rows(table, years, kind)
    scale = _domain(rows)
    absent = [year for year in range(years[0], years[-1]) if year not in years]
    data = {
        "trends": rows,
        "trend_labels": _labels(rows, lines, scale, height),
        "absent": [{"first": year - 0.5, "last": year + 0.5} for year in absent],
    }
    chart = _chart(lines, quantity, scale, (years[0], years[-1]), kind, width, height)
    if kind == "net" and places is None and len(lines) == 1 < len(held):
        (other,) = (place for place in held if setting.short(place) != lines[0])
        setting = setting.noting(_mirror_note(lines[0], setting.short(other)))
    caption = _caption(rows, lines, absent, kind, sex, quantity, setting, held)
    return Picture(chart, caption, width, data)


def _net(
    frame: pl.DataFrame,
    places: Sequence[str] | None,
    setting: FlowSetting,
    chosen: dict[str, Any],
) -> tuple[Quantity, pl.DataFrame, list[str]]:
    """Quantity; columns line, year, value, low, high of the balances of places; all places."""
    found = balances(frame, **chosen)
    held: list[str] = found["place"].unique(maintain_order=True).to_list()
    if places is None:
        last = found.filter(pl.col("year") == found["year"].max())
        one = len(held) == 2 and _mirrored(found)
        size = pl.col("net") if one else pl.col("net").abs()
        order = last.sort(size, descending=True, maintain_order=True)["place"].to_list()
        places = order[: 1 if one else LINES]
    for place in places:
        if place not in held:
            raise UsageError(
                f"No flow has the place {place!r}.", remedy=f"The frame has {', '.join(held[:15])}."
            )
    lines = [
        found.filter(pl.col("place") == place).select(
            pl.lit(setting.short(place)).alias("line"), "year", "low", "high", value="net"
        )
        for place in places
    ]
    return balance_quantity(frame, chosen["account"]), pl.concat(lines), held


def _mirrored(found: pl.DataFrame) -> bool:
    """Whether what one of two places gains is what the other gives, in every year."""
    years = found.group_by("year").agg(
        both=pl.col("net").sum().abs(), one=pl.col("net").abs().max(), count=pl.len()
    )
    return bool(((years["both"] <= MIRRORED * years["one"]) & (years["count"] == 2)).all())


def _mirror_note(drawn: str, other: str) -> str:
    return f"Not drawn: {other}, whose balance is that of {drawn} with the other sign."


def _gross(
    frame: pl.DataFrame,
    pairs: Sequence[tuple[str, str]] | None,
    setting: FlowSetting,
    chosen: dict[str, Any],
) -> tuple[Quantity, pl.DataFrame, list[str]]:
    """The same of flows between places, or between each place and all others."""
    kinds = (EMBODIED,) if EMBODIED in kinds_of(frame) else (EXPORTED, IMPORTED)
    flows = pl.concat(flow_rows(frame, kind, **chosen) for kind in kinds)
    held = places_of(flows)
    if pairs is None:
        apart = flows.filter(pl.col("producer") != pl.col("consumer"))
        last = apart.filter(pl.col("year") == apart["year"].max())
        top = last.sort("value", descending=True, maintain_order=True).head(LINES)
        pairs = list(zip(top["producer"], top["consumer"], strict=True))
    lines: list[pl.DataFrame] = []
    for producer, consumer in pairs:
        own = flows.filter(pl.col("producer") == producer, pl.col("consumer") == consumer)
        if own.is_empty():
            raise UsageError(
                f"No flow goes from {producer} to {consumer}.",
                remedy=f"The frame has {', '.join(held[:15])}.",
            )
        first, second = setting.in_sentence(producer), setting.in_sentence(consumer)
        name = f"{first[:1].upper()}{first[1:]} for {second}"
        lines.append(own.select(pl.lit(name).alias("line"), "year", "value", "low", "high"))
    return quantity_of(frame, kinds[0], chosen["account"]), pl.concat(lines), held


def _rows(table: pl.DataFrame, years: list[int], kind: Kind) -> Rows:
    """Rows with line, year, value, low, high, piece and texts; a piece has no absent year."""
    piece = {year: year - place for place, year in enumerate(years)}
    write = signed_text if kind == "net" else amount_text
    return [
        {name: row[name] for name in ("line", "year", "value", "low", "high")}
        | {"piece": f"{row['line']} {piece[row['year']]}", "amount": write(row["value"])}
        | {"between": interval_text(row["low"], row["high"])}
        for row in table.sort("year", maintain_order=True).iter_rows(named=True)
    ]


def _domain(rows: Rows) -> tuple[float, float]:
    """Ends of the vertical axis, with zero, and room for bands."""
    ends = [row[name] for row in rows for name in ("value", "low", "high") if row[name] is not None]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = 0.03 * (high - low) or 1.0
    return (low - room if low < 0 else 0.0, high + room if high > 0 else 0.0)


def _labels(rows: Rows, lines: list[str], scale: tuple[float, float], height: int) -> Rows:
    """Names and last amounts at the right, moved apart; `at` is where the line ends."""
    ends: list[tuple[float, str, str]] = []
    for line in lines:
        last = [row for row in rows if row["line"] == line][-1]
        place = (last["value"] - scale[0]) / (scale[1] - scale[0]) * height
        ends.append((place, line, last["amount"]))
    ends.sort()
    places = spread([place for place, _, _ in ends], GAP, 5, height - 5)
    return [
        {"line": line, "amount": amount, "top": round(height - y, 1), "at": round(height - at, 1)}
        for (at, line, amount), y in zip(ends, places, strict=True)
    ]


def _chart(
    lines: list[str],
    quantity: Quantity,
    scale: tuple[float, float],
    years: tuple[int, int],
    kind: Kind,
    width: int,
    height: int,
) -> Any:
    """Grey for absent years, bands, lines, zero, and names at the ends of the lines."""
    narrow = width <= NARROW
    longest = max(len(line) for line in lines) + (0 if narrow else 9)
    plot = int(width - 78 - (0 if narrow else longest * 6.1)) - (48 if narrow else 0)
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=lines, range=list(COLOURS[: len(lines)])),
        legend=alt.Legend(
            orient="top", columns=1 if longest > 22 else 2, title=None, offset=18, symbolOpacity=1
        )
        if narrow
        else None,
    )
    x_scale = alt.Scale(domain=list(years), nice=False)
    x = alt.X("year:Q", axis=year_axis(plot), scale=x_scale)
    axis = alt.Axis(
        labelExpr=persons_expression("datum.value"), tickCount=6, **title_above(quantity.noun)
    )
    base: Any = Unit(named("trends")).encode(x=x, color=colour, detail="piece:N")
    main = layered(*_lines(base, axis, alt.Scale(domain=list(scale), nice=False), kind, x_scale))
    names = _names(colour, plot, narrow)
    whole = layered(main, *names).resolve_scale(y="independent")
    return whole.properties(width=plot, height=height)


def _lines(base: Any, axis: alt.Axis, scale: alt.Scale, kind: Kind, years: alt.Scale) -> list[Any]:
    """Grey for absent years, bands, zero, lines and dots."""
    tooltip = [
        alt.Tooltip("line:N", title="Balance of" if kind == "net" else "Work in"),
        alt.Tooltip("year:Q", title="Year", format="d"),
        alt.Tooltip("amount:N", title="Amount"),
        alt.Tooltip("between:N", title="5–95 %"),
    ]
    absent = (
        Unit(named("absent"))
        .mark_rect(color=GRID, opacity=0.8)
        .encode(x=alt.X("first:Q", scale=years), x2="last:Q")
    )
    y = alt.Y("value:Q", axis=axis, scale=scale)
    band = base.transform_filter("datum.low != null").mark_area(opacity=0.2)
    band = band.encode(y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q")
    line = base.mark_line(strokeWidth=2.2).encode(y=y)
    dots = base.mark_circle(size=22, opacity=1).encode(y=y, tooltip=tooltip)
    zero = Unit(named("trends")).mark_rule(color=INK, strokeWidth=1)
    zero = zero.encode(y=alt.YDatum(0, scale=scale))
    return [absent, band, zero, line, dots]


def _names(colour: alt.Color, plot: int, narrow: bool) -> list[Any]:
    """A stroke from the line's end to its name, and the name; on a phone the amount alone."""
    pixels: dict[str, Any] = {"scale": None, "axis": None}
    base: Any = Unit(named("trend_labels"))
    base = base.transform_calculate(
        text="datum.amount" if narrow else "datum.line + '\u2002' + datum.amount"
    )
    stroke = base.mark_rule(strokeWidth=1).encode(
        x=alt.value(plot + 3),
        x2=alt.value(plot + 12),
        y=alt.Y("at:Q", **pixels),
        y2="top:Q",
        color=colour,
    )
    text = base.mark_text(align="left", baseline="middle", color=INK).encode(
        x=alt.value(plot + 15), y=alt.Y("top:Q", **pixels), text="text:N"
    )
    return [layered(stroke, text).resolve_scale(y="shared")]


def _caption(
    rows: Rows,
    lines: list[str],
    absent: list[int],
    kind: Kind,
    sex: str,
    quantity: Quantity,
    setting: FlowSetting,
    places: list[str],
) -> Caption:
    """Title, what a line is, gaps, and a description with both ends of every line."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    intervals = any(row["low"] is not None for row in rows)
    sizes: list[str] = []
    for line in lines:
        own = [row for row in rows if row["line"] == line]
        sizes.append(
            f"{line} {own[0]['amount']} in {own[0]['year']}, {own[-1]['amount']} in "
            f"{own[-1]['year']}"
        )
    what = (
        f"{quantity.noun} commanded by the place’s final demand less {quantity.noun} worked "
        "there; above zero: it draws more than it gives"
    )
    if kind == "gross":
        what = f"{quantity.noun} worked in the first place for final demand in the second"
    *before, final = map(str, absent or [0])
    gaps = f"{', '.join(before)} and {final}" if before else final
    missing = f"Grey: no table for {gaps}." if absent else ""
    title = "Who gains and who gives" if kind == "net" else "Who works for whom"
    return Caption(
        title=f"{title}{whom(sex)}, {first}–{last}",
        subtitle=f"{what[0].upper()}{what[1:]}{'; band: 5–95 %' if intervals else ''}",
        footnote=setting.footnote(intervals, missing, rest_note(places, setting)),
        description=f"Lines of {quantity.noun}, {first} to {last}: {'; '.join(sizes)}.",
    )
