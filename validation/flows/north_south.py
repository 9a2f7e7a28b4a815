"""Hours between North and South: a recomputation from EXIOBASE beside ours from WIOD."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl

from validation.tables import Results
from worldclass.flows.exchange import exchange
from worldclass.flows.query import flows

NORTH = [
    "AUT",
    "BEL",
    "CAN",
    "CYP",
    "CZE",
    "DEU",
    "DNK",
    "EST",
    "ESP",
    "FIN",
    "FRA",
    "GBR",
    "GRC",
    "IRL",
    "ITA",
    "JPN",
    "KOR",
    "LUX",
    "LVA",
    "MLT",
    "NLD",
    "PRT",
    "SVN",
    "SVK",
    "SWE",
    "TWN",
    "USA",
    "AUS",
]
"""EXIOBASE's North as far as WIOD lists it: Switzerland and Norway are in its rest of the world,
and Lithuania counts as South."""
GROUPS = {"NORTH": NORTH}
SOUTH = "REST"
_FILE = Path(__file__).with_name("north_south.csv")


def hours() -> Results:
    """South to North, North to South and net, with ours and its interval."""
    rows: list[tuple[str | float | int | None, ...]] = []
    for published in _published():
        year = int(published["year"])
        ours = exchange(year, group=GROUPS)
        for name, measure, giver, key in (
            ("South to North, billion hours", "hours_gross", SOUTH, "south_to_north"),
            ("North to South, billion hours", "hours_gross", "NORTH", "north_to_south"),
            ("net, billion hours", "hours_net", SOUTH, "net"),
        ):
            row = _one(ours, measure, giver)
            rows.append(_row(year, name, published[key], row, 1e3))
        net = {**published, "usd": published["wage_value_eur"] * published["usd_per_eur"]}
        value = _one(ours, "wage_value_net_other", SOUTH)
        rows.append(_row(year, "net at the North's wages, trillion USD", net["usd"], value, 1e6))
    return Results(
        "Hours between South and North",
        ("Year", "What", "EXIOBASE", "Ours (WIOD)", "5–95 %", "Ours ÷ theirs"),
        rows,
        before="Groups as EXIOBASE has them: Lithuania counts as South, Switzerland and Norway are "
        "in the rest of the world. EXIOBASE: a third party's recomputation of Hickel, Hanbury "
        "Lemos and Barbour (2024), which meets the paper's 826 billion hours of 2021 to 0.002 %. "
        "Wages there are "
        "by skill and in euro, brought to dollars at the year's average rate (European Central "
        "Bank; remembered).",
        left=2,
    )


def factors() -> Results:
    """The South's hours, and the part of them that the North consumes."""
    rows: list[tuple[str | float | int | None, ...]] = []
    for published in _published():
        year = int(published["year"])
        frame = flows(year, group=GROUPS, draws=0)
        given = {
            code: _value(frame, "hours_given", "producer", code) / 1e3 for code in ("NORTH", SOUTH)
        }
        gross = _value(frame, "hours_exported", "producer", SOUTH) / 1e3
        south = 100 * published["net"] / published["share_of_south_hours"]
        north = 100 * published["net"] / published["share_of_north_hours"]
        rows.append(
            (
                str(year), south, given[SOUTH], north, given["NORTH"],
                100 * published["south_to_north"] / south, 100 * gross / given[SOUTH],
            )
        )  # fmt: skip
    return Results(
        "Where the difference comes from",
        (
            "Year", "South's hours, EXIOBASE", "ours", "North's hours, EXIOBASE", "ours",
            "% of the South's hours for the North, EXIOBASE", "ours",
        ),
        rows,
        before="Billion hours; the same groups.",
        after="Two things differ. *Hours*: EXIOBASE counts more hours per worker than the Penn "
        "World Table, in the North and in the South. *The part that is exported*: WIOD joins "
        "most poor countries in one rest of the world of 35 industries, where exporters share "
        "the productivity of farms and shops of their industry; EXIOBASE tells five such "
        "regions and 200 products apart. Which of the two is nearer the truth these tables "
        "cannot say: labour by country and industry is estimated in both.",
        digits=1,
    )  # fmt: skip


def _published() -> list[dict[str, float]]:
    with _FILE.open(encoding="utf-8") as stream:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(stream)]


def _one(frame: pl.DataFrame, measure: str, producer: str) -> dict[str, float]:
    return frame.filter(
        (pl.col("measure") == measure) & (pl.col("producer") == producer)
    ).to_dicts()[0]


def _value(frame: pl.DataFrame, measure: str, side: str, code: str) -> float:
    return frame.filter((pl.col("measure") == measure) & (pl.col(side) == code))["value"].item()


def _row(
    year: int, name: str, published: float, ours: dict[str, float], scale: float
) -> tuple[str | float | int | None, ...]:
    low, high = ours["p05"] / scale, ours["p95"] / scale
    digits = 0 if scale == 1e3 else 1
    return (
        str(year), name, f"{published:.{digits}f}", f"{ours['value'] / scale:.{digits}f}",
        f"{low:.{digits}f}–{high:.{digits}f}", ours["value"] / scale / published,
    )  # fmt: skip
