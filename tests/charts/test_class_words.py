"""Names of classes on an axis."""

from __future__ import annotations

import json

from worldclass.charts.class_words import LINE_HEIGHT, class_words


def test_numbers_stay_before_their_words_and_long_words_are_cut() -> None:
    words = class_words(["1", "2"], {"1": "one two three four five six"}, 9)
    assert words.lines == {"1": ["1 one two", "three", "four …"], "2": ["2"]}


def test_names_beside_a_row_have_their_middle_at_its_middle() -> None:
    words = class_words(["1", "2"], {"1": "one two three four five six"}, 9)
    lines = json.loads(words.middled.removeprefix("(").removesuffix(")[datum.value]"))
    assert lines == {"1": ["1 one two", "three", "four …"], "2": ["", "2", ""]}
    assert words.rise == -LINE_HEIGHT


def test_compounds_are_not_torn_apart() -> None:
    (lines,) = class_words(["1"], {"1": "Lower-grade managers"}, 12).lines.values()
    assert lines == ["1", "Lower-grade", "managers"]
