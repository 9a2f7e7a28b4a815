"""Fits at the command line: tables, pictures, and errors a script can tell apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.dynamics.protest_wave.test_branching import run
from tests.dynamics.protest_wave.test_fit import US
from worldclass.dynamics.analyse import analyse
from worldclass.dynamics.protest_wave.analyses import parameter_of, read_data, setting_of
from worldclass.dynamics.protest_wave.fit import Fit
from worldclass.dynamics.protest_wave.parameters import ProtestWave

QUICK = ("--set", "bootstrap=0", "--set", "process=self-exciting")


@pytest.fixture
def daily(tmp_path: Path) -> Path:
    path = tmp_path / "daily.csv"
    days = pl.date_range(pl.date(2020, 5, 26), pl.date(2020, 6, 19), eager=True)
    pl.DataFrame({"date": days, "count": US}).write_csv(path)
    return path


def test_a_fit_writes_estimates_days_and_a_picture(
    daily: Path, tmp_path: Path, command: Callable[..., Any]
) -> None:
    out, picture = tmp_path / "fit.parquet", tmp_path / "fit.svg"
    ended = command(
        "simulate",
        "protest-wave",
        "--analysis",
        "fit",
        "--data",
        daily,
        *QUICK,
        "--out",
        out,
        "--picture",
        picture,
    )
    assert ended.code == 0, ended.err
    assert "Mechanism, not forecast" in ended.out
    table = pl.read_parquet(out)
    rows = {row["quantity"]: row for row in table.iter_rows(named=True)}
    ratio = rows["branching_ratio"]
    assert ratio["low"] < ratio["value"] < ratio["high"]
    assert table.filter(pl.col("quantity") == "observed")["value"].to_list() == list(US)
    assert table.filter(pl.col("quantity") == "ahead").height == 14
    assert "Mechanism, not forecast" in picture.read_text(encoding="utf-8")


def test_one_number_has_one_interval(daily: Path) -> None:
    """Events per event of a process without a pool are a parameter: all rows say the same of it."""
    settings = {"process": "self-exciting", "bootstrap": 0, "ahead_days": 0}
    table = analyse("protest-wave", "fit", settings, data=daily)
    rows = {row["quantity"]: row for row in table.iter_rows(named=True)}
    numbers = ("value", "low", "high")
    same = [rows["branching_ratio"][name] for name in numbers]
    for ratio in ("ratio_at_start", "ratio_at_end"):
        assert [rows[ratio][name] for name in numbers] == same
        assert rows[ratio]["interval"] == "profile of branching_ratio"


@pytest.mark.parametrize(
    ("process", "at_start"), [("sir", "reproduction"), ("self-exciting-pool", "branching_ratio")]
)
def test_where_a_pool_is_used_up_only_the_start_is_a_parameter(
    daily: Path, process: str, at_start: str
) -> None:
    series = read_data(ProtestWave(), daily)
    fit = Fit(setting_of(ProtestWave(process=process)), series, np.zeros(7), 0.0)
    assert parameter_of(fit, "ratio_at_start") == at_start
    assert parameter_of(fit, "ratio_at_end") is None
    assert parameter_of(fit, "peak_day") is None


def test_skill_and_residuals_name_every_model(
    daily: Path, tmp_path: Path, command: Callable[..., Any]
) -> None:
    out = tmp_path / "residuals.csv"
    ended = command(
        "simulate", "protest-wave", "--analysis", "residuals", "--data", daily, "--out", out
    )
    assert ended.code == 0, ended.err
    table = pl.read_csv(out)
    assert table["model"].n_unique() == 10
    assert table["check"].n_unique() == 6


def test_exact_times_are_fitted_and_rescaled(tmp_path: Path, command: Callable[..., Any]) -> None:
    start = np.datetime64("2021-03-01", "ms")
    seconds = (
        np.round(86_400 * run(3, week=np.ones(80)))
        .astype("timedelta64[s]")
        .astype("timedelta64[ms]")
    )
    path, out = tmp_path / "times.csv", tmp_path / "fit.csv"
    pl.DataFrame({"time": start + seconds}).write_csv(path)
    asked = ("simulate", "protest-wave", "--analysis", "exact-times", "--data", path)
    ended = command(*asked, "--set", "process=self-exciting", "--out", out)
    assert ended.code == 0, ended.err
    rows = {row["quantity"]: row for row in pl.read_csv(out).iter_rows(named=True)}
    assert rows["branching_ratio"]["low"] < 0.6 < rows["branching_ratio"]["high"]
    assert rows["rescaling_p_value"]["value"] > 0.05
    assert "not fitted to exact times" in command(*asked, "--set", "process=sir").err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file holds no events"),
        ("date,count\n2020-01-02,1\n2020-01-01,1\n", "is earlier than the row before it"),
        ("date,count\n2020-01-01,1\n2020-01-02,9e99\n", "would overflow"),
        ("date,count\n2020-01-01,1\n2020-01-02,2\n", "cannot tell"),
    ],
)
def test_bad_files_leave_with_their_code(
    tmp_path: Path, command: Callable[..., Any], text: str, words: str
) -> None:
    path, out = tmp_path / "events.csv", tmp_path / "out.csv"
    path.write_text(text, encoding="utf-8")
    ended = command(
        "simulate", "protest-wave", "--analysis", "fit", "--data", path, *QUICK, "--out", out
    )
    assert ended.code == 4
    assert words in ended.err
    assert not out.exists()


def test_a_fit_without_a_file_is_refused(command: Callable[..., Any]) -> None:
    ended = command("simulate", "protest-wave", "--analysis", "fit")
    assert ended.code == 2
    assert "needs a file of dated events" in ended.err


def test_days_without_times_have_no_exact_fit(daily: Path, command: Callable[..., Any]) -> None:
    ended = command("simulate", "protest-wave", "--analysis", "exact-times", "--data", daily)
    assert ended.code == 4
    assert "not times of single events" in ended.err
