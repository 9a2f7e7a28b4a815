"""Values of status columns that mean nothing are found in columns of every type."""

import polars as pl
import pytest

from worldclass.schemes.compile import compile_scheme
from worldclass.schemes.library import load_scheme
from worldclass.schemes.unreadable import unreadable

AXES = {axis.name: axis for axis in compile_scheme(load_scheme("esec"), "isco08").axes}
WORDS = {axis.name: axis for axis in compile_scheme(load_scheme("eseg"), "isco08").axes}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (pl.Series([1, 2, 2, 0, None]), (2, ("2",))),
        (pl.Series([1, 0, None]), (0, ())),
        (pl.Series([1.0, 0.0, float("nan"), None]), (0, ())),
        (pl.Series([1.0, 2.0, float("nan"), 0.5]), (2, ("0.5", "2.0"))),
        (pl.Series(["1", "0", "", " ", "1.0", None]), (0, ())),
        (pl.Series(["yes", "true", "1", "no", "FALSE"]), (2, ("no", "yes"))),
        (pl.Series(["yes", "1"], dtype=pl.Categorical), (1, ("yes",))),
        (pl.Series([True, None]), (0, ())),
        (pl.Series([None, None]), (0, ())),
        (pl.Series([], dtype=pl.Int8), (0, ())),
    ],
)
def test_of_a_column_of_truth_values(values: pl.Series, found: tuple[int, tuple[str, ...]]) -> None:
    assert unreadable(values, AXES["self_employed"]) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (pl.Series([0, 12, None]), (0, ())),
        (pl.Series([-4, 12, 77777]), (2, ("-4", "77777"))),
        (pl.Series(["3", "x", "1e2", ""]), (1, ("x",))),
    ],
)
def test_of_a_column_of_numbers(values: pl.Series, found: tuple[int, tuple[str, ...]]) -> None:
    assert unreadable(values, AXES["employees"]) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (pl.Series(["employee", "not-employed", "2", None]), (0, ())),
        (pl.Series(["Employee", "employee"]), (1, ("Employee",))),
        (pl.Series([0, 1, 2, 3]), (1, ("3",))),
    ],
)
def test_of_a_column_of_words(values: pl.Series, found: tuple[int, tuple[str, ...]]) -> None:
    assert unreadable(values, WORDS["work_status"]) == found
