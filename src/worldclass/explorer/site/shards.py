"""The numbers of the atlas in small files: one a class and sex, one a place.

A shard holds one array a column of the atlas frame, under the column's name, with four
significant digits (as the snapshot keeps intervals); a missing number is null. Persons are
persons, shares lie between 0 and 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from worldclass.charts.palette import NEUTRAL_CLASSES
from worldclass.core.countries import countries
from worldclass.explorer.site.material import Material
from worldclass.people.grid import SEX_CODES

if TYPE_CHECKING:
    from worldclass.people.snapshot import Snapshot

COLUMNS = (
    "persons",
    "persons_p05",
    "persons_p95",
    "share_population",
    "share_adults",
    "share_workforce",
    "imputed",
)
DIGITS = 4


def class_shard(material: Material, theory: str, class_id: str, sex: str) -> dict[str, Any]:
    """One class and sex in every place and year; arrays run over places, then years."""
    frame = material.frame(theory)
    own = frame.filter(pl.col("class") == class_id, pl.col("sex") == sex)
    axes = {"country": material.places, "year": material.years}
    return {"theory": theory, "class": class_id, "sex": sex, "places": list(material.places)} | {
        "years": list(material.years),
        **packed(own, axes, COLUMNS),
    }


def place_shard(material: Material, place: str) -> dict[str, Any]:
    """Every theory in one place; arrays run over classes, then sexes, then years.

    `rank` is the place among the countries by share of adults, both sexes, over classes and
    years; null for an aggregate and for a class that the data only bound.
    """
    theories: dict[str, Any] = {}
    for theory in material.theories:
        own = material.frame(theory).filter(pl.col("country") == place)
        classes = shown_classes(material, theory)
        axes = {"class": classes, "sex": SEX_CODES, "year": material.years}
        theories[theory] = {"classes": list(classes), **packed(own, axes, COLUMNS)}
        theories[theory]["rank"] = ranks(material, theory, place)
    years = list(material.years)
    return {"place": place, "years": years, "sexes": list(SEX_CODES), "theories": theories}


def shown_classes(material: Material, theory: str) -> tuple[str, ...]:
    """Classes of a theory that have rows, in the order of its file."""
    present = set(material.frame(theory)["class"].unique())
    return tuple(style.id for style in material.setting(theory).styles if style.id in present)


def packed(
    frame: pl.DataFrame, axes: Mapping[str, Sequence[Any]], columns: Sequence[str]
) -> dict[str, list[float | None]]:
    """Columns of a frame as flat arrays in row-major order of some axes.

    Raises
    ------
    ValueError
        When the frame does not hold exactly one row for each point of the axes.
    """
    position = pl.lit(0, pl.Int64)
    size = 1
    for name, values in axes.items():
        order = {value: place for place, value in enumerate(values)}
        position = position * len(values) + pl.col(name).replace_strict(order, return_dtype=pl.Int64)
        size *= len(values)
    own = frame.with_columns(position.alias("_position")).sort("_position")
    if own["_position"].to_list() != list(range(size)):
        raise ValueError(f"{frame.height} rows do not fill {size} points of {', '.join(axes)}")
    return {name: short(own[name]) for name in columns}


def short(values: pl.Series) -> list[float | None]:
    """Numbers with four significant digits; whole ones without a point, missing ones null."""
    rounded = values.cast(pl.Float64).fill_nan(None).round_sig_figs(DIGITS)
    return [_plain(value) for value in rounded.to_list()]


def _plain(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else float(f"{value:.{DIGITS}g}")


def ranks(material: Material, theory: str, place: str) -> list[int | None] | None:
    """Rank of a country in each class and year, 1 for the largest share of adults."""
    if place not in countries():
        return None
    setting = material.setting(theory)
    bounded = {style.id for style in setting.styles if style.bounds} | NEUTRAL_CLASSES
    frame = _ranking(material.snapshot, theory).filter(pl.col("country") == place)
    found = {(row["class"], row["year"]): row["rank"] for row in frame.to_dicts()}
    return [
        None if name in bounded else found.get((name, year))
        for name in shown_classes(material, theory)
        for year in material.years
    ]


@lru_cache(maxsize=16)
def _ranking(snapshot: Snapshot, theory: str) -> pl.DataFrame:
    """Rank of every country by class and year, both sexes; computed once a theory."""
    frame = Material(snapshot, (theory,)).frame(theory)
    own = frame.filter(pl.col("sex") == "total", pl.col("country").is_in(list(countries())))
    rank = pl.col("share_adults").rank("min", descending=True).over("class", "year")
    return own.select("class", "year", "country", rank=rank)
