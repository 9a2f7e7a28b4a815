"""The numbers inside a page are the frame's, to the digits that are kept."""

from __future__ import annotations

import numpy as np
import polars as pl

from worldclass.charts.setting import Setting
from worldclass.explorer.page_data import page_data


def unpacked(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    data = page_data(frame, setting)
    keys = [
        (place["code"], year, own["id"])
        for place in data["places"]
        for year in data["years"]
        for own in data["classes"]
    ]
    columns = {name: data[name] for name in ("persons", "low", "high", "share_adults")}
    table = pl.DataFrame(keys, schema=["country", "year", "class"], orient="row")
    return table.with_columns(
        **{name: pl.Series(v, dtype=pl.Float64) for name, v in columns.items()}
    )


def test_packed_numbers_are_the_frames(atlas: pl.DataFrame, setting: Setting) -> None:
    total = atlas.filter(pl.col("sex") == "total").with_columns(pl.col("year").cast(pl.Int64))
    both = unpacked(atlas, setting).join(total, on=["country", "year", "class"], validate="1:1")
    assert len(both) == len(total)
    persons = both["persons_right"].to_numpy()
    np.testing.assert_allclose(both["persons"], persons, rtol=5.1e-4)
    np.testing.assert_allclose(both["low"], 100 * both["persons_p05"] / persons, atol=0.51)
    np.testing.assert_allclose(both["high"], 100 * both["persons_p95"] / persons, atol=0.51)
    np.testing.assert_allclose(both["share_adults"] / 1e5, both["share_adults_right"], atol=5.1e-6)


def test_a_missing_row_is_null_and_shifts_no_other(atlas: pl.DataFrame, setting: Setting) -> None:
    gone = (
        (pl.col("country") == "IND") & (pl.col("year") == 2022) & (pl.col("class") == "peasantry")
    )
    whole, holed = unpacked(atlas, setting), unpacked(atlas.filter(~gone), setting)
    assert holed.filter(gone)["persons"].to_list() == [None]
    assert holed.filter(~gone).equals(whole.filter(~gone))


def test_a_class_without_persons_has_no_interval(atlas: pl.DataFrame, setting: Setting) -> None:
    none = atlas.with_columns(
        pl.when(pl.col("class") == "lumpen").then(0.0).otherwise(pl.col("persons")).alias("persons")
    )
    rows = unpacked(none, setting).filter(pl.col("class") == "lumpen")
    assert rows["persons"].unique().to_list() == [0.0]
    assert rows["low"].null_count() == len(rows)
