"""Compact crosswalk files: what prefixes cover, and which files are refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import SourceError, TheoryError
from worldclass.occupations.classification import codes
from worldclass.occupations.crosswalk import (
    encode_prefixes,
    format_crosswalk,
    parse_crosswalk,
    read_crosswalk,
)

VALUES = st.tuples(st.sampled_from(["", "1", "2,5", 'a"b']), st.sampled_from(["", "x"]))


def classes(text: str, classification: str = "isco88") -> dict[int, str]:
    """The class of each covered code of a table with one column."""
    return parse_crosswalk(text, "here", classification).column("class")


def test_the_longest_prefix_covers_a_code() -> None:
    found = classes("codes,class\n2,a\n21,b\n211,c\n2111,d\n")
    assert [found[code] for code in (2200, 2120, 2112, 2111)] == ["a", "b", "c", "d"]


def test_a_prefix_covers_groups_filled_with_zeros() -> None:
    found = classes("codes,class\n21,a\n")
    assert {2100, 2110, 2111} <= set(found)
    assert set(found) == {code for code in codes("isco88") if code // 100 == 21}


def test_four_digits_that_end_in_zeros_are_the_group_alone() -> None:
    assert classes("codes,class\n2100,a\n") == {2100: "a"}


def test_leading_zeros_are_the_armed_forces() -> None:
    assert classes("codes,class\n0,a\n0210,b\n", "isco08") == {
        0: "a",
        100: "a",
        110: "a",
        200: "a",
        210: "b",
        300: "a",
        310: "a",
    }


def test_an_empty_value_covers_nothing() -> None:
    table = parse_crosswalk("codes,class\n21,a\n2111,\n", "here", "isco88")
    assert 2111 not in table.column("class")
    assert table.rows[table.expand()[2111]] == ("",)


def test_comments_blank_lines_and_crlf_are_no_rows() -> None:
    assert classes("# a, b\r\n\r\ncodes,class\r\n# 22,b\r\n2100,a\r\n") == {2100: "a"}


def test_a_table_for_three_digits_covers_minor_groups() -> None:
    table = parse_crosswalk("codes,class\n21,a\n", "here", "isco88", digits=3)
    assert set(table.expand()) == {2100, 2110, 2120, 2130, 2140}


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("codes,b,a\n2100,1,2\n", encoding="utf-8")
    table = read_crosswalk(file, "isco88", ("a", "b"))
    assert (table.column("a"), table.column("b")) == ({2100: "2"}, {2100: "1"})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "header"),
        ("codes\n21\n", "header"),
        ("code,class\n21,a\n", "header"),
        ("codes,class,class\n21,a,b\n", "header"),
        ("codes,other\n21,a\n", "header is 'codes,other'; expected: codes, class"),
        ("codes,class\n21,a\n22,b 21,\n", "3 cells; the header has 2"),
        ("codes,class\n21 22,a\n23 21,b\n", "prefix 21 is listed twice"),
        ("codes,class\n21 21,a\n", "prefix 21 is listed twice"),
        ("codes,class\n21;22,a\n", "'21;22' is not a list"),
        ("codes,class\n21110,a\n", "'21110' is not a list"),
        ("codes,class\n٢١,a\n", "is not a list"),
        ("codes,class\n,a\n", "is not a list"),
        ("codes,class\n2119,a\n", "No code of isco88 starts with 2119"),
        ('codes,class\n21,"a\n', "not CSV"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text: str, part: str) -> None:
    with pytest.raises(TheoryError) as caught:
        parse_crosswalk(text, "here.csv", "isco88", ("class",))
    assert part in caught.value.what
    assert caught.value.where.startswith("here.csv")
    assert caught.value.remedy


def test_the_error_is_of_the_class_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_crosswalk(tmp_path / "none.csv", "isco88", error=SourceError)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(TheoryError, match="no column 'b'"):
        parse_crosswalk("codes,a\n21,1\n", "here", "isco88").column("b")


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(codes("isco68")), VALUES, min_size=1))
def test_a_written_table_reads_back(mapping: dict[int, tuple[str, str]]) -> None:
    text = format_crosswalk(mapping, "isco68", ("a", "b"), comments=["Source: a test."])
    table = parse_crosswalk(text, "here", "isco68", ("a", "b"))
    for place, name in enumerate(("a", "b")):
        given_values = {code: row[place] for code, row in mapping.items() if row[place]}
        assert table.column(name) == given_values


def test_encoding_does_not_depend_on_the_order_of_the_mapping() -> None:
    mapping = {code: (str(code % 3),) for code in codes("isco88")}
    turned = dict(reversed(mapping.items()))
    assert encode_prefixes(mapping, "isco88") == encode_prefixes(turned, "isco88")


@pytest.mark.parametrize("mapping", [{}, {2119: ("a",)}, {2100: ("a",), 2110: ("a", "b")}])
def test_what_cannot_be_encoded_is_refused(mapping: dict[int, tuple[str, ...]]) -> None:
    with pytest.raises(TheoryError):
        encode_prefixes(mapping, "isco88")
