"""Raw columns become codes: the same ones from every type of column, never an invented one."""

import re
from decimal import Decimal
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import MALFORMED, MISSING
from worldclass.occupations.reading import read_codes

DIGITS = st.integers(1, 4)
NEAR_CODES = st.from_regex(r"\A[ \t]{0,2}[+-]?[0-9]{0,6}(\.0{0,2})?[ \n]?\Z")
TEXTS = st.one_of(st.none(), NEAR_CODES, st.text(max_size=6), st.sampled_from(["1e3", "１２３４"]))
CATEGORIES = [f"{code:04d}" for code in range(100)]


def read(values: object, dtype: object = None, digits: int = 4) -> list[int]:
    """The codes of some values."""
    return read_codes(pl.Series(values, dtype=dtype), digits=digits).codes.tolist()


# White space by Unicode; Python's own strip() takes the separators U+001C to U+001F too.
BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def by_the_rules(text: str | None, digits: int) -> int:
    """What one cell of text means, in plain Python."""
    bare = (text or "").strip(BLANKS)
    if not bare:
        return MISSING
    bare = bare.removesuffix(".0")
    if not re.fullmatch(rf"[0-9]{{1,{digits}}}", bare):
        return MALFORMED
    return int(bare.zfill(digits).ljust(4, "0"))


@settings(deadline=None)
@given(st.lists(TEXTS), DIGITS)
def test_text_means_what_the_rules_say(texts: list[str | None], digits: int) -> None:
    assert read(texts, pl.String, digits) == [by_the_rules(text, digits) for text in texts]


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 10005)), DIGITS)
def test_integers_mean_what_their_text_means(numbers: list[int | None], digits: int) -> None:
    texts = [None if number is None else str(number) for number in numbers]
    assert read(numbers, pl.Int64, digits) == read(texts, pl.String, digits)


@settings(deadline=None)
@given(st.lists(st.none() | st.floats() | st.integers(-5, 10005).map(float)), DIGITS)
def test_floats_are_codes_when_whole(numbers: list[float | None], digits: int) -> None:
    expected = [
        MISSING
        if number is None or number != number
        else int(number) * 10 ** (4 - digits)
        if 0 <= number < 10**digits and number == int(number)
        else MALFORMED
        for number in numbers
    ]
    assert read(numbers, pl.Float64, digits) == expected


@settings(deadline=None)
@given(st.lists(st.none() | st.sampled_from(CATEGORIES)))
def test_categories_mean_what_their_text_means(texts: list[str | None]) -> None:
    expected = read(texts, pl.String)
    assert read(texts, pl.Categorical) == expected
    assert read(texts, pl.Enum(CATEGORIES)) == expected


@settings(deadline=None, max_examples=25)
@given(st.lists(TEXTS, min_size=1), st.lists(st.integers(0, 60), max_size=4))
def test_chunks_and_slices_do_not_matter(texts: list[str | None], cuts: list[int]) -> None:
    whole = pl.Series(texts, dtype=pl.String)
    edges = [0, *sorted(min(cut, len(texts)) for cut in cuts), len(texts)]
    parts = [whole.slice(a, b - a) for a, b in pairwise(edges)]
    pieces = pl.concat(parts, rechunk=False)
    assert read_codes(pieces).codes.tolist() == read_codes(whole).codes.tolist()
    assert [c for part in parts for c in read_codes(part).codes.tolist()] == read(texts, pl.String)


@pytest.mark.parametrize(
    "dtype", [pl.Int8, pl.Int16, pl.Int32, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64]
)
def test_the_width_of_integers_does_not_matter(dtype: pl.DataType) -> None:
    assert read([0, 11, 110, None], dtype) == [0, 11, 110, MISSING]


@pytest.mark.parametrize(("dtype", "huge"), [(pl.UInt64, 2**64 - 1), (pl.Int128, -(2**100))])
def test_a_huge_integer_is_malformed_not_missing(dtype: pl.DataType, huge: int) -> None:
    assert read([huge, 2512, None], dtype) == [MALFORMED, 2512, MISSING]


def test_decimals_are_numbers() -> None:
    assert read([Decimal("2512.0"), Decimal("25.5"), None]) == [2512, MALFORMED, MISSING]


@pytest.mark.parametrize("values", [["0110", "0210", "0310"], ["110", "210", "310"]])
def test_armed_forces_of_isco_08_come_out_right(values: list[str]) -> None:
    assert read(values) == read([int(value) for value in values]) == [110, 210, 310]


