"""Numbers are written the same way in Python text and inside charts."""

from __future__ import annotations

import re
from html import unescape

import altair as alt
import pytest
import vl_convert

from worldclass.charts.numbers import (
    persons_expression,
    persons_interval,
    persons_text,
    share_expression,
    share_interval,
    share_text,
)

PERSONS = [0.0, 7.0, 812.0, 999.0, 1_234.0, 339_600_000.0, 999_600_000.0, 1_874_300_000.0]
SHARES = [0.0, 0.0001, 0.0012, 0.0994, 0.0996, 0.3468, 1.0]


def drawn(values: list[float], expression: str) -> list[str]:
    """Texts that Vega writes for values."""
    rows = [{"value": value, "place": place} for place, value in enumerate(values)]
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .transform_calculate(text=expression)
        .mark_text()
        .encode(y=alt.Y("place:O", axis=None), text="text:N")
    )
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_charts_write_persons_as_sentences_do() -> None:
    expected = [persons_text(value) for value in PERSONS]
    assert drawn(PERSONS, persons_expression("datum.value")) == expected


def test_charts_write_shares_as_sentences_do() -> None:
    expected = [share_text(value) for value in SHARES]
    assert drawn(SHARES, share_expression("datum.value")) == expected


def test_rounding_up_reaches_the_next_unit() -> None:
    assert persons_text(999_600_000) == "1 bn"


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
def test_a_missing_number_is_a_dash(missing: float | None) -> None:
    assert {persons_text(missing), share_text(missing)} == {"–"}
    assert {persons_interval(missing, 1.0), share_interval(0.1, missing)} == {"–"}


def test_ends_of_an_interval_never_look_the_same() -> None:
    assert persons_interval(190_100_000, 190_900_000) == "190–191 M"


def test_a_low_end_is_not_read_in_the_unit_of_the_high_one() -> None:
    assert persons_interval(21, 441_400) == "0.021–440 k"
    assert persons_interval(0.0009, 32_960) == "<0.001–33 k"
    assert persons_interval(267, 1_047_000) == "0.27 k–1.0 M"
    assert persons_interval(129, 207_500) == "0.13–210 k"
    assert persons_interval(21_000, 44_000_000) == "21 k–44 M"
    assert persons_interval(2, 900) == "2–900"


def test_equal_ends_are_no_interval() -> None:
    assert persons_interval(5e6, 5e6) == "–"
    assert share_interval(0.2, 0.2) == "–"
