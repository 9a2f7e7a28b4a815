"""Conversions agree with the reference tables, cell by cell."""

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import codes
from worldclass.occupations.convert import conversion, recode, recode_report, truncate

from .conftest import Reference

DIRECT = [
    ("isco08", "isco88"),
    ("isco88", "isco08"),
    ("isco68", "isco88"),
    ("isco68", "isco08"),
    ("isco88", "isco68"),
    ("isco88", "isco88com"),
]


@pytest.mark.mirror
@pytest.mark.parametrize(("source", "target"), DIRECT)
def test_every_cell_agrees(source: str, target: str, reference: Reference) -> None:
    """Those of the armed forces of ISCO-68 too, which have five digits; nothing is added."""
    given = dict(reference(f"{source}_to_{target}").rows())
    texts = [f"{code:04d}" for code in range(20_000)]
    ours = dict(zip(texts, recode(texts, source, target), strict=True))
    assert {code: found for code, found in ours.items() if found} == given


@pytest.mark.mirror
@pytest.mark.parametrize("name", ["isco08", "isco88", "isco68"])
def test_truncation_agrees_with_the_hierarchies(name: str, reference: Reference) -> None:
    """NA in ISCO-68 is where major group 0 has no code; codes of five digits have no groups."""
    table = reference(f"{name}_hierarchy").filter(pl.col(name.upper()).str.len_chars() == 4)
    for digits, level in ((1, "major"), (2, "submajor"), (3, "minor"), (4, "unit")):
        ours = truncate(table[name.upper()], digits)
        differing = table.with_columns(ours=ours).filter(pl.col("ours") != pl.col(level))
        assert set(differing[level]) <= {"NA"}
        assert set(differing["ours"]) <= {"0000"}
        assert differing.height == (900 if (name, level) == ("isco68", "major") else 0)


@pytest.mark.parametrize(("source", "target"), [*DIRECT, ("isco68", "isco88com")])
def test_targets_are_codes_of_the_target(source: str, target: str) -> None:
    table = conversion(source, target).table
    assert set(table.tolist()) - {-1} <= set(codes(target))
    assert table.shape == (10_002,) and table[10_000] == table[10_001] == -1


def test_a_chain_is_its_steps_one_after_the_other() -> None:
    chain = conversion("isco08", "isco88com")
    assert chain.path == ("isco08", "isco88", "isco88com")
    texts = [f"{code:04d}" for code in codes("isco08")]
    steps = recode(recode(texts, "isco08", "isco88"), "isco88", "isco88com")
    assert recode(texts, "isco08", "isco88com") == steps


def test_a_direct_file_goes_before_a_chain() -> None:
    assert conversion("isco68", "isco08").path == ("isco68", "isco08")


def test_esco_goes_by_isco_08() -> None:
    assert conversion("esco", "isco88").path == ("esco", "isco08", "isco88")
    assert recode(["2512.1", "251203"], "esco", "isco08") == ["2512", "2512"]


def test_the_list_of_isco_88_holds_every_code_of_its_european_version() -> None:
    assert set(codes("isco88com")) <= set(codes("isco88"))
    texts = [f"{code:04d}" for code in codes("isco88com")]
    assert recode(texts, "isco88com", "isco88") == texts
    assert conversion("isco88com", "isco08").path == ("isco88com", "isco88", "isco08")


def test_a_classification_to_itself_repairs() -> None:
    assert recode([110, "2512 ", "9999", "x"], "isco08", "isco08") == ["0110", "2512", None, None]


def test_groups_convert_as_groups() -> None:
    assert recode(["21", "1"], "isco88", "isco08", digits=2) == [
        *recode(["2100", "0100"], "isco88", "isco08")
    ]


def test_the_report_names_what_was_lost() -> None:
    report = recode_report(["2512", "251", "x", None, "8400", "8287", "0001"], "isco88", "isco08")
    assert report.rows() == [
        ("padded", 1, 1 / 7, "251"),
        ("malformed code", 1, 1 / 7, "x"),
        ("missing", 1, 1 / 7, ""),
        ("unknown code", 3, 3 / 7, "0001, 0251, 2512"),
        ("no counterpart", 2, 2 / 7, "8287, 8400"),
    ]


def test_a_clean_column_has_an_empty_report() -> None:
    assert recode_report(["2512"], "isco08", "isco88").height == 0
    assert recode_report([], "isco08", "isco88").height == 0


@pytest.mark.parametrize(
    ("source", "target"), [("isco88com", "esco"), ("isco08", "esco"), ("esco", "esco")]
)
def test_a_conversion_that_does_not_exist_is_refused(source: str, target: str) -> None:
    with pytest.raises(UsageError, match="there are conversions to"):
        recode(["2512"], source, target)


def test_an_unknown_classification_is_refused() -> None:
    with pytest.raises(UsageError, match="no classification 'soc'"):
        recode(["2512"], "soc", "isco08")


@pytest.mark.parametrize(
    ("digits", "expected"),
    [(1, ["2000", "0000"]), (2, ["2500", "0300"]), (3, ["2510", "0310"]), (4, ["2512", "0310"])],
)
def test_truncation_keeps_leading_digits(digits: int, expected: list[str]) -> None:
    assert truncate(["2512", "0310"], digits) == expected
    assert truncate(np.array([2512, 310]), digits).tolist() == expected
