"""At 80 columns numbers and dates are whole, and the unit is the first to go."""

import io

import pytest
from rich.console import Console

from worldclass.cli.fitted_table import print_fitted

NUMBERS = ["0.00001234", "2020-05-26", "-1234000000", "0.1234 to 0.5678"]


def printed(headings: list[str], row: list[str], width: int = 80) -> str:
    out = io.StringIO()
    print_fitted(Console(file=out, width=width), headings, [row])
    return out.getvalue()


@pytest.mark.parametrize("copies", [1, 2, 4])
def test_numbers_and_dates_are_never_cut(copies: int) -> None:
    row = ["a quantity with a long name that folds", *NUMBERS * copies]
    text = printed([f"heading_{k}" for k in range(len(row))], row)
    assert "\u2026" not in text
    assert all(text.count(number) == copies for number in NUMBERS)
    assert max(map(len, text.splitlines())) <= 80


def test_the_unit_is_left_out_only_where_it_does_not_fit() -> None:
    headings, row = ["quantity", "value", "unit"], ["total_events", "1234", "events"]
    assert "events  " in printed(headings, row, 80) and "unit" in printed(headings, row, 80)
    narrow = printed(headings, row, 26)
    assert "unit" not in narrow and "total_events" in narrow and "1234" in narrow


def test_text_folds_and_brackets_are_kept() -> None:
    text = printed(["what", "value"], ["word " * 40 + "[end]", "1"])
    assert text.count("word") == 40 and "[end]" in text
