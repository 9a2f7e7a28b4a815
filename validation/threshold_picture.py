"""The worker elite as a function of its threshold, under each anchor, managers out and in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import worldclass as wc
from validation.labour_cost import ANCHORS
from validation.tables import Results, Section
from validation.world import DRAWS, World
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.save import save_chart
from worldclass.charts.threshold_curve import threshold_curve

YEAR = 2023
TAUS = tuple(float(t) for t in np.geomspace(500, 5000, 25).round(-1))
SHOWN = (500.0, 750.0, 1500.0, 3000.0, 5000.0)
DEFAULT = 1500.0
WORDS = {
    "earnings-survey": "survey earnings",
    "national-accounts": "national accounts",
    "household-survey": "household surveys",
}
PANELS = {
    1.0: "Managers and professionals counted out, as middle classes",
    0.0: "Managers and professionals counted in",
}
WIDTH, HEIGHT = 470, 330


def elite_curves() -> pl.DataFrame:
    """Worker elite of the world by threshold, anchor and treatment of managers."""
    frames = []
    for anchor in ANCHORS:
        taus = sorted({*TAUS, *SHOWN})
        settings = {"tau": taus, "manager_scale": list(PANELS)}
        rows = wc.sweep("bromma", settings, year=YEAR, anchor=anchor, draws=DRAWS)
        elite = rows.filter(pl.col("class") == "worker-elite")
        frames.append(elite.with_columns(line=pl.lit(WORDS[anchor])))
    return pl.concat(frames).rename(
        {"tau": "parameter", "persons": "value", "persons_p05": "low", "persons_p95": "high"}
    )


def draw_curves(curves: pl.DataFrame, path: Path) -> None:
    """Write the picture: two panels side by side on one scale."""
    top = float(curves["high"].max())  # type: ignore[arg-type]
    panels = [
        _panel(curves.filter(pl.col("manager_scale") == scale), title, f"p{k}_", top)
        for k, (scale, title) in enumerate(PANELS.items())
    ]
    datasets: dict[str, Any] = {}
    for panel in panels:
        datasets |= panel.pop("datasets")
    config = panels[0].pop("config")
    panels[1].pop("config")
    title = {
        "text": f"The world's worker elite in {YEAR}, as a function of its threshold",
        "subtitle": [
            "Employees whose labour income reaches the threshold (theory: bromma), for three "
            "anchors of "
            "the level of labour income. Bands: 5th to 95th percentile",
            f"of {DRAWS} draws of all other assumptions, the anchor fixed. The text names no "
            "threshold; "
            "the dashed line marks the package's default.",
        ],
    }
    whole = {
        "$schema": panels[0].get("$schema"),
        "hconcat": [{k: v for k, v in p.items() if k != "$schema"} for p in panels],
        "spacing": 30,
        "title": title,
        "datasets": datasets,
        "config": config,
    }
    save_chart(whole, path)


def _panel(table: pl.DataFrame, title: str, prefix: str, top: float) -> dict[str, Any]:
    """One panel, its data under names of its own, its vertical axis up to `top`."""
    picture: Picture = threshold_curve(
        table,
        parameter="Labour income",
        unit="PPP dollars of 2021 a month",
        title=title,
        default=DEFAULT,
        width=WIDTH,
        height=HEIGHT,
    )
    picture = Picture(picture.chart, Caption(title), 2 * WIDTH, picture.data)
    text = json.dumps(picture.specification())
    for name in picture.data:
        text = text.replace(f'"{name}"', f'"{prefix}{name}"')
    upright = f'"scale": {{"domain": [0, {top}]}}'
    for automatic in ('{"nice": false, "zero": true}', '{"zero": true, "nice": false}'):
        text = text.replace(f'"scale": {automatic}', upright)
    text = text.replace('"columns": 1', '"columns": 3')
    panel: dict[str, Any] = json.loads(text)
    panel["title"] = {"text": title, "fontSize": 13, "offset": 20, "anchor": "start"}
    return panel


def threshold(world: World, path: Path | None = None) -> Section:
    """The picture, and the same numbers as a table."""
    curves = elite_curves()
    if path is not None:
        draw_curves(curves, path)
    rows: list[tuple[str | float | int | None, ...]] = []
    for scale, title in PANELS.items():
        for words in WORDS.values():
            own = curves.filter((pl.col("manager_scale") == scale) & (pl.col("line") == words))
            cells = []
            for tau in SHOWN:
                row = own.row(by_predicate=pl.col("parameter") == tau, named=True)
                value, low, high = (row[n] / 1e6 for n in ("value", "low", "high"))
                cells.append(f"{value:,.0f} [{low:,.0f}–{high:,.0f}]")
            rows.append((f"{title.split(',')[0]}; {words}", *cells))
    table = Results(
        f"Worker elite of the world, {YEAR}, millions of persons [90 % interval]",
        ("managers and professionals; anchor", *(f"{tau:,.0f} dollars" for tau in SHOWN)),
        rows,
        before="PPP dollars of 2021 a month; the anchor is fixed in each row.",
    )
    default = curves.filter(pl.col("parameter") == DEFAULT)["value"] / 1e6
    whole = curves.filter(pl.col("parameter").is_in([500.0, 5000.0]))["value"] / 1e6
    line = (
        f"The worker elite of {YEAR} at 1,500 dollars is between {default.min():,.0f} and "
        f"{default.max():,.0f} million in the central values of three anchors with managers and "
        f"professionals out or in; over thresholds from 500 to 5,000 dollars it runs from "
        f"{whole.max():,.0f} to {whole.min():,.0f} million. It has no size without a threshold."
    )
    words = "![Worker elite by threshold](pictures/worker-elite-threshold.png)"
    return Section("The worker elite as a function of its threshold", words, [table], [line])
