"""Made-up flows in the exact shape of the real ones, for tests of pictures.

What place p works for consumer c follows from made-up sizes; none of the numbers means anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

PLACES = ("USA", "CHN", "IND", "ROW")
SIZES = {"USA": 300.0, "CHN": 1500.0, "IND": 800.0, "ROW": 1900.0}
DRAWS_ON = {"USA": 3.0, "CHN": 0.8, "IND": 0.6, "ROW": 0.9}
SHARES = {"female": 0.4, "male": 0.6}


def pairs_of(years: Iterable[int], places: Sequence[str] = PLACES) -> pl.DataFrame:
    """Flows between places, of women, men and all, with intervals."""
    rows: list[tuple[object, ...]] = []
    for year in years:
        for producer in places:
            weight = {
                consumer: SIZES.get(consumer, 20.0) * DRAWS_ON.get(consumer, 1.0) * 0.1
                for consumer in places
            }
            weight[producer] += 2000.0
            size = SIZES.get(producer, 20.0) * 1000 * (1 + 0.02 * (year - 2008))
            for consumer in places:
                value = size * weight[consumer] / sum(weight.values())
                for sex, share in {**SHARES, "total": 1.0}.items():
                    rows.append((year, producer, consumer, sex, value * share))
    frame = pl.DataFrame(
        rows, schema=["year", "producer", "consumer", "sex", "value"], orient="row"
    )
    return frame.select(
        "year",
        "producer",
        "consumer",
        pl.lit("total").alias("sector"),
        "sex",
        pl.lit("hours_embodied").alias("measure"),
        pl.lit("million hours").alias("unit"),
        "value",
        p05=pl.col("value") * 0.9,
        p95=pl.col("value") * 1.2,
    )


def areas_of(pairs: pl.DataFrame) -> pl.DataFrame:
    """What each place gives, commands, exports, imports and nets, from flows between places."""
    away = pairs.filter(pl.col("producer") != pl.col("consumer"))
    parts = [
        _summed(pairs, "producer", "given"),
        _summed(pairs, "consumer", "commanded"),
        _summed(away, "producer", "exported"),
        _summed(away, "consumer", "imported"),
    ]
    on = ["year", "sector", "sex"]
    given = parts[0].select(*on, "producer", "value").rename({"value": "worked"})
    net = parts[1].join(given, left_on=[*on, "consumer"], right_on=[*on, "producer"])
    net = net.with_columns(
        value=pl.col("value") - pl.col("worked"),
        producer=pl.lit("ABROAD"),
        measure=pl.lit("hours_net"),
    ).with_columns(p05=pl.col("value") - 5000.0, p95=pl.col("value") + 6000.0)
    return pl.concat([*parts, net.select(pairs.columns)])


def _summed(pairs: pl.DataFrame, side: str, kind: str) -> pl.DataFrame:
    other = "consumer" if side == "producer" else "producer"
    end = "WORLD" if kind in ("given", "commanded") else "ABROAD"
    summed = pairs.group_by("year", side, "sector", "sex", "unit", maintain_order=True).agg(
        pl.col("value", "p05", "p95").sum()
    )
    return summed.with_columns(
        pl.lit(end).alias(other), pl.lit(f"hours_{kind}").alias("measure")
    ).select(pairs.columns)
