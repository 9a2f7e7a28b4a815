"""Pieces of HTML: escaped text, tables, definition lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import polars as pl

from worldclass.charts.measures import estimates, find_measure
from worldclass.charts.numbers import (
    NO_VALUE,
    persons_interval,
    persons_text,
    share_interval,
    share_text,
    significant,
)
from worldclass.charts.setting import Setting
from worldclass.explorer.headline import ClassSummary

_CONTROLS = {
    "": "",
    "place": """<div class="controls" data-for="place" hidden>
<label>Place <select id="choose-place"></select></label>
<label>Measure <select id="choose-measure"><option value="share_adults">% of adults</option>
<option value="persons">persons</option></select></label>
</div>""",
    "class": """<div class="controls" data-for="class" hidden>
<label>Class <select id="choose-class"></select></label>
<label class="grow">Year <input type="range" id="choose-year" step="1">
<output id="year-shown" for="choose-year"></output></label>
</div>""",
}


def section(name: str, heading: str, body: str, controls: str = "") -> str:
    """Part of the page with a heading; nothing when its body is empty.

    Parameters
    ----------
    body
        HTML.
    controls
        `place`, `class` or nothing; the script shows them where there is something to choose.
    """
    if not body:
        return ""
    return (
        f'<section aria-labelledby="h-{name}"><h2 id="h-{name}">{escape(heading)}</h2>'
        f"{_CONTROLS[controls]}{body}</section>"
    )


def unbroken(text: str) -> str:
    """Keep numbers and their units on one line.

    Examples
    --------
    >>> unbroken("35 % of 1.2 bn persons") == "35\u00a0% of 1.2\u00a0bn persons"
    True
    """
    return re.sub(r"(\d) (%|bn\b|M\b|k\b)", "\\1\u00a0\\2", text)


def paragraphs(text: str) -> str:
    """Paragraphs of a plain text; an empty line separates two."""
    parts = [part.strip() for part in text.split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def table(
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    text_columns: int = 1,
    note: str = "",
) -> str:
    """Table whose first column heads its rows and whose numbers stand right.

    Cells are escaped here.

    Parameters
    ----------
    text_columns
        Number of leading columns that hold text.
    """
    head = "".join(
        f'<th scope="col"{_numeric(i >= text_columns)}>{escape(name)}</th>'
        for i, name in enumerate(header)
    )
    body: list[str] = []
    for row in rows:
        cells = [f'<th scope="row">{escape(row[0])}</th>']
        for i, cell in enumerate(row[1:], start=1):
            cells.append(f"<td{_numeric(i >= text_columns)}>{escape(cell)}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    foot = f'<p class="note">{escape(note)}</p>' if note else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>{foot}"
    )


def _numeric(yes: bool) -> str:
    return ' class="n"' if yes else ""


def class_table(items: Sequence[ClassSummary], place: str) -> str:
    """Sizes of all classes of one place and year."""
    rows: list[list[str]] = []
    for item in items:
        shares = (item.share_population, item.share_adults, item.share_workforce)
        only_bounds = item.style.bounds
        rows.append(
            [
                item.style.label + (" †" if only_bounds else ""),
                NO_VALUE if only_bounds else persons_text(item.persons),
                persons_interval(item.low, item.high),
                *(NO_VALUE if only_bounds else share_text(share) for share in shares),
                share_text(item.women),
                share_text(item.imputed),
            ]
        )
    header = (
        "Class",
        "Persons",
        "5–95 %",
        "% of population",
        "% of adults",
        "% of labour force",
        "% women",
        "Imputed input",
    )
    note = (
        "† The data only bound this class: its interval is these bounds."
        if any(i.style.bounds for i in items)
        else ""
    )
    return table(f"Classes of {place}, {items[0].year}", header, rows, note=note)


def place_table(frame: pl.DataFrame, setting: Setting, year: int) -> str:
    """Share of adults of every class, one row a place."""
    own = frame.filter(pl.col("year") == year, pl.col("sex") == "total")
    present = set(own["class"].unique())
    styles = [style for style in setting.styles if style.id in present]
    bounded = {style.id for style in styles if style.bounds}
    rows_of = estimates(own, find_measure("share_adults")).to_dicts()
    shares = {(row["country"], row["class"]): _share(row, bounded) for row in rows_of}
    order = own["country"].unique(maintain_order=True).to_list()
    rows = [
        [setting.place(code), *(shares.get((code, style.id), NO_VALUE) for style in styles)]
        for code in sorted(order, key=setting.place)
    ]
    header = ["Place", *(style.label + (" †" if style.bounds else "") for style in styles)]
    caption = f"Classes of every place, {year}, % of adults"
    note = "† The data only bound this class: bounds, no estimate." if bounded else ""
    return table(caption, header, rows, note=note)


def _share(row: dict[str, Any], bounded: set[str]) -> str:
    """Per cent; both bounds where the data hold no estimate."""
    if row["class"] in bounded:
        return share_interval(row["low"], row["high"]).removesuffix(" %")
    return share_text(row["value"], sign=False)


def frame_table(caption: str, frame: pl.DataFrame) -> str:
    """Any small frame, numbers with four digits, shares (columns `share…`) as per cent."""
    numeric = [kind.is_numeric() for kind in frame.dtypes]
    leading = numeric.index(True) if True in numeric else len(numeric)
    rows = [
        [_cell(name, value) for name, value in zip(frame.columns, row, strict=True)]
        for row in frame.iter_rows()
    ]
    header = [name.replace("_", " ") for name in frame.columns]
    return table(caption, header, rows, text_columns=max(leading, 1))


def _cell(name: str, value: object) -> str:
    if value is None:
        return NO_VALUE
    if isinstance(value, float):
        if name.startswith("share"):
            return share_text(value)
        return f"{value:,.0f}" if abs(value) >= 1000 else significant(value, 4)
    return str(value)


def definitions(entries: Iterable[tuple[str, str]]) -> str:
    """Definition list; the second element of an entry is HTML."""
    inner = "".join(f"<dt>{escape(term)}</dt><dd>{body}</dd>" for term, body in entries)
    return f"<dl>{inner}</dl>" if inner else ""
