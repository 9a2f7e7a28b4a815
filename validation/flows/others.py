"""Single published results beside ours, each difference explained."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from validation.analyses.world import economy, labour
from validation.flows.north_south import GROUPS, SOUTH
from validation.tables import Results
from worldclass.flows.query import flows
from worldclass.flows.solve import multipliers
from worldclass.sources.mirror import Mirror

EU = [
    "AUT",
    "BEL",
    "BGR",
    "CYP",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GBR",
    "GRC",
    "HUN",
    "IRL",
    "ITA",
    "LTU",
    "LUX",
    "LVA",
    "MLT",
    "NLD",
    "POL",
    "PRT",
    "ROU",
    "SVK",
    "SVN",
    "SWE",
]
MANUFACTURES = tuple(f"c{k}" for k in range(3, 17))
_FILE = Path(__file__).with_name("published.csv")


def others(mirror: Mirror) -> Results:
    """Everything of the list that can be set beside ours."""
    rows: list[tuple[str | float | int | None, ...]] = []
    with _FILE.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            ours = _ours(row["id"], int(row["ours_year"]), mirror)
            published = row["published"] if row["confidence"] != "about" else "about 50"
            rows.append(
                (
                    row["what"], row["unit"], row["source"], row["confidence"],
                    f"{published} ({row['year']})", f"{_short(ours)} ({row['ours_year']})",
                    row["difference"],
                )
            )  # fmt: skip
    return Results(
        "Other published results",
        ("What", "Unit", "Source", "Figure was", "Published", "Ours", "Why they differ"),
        rows,
        left=4,
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _ours(name: str, year: int, mirror: Mirror) -> float:
    north_south = {
        "world_hours": lambda: _between(year).sum() / 1e3,
        "south_share": lambda: _south_share(year, None),
        "south_agriculture": lambda: _south_share(year, "agriculture"),
        "south_mining": lambda: _south_share(year, "mining"),
        "south_manufacturing": lambda: _south_share(year, "manufacturing"),
        "south_services": lambda: _south_share(year, "services"),
        "hours_ratio": lambda: _between(year)[1, 0] / _between(year)[0, 1],
        "eora_net": lambda: (_between(year)[1, 0] - _between(year)[0, 1]) / 1e3,
        "eora_ratio": lambda: _between(year)[1, 0] / _between(year)[0, 1],
        "dorninger_net": lambda: (_between(year)[1, 0] - _between(year)[0, 1]) / 1e3,
    }
    if name in north_south:
        return float(north_south[name]())
    if name == "traded_hours":
        frame = flows(year, draws=0)
        return _sum(frame, "hours_exported") / 1e3
    if name == "us_imported":
        frame = flows(year, country="USA", draws=0)
        return 100 * _sum(frame, "hours_imported") / _sum(frame, "hours_commanded")
    if name in ("eu_imported", "eu_footprint"):
        frame = flows(year, group={"EU": EU}, country="EU", draws=0)
        below = "hours_commanded" if name == "eu_imported" else "hours_exported"
        ratio = _sum(frame, "hours_imported") / _sum(frame, below)
        return 100 * ratio if name == "eu_imported" else ratio
    if name == "uk_domestic":
        frame = flows(year, country="GBR", account="persons", draws=0)
        return 100 * (1 - _sum(frame, "persons_imported") / _sum(frame, "persons_commanded"))
    if name.startswith("gvc_labour"):
        return _labour_in_manufactures(year, mirror)
    jobs = _jobs_abroad(year)
    return 100 * jobs["female"] / jobs["total"] if name == "gvc_women" else jobs["total"] / 1e3


@cache
def _between(year: int) -> np.ndarray:
    """Million hours from the row to the column: North, South."""
    frame = flows(year, by="pair", group=GROUPS, draws=0)
    return frame["value"].to_numpy().reshape(2, 2)


def _south_share(year: int, sector: str | None) -> float:
    frame = flows(year, by="country,sector" if sector else "country", group=GROUPS, draws=0)
    given = frame.filter(pl.col("measure") == "hours_given")
    if sector:
        given = given.filter(pl.col("sector") == sector)
    south = given.filter(pl.col("producer") == SOUTH)["value"].sum()
    return 100 * float(south) / float(given["value"].sum())


@cache
def _jobs_abroad(year: int) -> dict[str, float]:
    """Thousand persons of the 40 countries whose work ends in final demand abroad, by sex."""
    frame = flows(year, by="country,sex", account="persons", draws=0)
    exported = frame.filter(
        (pl.col("measure") == "persons_exported") & (pl.col("producer") != "ROW")
    )
    return dict(exported.group_by("sex").agg(pl.col("value").sum()).iter_rows())


def _labour_in_manufactures(year: int, mirror: Mirror) -> float:
    """Percent of the value added in final manufactures of the world that pays labour."""
    table = economy(mirror.root, year)
    pay = labour(mirror.root, year).compensation
    both = np.stack([pay, np.where(table.active, table.value_added, 0.0)])
    contained = multipliers(table, both).values
    chosen = np.array([industry in MANUFACTURES for _, industry in table.sectors])
    final = np.where(chosen, table.final_demand.sum(axis=1), 0.0)
    in_pay, in_value = contained @ final
    return 100 * float(in_pay / in_value)


def _sum(frame: pl.DataFrame, measure: str) -> float:
    return float(frame.filter(pl.col("measure") == measure)["value"].sum())
