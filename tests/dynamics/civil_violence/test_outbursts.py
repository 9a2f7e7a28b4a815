"""Outbursts are counted as Epstein counts them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.outbursts import (
    find_outbursts,
    list_outbursts,
    summarise,
)
from worldclass.dynamics.civil_violence.parameters import CivilViolence


def test_unfinished_outbursts_are_left_out() -> None:
    active = np.array([70.0, 60, 10, 51, 49, 0, 80, 90])
    found = find_outbursts(active)
    assert found.start.tolist() == [3]
    assert found.activation.tolist() == [51]
    assert found.calm.tolist() == [-1]


def test_a_run_without_outbursts_has_no_means() -> None:
    summary = summarise(np.full(10, 50.0))
    assert summary["outbursts"] == 0
    assert "activation_mean" not in summary


def test_the_analysis_lists_every_outburst_of_every_run() -> None:
    table = list_outbursts(CivilViolence(periods=300))
    assert set(table["run"]) == set(range(10))
    assert (table["end"] > table["start"]).all()
    assert (table["peak"] > 50).all()
    with pytest.raises(UsageError, match="not in a file"):
        list_outbursts(CivilViolence(periods=10), Path("events.csv"))
