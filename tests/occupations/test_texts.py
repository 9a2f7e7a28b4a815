"""The fast way of reading four digits agrees with the exact one, over the edges of its blocks."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.occupations.texts import BLOCK, parse_distinct, read_texts

BYTES = st.characters(codec="utf-8", max_codepoint=0x7FF)


def test_every_text_of_four_digits() -> None:
    texts = pl.Series([f"{number:04d}" for number in range(10_000)])
    codes, findings = read_texts(texts, 4)
    assert (codes == np.arange(10_000)).all()
    assert findings == ()


@settings(deadline=None)
@given(st.lists(st.text(BYTES, max_size=4) | st.just("0000")))
def test_four_bytes_that_are_no_digits_are_never_taken_for_digits(texts: list[str]) -> None:
    series = pl.Series([*texts, "2512"], dtype=pl.String)
    distinct = series.unique()
    exact, _ = parse_distinct(distinct, pl.Series([1] * len(distinct)), 4)
    meaning = dict(zip(distinct.to_list(), exact.to_list(), strict=True))
    assert read_texts(series, 4)[0].tolist() == [meaning[text] for text in [*texts, "2512"]]


def test_neighbours_of_the_digits_in_every_place() -> None:
    texts = [("1234"[:place] + char + "1234"[place + 1 :]) for place in range(4) for char in "/:"]
    codes, _ = read_texts(pl.Series(texts), 4)
    assert set(codes.tolist()) == {10_000}


def test_rows_keep_their_places_over_the_edges_of_blocks() -> None:
    rows = 2 * BLOCK + 10
    texts = np.full(rows, "2512", dtype=object)
    odd = {0: "110", BLOCK - 1: "x", BLOCK: None, 2 * BLOCK: " 0110", rows - 1: "9999"}
    for place, text in odd.items():
        texts[place] = text
    codes, findings = read_texts(pl.Series(texts.tolist(), dtype=pl.String), 4)
    assert [int(codes[place]) for place in odd] == [110, 10_000, 10_001, 110, 9999]
    assert np.count_nonzero(codes == 2512) == rows - len(odd)
    assert {f.item: f.rows for f in findings} == {
        "padded": 1,
        "trimmed": 1,
        "malformed code": 1,
        "missing": 1,
    }
