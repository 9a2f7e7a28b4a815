"""How far does the size of the worker elite hang on where one draws the line?

Run it with `python examples/threshold_sweep.py`. It writes `threshold.svg` to a temporary folder.
"""

import tempfile
from pathlib import Path

import polars as pl

import worldclass as wc

THRESHOLDS = [500, 750, 1000, 1500, 2000, 3000]
ANCHORS = ["national-accounts", "household-survey"]

# Two kinds of evidence on incomes, with and without managers and professionals.
settings = {"tau": THRESHOLDS, "manager_scale": [0.0, 1.0]}
swept = pl.concat(
    wc.sweep("bromma", settings, year=2023, anchor=anchor).with_columns(anchor=pl.lit(anchor))
    for anchor in ANCHORS
)
elite = swept.filter(pl.col("class") == "worker-elite")

print("Worker elite of the world in 2023, millions; rows: PPP dollars of 2021 a month")
print(
    elite.with_columns(
        (pl.col("persons") / 1e6).round(0).alias("millions"),
        pl.concat_str(
            "anchor",
            pl.when(pl.col("manager_scale") > 0)
            .then(pl.lit(", without managers"))
            .otherwise(pl.lit(", with managers")),
        ).alias("evidence"),
    ).pivot("evidence", index="tau", values="millions")
)

with tempfile.TemporaryDirectory() as folder:
    chart = wc.atlas("bromma", country="WORLD", sex="total").plot("areas")
    picture = Path(folder) / "threshold.svg"
    chart.save(picture)
    print(f"A picture of {picture.stat().st_size:,} bytes was drawn without a network.")
