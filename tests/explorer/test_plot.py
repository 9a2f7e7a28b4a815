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


def test_verdicts_are_drawn_as_a_board_also_after_filtering() -> None:
    from tests.claims.made_up import made_up_theory
    from worldclass.claims.frame import verdict_table

    verdicts = verdict_table(made_up_theory()).filter(pl.col("verdict") == "fails")
    chart = wc.plot(verdicts, title="What fails").to_dict()
    assert chart["title"]["text"] == ["What fails"]
    assert "fails (0 %)" in chart["description"]
    with pytest.raises(UsageError, match="no picture 'map'"):
        wc.plot(verdicts, "map")
