"""Every combination of open choices is tried, and none is judged on too few outbursts."""

from __future__ import annotations

from math import prod

import polars as pl

from worldclass.dynamics.civil_violence.choices import OPEN, by_choice
from worldclass.dynamics.civil_violence.parameters import CivilViolence


def test_all_combinations_are_there_and_calm_is_empty_where_nothing_erupts() -> None:
    table = by_choice(CivilViolence(periods=150), runs=1)
    assert table.height == prod(map(len, OPEN.values())) == 48
    assert table.select(list(OPEN)).n_unique() == 48
    few = table.filter(pl.col("outbursts") < 2)
    assert few.height == few["calm"].null_count() > 0
    many = table.filter(pl.col("outbursts") > 3)
    assert many.height > 10
    assert many["calm"].null_count() == 0
