"""Estimates with their intervals as dots and bars, one row a name."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.numbers import significant
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import MUTED
from worldclass.core.errors import UsageError

COLUMNS = ("panel", "label", "value", "low", "high")


def estimate_dots(
    table: pl.DataFrame,
    *,
    title: str,
    references: dict[str, float] | None = None,
    published: str = "published",
    subtitle: str = "",
    footnote: str = "",
    width: int = 620,
) -> Picture:
    """Draw each estimate as a dot on its interval, panels with axes of their own.

    Parameters
    ----------
    table
        Columns `panel`, `label`, `value`, `low`, `high`; and `published`, where there are
        published values to compare with (null for none), drawn as diamonds.
    references
        Value of a panel that means "no effect", drawn as a line.
    published
        Words for the diamonds.
    title, subtitle, footnote, width
        As in other pictures.

    Raises
    ------
    UsageError
        The table lacks a column or is empty.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing or table.is_empty():
        raise UsageError(
            f"The table lacks {missing or 'rows'}.", remedy=f"It needs {list(COLUMNS)}."
        )
    compared = "published" in table.columns
    room = int(12 + 6.4 * max(map(len, table["label"].to_list())))
    drawn: list[Any] = []
    data: dict[str, Any] = {"estimates": table.to_dicts()}
    for place, (name, own) in enumerate(table.group_by("panel", maintain_order=True)):
        panel = str(name[0])
        at = (references or {}).get(panel)
        data[f"reference{place}"] = [] if at is None else [{"at": at}]
        drawn.append(_panel(panel, own, f"reference{place}", compared, (room, width)))
    whole = drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn, spacing=18)
    if compared:
        subtitle += f"{'; ' if subtitle else ''}dot and bar: ours; diamond: {published}"
    caption = Caption(title, subtitle, footnote, _told(table, title))
    return Picture(whole, caption, width, data)


def _panel(
    panel: str, rows: pl.DataFrame, reference: str, compared: bool, widths: tuple[int, int]
) -> Any:
    labels, (room, width) = rows["label"].to_list(), widths
    base = alt.Chart(named("estimates")).transform_filter(f"datum.panel === {panel!r}")
    axis = alt.Axis(labelLimit=room, minExtent=room, maxExtent=room)
    y = alt.Y("label:N", sort=labels, title=None, axis=axis)
    x_axis = alt.Axis(title=None, tickCount=4, grid=True)
    x = alt.X("value:Q", scale=alt.Scale(zero=False, padding=8), axis=x_axis)
    bar = base.mark_rule(strokeWidth=2.4, color=LIGHT[0]).encode(
        x=alt.X("low:Q", scale=alt.Scale(zero=False, padding=8), axis=x_axis), x2="high:Q", y=y
    )
    dot = base.mark_point(filled=True, size=60, color=LIGHT[0], opacity=1).encode(x=x, y=y)
    rule = alt.Chart(named(reference)).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="at:Q")
    layers: list[Any] = [rule, bar, dot]
    if compared:
        diamond = base.transform_filter("datum.published != null").mark_point(
            shape="diamond", size=80, strokeWidth=2, color=LIGHT[1], filled=False
        )
        layers.append(diamond.encode(x="published:Q", y=y))
    layered: Any = alt.layer(*layers)
    heading = alt.TitleParams(panel, fontSize=12, anchor="start", frame="group", offset=4)
    return layered.properties(width=width - room - 40, height=22 * len(labels), title=heading)


def _told(table: pl.DataFrame, title: str) -> str:
    """Each estimate in words."""
    parts: list[str] = []
    for row in table.iter_rows(named=True):
        between = ""
        if row["low"] is not None and row["high"] is not None:
            between = f" ({significant(row['low'], 3)} to {significant(row['high'], 3)})"
        parts.append(f"{row['label']} {significant(row['value'], 3)}{between}")
    return f"{title}. {'; '.join(parts)}."
