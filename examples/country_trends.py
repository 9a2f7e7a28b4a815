"""How have the classes of a few countries changed since 1991?

Run it with `python examples/country_trends.py`. It needs no network.
"""

import polars as pl

import worldclass as wc

COUNTRIES = ["BRA", "CHN", "IND", "USA"]

# One row a country, year and class; the intervals are the 5th and 95th percentile of the draws.
sizes = wc.atlas("bromma", country=COUNTRIES, year="1991:2023", sex="total")
elite = sizes.filter(pl.col("class") == "worker-elite")

print("Worker elite, % of adults")
print(
    elite.filter(pl.col("year").is_in([1991, 2001, 2011, 2023]))
    .with_columns((100 * pl.col("share_adults")).round(1).alias("percent"))
    .pivot("year", index="country", values="percent")
)

print("Worker elite in 2023, millions, with 5-95 % interval")
millions = [(pl.col(name) / 1e6).round(1) for name in ("persons", "persons_p05", "persons_p95")]
print(elite.filter(pl.col("year") == 2023).select("country", *millions))

print("Where the world's worker elite grew between 1991 and 2023, millions")
change = wc.change("bromma", start=1991, end=2023, draws=0)
print(
    change.filter(
        pl.col("class") == "worker-elite",
        pl.col("component") == "total",
        pl.col("place") != pl.col("area"),
    )
    .select("place", (pl.col("persons") / 1e6).round(1).alias("millions"))
    .sort("millions", descending=True)
    .head(5)
)
