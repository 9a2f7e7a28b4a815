"""The content hash is of the content alone."""

import polars as pl

from worldclass.core.hashing import content_hash

ROWS = pl.DataFrame({"place": ["a", "b", None], "size": [1.5, -2.0, None], "year": [1, 2, 3]})


def hashed(frame: pl.DataFrame, name: str = "table") -> str:
    return content_hash({name: frame})


def test_the_order_of_rows_columns_and_tables_does_not_matter() -> None:
    assert hashed(ROWS) == hashed(ROWS.reverse()) == hashed(ROWS.select("year", "size", "place"))
    other = ROWS.head(1)
    assert content_hash({"x": ROWS, "y": other}) == content_hash({"y": other, "x": ROWS})


def test_names_and_values_matter() -> None:
    changed = [
        ROWS.rename({"size": "sizes"}),
        ROWS.with_columns(size=pl.col("size") * (1 + 1e-5)),
        ROWS.fill_null(0.0),
        ROWS.with_columns(place=pl.col("place").fill_null("")),
        ROWS.head(2),
        pl.concat([ROWS, ROWS.head(1)]),
    ]
    assert len({hashed(ROWS), hashed(ROWS, "another"), *map(hashed, changed)}) == 2 + len(changed)


def test_only_six_digits_count_and_zero_has_no_sign() -> None:
    assert hashed(ROWS) == hashed(ROWS.with_columns(size=pl.col("size") * (1 + 1e-9)))
    assert hashed(pl.DataFrame({"a": [0.0]})) == hashed(pl.DataFrame({"a": [-0.0]}))


def test_single_and_double_precision_of_the_same_numbers_are_the_same_content() -> None:
    thirds = pl.DataFrame({"a": [1 / 3, 2e9 / 3, 1e-9 / 3]})
    assert hashed(thirds) == hashed(thirds.cast(pl.Float32))


def test_the_hash_of_a_known_table_never_changes() -> None:
    """Otherwise no snapshot could be compared with one that an older version wrote."""
    assert hashed(ROWS) == ("a261efe9d2460d20b8e98e6fb1b6f1fb06969f41ab4ecc2760937090ea6f5433")
