"""ESCO numbers are ISCO-08 unit groups with a tail."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import MALFORMED, MISSING, classification
from worldclass.occupations.esco import read_esco

from .conftest import Reference

UNITS = classification("isco08").unit_groups


@settings(deadline=None)
@given(st.sampled_from(UNITS), st.lists(st.integers(1, 120), max_size=4))
def test_a_number_lies_in_its_unit_group(unit: int, tail: list[int]) -> None:
    parts = [f"{unit:04d}", *map(str, tail)]
    assert read_esco(pl.Series([".".join(parts), "".join(parts)])).codes.tolist() == [unit, unit]


@settings(deadline=None)
@given(st.sampled_from(UNITS), st.lists(st.integers(1, 9), min_size=1, max_size=3))
def test_a_lost_leading_zero_is_put_back(unit: int, tail: list[int]) -> None:
    number = int("".join([f"{unit:04d}", *map(str, tail)]))
    assert read_esco(pl.Series([number])).codes.tolist() == [unit]


@settings(deadline=None)
@given(st.lists(st.none() | st.text(max_size=8)))
def test_no_text_gives_a_code_out_of_range(texts: list[str | None]) -> None:
    codes = read_esco(pl.Series(texts, dtype=pl.String)).codes.tolist()
    assert all(0 <= code <= MISSING for code in codes)


def test_what_is_no_number_is_malformed_or_missing() -> None:
    texts = ["2654..1", "2654.", "265", "C2654", "-2654", "", None, " 2654.1 "]
    assert read_esco(pl.Series(texts)).codes.tolist() == [MALFORMED] * 5 + [MISSING] * 2 + [2654]


def test_the_report_counts_lost_zeros() -> None:
    report = read_esco(pl.Series(["1102", "110.2", "2654.1"])).report
    assert [(f.item, f.rows) for f in report.findings] == [("padded", 2)]


@pytest.mark.mirror
def test_the_reference_table_agrees_but_for_the_armed_forces(reference: Reference) -> None:
    """Without their zero, it takes 1101 to 1100, 2101 to 2100 and 3101 to 3100: other groups."""
    table = reference("esco_to_isco08").unique()
    assert table.height == table["ESCO"].n_unique() == 2955  # 52 repeated rows, all alike
    ours = pl.Series([f"{code:04d}" for code in read_esco(table["ESCO"]).codes.tolist()])
    differing = table.with_columns(ours=ours).filter(pl.col("ISCO08") != pl.col("ours"))
    pairs = set(differing.select("ISCO08", "ours").rows())
    assert pairs == {("1100", "0110"), ("2100", "0210"), ("3100", "0310")}
    assert differing.height == 20


def test_a_column_of_another_type_is_refused() -> None:
    with pytest.raises(UsageError, match="holds no ESCO numbers"):
        read_esco(pl.Series([True]))
