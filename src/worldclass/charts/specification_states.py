"""Which specifications hold, by colour and shape: the legend, and the strip below a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.picture import Rows
from worldclass.charts.sharing import Unit, layered
from worldclass.charts.specification_columns import Columns
from worldclass.charts.theme import INK, NARROW
from worldclass.charts.verdicts import STATES, Cutoffs

ROW = 17


@dataclass
class Frame:
    """What all panels of one picture share; `notes` collects what the caption must say."""

    columns: Columns
    cutoffs: Cutoffs
    drawn: bool
    width: int
    plot: int
    left: int
    notes: list[str] = field(default_factory=list[str])

    @property
    def font(self) -> int:
        """Pixels of small text."""
        return 10 if self.width <= NARROW else 11

    def x(self, field_name: str) -> alt.X:
        """Specifications from left to right, without an axis."""
        scale = alt.Scale(domain=[0, self.columns.count], nice=False, zero=False)
        return alt.X(f"{field_name}:Q", axis=None, scale=scale)

    def present(self, *tables: pl.DataFrame) -> list[str]:
        """States that occur, in their order."""
        found = {state for table in tables for state in self.cutoffs.states(table)}
        return [state.id for state in STATES if state.id in found]


def state_colour() -> alt.Color:
    """Colour by state, without a legend of its own."""
    scale = alt.Scale(domain=[s.id for s in STATES], range=[s.colour for s in STATES])
    return alt.Color("state:N", scale=scale, legend=None)


def state_shape() -> alt.Shape:
    """Symbol by state, without a legend of its own."""
    scale = alt.Scale(domain=[s.id for s in STATES], range=[s.shape for s in STATES])
    return alt.Shape("state:N", scale=scale, legend=None)


def state_legend(frame: Frame, present: Sequence[str]) -> tuple[Any, dict[str, Rows]]:
    """Symbols with their words, in a row, or one below the other on a phone."""
    words = frame.cutoffs.words(drawn=frame.drawn)
    entries: Rows = []
    x, y = 6.0 - frame.left, ROW / 2
    for state in present:
        entries.append({"state": state, "text": words[state], "x": x, "y": y})
        if frame.width <= NARROW:
            y += ROW
        else:
            x += 30 + 5.6 * len(words[state])
    base = Unit(named("legend"))
    place: dict[str, Any] = {
        "x": alt.X("x:Q", scale=None, axis=None),
        "y": alt.Y("y:Q", scale=None, axis=None),
    }
    points = base.mark_point(filled=True, opacity=1, size=60)
    points = points.encode(color=state_colour(), shape=state_shape(), **place)
    texts = base.mark_text(align="left", dx=9, fontSize=frame.font, color=INK)
    chart = layered(points, texts.encode(text="text:N", **place))
    rows = len(present) if frame.width <= NARROW else 1
    return chart.properties(width=frame.plot, height=ROW * rows), {"legend": entries}


def state_strip(frame: Frame, *, together: bool) -> Any:
    """Share of every column's specifications in each state, the holding ones at the bottom."""
    name = "All conditions together" if together else "Share of each column’s specifications"
    title = alt.TitleParams(
        name, fontSize=frame.font, fontWeight="normal", anchor="start", frame="bounds",
        color=INK, offset=5,
    )  # fmt: skip
    axis = alt.Axis(
        values=[0, 1] if frame.columns.together else [],
        labelExpr="datum.value ? '100 %' : '0'",
        minExtent=frame.left,
        title=None,
        grid=False,
    )
    scale = alt.Scale(domain=[0, 1], nice=False)
    mark = Unit(named("states")).mark_area(interpolate="step-after", opacity=1)
    return mark.encode(
        x=frame.x("start"),
        y=alt.Y("from:Q", scale=scale, axis=axis, stack=None),
        y2="to:Q",
        color=state_colour(),
    ).properties(width=frame.plot, height=26 if frame.columns.together else 12, title=title)
