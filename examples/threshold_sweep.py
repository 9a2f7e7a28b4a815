"""How far does the size of the worker elite hang on where one draws the line?

Run it with `python examples/threshold_sweep.py`. It writes `threshold.svg` beside you.
"""

import polars as pl

import worldclass as wc
from worldclass.charts.save import save_chart
from worldclass.charts.threshold_curve import threshold_curve

THRESHOLDS = [500, 750, 1000, 1500, 2000, 3000]
ANCHORS = ["national-accounts", "household-survey"]
MANAGERS = {0.0: "managers counted in", 1.0: "managers left out"}

# Two kinds of evidence on incomes, with and without managers and professionals.
settings = {"tau": THRESHOLDS, "manager_scale": list(MANAGERS)}
swept = pl.concat(
    wc.sweep("bromma", settings, year=2023, anchor=anchor).with_columns(anchor=pl.lit(anchor))
    for anchor in ANCHORS
)
elite = swept.filter(pl.col("class") == "worker-elite").with_columns(
    line=pl.concat_str(
        pl.col("anchor").str.replace("-", " "),
        pl.lit(", "),
        pl.col("manager_scale").replace_strict(MANAGERS),
    )
)

print("Worker elite of the world in 2023, millions, by monthly threshold in PPP dollars of 2021")
for line, rows in elite.group_by("line", maintain_order=True):
    sizes = ", ".join(f"{row['tau']:.0f}: {row['persons'] / 1e6:.0f}" for row in rows.to_dicts())
    print(f"  {line[0]}: {sizes}")

picture = threshold_curve(
    elite.select(
        "line",
        pl.col("tau").alias("parameter"),
        pl.col("persons").alias("value"),
        low=pl.lit(None, pl.Float64),
        high=pl.lit(None, pl.Float64),
    ),
    parameter="Threshold on labour income",
    unit="PPP dollars of 2021 a month",
    title="The worker elite of the world, 2023",
    default=1500,
)
save_chart(picture.framed(), "threshold.svg")
print("The curves are in threshold.svg.")
