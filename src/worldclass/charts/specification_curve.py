"""Specification curves: an estimate under every defensible choice, sorted, with the choices below.

After Simonsohn, Simmons & Nelson (2020), "Specification curve analysis", Nature Human Behaviour 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from worldclass.charts.picture import Caption, Picture
from worldclass.charts.sharing import stacked
from worldclass.charts.specification_columns import (
    Columns,
    Options,
    arrange,
    estimates,
    share_by_option,
    stack,
)
from worldclass.charts.specification_dashboard import dashboard, rooms
from worldclass.charts.specification_panels import curve_panel
from worldclass.charts.specification_states import Frame, state_legend, state_strip
from worldclass.charts.theme import NARROW
from worldclass.charts.verdicts import Cutoffs, amount_text, holding_text, read_rule
from worldclass.core.errors import UsageError

COLUMNS = ("specification", "estimate", "p05", "p95", "share_holding")


@dataclass(frozen=True)
class Curve:
    """One condition of a claim over all specifications.

    Parameters
    ----------
    label, unit
        Words of its axis.
    holds
        The decision rule, such as "> 0".
    table
        Columns `specification`, `estimate`, `p05`, `p95`, `share_holding` (0 to 1).
    """

    label: str
    unit: str
    holds: str
    table: pl.DataFrame


def specification_curve(
    curves: Sequence[Curve],
    specifications: pl.DataFrame,
    choices: Sequence[Options],
    *,
    title: str,
    cutoffs: Cutoffs,
    drawn: bool = True,
    subtitle: str = "",
    footnote: str = "",
    width: int = 760,
) -> Picture:
    """Draw the curve of a claim, or one curve a condition, above the choices behind it.

    Parameters
    ----------
    curves
        Conditions from top to bottom; specifications keep their places in all of them, sorted by
        the estimate of the first.
    specifications
        Columns `specification`, `share_holding` (all conditions together), and one a choice.
    choices
        Rows below the curve.
    title, subtitle, footnote
        Words around the picture; what its marks mean is said in any case.
    cutoffs
        Tell apart specifications that hold, fail, or do so in part of the draws.
    drawn
        Whether specifications have draws, hence intervals.
    width
        Pixels.

    Raises
    ------
    UsageError
        There is no specification, or a column is missing.
    """
    _check(curves, specifications, choices)
    left, right = rooms(width)
    plot = width - left - right
    columns = arrange(curves[0].table, plot)
    frame = Frame(columns, cutoffs, drawn, width, plot, left)
    every = [curve.table for curve in curves] + [specifications]
    chart, data = state_legend(frame, frame.present(*every))
    charts: list[Any] = [chart]
    for place, curve in enumerate(curves):
        rows = estimates(curve.table, columns, cutoffs)
        chart, more = curve_panel(
            rows, frame, f"curve{place}", label=curve.label, unit=curve.unit, rule=curve.holds,
            height=_height(len(curves), width),
        )  # fmt: skip
        charts.append(chart)
        data |= more
    if len(curves) > 1 or columns.together:
        states = frame.present(specifications)
        data["states"] = stack(specifications, columns, cutoffs, states)
        charts.append(state_strip(frame, together=len(curves) > 1))
    if choices:
        chart, more = dashboard(specifications, choices, columns, cutoffs, width)
        charts.append(chart)
        data |= more
    whole: Any = stacked(*charts, spacing=12)
    notes = [_key(columns, drawn, bool(choices), len(curves)), *frame.notes, footnote]
    caption = Caption(
        title,
        subtitle,
        " ".join(note for note in notes if note),
        _description(curves, specifications, choices, title),
    )
    return Picture(whole, caption, width, data)


def _check(
    curves: Sequence[Curve], specifications: pl.DataFrame, choices: Sequence[Options]
) -> None:
    wanted = ["specification", "share_holding", *(choice.id for choice in choices)]
    tables = [(specifications, wanted), *((curve.table, list(COLUMNS)) for curve in curves)]
    for table, names in tables:
        if missing := [name for name in names if name not in table.columns]:
            raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {names}.")
        if table.is_empty():
            raise UsageError(
                "There is no specification to draw.",
                remedy="Filter less, or evaluate the claim first.",
            )
    if not curves:
        raise UsageError("There is no condition to draw.", remedy="Give at least one.")


def _height(curves: int, width: int) -> int:
    """Pixels of a panel: fewer where there are several."""
    whole = 230 if width > NARROW else 190
    return whole if curves == 1 else max(96, int(whole * 1.35 / curves))


def _key(columns: Columns, drawn: bool, choices: bool, curves: int) -> str:
    """What the marks mean."""
    if columns.together:
        text = (
            f"{columns.count:,} specifications in {len(columns.edges) - 1} columns of up to "
            f"{columns.largest} neighbours. Point: median of the estimates. Dark band: from the "
            "least to the greatest estimate."
        )
        if drawn:
            text += " Pale band: outermost ends of their 5–95\u00a0% intervals over the draws."
        if choices:
            text += " Below, steps are as high as the share of a column that uses the option."
    else:
        text = "A point is one specification"
        text += ", its line the 5–95\u00a0% interval over the draws." if drawn else "."
        if choices:
            text += " Below, a tick marks the option that it uses."
    if choices:
        text += " At the right: how often the claim holds with the option."
    return text + (" Every panel keeps the order of the first." if curves > 1 else "")


def _description(
    curves: Sequence[Curve],
    specifications: pl.DataFrame,
    choices: Sequence[Options],
    title: str,
) -> str:
    """Estimates and shares in words."""
    share = holding_text(float(specifications["share_holding"].mean()))  # type: ignore[arg-type]
    parts = [
        f"{title}. Specification curve of {specifications.height:,} specifications; "
        f"the claim holds in {share} of specifications and draws"
    ]
    for curve in curves:
        words, number = read_rule(curve.holds)
        found = curve.table["estimate"]
        least, middle, most = (
            amount_text(float(value))  # type: ignore[arg-type]
            for value in (found.min(), found.median(), found.max())
        )
        own = holding_text(float(curve.table["share_holding"].mean()))  # type: ignore[arg-type]
        parts.append(
            f"{curve.label}: {least} to {most} {curve.unit}, median {middle}; "
            f"{words} {number:g} in {own}"
        )
    for choice in choices:
        told = ", ".join(
            f"{label} {holding_text(share_by_option(specifications, choice.id, options))}"
            for label, options in choice.groups()
        )
        parts.append(f"Holding by {choice.label}: {told}")
    return ". ".join(parts) + "."
