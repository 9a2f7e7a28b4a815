"""Write an atlas as one self-contained page: words, pictures, tables, sources.

The page needs no network and no other file. Its pictures are static SVG; where JavaScript
runs, they become live (other places, classes and years, values on hover). A content security
policy inside the page forbids every outside request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from worldclass.charts.country_shapes import topology
from worldclass.charts.setting import Setting
from worldclass.core.atomic import write_text
from worldclass.explorer.figures import PHONE, WIDE, Builder, Figure, figures
from worldclass.explorer.headline import ClassSummary, main_place, opening, sentence, summarise
from worldclass.explorer.html_parts import (
    class_table,
    frame_table,
    place_table,
    section,
    unbroken,
)
from worldclass.explorer.page import assemble, figure_html
from worldclass.explorer.page_data import page_data
from worldclass.explorer.provenance import Provenance
from worldclass.explorer.report_words import origin_section, theory_section
from worldclass.explorer.theory_text import TheoryText

_LIVE = ("areas", "trends", "map", "ranking")


def write_atlas_report(
    frame: pl.DataFrame,
    path: str | Path,
    *,
    theory: TheoryText,
    provenance: Provenance,
    notes: Sequence[str] = (),
    tables: Mapping[str, pl.DataFrame] | None = None,
    pictures: Mapping[str, Builder] | None = None,
    focus: str | None = None,
    ordered: bool = False,
) -> None:
    """Write the report of an atlas frame.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    path
        Where to write; the file appears complete or not at all.
    theory
        Words of the theory, with the parameters in use (`theory_text`).
    provenance
        Command, version, draws, sources, assumptions.
    notes
        Remarks on this result, one paragraph each.
    tables
        More tables by caption (decompositions, comparisons).
    pictures
        More pictures by id, each a function from a width in pixels to a picture.
    focus
        Class that the map shows first.
    ordered
        True when the classes are rungs of one ladder; colours then run from light to dark.

    Raises
    ------
    UsageError
        When the frame is empty or holds several theories.
    OutputError
        When the file cannot be written.
    """
    source = f"worldclass {provenance.version}, from the sources under “What it rests on”"
    styles = theory.styles(ordered=ordered)
    setting = Setting(theory.label, styles, source, provenance.draws, ordered)
    text = report_html(
        frame,
        setting,
        theory=theory,
        provenance=provenance,
        notes=notes,
        tables=tables or {},
        pictures=pictures or {},
        focus=focus,
    )
    write_text(path, text)


def report_html(
    frame: pl.DataFrame,
    setting: Setting,
    *,
    theory: TheoryText,
    provenance: Provenance,
    notes: Sequence[str],
    tables: Mapping[str, pl.DataFrame],
    pictures: Mapping[str, Builder],
    focus: str | None,
) -> str:
    """HTML of the report; parameters as in `write_atlas_report`."""
    place = main_place(frame)
    items = summarise(frame, place, setting)
    drawn = figures(frame, setting, place, focus)
    extra = tuple(Figure(name, builder, {}) for name, builder in pictures.items())
    years = frame["year"].unique().sort().to_list()
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    where = setting.place_in_sentence(place)
    sizes = "".join(_figure(figure) for figure in drawn if figure.controls != "class")
    across = "".join(_figure(figure) for figure in drawn if figure.controls == "class")
    if frame["country"].n_unique() > 1:
        own = place_table(frame, setting, years[-1])
        across += f"<details><summary>Table of every place</summary>{own}</details>"
    more = "".join(_figure(figure) for figure in extra)
    more += "".join(frame_table(caption, own) for caption, own in tables.items())
    blocks = {
        "brand": "atlas",
        "title": escape(f"{theory.label}: classes of {where}, {span}"),
        "opening": unbroken(escape(opening(items, place, setting))),
        "sentences": "".join(_sentence(item) for item in items),
        "notes": "".join(f"<p>{escape(note)}</p>" for note in notes),
        "sections": section("sizes", "Sizes", sizes + class_table(items, where), "place")
        + section("across", "Across places", across, "class")
        + section("more", "More on this result", more)
        + section("theory", "The theory as rules", theory_section(theory))
        + section("origin", "What it rests on", origin_section(provenance, theory)),
    }
    return assemble(blocks, _live_parts(frame, setting, drawn, place))


def _sentence(item: ClassSummary) -> str:
    """One class as an item of the list of answers, with its colour."""
    style = item.style
    return (
        f'<li><i class="chip" style="--c:{style.colour};--d:{style.colour_dark}"></i>'
        f"<b>{escape(style.label)}</b>: {unbroken(escape(sentence(item)))}</li>"
    )


def _figure(figure: Figure) -> str:
    """Both layouts of a figure as static SVG, with caption."""
    return figure_html(
        figure.name, figure.builder(WIDE), figure.builder(PHONE), controls=figure.controls
    )


def _live_parts(
    frame: pl.DataFrame, setting: Setting, drawn: Sequence[Figure], place: str
) -> dict[str, Any]:
    """What the script needs: numbers, specifications without data, points, first choices."""
    live = [figure for figure in drawn if figure.name in _LIVE]
    if not live:
        return {}
    specifications: dict[str, dict[str, dict[str, Any]]] = {}
    points: dict[str, list[float]] = {}
    for figure in live:
        for choice, builder in figure.variants.items():
            for layout, width in (("wide", WIDE), ("phone", PHONE)):
                picture = builder(width)
                own = specifications.setdefault(figure.name, {}).setdefault(choice, {})
                own[layout] = picture.specification(with_data=False)
                for row in picture.data.get("map", []):
                    if "longitude" in row:
                        points[row["code"]] = [row["longitude"], row["latitude"]]
    ids = [figure.name for figure in live]
    return {
        "numbers": page_data(frame, setting),
        "charts": specifications,
        "points": points,
        "shapes": topology() if "map" in ids else None,
        "place": place,
        "focus": next((next(iter(f.variants)) for f in live if f.name == "map"), None),
    }
