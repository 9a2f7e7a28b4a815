"""How a value of a pandas column is read never depends on the rows around it."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from worldclass.schemes.pandas_columns import from_pandas, to_pandas


def test_values_of_one_kind_keep_it() -> None:
    assert from_pandas(pd.Series([True, None], dtype=object)).dtype == pl.Boolean
    assert from_pandas(pd.Series([1, None], dtype=object)).dtype == pl.Int64
    assert from_pandas(pd.Series([1, 2.5], dtype=object)).to_list() == [1.0, 2.5]
    assert from_pandas(pd.Series([None, None], dtype=object)).dtype == pl.Null


@pytest.mark.parametrize("value", [True, 1, 2.0, np.int64(3), "4", None, float("nan")])
def test_among_other_kinds_a_value_means_the_same(value: object) -> None:
    alone = from_pandas(pd.Series([value], dtype=object)).cast(pl.String).cast(pl.String)
    among = from_pandas(pd.Series([value, "x", 1], dtype=object))[:1]
    assert among.dtype == pl.String
    truth = {"true": "1", None: None}
    assert among.item() == truth.get(alone.item(), alone.item())


def test_numbers_too_large_for_any_type_are_text() -> None:
    assert from_pandas(pd.Series([10**40], dtype=object)).cast(pl.String).item() == str(10**40)


def test_an_enum_becomes_a_categorical_with_the_index_of_the_frame() -> None:
    series = pl.Series(["b", None], dtype=pl.Enum(["a", "b"]))
    made = to_pandas(series, pd.Index([7, 8]))
    assert list(made.cat.categories) == ["a", "b"]
    assert made.index.tolist() == [7, 8]
    assert made.isna().tolist() == [False, True]
