"""wc.plot draws what it is given, by its columns."""

from __future__ import annotations

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import UsageError


def test_a_filtered_frame_of_flows_draws_as_flows() -> None:
    frame = wc.flows(2008, by="pair", group=["NORTH", "SOUTH"], draws=0)
    chart = wc.plot(pl.DataFrame(frame.filter(frame["sex"] == "total")), "matrix")
    assert "Who works for whom" in str(chart.to_dict()["title"])


def test_a_frame_of_neither_is_refused_with_its_columns() -> None:
    with pytest.raises(UsageError, match="columns a has no picture"):
        wc.plot(pl.DataFrame({"a": [1]}))
