"""Verdicts at a glance: how often each claim holds, with the cut-offs; two theories compared."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import GRID, INK, MUTED, NARROW
from worldclass.charts.verdicts import (
    VERDICT_COLOURS,
    VERDICT_SIGNS,
    WORDS,
    Cutoffs,
    holding_text,
)
from worldclass.core.errors import UsageError

COLUMNS = ("claim", "number", "label", "kind", "origin", "verdict", "share_holding")
LINE, BAR, TOP = 14, 11, 18
PER_CENT = 7
"""Pixels by which the sign moves the last number of the axis out of the middle."""
NOTE = (
    "Bar: share of specifications and draws in which the claim holds. It is no probability that "
    "the claim is true. Hollow: the deciding quantity is itself an assumption, or data are absent."
)
COMPANION = "Companion: the claim is ours rather than the theory’s."
ANALYTIC = "Analytic: the claim follows largely from definitions."


@dataclass(frozen=True)
class _Layout:
    """Pixels of the parts of a row."""

    label: int
    plot: int
    left: int
    characters: int
    narrow: bool


def verdict_board(
    verdicts: pl.DataFrame,
    *,
    title: str,
    cutoffs: Cutoffs,
    subtitle: str = "",
    footnote: str = "",
    width: int = 760,
) -> Picture:
    """Draw every claim of a theory: its share of specifications and draws, and its verdict.

    Parameters
    ----------
    verdicts
        Columns `claim`, `number`, `label`, `kind`, `origin`, `verdict`, `share_holding` (0 to 1,
        null where nothing could be evaluated); one row a claim.
    title, subtitle, footnote
        Words around the picture.
    cutoffs
        Marked by lines.
    width
        Pixels.

    Raises
    ------
    UsageError
        A column is missing, or there is no row.
    """
    _check(verdicts, COLUMNS)
    entries = [_entry(row, f"{row['number']}. ") for row in verdicts.to_dicts()]
    return _picture([("", entries)], title, subtitle, footnote, cutoffs, width)


def comparison_board(
    verdicts: pl.DataFrame,
    *,
    title: str,
    cutoffs: Cutoffs,
    subtitle: str = "",
    footnote: str = "",
    width: int = 760,
) -> Picture:
    """Draw the answers of theories to the same questions, one group a question.

    Parameters
    ----------
    verdicts
        As for `verdict_board`, with the columns `question` (words) and `theory` (words) besides.
    title, subtitle, footnote, cutoffs, width
        As for `verdict_board`.

    Raises
    ------
    UsageError
        A column is missing, or there is no row.
    """
    _check(verdicts, (*COLUMNS, "question", "theory"))
    groups: list[tuple[str, Rows]] = []
    for (question,), own in verdicts.group_by("question", maintain_order=True):
        entries = [_entry(row, f"{row['theory']}: ") for row in own.to_dicts()]
        groups.append((str(question), entries))
    return _picture(groups, title, subtitle, footnote, cutoffs, width)


def _check(verdicts: pl.DataFrame, columns: Sequence[str]) -> None:
    if missing := [name for name in columns if name not in verdicts.columns]:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(columns)}.")
    if verdicts.is_empty():
        raise UsageError("There is no verdict to draw.", remedy="Give at least one claim.")


def _entry(row: dict[str, Any], start: str) -> dict[str, Any]:
    """Words and number of one row."""
    marks = [row["kind"]] if row["kind"] == "analytic" else []
    marks += [row["origin"]] if row["origin"] == "companion" else []
    return {
        "label": f"{start}{row['label']}",
        "marks": ", ".join(marks),
        "verdict": row["verdict"],
        "share": row["share_holding"],
    }


def _picture(
    groups: Sequence[tuple[str, Rows]],
    title: str,
    subtitle: str,
    footnote: str,
    cutoffs: Cutoffs,
    width: int,
) -> Picture:
    narrow = width <= NARROW
    label = width - 8 if narrow else int(width * 0.47)
    left = 4 if narrow else label + 14
    plot = width - left - 128
    layout = _Layout(label, plot, left, int(label / (5.5 if narrow else 5.9)), narrow)
    texts, bars, height = _rows(groups, layout)
    lines = _lines(bars, layout, cutoffs, height)
    marks = ", ".join(entry["marks"] for _, entries in groups for entry in entries)
    notes = [
        NOTE,
        f"Dashes: the cut-offs, {_percent(cutoffs.fails)} and {_percent(cutoffs.holds)}.",
    ]
    notes += [COMPANION] if "companion" in marks else []
    notes += [ANALYTIC] if "analytic" in marks else []
    caption = Caption(title, subtitle, " ".join([*notes, footnote]).strip(), _told(groups, title))
    data = {"board_texts": texts, "board_bars": bars, "board_lines": lines}
    chart = _chart(layout).properties(width=width - 8, height=height)
    return Picture(chart, caption, width, data)


def _rows(groups: Sequence[tuple[str, Rows]], layout: _Layout) -> tuple[Rows, Rows, int]:
    """Texts and bars in pixels, and the height of them all."""
    texts: Rows = []
    bars: Rows = []
    y = float(TOP + 4)
    for heading, entries in groups:
        if heading:
            lines = textwrap.wrap(heading, layout.characters)
            texts.append({"x": 0, "y": y, "text": "\n".join(lines), "kind": "heading"})
            y += LINE * len(lines) + 4
        for entry in entries:
            lines = textwrap.wrap(entry["label"], layout.characters) or [""]
            texts.append({"x": 0, "y": y, "text": "\n".join(lines), "kind": "label"})
            below = y + LINE * len(lines)
            if entry["marks"]:
                texts.append({"x": 0, "y": below, "text": entry["marks"], "kind": "mark"})
                below += LINE
            top = below + 2 if layout.narrow else y + 1
            bars += _bar(entry, layout, top)
            texts += _verdict(entry, layout, top)
            y = max(below, top + BAR) + (14 if layout.narrow else 9)
        y += 10 if heading else 0
    return texts, bars, int(y)


def _lines(bars: Rows, layout: _Layout, cutoffs: Cutoffs, height: int) -> Rows:
    """Cut-offs across all bars, or across each where names stand between them; and the ends."""
    shares = ((0.0, "0"), (cutoffs.fails, _percent(cutoffs.fails)))
    shares += ((cutoffs.holds, _percent(cutoffs.holds)), (1.0, "100 %"))
    spans = [(TOP - 4.0, float(height))]
    if layout.narrow:
        spans = [(bar["y"] - 3, bar["y2"] + 3) for bar in bars if bar["kind"] == "track"]
    return [
        {
            "x": layout.left + layout.plot * share,
            "y": top,
            "y2": bottom,
            "text": "" if layout.narrow else text if share == 1 else text.removesuffix(" %"),
            "at": layout.left + layout.plot * share + (PER_CENT if share == 1 else 0),
            "dashed": 0 < share < 1,
        }
        for top, bottom in spans
        for share, text in shares
    ]


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _bar(entry: dict[str, Any], layout: _Layout, top: float) -> Rows:
    """The track, and on it the share that holds."""
    left, plot = layout.left, layout.plot
    place = {"y": top, "y2": top + BAR, "x": left}
    track = place | {"x2": left + plot, "verdict": "", "told": "", "kind": "track"}
    if entry["share"] is None:
        return [track]
    kind = "hollow" if entry["verdict"] == "not testable here" else "bar"
    told = f"{entry['label']}: {entry['verdict']}, {holding_text(entry['share'])}"
    own = {"x2": left + plot * entry["share"], "verdict": entry["verdict"], "told": told}
    return [track, place | own | {"kind": kind}]


def _verdict(entry: dict[str, Any], layout: _Layout, top: float) -> Rows:
    """Sign and word of the verdict, and the share."""
    word, x = entry["verdict"], layout.left + layout.plot + 10
    share = "" if entry["share"] is None else holding_text(entry["share"])
    sign = {"x": x, "y": top - 1, "text": VERDICT_SIGNS[word], "kind": "sign", "verdict": word}
    text = word if word == "not testable here" else f"{word}, {share}"
    return [sign, {"x": x + 13, "y": top - 1, "text": text, "kind": "verdict"}]


def _chart(layout: _Layout) -> Any:
    def place(axis: str, name: str) -> Any:
        return (alt.X if axis == "x" else alt.Y)(f"{name}:Q", scale=None, axis=None)

    x, y = place("x", "x"), place("y", "y")
    size = 11 if layout.narrow else 12
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(WORDS), range=[VERDICT_COLOURS[word] for word in WORDS]),
        legend=None,
    )
    base = alt.Chart(named("board_bars"))
    ends = {"x": x, "x2": "x2:Q", "y": y, "y2": "y2:Q"}
    track = base.transform_filter("datum.kind === 'track'").mark_rect(color=GRID)
    bar = base.transform_filter("datum.kind === 'bar'").mark_rect(opacity=1)
    hollow = base.transform_filter("datum.kind === 'hollow'")
    hollow = hollow.mark_rect(filled=False, stroke=MUTED, strokeDash=[3, 2])
    tooltip = alt.Tooltip("told:N", title="Claim")
    layers: list[Any] = [
        track.encode(**ends),
        bar.encode(color=colour, tooltip=tooltip, **ends),
        hollow.encode(tooltip=tooltip, **ends),
    ]
    lines = alt.Chart(named("board_lines"))
    for dashed in (False, True):
        rule = lines.transform_filter(f"datum.dashed === {str(dashed).lower()}").mark_rule(
            color=INK if dashed else MUTED,
            strokeDash=[4, 3] if dashed else [1, 0],
            opacity=1 if dashed else 0.6,
        )
        layers.append(rule.encode(x=x, y=y, y2="y2:Q"))
    scale = lines.mark_text(baseline="bottom", dy=-2, color=MUTED, fontSize=10)
    layers.append(scale.encode(x=place("x", "at"), y=y, text="text:N"))
    texts = alt.Chart(named("board_texts"))
    styles: dict[str, dict[str, Any]] = {
        "heading": {"fontWeight": "bold", "color": INK},
        "label": {"color": INK},
        "mark": {"color": MUTED, "fontStyle": "italic"},
        "verdict": {"color": INK},
    }
    for kind, style in styles.items():
        own = texts.transform_filter(f"datum.kind === '{kind}'").mark_text(
            align="left", baseline="top", fontSize=size, lineBreak="\n", lineHeight=LINE, **style
        )
        layers.append(own.encode(x=x, y=y, text="text:N"))
    sign = texts.transform_filter("datum.kind === 'sign'")
    sign = sign.mark_text(align="left", baseline="top", fontSize=size)
    layers.append(sign.encode(x=x, y=y, text="text:N", color=colour))
    return alt.layer(*layers)


def _told(groups: Sequence[tuple[str, Rows]], title: str) -> str:
    """Every row in words."""
    parts: list[str] = []
    for heading, entries in groups:
        told = [
            f"{entry['label']}: {entry['verdict']}"
            + ("" if entry["share"] is None else f" ({holding_text(entry['share'])})")
            for entry in entries
        ]
        parts.append((f"{heading}: " if heading else "") + "; ".join(told))
    return f"{title}. {'. '.join(parts)}."
