"""The same kind of column comes out as went in."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.occupations.convert import recode

EXPECTED = ["2131", "0110", None, None]


def test_lists_and_tuples() -> None:
    assert recode(["2512", 110, None, float("nan")], "isco08", "isco88") == EXPECTED
    assert recode(("2512", 110, None, np.float64("nan")), "isco08", "isco88") == (*EXPECTED,)
    assert recode([], "isco08", "isco88") == []


@pytest.mark.parametrize(
    "values",
    [
        np.array(["2512", "0110", "", "x"]),
        np.array([b"2512", b"110", b"", b"x"]),
        np.array([2512, 110, -1, 9999]),
        np.array([2512.0, 110.0, np.nan, 0.5]),
        np.array(["2512", 110, None, "x"], dtype=object),
    ],
)
def test_numpy_arrays(values: np.ndarray) -> None:
    found = recode(values, "isco08", "isco88")
    assert isinstance(found, np.ndarray) and found.tolist() == EXPECTED


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical])
def test_polars_series_keep_their_name(dtype: pl.DataType) -> None:
    values = pl.Series("job", ["2512", "0110", None, "x"], dtype=dtype)
    found = recode(values, "isco08", "isco88")
    assert found.name == "job" and found.dtype == pl.String and found.to_list() == EXPECTED


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["2512", "0110", None, "x"], object),
        (["2512", 110, None, "x"], object),
        (["2512", "0110", pd.NA, "x"], "string"),
        (["2512", "0110", None, "x"], "category"),
        ([2512, 110, np.nan, 0.5], "float64"),
        ([2512, 110, pd.NA, 9999], "Int16"),
    ],
)
def test_pandas_series_keep_name_and_index(values: list[object], dtype: str) -> None:
    series = pd.Series(values, index=[4, 3, 2, 1], name="job", dtype=dtype)
    found = recode(series, "isco08", "isco88")
    assert found.name == "job" and found.index.tolist() == [4, 3, 2, 1]
    assert found.tolist() == EXPECTED


@pytest.mark.parametrize("values", ["2512", 2512, {"a": 1}, np.zeros((2, 2)), [True], [[1]]])
def test_what_is_no_column_of_codes_is_refused(values: object) -> None:
    with pytest.raises(UsageError):
        recode(values, "isco08", "isco88")


def test_arrow_arrays_come_back_as_arrow_arrays() -> None:
    pa = pytest.importorskip("pyarrow")
    whole = pa.array(["2512", None, "110"])
    chunks = pa.chunked_array([[2512, None], [110]])
    for given, kind in (
        (whole, pa.Array),
        (chunks, pa.ChunkedArray),
        (whole.dictionary_encode(), pa.Array),
    ):
        found = recode(given, "isco08", "isco88")
        assert isinstance(found, kind)
        assert found.to_pylist() == ["2131", None, "0110"]
