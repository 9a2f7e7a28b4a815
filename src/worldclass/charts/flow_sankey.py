"""A flow diagram: places that work on the left, places they work for on the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from worldclass.charts.flow_frame import (
    EMBODIED,
    FlowSetting,
    Quantity,
    flow_rows,
    last_year,
    places_of,
    quantity_of,
    rest_note,
    totals_note,
    year_note,
)
from worldclass.charts.flow_texts import amount_text
from worldclass.charts.numbers import share_text
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.sankey_marks import (
    OTHERS,
    bar_rows,
    colours_of,
    heading_rows,
    label_rows,
    make_panels,
    ribbon_label_rows,
    ribbon_rows,
    sankey_chart,
)
from worldclass.charts.setting import whom
from worldclass.core.errors import UsageError

MOST = 7
"""Places named on a side; the others are taken together."""
PANELS = {"female": "Women", "male": "Men"}
AWAY = pl.col("producer") != pl.col("consumer")


def flow_sankey(
    frame: pl.DataFrame,
    *,
    year: int | None = None,
    sex: str = "total",
    sector: str | None = None,
    account: str | None = None,
    by_sex: bool = False,
    own: bool = False,
    most: int = MOST,
    setting: FlowSetting | None = None,
    width: int = 760,
    height: int = 440,
) -> Picture:
    """Draw flows as ribbons whose width is their amount, coloured by the place that works.

    Parameters
    ----------
    frame
        Flows, as in `flow_matrix`.
    year, sex, sector, account
        As in `flow_matrix`.
    by_sex
        True for two diagrams, of women and of men, with one scale.
    own
        True to draw also what a place works for itself, which is most of the work.
    most
        Places named on each side, at most 8, the largest first; the others are taken together.
    setting
        Source, names of groups.
    width, height
        Pixels; the height of one diagram.

    Raises
    ------
    UsageError
        When the frame does not hold the choice, or no flow is left.
    """
    setting = setting or FlowSetting()
    if not 1 <= most <= len(LIGHT):
        raise UsageError(
            f"{most} places cannot be told apart.", remedy=f"Give `most` from 1 to {len(LIGHT)}."
        )
    totals = totals_note(frame, sex, sector, by_sex=by_sex)
    setting = setting.noting(year_note(frame, year), totals)
    quantity = quantity_of(frame, EMBODIED, account)
    year = last_year(frame, year)
    tables: dict[str, pl.DataFrame] = {}
    for one in PANELS if by_sex else (sex,):
        flows = flow_rows(frame, year=year, sex=one, sector=sector, account=account)
        tables[one] = flows.filter(pl.col("value") > 0)
    everything = pl.concat(tables.values())
    tables = {name: table if own else table.filter(AWAY) for name, table in tables.items()}
    drawn = pl.concat(tables.values())
    if drawn.is_empty():
        raise UsageError("No flow leaves its place.", remedy="Draw what is worked there: own=True.")
    sides = _sides(drawn, most, setting)
    amounts = {PANELS[name] if by_sex else "": _amounts(tables[name], sides) for name in tables}
    panels = make_panels(amounts, sides.producers, sides.consumers, width, height)
    data = {
        "ribbons": ribbon_rows(panels, quantity),
        "bars": bar_rows(panels),
        "bar_labels": label_rows(panels, width),
        "ribbon_labels": ribbon_label_rows(panels, width),
        "headings": heading_rows(panels),
    }
    chart = sankey_chart(colours_of(sides.producers), width, panels)
    caption = _caption(drawn, everything, year, "total" if by_sex else sex, quantity, setting, own)
    return Picture(chart, caption, width, data)


@dataclass(frozen=True)
class _Sides:
    """Names from top to bottom, and the name by code."""

    producers: tuple[str, ...]
    consumers: tuple[str, ...]
    producer_names: Mapping[str, str]
    consumer_names: Mapping[str, str]


def _sides(flows: pl.DataFrame, most: int, setting: FlowSetting) -> _Sides:
    """The largest places of each side, largest on top, the others together at the bottom."""
    sides: list[tuple[tuple[str, ...], dict[str, str]]] = []
    for column in ("producer", "consumer"):
        sizes = flows.group_by(column, maintain_order=True).agg(pl.col("value").sum())
        codes = sizes.sort("value", descending=True, maintain_order=True)[column].to_list()
        kept = codes if len(codes) <= most + 1 and len(codes) <= len(LIGHT) else codes[:most]
        others = f"{len(codes) - len(kept)}{OTHERS}"
        names = {code: setting.short(code) if code in kept else others for code in codes}
        sides.append((tuple(dict.fromkeys(names[code] for code in codes)), names))
    (producers, producer_names), (consumers, consumer_names) = sides
    return _Sides(producers, consumers, producer_names, consumer_names)


def _amounts(flows: pl.DataFrame, sides: _Sides) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for row in flows.iter_rows(named=True):
        key = sides.producer_names[row["producer"]], sides.consumer_names[row["consumer"]]
        found[key] = found.get(key, 0.0) + row["value"]
    return found


def _caption(
    drawn: pl.DataFrame,
    everything: pl.DataFrame,
    year: int,
    sex: str,
    quantity: Quantity,
    setting: FlowSetting,
    own: bool,
) -> Caption:
    """Title, unit, what is left out, and a description with the largest flows."""
    total, away = (float(frame["value"].sum()) for frame in (everything, everything.filter(AWAY)))
    flows = drawn.group_by("producer", "consumer", maintain_order=True).agg(pl.col("value").sum())
    largest = "; ".join(
        f"{setting.short(row['producer'])} for {setting.short(row['consumer'])} "
        f"{amount_text(row['value'])}"
        for row in flows.sort("value", descending=True).head(5).iter_rows(named=True)
    )
    left_out = (
        f"What places work for themselves, {share_text(1 - away / total)} of all, is left out."
    )
    return Caption(
        title=f"Who works for whom{whom(sex)}, {year}",
        subtitle=f"{quantity.work} in the places on the left for final demand in those on the "
        f"right, in one year; width of a ribbon: {quantity.noun}",
        footnote=setting.footnote(
            False, "" if own else left_out, rest_note(places_of(drawn), setting)
        ),
        description=f"Flow diagram of {quantity.noun} from place of work to place of final "
        f"demand, {year}: {amount_text(away)} between places. Largest: {largest}.",
    )
