"""A made-up atlas in the exact shape of the real one, for tests of pictures and pages.

Sizes follow smooth curves of made-up development, so that pictures look like pictures; none
of the numbers means anything.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from worldclass.core.countries import aggregates, countries

CLASSES = (
    "capitalists",
    "other-middle",
    "worker-elite",
    "peasantry",
    "proletariat",
    "lumpen",
    "dependants",
)
LABELS = {
    "capitalists": "Capitalists",
    "other-middle": "Other middle classes",
    "worker-elite": "Worker elite",
    "peasantry": "Peasantry",
    "proletariat": "Proletariat",
    "lumpen": "Lumpen",
    "dependants": "Dependants",
}
COLUMNS = (
    "theory",
    "class",
    "country",
    "year",
    "sex",
    "persons",
    "persons_p05",
    "persons_p95",
    "share_population",
    "share_adults",
    "share_workforce",
    "imputed",
)
WITHOUT_ESTIMATE = frozenset({"GRL", "ATG", "ESH", "PRK"})


def synthetic_atlas(
    years: range = range(1991, 2024), *, every: int = 1, seed: int = 1
) -> pl.DataFrame:
    """Atlas of all countries but a few, the world, North, South and regions, by sex.

    Parameters
    ----------
    years
        Years to make.
    every
        Keep every n-th country (small tests).
    seed
        Of the made-up numbers.
    """
    rng = np.random.default_rng(seed)
    codes = [code for code in countries() if code not in WITHOUT_ESTIMATE][::every]
    rows = [_country(code, years, rng) for code in codes]
    people = pl.concat(rows)
    groups = [
        people.filter(pl.col("country").is_in(list(members))).with_columns(country=pl.lit(code))
        for code, members in aggregates().items()
    ]
    people = pl.concat([people, *groups])
    people = people.group_by("class", "country", "year", "sex", maintain_order=True).agg(
        pl.col("persons", "low", "high", "adults", "workforce").sum(),
        imputed=(pl.col("imputed") * pl.col("persons")).sum() / pl.col("persons").sum(),
    )
    both = people.group_by("class", "country", "year", maintain_order=True).agg(
        pl.col("persons", "low", "high", "adults", "workforce").sum(), pl.col("imputed").mean()
    )
    people = pl.concat([people, both.with_columns(sex=pl.lit("total")).select(people.columns)])
    place = ["country", "year", "sex"]
    return people.with_columns(
        theory=pl.lit("bromma"),
        persons_p05=pl.col("low"),
        persons_p95=pl.col("high"),
        share_population=pl.col("persons") / pl.col("persons").sum().over(place),
        share_adults=pl.col("adults") / pl.col("adults").sum().over(place),
        share_workforce=pl.col("workforce") / pl.col("workforce").sum().over(place),
        year=pl.col("year").cast(pl.Int32),
    ).select(COLUMNS)


def _country(code: str, years: range, rng: np.random.Generator) -> pl.DataFrame:
    """Classes of one country by year and sex."""
    level = {"low": 0.1, "lower-middle": 0.3, "upper-middle": 0.55, "high": 0.85}
    start = level.get(countries()[code].income_group or "", 0.4) + rng.normal(0, 0.08)
    people = np.exp(rng.normal(15.5, 1.8))
    frames = []
    for year in years:
        rich = float(np.clip(start + 0.006 * (year - 1991), 0.02, 0.97))
        weights = np.array(
            [0.006, 0.05 + 0.14 * rich, 0.30 * rich**2, 0.30 * (1 - rich) ** 2, 0.28, 0.05, 0.35]
        )
        for sex, tilt in (("female", -1), ("male", 1)):
            own = weights * (1 + tilt * np.array([0.5, 0.1, 0.2, 0.0, 0.1, 0.4, -0.25]))
            size = own / own.sum() * people * 0.5 * 1.013 ** (year - 1991)
            adults = size * np.array([1, 1, 1, 1, 1, 1, 0.45])
            frames.append(
                pl.DataFrame(
                    {
                        "class": CLASSES,
                        "country": code,
                        "year": year,
                        "sex": sex,
                        "persons": size,
                        "low": size * [0.4, 0.7, 0.6, 0.85, 0.86, 0.2, 0.97],
                        "high": size * [1.9, 1.35, 1.5, 1.2, 1.15, 2.5, 1.04],
                        "adults": adults,
                        "workforce": size * np.array([1, 1, 1, 1, 1, 0.6, 0]),
                        "imputed": 0.2 + 0.6 * (1 - rich),
                    }
                )
            )
    return pl.concat(frames)
