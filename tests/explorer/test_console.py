"""The terminal table fits its width, holds the frame's numbers, and never points at bounds."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import polars as pl
import pytest
from rich.console import Console

from worldclass.core.errors import UsageError
from worldclass.explorer.console import print_atlas
from worldclass.explorer.theory_text import TheoryText


def printed(
    frame: pl.DataFrame, theory: TheoryText, width: int = 80, draws: int | None = 200
) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    print_atlas(frame, theory, console, draws=draws)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [46, 60, 80, 120])
def test_the_table_fits_and_names_every_class(
    atlas: pl.DataFrame, theory: TheoryText, width: int
) -> None:
    text = printed(atlas, theory, width)
    assert max(len(line) for line in text.splitlines()) <= width
    for name in ("Capitalists", "Proletariat", "Dependants"):
        assert name in text


def test_a_row_holds_persons_interval_and_shares(atlas: pl.DataFrame, theory: TheoryText) -> None:
    own = atlas.filter(
        pl.col("country") == "WORLD", pl.col("class") == "proletariat", pl.col("year") == 2023
    )
    total = own.filter(pl.col("sex") == "total").row(0, named=True)
    women = own.filter(pl.col("sex") == "female")["persons"][0] / total["persons"]
    line = next(row for row in printed(atlas, theory).splitlines() if "Proletariat" in row)
    persons, interval, adults, female, *_ = line.split()[1:]
    assert int(persons.replace(",", "")) == round(total["persons"] / 1e6)
    low, high = (int(end.replace(",", "")) for end in interval.split("–"))
    assert (low, high) == (round(total["persons_p05"] / 1e6), round(total["persons_p95"] / 1e6))
    assert int(adults) == round(100 * total["share_adults"])
    assert int(female) == round(100 * women)


def test_a_bounded_class_is_marked_and_has_no_central_number(
    atlas: pl.DataFrame, theory: TheoryText
) -> None:
    text = printed(atlas, theory)
    line = next(row for row in text.splitlines() if "Lumpen" in row)
    assert re.match(r"\s*Lumpen †\s+–\s+\S+–\S+", line)
    assert "† The data only bound this class" in text


def test_many_places_are_summed_up_and_the_reader_told(
    atlas: pl.DataFrame, theory: TheoryText
) -> None:
    text = printed(atlas, theory)
    assert "World, 2023" in text and "Brazil" not in text
    assert f"{atlas['country'].n_unique()} places in all" in text


def test_two_countries_are_both_printed(atlas: pl.DataFrame, theory: TheoryText) -> None:
    text = printed(atlas.filter(pl.col("country").is_in(["BRA", "IND"])), theory)
    assert "Brazil, 2023" in text and "India, 2023" in text
    assert "places in all" not in text


def test_a_single_year_has_no_table_through_time(atlas: pl.DataFrame, theory: TheoryText) -> None:
    assert "World: % of adults through time" in printed(atlas, theory)
    assert "World: %" not in printed(atlas.filter(pl.col("year") == 2023), theory)


def test_without_draws_no_interval_is_claimed(atlas: pl.DataFrame, theory: TheoryText) -> None:
    central = atlas.with_columns(persons_p05=pl.col("persons"), persons_p95=pl.col("persons"))
    text = printed(central, theory, draws=0)
    assert "Central estimates only" in text
    assert re.search(r"Proletariat +[\d,]+ +– ", text)


def test_an_empty_frame_is_refused(atlas: pl.DataFrame, theory: TheoryText) -> None:
    with pytest.raises(UsageError, match="no rows"):
        printed(atlas.clear(), theory)


def test_the_terminal_needs_no_chart_library() -> None:
    code = "import sys, worldclass.explorer.console; sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
