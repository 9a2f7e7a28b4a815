"""Flows in small files: pictures and tidy rows by grouping, account, year and sex."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from worldclass import __version__
from worldclass.charts.flow_frame import FlowSetting, flow_rows
from worldclass.charts.flow_matrix import flow_matrix
from worldclass.charts.flow_sankey import flow_sankey
from worldclass.charts.flow_texts import interval_text
from worldclass.charts.flow_trends import flow_trends
from worldclass.charts.numbers import NO_VALUE
from worldclass.charts.picture import Picture
from worldclass.charts.sharing import unchecked
from worldclass.explorer.site.flow_frames import (
    COUNTRIES,
    DRAWS,
    GROUPS,
    columnar,
    country_codes,
    country_frame,
    group_frame,
    of_sex,
    rounded,
    table_years,
    through_time,
)
from worldclass.explorer.site.specifications import PHONE, WIDE
from worldclass.flows.areas import area_label
from worldclass.people.grid import SEX_CODES

SOURCE = (
    f"worldclass {__version__}, from input-output tables and public labour statistics "
    "(page “Data & methods”)"
)
REGIONS = (
    "A region holds those of its countries that the tables name (40 in all); all other countries "
    "are the rest of the world, which counts with the South."
)
RULED = (
    "The part of women in an industry is ruled, not measured: it follows from women's part in the "
    "wider sectors of each country and a stated rule, so that differences between the sexes within "
    "a sector are assumed."
)
WITHOUT = "Central estimates only, without intervals."
SHADES = "Central estimates; the 5–95 % interval of a cell stands where you point, and in the CSV."
WIDTHS = (
    "Widths are central estimates; the 5–95 % interval of a ribbon stands where you point, in the "
    "table of ribbons and in the CSV."
)
SIZE = (440, 360)


def setting() -> FlowSetting:
    """Source and number of draws, for footnotes."""
    return FlowSetting(SOURCE, draws=DRAWS, names={"REST": "Rest of the world"})


def words_shard() -> dict[str, Any]:
    """What scripts must know of flows: names of places, groupings, draws, and how they are made."""
    places = [code for members in GROUPS.values() for code in members or ()]
    countries = country_codes()
    return {
        "draws": DRAWS,
        "years": list(table_years()),
        "groups": {name: list(members or countries) for name, members in GROUPS.items()},
        "names": {code: setting().short(code) for code in [*places, *countries]},
        "ruled": RULED,
    }


def countries_shard(account: str, year: int) -> dict[str, Any]:
    """Rows of the table of countries, with names."""
    frame = country_frame(account, year)
    # In the order of the rows: the same file on every machine.
    names = {code: area_label(code) for code in frame["country"].unique(maintain_order=True)}
    return {"names": names, "rows": rounded(frame)}


def pairs_shard(groups: str, account: str, year: int, sex: str) -> dict[str, Any]:
    """Matrix and Sankey of a year and sex, with their words and data, and the tidy rows."""
    own = of_sex(group_frame(groups, account, year, "pair"), sex)
    between = intervals(own, year, sex)

    def matrix(width: int) -> Picture:
        return flow_matrix(own, year=year, sex=sex, setting=setting(), width=width)

    def sankey(width: int) -> Picture:
        height = SIZE[width == PHONE]
        return flow_sankey(own, year=year, sex=sex, setting=setting(), width=width, height=height)

    cells, ribbons = drawn(matrix), drawn(sankey)
    for layout in cells.values():
        layout["note"] = layout["note"].replace(WITHOUT, SHADES)
    for layout in ribbons.values():
        layout["note"] = layout["note"].replace(WITHOUT, WIDTHS)
        layout["chart"] = with_interval(layout["chart"])
        for row in layout["data"]["ribbons"]:
            row["between"] = between.get((row["producer"], row["consumer"]), NO_VALUE)
    return {"matrix": cells, "sankey": ribbons, "rows": columnar(own)}


def intervals(frame: pl.DataFrame, year: int, sex: str) -> dict[tuple[str, str], str]:
    """The 5–95 % interval of every flow in words, by the names of its places.

    Places that a picture takes together have none: the ends of intervals do not add up.
    """
    name = setting().short
    return {
        (name(row["producer"]), name(row["consumer"])): interval_text(row["low"], row["high"])
        for row in flow_rows(frame, year=year, sex=sex).to_dicts()
    }


def with_interval(node: Any) -> Any:
    """A specification whose ribbons tell their interval where one points at them."""
    if isinstance(node, list):
        return [with_interval(part) for part in node]
    if not isinstance(node, dict):
        return node
    found = {name: with_interval(part) for name, part in node.items()}
    told = found.get("tooltip")
    if isinstance(told, list) and any(part.get("field") == "consumer" for part in told):
        field = {"field": "between", "title": "5–95 %", "type": "nominal"}
        found["tooltip"] = [*told, field]
    return found


def trends_shard(groups: str, account: str) -> dict[str, Any]:
    """Net amounts of all groups through the years by sex, and the tidy rows."""
    return _trends(through_time(groups, account), list(GROUPS[groups] or ()))


def country_trends_shard(account: str, country: str) -> dict[str, Any]:
    """Net amounts of one country through the years by sex, and the tidy rows."""
    frame = through_time(COUNTRIES, account)
    own = frame.filter((pl.col("producer") == country) | (pl.col("consumer") == country))
    return _trends(own, [country])


def _trends(frame: pl.DataFrame, places: list[str]) -> dict[str, Any]:
    net = frame.filter(pl.col("measure").str.ends_with("_net"))
    found: dict[str, Any] = {"rows": rounded(net)}
    for sex in SEX_CODES:

        def trends(width: int, sex: str = sex) -> Picture:
            return flow_trends(
                of_sex(frame, sex),
                places=places,
                sex=sex,
                setting=setting(),
                width=width,
                height=340 if width == WIDE else 280,
            )

        found[sex] = drawn(trends)
    return found


def drawn(build: Callable[[int], Picture]) -> dict[str, Any]:
    """A picture at both widths: specification, data and words."""
    found: dict[str, Any] = {}
    for name, width in (("wide", WIDE), ("phone", PHONE)):
        with unchecked():
            picture = build(width)
            chart = picture.specification(with_data=False)
        words = picture.caption
        found[name] = {
            "chart": chart,
            "data": picture.data,
            "title": words.title,
            "what": words.subtitle,
            "note": words.footnote,
            "description": words.description,
        }
    return found
