"""`worldclass flows` prints, writes and refuses as it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Ended
from worldclass.sources.mirror import Mirror

Run = Callable[..., Ended]
COLUMNS = [
    "year", "producer", "consumer", "sector", "sex", "measure", "unit", "value", "p05", "p95",
]  # fmt: skip


def test_the_balance_names_who_takes_and_who_gives(command: Run) -> None:
    ended = command("flows", "--year", "2008", "--draws", "0")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert "Hours of 2008, billion hours" in lines[0]
    first = next(line for line in lines if line.strip().startswith("USA"))
    last = next(line for line in lines if line.strip().startswith("China"))
    assert lines.index(first) < lines.index(last)
    assert "Net: commanded less given" in ended.err


def test_the_written_table_has_the_shape_of_the_design(command: Run, tmp_path: Path) -> None:
    out = tmp_path / "flows.parquet"
    ended = command("flows", "--year", "2008", "--by", "country,sex", "--draws", "4", "--out", out)
    assert ended.code == 0
    frame = pl.read_parquet(out)
    assert frame.columns == COLUMNS
    assert set(frame["sex"]) == {"female", "male", "total"}


def test_groups_through_time_say_which_years_are_absent(command: Run) -> None:
    ended = command(
        "flows", "-y", "1995:2011", "-g", "NORTH", "-g", "SOUTH", "--draws", "0"
    )  # fmt: skip
    assert "Net through time" in ended.out
    assert "No table of 2003, 2009" in ended.err


def test_a_group_of_ones_own(command: Run) -> None:
    ended = command(
        "flows", "-y", "2008", "--by", "pair", "-g", "BRICS=BRA,RUS,IND,CHN", "--draws", "0"
    )  # fmt: skip
    assert "BRICS" in ended.out
    assert "All others" in ended.out


def test_exchange_prices_hours_at_both_wages(command: Run, tmp_path: Path) -> None:
    out = tmp_path / "exchange.csv"
    assert command("flows", "exchange", "-y", "2008", "--draws", "0", "--out", out).code == 0
    frame = pl.read_csv(out)
    assert frame.columns == COLUMNS
    south = frame.filter(pl.col("producer") == "SOUTH")
    value = dict(south.select("measure", "value").iter_rows())
    assert value["wage_value_other"] == pytest.approx(
        value["hours_gross"] * value["hourly_pay_other"]
    )
    assert value["hourly_pay_own"] < value["hourly_pay_other"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--year", "2003"), 2, "no input-output table of 2003"),
        (("--by", "moon"), 2, "told apart by 'moon'"),
        (("--group", "=USA"), 2, "names no group"),
        (("--group", "NORTH", "--group", "NORTH"), 2, "given twice"),
        (("--out", "flows.xlsx"), 6, ".xlsx"),
        (("--table", "/nowhere"), 4, "no such file or folder"),
        (("paths", "USA"), 4, "needs the input-output table itself"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Run,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    ended = command("flows", *arguments)
    assert ended.code == code
    assert words in ended.err


def test_scenarios_that_ship_are_listed(command: Run) -> None:
    assert "two-blocs" in command("flows", "scenario", "list").out


def test_analyses_run_on_the_table_itself(command: Run, mirror: Mirror, tmp_path: Path) -> None:
    place = ("--table", mirror.root, "--year", "1995")
    out = tmp_path / "paths.csv"
    assert command("flows", "paths", "USA", "--share", "0.01", *place, "--out", out).code == 0
    assert pl.read_csv(out)["cumulative"].max() < 1  # type: ignore[operator]
    trade = command("flows", "trade", *place)
    assert "world ratio 0.78" in trade.out
    assert "rows that do not balance" in trade.err, "repairs of the table are said"
    assert "Productive: yes" in command("flows", "check", mirror.root, "--year", "1995").out
    ended = command("flows", "scenario", "two-blocs", "--draws", "0", *place)
    assert ended.code == 0
    assert "not a forecast" in ended.err


def test_published_employment_by_section_takes_the_place_of_the_rule(
    command: Run, tmp_path: Path
) -> None:
    """Half of India's women in industry work in manufacturing, by a table of one's own."""
    letters = {"A": 100, "B": 1, "C": 50, "DE": 1, "F": 48, "G": 30, "HJ": 10, "I": 10, "K": 5,
               "LMN": 10, "O": 5, "P": 20, "Q": 10, "RSTU": 10}  # fmt: skip
    rows = [("IND", 2008, one, sex, count) for one, count in letters.items()
            for sex in ("female", "male")]  # fmt: skip
    names = ["iso3", "year", "sections", "sex", "persons_thousand"]
    given, out = tmp_path / "sections.csv", tmp_path / "out.csv"
    pl.DataFrame(rows, schema=names, orient="row").write_csv(given)
    place = ("flows", "-y", "2008", "-c", "IND", "--by", "country,sector,sex", "--draws", "0")
    assert command(*place, "--account", "persons", "--sections", given, "--out", out).code == 0
    frame = pl.read_csv(out).filter(pl.col("measure") == "persons_given", pl.col("sex") == "female")
    women = dict(frame.select("sector", "value").iter_rows())
    industry = sum(women[one] for one in ("mining", "manufacturing", "utilities", "construction"))
    assert women["manufacturing"] / industry == pytest.approx(0.5, abs=0.02)
    ended = command(*place, "--sections", tmp_path / "absent.csv")
    assert (ended.code, "cannot be read" in ended.err) == (4, True)