@pytest.mark.parametrize(
    ("text", "digits", "code"),
    [("0", 1, 0), ("01", 2, 100), ("1", 2, 100), ("011", 3, 110), ("11", 3, 110), ("110", 4, 110)],
)
def test_armed_forces_as_groups_of_fewer_digits(text: str, digits: int, code: int) -> None:
    assert read([text], digits=digits) == read([int(text)], digits=digits) == [code]


@pytest.mark.parametrize(
    ("given_texts", "digits", "filled"),
    [
        (["1", "2", "6"], 1, [1000, 2000, 6000]),
        (["11", "21", "61"], 2, [1100, 2100, 6100]),
        (["111", "211"], 3, [1110, 2110]),
        (["01", "02"], 2, [100, 200]),
        (["001", "002"], 3, [10, 20]),
        (["0", "1"], 1, [0, 1000]),
    ],
)
def test_groups_are_filled_as_digclass_fills_them(
    given_texts: list[str], digits: int, filled: list[int]
) -> None:
    assert read(given_texts, digits=digits) == filled


def test_mixed_lengths_are_padded_where_digclass_stops() -> None:
    """`isco_fill` refuses mixed lengths; here the reader says how many digits codes have."""
    assert read(["1", "21"], digits=2) == [100, 2100]


def test_short_codes_are_padded_as_digclass_repairs_them() -> None:
    assert read(["123", "4567", "89", None, "1234"]) == [123, 4567, 89, MISSING, 1234]


def test_five_digits_are_malformed_where_digclass_stops() -> None:
    assert read(["12345", "01234"]) == [MALFORMED, MALFORMED]
    assert read([12345]) == [MALFORMED]


def test_a_group_with_more_digits_than_stated_is_malformed() -> None:
    assert read(["2100", "21"], digits=2) == [MALFORMED, 2100]


def test_the_report_counts_every_repair_with_examples() -> None:
    texts = ["2512", "110", " 2512", "2512.0", " 110.0 ", "x", "x", "y", "", " ", None]
    found = {f.item: (f.rows, f.examples) for f in read_codes(pl.Series(texts)).report.findings}
    assert found == {
        "padded": (2, (" 110.0 ", "110")),
        "trimmed": (2, (" 110.0 ", " 2512")),
        "decimals": (2, (" 110.0 ", "2512.0")),
        "malformed code": (3, ("x", "y")),
        "missing": (3, ()),
    }


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["21", "1", "x"])])
def test_every_type_of_text_has_the_same_report(dtype: pl.DataType) -> None:
    report = read_codes(pl.Series(["21", "1", "x", "x", None], dtype=dtype), digits=2).report
    found = {finding.item: finding.rows for finding in report.findings}
    assert found == {"padded": 1, "filled": 2, "malformed code": 2, "missing": 1}
    assert report.rows == 5


def test_categories_that_do_not_occur_are_not_reported() -> None:
    column = pl.Series(["2512"], dtype=pl.Enum(["2512", "unemployed"]))
    assert read_codes(column).report.findings == ()


def test_numbers_report_what_was_repaired() -> None:
    report = read_codes(pl.Series([1, 21, -9, 100, 100, None]), digits=2).report
    found = {f.item: (f.rows, f.examples) for f in report.findings}
    assert found == {
        "padded": (1, ("1",)),
        "filled": (2, ("1", "21")),
        "malformed code": (3, ("-9", "100")),
        "missing": (1, ()),
    }
    assert (report.count("malformed code"), report.count("trimmed")) == (3, 0)


@pytest.mark.parametrize("dtype", [pl.String, pl.Int64, pl.Float64, pl.Categorical, pl.Null])
def test_empty_columns_and_columns_of_nulls(dtype: pl.DataType) -> None:
    assert read([], dtype) == []
    assert read([None, None], dtype) == [MISSING, MISSING]


@pytest.mark.parametrize("column", [pl.Series([True]), pl.Series([[1]])])
def test_a_type_that_holds_no_codes_is_refused(column: pl.Series) -> None:
    with pytest.raises(UsageError, match="holds no occupational codes"):
        read_codes(column.alias("isco08"))


def test_codes_are_16_bit_integers_that_may_be_written_to() -> None:
    for values in (["2512"], ["2512", "x"], ["x"], [2512], [2512.0]):
        codes = read_codes(pl.Series(values)).codes
        assert codes.dtype == np.int16 and codes.flags.writeable
