"""Long runs with fewer recorded times."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.explorer.server.thinning import thinned


def runs(*lengths: int) -> pl.DataFrame:
    """A series a run, and one event of each, in the order of `worldclass.simulate`."""
    parts = [
        pl.DataFrame(
            {
                "run": number,
                "time": [*map(float, range(length)), float(length - 1)],
                "group": ["all"] * (length + 1),
                "quantity": ["active"] * length + ["collapse_time"],
                "value": [*map(float, range(length)), float(length)],
            }
        )
        for number, length in enumerate(lengths)
    ]
    return pl.concat(parts)


def test_what_fits_is_left_as_it_is() -> None:
    whole = runs(10, 7)
    kept, every = thinned(whole, whole.height)
    assert every == 1
    assert kept.equals(whole)


@pytest.mark.parametrize("most", [200, 101, 50, 23, 10])
def test_no_more_rows_than_fit_and_no_fewer_than_needed(most: int) -> None:
    whole = runs(100, 61)
    kept, every = thinned(whole, most)
    assert kept.height <= most
    assert every == 1 or thinned(whole, 10**9, every - 1)[0].height > most
    assert kept.equals(whole.join(kept, on=whole.columns, how="semi", maintain_order="left"))
    events = kept.filter(pl.col("quantity") == "collapse_time")
    assert events["value"].to_list() == [100.0, 61.0]
    last = kept.filter(pl.col("quantity") == "active").group_by("run", maintain_order=True).last()
    assert last["time"].to_list() == [99.0, 60.0]


def test_the_step_that_is_asked_for_is_taken() -> None:
    kept, every = thinned(runs(10), 1, 3)
    assert every == 3
    assert kept.filter(pl.col("quantity") == "active")["time"].to_list() == [0, 3, 6, 9]
