"""Whose work is in what the United States consumed in 2008, and what was it worth?

Run it with `python examples/who_works_for_whom.py`. It needs no network.
"""

import polars as pl

import worldclass as wc

# Hours embodied in final demand, by country of work and sex; 5th and 95th percentile of draws.
pairs = wc.flows(2008, by="pair,sex", country="USA")
imported = pairs.filter(pl.col("consumer") == "USA", pl.col("producer") != "USA")
billions = [(pl.col(name) / 1000).round(1) for name in ("value", "p05", "p95")]

print("Hours worked abroad for final demand in the United States, 2008, billion")
total = imported.filter(pl.col("sex") == "total").sort("value", descending=True)
print(total.select("producer", *billions).head(6))

women = imported.filter(pl.col("sex") == "female")["value"].sum()
print(f"Women worked {100 * women / total['value'].sum():.0f} % of these hours.")

print("Net hours of the North, billion: commanded less given")
groups = wc.flows("1995:2011", group=["NORTH", "SOUTH"])
north = groups.filter(pl.col("measure") == "hours_net", pl.col("consumer") == "NORTH")
print(north.filter(pl.col("year").is_in([1995, 2001, 2006, 2011])).select("year", *billions))

print("What the South's hours for the North would cost at the pay of the North's exports")
exchange = wc.exchange(2008)
south = exchange.filter(pl.col("producer") == "SOUTH", pl.col("measure").str.starts_with("wage"))
print(south.select("measure", (pl.col("value") / 1e6).round(2).alias("trillion USD")))

print("Who commands less labour than they give, by class, world 2008, per cent of workers")
classes = wc.exploitation("bromma", 2008, country="WORLD", bands=None)
rows = classes.filter(pl.col("sex") == "total", pl.col("band") == "all")
percent = [
    (100 * pl.col(f"share_exploited{end}")).round(0).alias(name)
    for end, name in (("", "exploited"), ("_p05", "p05"), ("_p95", "p95"))
]
print(rows.select("class", *percent))
