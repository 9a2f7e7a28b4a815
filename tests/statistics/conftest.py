"""A clustered sample with weights, and published mobility tables.

The tables are facts: counts of persons as printed by their authors.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

# Yaish (1998, 2004): class mobility of Israeli men by level of education, 1974 and 1991. Education
# (5) runs first, then origin (7), then destination (7); as distributed with the R package gnm.
YAISH = """
7 3 16 14 135 5 9 5 9 54 13 13 18 30 139 2 2 4 26 48 1 3 9 17 64 9 5 10 20 82 2 0 1 6 1
3 1 14 6 19 4 7 6 4 8 43 26 44 10 4 5 6 9 3 2 8 14 15 10 5 26 26 22 13 12 9 2 3 2 0
8 9 16 6 5 4 1 14 2 8 139 43 50 18 20 46 10 10 3 5 25 21 12 14 6 46 28 23 6 1 4 1 4 3 0
4 2 2 1 0 0 1 0 0 0 7 2 6 1 0 18 13 8 2 2 0 2 5 0 0 4 2 0 0 1 1 0 0 0 0
11 14 13 12 18 12 20 13 17 2 117 51 57 47 11 38 16 7 11 0 83 51 35 42 13 110 56 25 39 10
17 5 1 1 1
11 5 16 1 2 11 4 4 2 1 110 20 18 3 2 69 6 12 0 1 39 17 18 2 2 85 28 24 2 1 11 1 4 0 0
"""

# Yamaguchi (1987), American Sociological Review 52, table 1: men of 20 to 64 in the United States
# 1973, the United Kingdom 1972 and Japan 1975. Father's class, then country, then son's class.
YAMAGUCHI = """
1275 364 274 272 17  474 129 87 124 11  127 101 24 30 12
1055 597 394 443 31  300 218 171 220 8  86 207 64 61 13
1043 587 1045 951 47  438 254 669 703 16  43 73 122 60 13
1159 791 1323 2046 52  601 388 932 1789 37  35 51 62 66 11
666 496 1031 1632 646  76 56 125 295 191  109 206 184 253 325
"""
CLASSES = ("upper non-manual", "lower non-manual", "upper manual", "lower manual", "farm")
COUNTRIES = ("United States", "United Kingdom", "Japan")

# Duncan (1979), American Journal of Sociology 84, p. 795: British men of 1949, Glass's table.
DUNCAN = """
50 19 26 8 7 11 6 2  16 40 34 18 11 20 8 3  12 35 65 66 35 88 23 21  11 20 58 110 40 183 64 32
2 8 12 23 25 46 28 12  12 28 102 162 90 554 230 177  0 6 19 40 21 158 143 71
0 3 14 32 15 126 91 106
"""


def counts(text: str) -> list[int]:
    return [int(number) for number in text.split()]


@pytest.fixture(scope="session")
def yaish() -> pl.DataFrame:
    """Education, origin, destination, persons; the all but empty seventh destination left out."""
    cells = np.array(counts(YAISH)).reshape(6, 7, 5)
    rows = [
        (k + 1, i + 1, j + 1, int(cells[j, i, k]))
        for k in range(5)
        for i in range(7)
        for j in range(6)
    ]
    return pl.DataFrame(rows, schema=["education", "origin", "destination", "n"], orient="row")


@pytest.fixture(scope="session")
def yamaguchi() -> pl.DataFrame:
    """Country, father's class, son's class, persons."""
    cells = iter(counts(YAMAGUCHI))
    rows = [(place, i, j, next(cells)) for i in CLASSES for place in COUNTRIES for j in CLASSES]
    kinds = {"country": pl.Enum(COUNTRIES), "father": pl.Enum(CLASSES), "son": pl.Enum(CLASSES)}
    return pl.DataFrame(rows, schema=kinds | {"n": pl.Int64}, orient="row")


@pytest.fixture(scope="session")
def duncan() -> pl.DataFrame:
    """Father's and son's status category, persons."""
    cells = iter(counts(DUNCAN))
    rows = [(i, j, next(cells)) for i in range(1, 9) for j in range(1, 9)]
    return pl.DataFrame(rows, schema=["father", "son", "n"], orient="row")


def make_sample(rows: int = 240, units: int = 48, strata: int = 8, seed: int = 1) -> pl.DataFrame:
    """Persons in units in strata, whose class and sex depend on the unit."""
    draw = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), rows // units)
    pull = draw.normal(size=units)[unit]
    stratum = unit // (units // strata)
    noise = draw.normal(size=(rows, 3))
    kind = np.digitize(pull * 0.7 + noise[:, 0], [-0.5, 0.6])
    father = np.digitize(pull * 0.7 + noise[:, 1] + 0.6 * kind - 0.6, [-0.5, 0.6])
    return pl.DataFrame(
        {
            "class": np.array(["a", "b", "c"])[kind],
            "father": np.array(["a", "b", "c"])[father],
            "sex": np.where(noise[:, 2] + 0.3 * pull > 0, "women", "men"),
            "cohort": np.where(np.arange(rows) % 2 == 0, "old", "young"),
            "psu": unit,
            "stratum": stratum,
            "w": draw.uniform(0.5, 3.0, rows),
        }
    )


@pytest.fixture(scope="session")
def people() -> pl.DataFrame:
    """240 persons in 48 units in 8 strata."""
    return make_sample()
