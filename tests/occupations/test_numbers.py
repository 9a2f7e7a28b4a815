"""Numbers keep their places over the edges of blocks."""

import numpy as np
import polars as pl
import pytest

from worldclass.occupations.numbers import read_numbers
from worldclass.occupations.texts import BLOCK


@pytest.mark.parametrize("dtype", [pl.Int32, pl.Float64])
def test_rows_keep_their_places_over_the_edges_of_blocks(dtype: pl.DataType) -> None:
    values: list[int | None] = [2512] * (BLOCK + 2)
    values[BLOCK - 1], values[BLOCK], values[BLOCK + 1] = None, -7, 110
    codes, _ = read_numbers(pl.Series(values, dtype=dtype), 4)
    assert codes[-4:].tolist() == [2512, 10_001, 10_000, 110]
    assert np.count_nonzero(codes == 2512) == BLOCK - 1


@pytest.mark.parametrize("value", [float("inf"), -float("inf"), 2512.5, -1.0, 1e300, -0.5])
def test_what_is_not_whole_or_not_in_range_is_malformed(value: float) -> None:
    assert read_numbers(pl.Series([value]), 4)[0].tolist() == [10_000]


def test_nan_is_missing() -> None:
    codes, findings = read_numbers(pl.Series([float("nan"), 2512.0]), 4)
    assert codes.tolist() == [10_001, 2512]
    assert [(f.item, f.rows) for f in findings] == [("missing", 1)]
