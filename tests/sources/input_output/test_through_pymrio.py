"""What pymrio parses arrives with its labels, its numbers, and without a further copy."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output import through_pymrio as through
from worldclass.sources.input_output.labels import labels_of


def test_a_frame_of_numbers_is_not_copied():
    values = np.arange(9.0).reshape(3, 3)
    frame = pd.DataFrame(values)
    assert np.shares_memory(through.numbers(frame), frame.to_numpy())


def test_what_carries_one_label_is_added_up_on_both_sides():
    labels = (("MEX", "A"), ("USA", "A"), ("MEX", "A"))
    rows, columns, use = through.one_table(labels, labels, np.arange(9.0).reshape(3, 3))
    assert rows == columns == (("MEX", "A"), ("USA", "A"))
    assert use.tolist() == [[0 + 2 + 6 + 8, 1 + 7], [3 + 5, 4]]


def test_labels_that_repeat_nothing_leave_the_array_as_it_is():
    values = np.eye(2)
    assert through.merged((("A", "1"), ("B", "1")), values, axis=0)[1] is values


def test_rows_are_matched_by_label_and_not_by_position():
    frame = pd.DataFrame({"v": [1.0, 2.0]}, index=["b", "a"])
    ordered = through.in_order(frame, pd.Index(["a", "b"]), "output", Path("here"))
    assert ordered["v"].tolist() == [2.0, 1.0]


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (["a", "c"], "1 missing: b; 1 left over: c"),
        (["a", "b", "b"], "1 twice there: b"),
        (["a"], "1 missing: b"),
    ],
)
def test_labels_that_differ_are_named(index, message):
    frame = pd.DataFrame({"v": np.ones(len(index))}, index=index)
    with pytest.raises(SourceError, match=message):
        through.in_order(frame, pd.Index(["a", "b"]), "output", Path("here"))


def test_whatever_a_parser_raises_names_the_database_and_the_file():
    with (
        pytest.raises(SourceError, match="not those of Eora26: KeyError 'x'") as caught,
        through.parser("Eora26", Path("folder")),
    ):
        raise KeyError("x")
    assert caught.value.where == "folder" and "manifest" in caught.value.remedy


def test_without_pymrio_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymrio", None)
    with (
        pytest.raises(SourceError, match="not installed") as caught,
        through.parser("GLORIA", Path("folder")),
    ):
        pass
    assert "worldclass[mrio]" in caught.value.remedy


def test_exiobase_has_44_countries_and_five_regions():
    labels = labels_of("exiobase")
    from worldclass.core.countries import countries

    two_letters = {code: iso3 for code, iso3 in labels.countries.items() if len(code) == 2}
    assert len(two_letters) == 44 and len(labels.regions) == 5
    assert set(two_letters.values()) <= set(countries())
