"""`worldclass recode`: a file with codes in, the same rows with converted codes out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

Command = Callable[..., Any]


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_text("id,isco08\n1,2221\n2,0110\n3,110\n4,9999\n5,\n")
    return path


def test_codes_are_converted_and_what_has_no_counterpart_is_named(
    command: Command, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    ended = command("recode", survey, "--from", "isco08", "--to", "isco88", "--out", out)
    assert ended.code == 0, ended.err
    assert pl.read_parquet(out)["isco88"].to_list() == ["2230", "0110", "0110", None, None]
    assert "isco08 → isco88" in ended.out
    assert "unknown code: 1 rows" in ended.out
    assert "9999" in ended.out


def test_a_chain_is_said_to_be_one(command: Command, survey: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    ended = command("recode", survey, "--from", "isco08", "--to", "isco88com", "--out", out)
    assert ended.code == 0, ended.err
    assert "isco08 → isco88 → isco88com" in ended.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "isco88", "--to", "isco08"), "no column 'isco88'"),
        (("--from", "isco08", "--to", "id"), "'id' already"),
        (("--from", "isco08", "--to", "soc"), "soc"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    command: Command, survey: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "out.csv"
    ended = command("recode", survey, *options, "--out", out)
    assert ended.code == 2
    assert told in ended.err
    assert not out.exists()
