"""`worldclass atlas`: the files equal the frames, the tables show their numbers."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import worldclass as wc

ASKED = ("atlas", "-t", "kharas", "-c", "BRA", "-c", "South Asia", "-y", "2018:2019")


def read(path: Path) -> pl.DataFrame:
    readers = {".parquet": pl.read_parquet, ".csv": pl.read_csv, ".json": pl.read_json}
    frame = readers[path.suffix](path)
    return frame.with_columns(pl.col("year").cast(pl.Int32))


def millions(value: float) -> str:
    """Three significant digits, as the tables print them."""
    return f"{float(f'{value / 1e6:.3g}'):,.12g}"


def ranking(shown: str) -> list[dict[str, str]]:
    """The rows of a printed ranking."""
    row = re.compile(
        r"^ +(?P<rank>\d+) +(?P<country>[A-Z]{3})(?: †)? +(?P<adults>[\d.]+|–) \(\S+ to \S+\)"
        r" +(?P<persons>[\d.,]+|–) \(\S+ to \S+\) +(?P<imputed>[\d.]+) *$",
        flags=re.MULTILINE,
    )
    return [found.groupdict() for found in row.finditer(shown)]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".json"])
def test_a_file_holds_the_frame_that_python_gives(command, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"sizes{suffix}"
    assert command(*ASKED, "--out", out).code == 0
    frame = wc.atlas("kharas", country=["BRA", "South Asia"], year="2018:2019")
    assert_frame_equal(read(out), pl.DataFrame(frame), rel_tol=1e-12)
    assert list(tmp_path.iterdir()) == [out]


def test_options_reach_the_atlas(command, tmp_path: Path) -> None:
    out = tmp_path / "sizes.parquet"
    options = (
        "--sex",
        "female",
        "--set",
        "tau=900",
        "--anchor",
        "national-accounts",
        "--draws",
        "16",
    )
    assert command("atlas", "-c", "IND", "-y", "2010", *options, "--out", out).code == 0
    frame = wc.atlas("bromma", country="IND", year=2010, sex="female", parameters={"tau": 900},
                     anchor="national-accounts", draws=16)  # fmt: skip
    assert_frame_equal(pl.read_parquet(out), pl.DataFrame(frame), rel_tol=1e-12)


def test_the_table_shows_the_classes_of_the_place(command) -> None:
    shown = command("atlas", "-t", "ilo-status", "-c", "BRA", "-y", "2019").out
    assert "Brazil, 2019" in shown
    for rule in wc.theory("ilo-status").classes:
        assert rule.label.split()[0] in shown


def test_theories_are_compared(command, tmp_path: Path) -> None:
    out = tmp_path / "both.parquet"
    ended = command(
        "atlas", "-t", "kharas", "--against", "pew", "-c", "BRA", "-y", "2019", "--out", out
    )
    frame = wc.compare(["kharas", "pew"], country=["BRA"], year=2019, sex="total")
    assert_frame_equal(pl.read_parquet(out), pl.DataFrame(frame))
    for persons in frame["persons"]:
        assert millions(persons) in ended.out


def test_parameters_are_not_dropped_in_silence_when_theories_are_compared(
    command, tmp_path: Path
) -> None:
    """Either they count for the theory that has them, or the request is refused."""
    out = tmp_path / "both.parquet"
    ended = command("atlas", "-t", "kharas", "--against", "pew", "--set", "lower=20",
                    "-c", "BRA", "-y", "2019", "--out", out)  # fmt: skip
    if ended.code == 0:
        frame = wc.atlas("kharas", country="BRA", year=2019, sex="total", parameters={"lower": 20})
        both = pl.read_parquet(out).filter(pl.col("theory") == "kharas")
        assert both["persons"].to_list() == pytest.approx(frame["persons"].to_list(), rel=1e-5)
    else:
        assert ended.code == 2


def test_change_is_shown_by_component_and_place(command, tmp_path: Path) -> None:
    out = tmp_path / "change.csv"
    ended = command("atlas", "-t", "kharas", "--change", "-c", "South Asia", "-y", "2000:2019",
                    "--draws", "0", "--out", out)  # fmt: skip
    frame = wc.change("kharas", start=2000, end=2019, country="South Asia", draws=0)
    assert pl.read_csv(out)["persons"].to_list() == pytest.approx(frame["persons"].to_list())
    whole = frame.filter(pl.col("place") == "SOUTH_ASIA")
    for persons in whole["persons"]:
        assert millions(persons) in ended.out
    most = frame.filter(place="IND", component="total", **{"class": "middle-class"})
    assert millions(most["persons"].item()) in ended.out


def test_ranking_shows_the_countries_in_order(command, tmp_path: Path) -> None:
    out = tmp_path / "rank.parquet"
    ended = command("atlas", "-t", "kharas", "--rank", "rich", "-y", "2019", "--out", out)
    frame = wc.rank("kharas", "rich", year=2019)
    assert_frame_equal(pl.read_parquet(out), pl.DataFrame(frame))
    rows = ranking(ended.out)
    shown = frame.head(len(rows))
    assert [row["country"] for row in rows] == shown["country"].to_list()
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    assert "class rich, 2019" in ended.out
    assert [row["adults"] for row in rows] == [f"{100 * v:.1f}" for v in shown["share_adults"]]
    assert [row["persons"] for row in rows] == [millions(v) for v in shown["persons"]]
    assert [row["imputed"] for row in rows] == [f"{100 * v:.1f}" for v in shown["imputed"]]
    assert len(rows) >= 10
    heading = next(line for line in ended.out.splitlines() if "rank " in line)
    assert re.split(r"\s{2,}", heading.strip()) == [
        "rank", "country", "% of adults (5–95 %)", "persons, M (5–95 %)", "% imputed"
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["South Asia", "SOUTH_ASIA"])
def test_an_aggregate_is_ranked_by_its_members(command, tmp_path: Path, place: str) -> None:
    out = tmp_path / "rank.parquet"
    ended = command(
        "atlas", "-t", "kharas", "--rank", "rich", "-c", place, "-y", "2019", "--out", out
    )
    assert ended.code == 0
    inside = {"AFG", "BGD", "BTN", "IND", "LKA", "MDV", "NPL", "PAK"}
    assert {row["country"] for row in ranking(ended.out)} == inside
    assert set(pl.read_parquet(out)["country"]) == inside


def test_the_world_is_ranked_by_all_its_countries(command, tmp_path: Path) -> None:
    out, every = tmp_path / "world.parquet", tmp_path / "every.parquet"
    asked = ("atlas", "-t", "kharas", "--rank", "rich", "-y", "2019")
    assert command(*asked, "-c", "WORLD", "--out", out).code == 0
    assert command(*asked, "--out", every).code == 0
    assert pl.read_parquet(out).height == 188
    assert_frame_equal(pl.read_parquet(out), pl.read_parquet(every))


def test_a_ranked_class_that_data_only_bound_carries_a_note(command) -> None:
    asked = ("atlas", "-t", "bromma", "-c", "BRA", "-c", "IND", "-y", "2019", "--rank")
    bounded = command(*asked, "lumpen").out
    rows = ranking(bounded)
    assert len(rows) == 2 and {row["adults"] for row in rows} == {"–"}
    assert {row["persons"] for row in rows} == {"–"}
    assert "by the upper bound" in bounded and "† The data only bound this class" in bounded
    assert "†" not in command(*asked, "proletariat").out


def test_no_view_shows_an_estimate_of_what_data_only_bound(command) -> None:
    """Whatever the table, a row with the mark has intervals and no number before them."""
    asked = ("atlas", "-t", "bromma", "-c", "BRA", "--draws", "16")
    tables = [
        command(*asked).out,
        command(*asked, "-y", "2019", "--against", "kharas").out,
        command(*asked, "-y", "2010:2019", "--change").out,
    ]
    for shown in tables:
        rows = [line for line in shown.splitlines() if re.match(r" *lumpen †", line, re.I)]
        assert rows
        for row in rows:
            cells = re.split(r"\s{2,}", row.strip())[1:]
            numbers = [cell for cell in cells if re.match(r"-?[\d.]", cell)]
            # What stands alone is the imputed part of the input; all else has two ends.
            assert all("–" in cell or cell == numbers[-1] for cell in numbers), row


def test_headings_say_what_was_run_where_it_is_not_the_theory_s_own(command) -> None:
    own = ("--set", "tau=2000", "--anchor", "household-survey", "--draws", "8")
    told = "tau = 2,000 (default 1,500), anchor household-survey"
    asked = ("atlas", "-t", "bromma", "-c", "BRA", "-y", "2018:2019", *own)
    for view in ((), ("--change",)):
        assert told in " ".join(command(*asked, *view).out.split())
    asked = ("atlas", "-t", "bromma", "-c", "BRA", "-y", "2019", *own)
    assert told in " ".join(command(*asked, "--rank", "worker-elite").out.split())
    plain = command("atlas", "-t", "bromma", "-c", "BRA", "-y", "2019").out
    assert "default" not in plain and "anchor" not in plain


def test_an_explanation_names_its_year_and_theory(command) -> None:
    shown = command("atlas", "-t", "ilo-status", "--explain", "employers", "-c", "BRA").out
    assert "BRA, 2023, ilo-status" in " ".join(shown.split())


def test_an_explanation_shows_what_each_assumption_does(command, tmp_path: Path) -> None:
    out = tmp_path / "why.parquet"
    asked = ("-t", "ilo-status", "--explain", "employers", "-c", "BRA", "-y", "2019")
    ended = command("atlas", *asked, "--out", out)
    frame = wc.contributions("ilo-status", "employers", country="BRA", year=2019)
    assert_frame_equal(pl.read_parquet(out), frame)
    first = frame.row(0, named=True)
    assert millions(first["low"]) in ended.out
    assert millions(first["high"]) in ended.out
    assert f"{100 * first['share_of_variance']:.1f}" in ended.out


@pytest.mark.parametrize(
    "views",
    [
        ("--change", "--rank", "rich"),
        ("--against", "pew", "--explain", "rich"),
        ("--rank", "rich", "--explain", "rich"),
        ("--change", "--html", "x.html"),
        ("--rank", "rich", "--picture", "x.png"),
    ],
)
def test_views_exclude_each_other(command, views: tuple[str, ...]) -> None:
    ended = command("atlas", "-t", "kharas", *views)
    assert ended.code == 2
    assert "exclude each other" in ended.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--rank", "richest"),
        ("--rank", "rich", "--country", "Atlantis"),
        ("--rank", "rich", "--country", "VAT"),
        ("--rank", "rich", "--year", "2000:2005"),
        ("--explain", "richest"),
        ("--explain", "rich", "--country", "BRA", "--country", "IND"),
        ("--change", "--year", "2019"),
        ("--change", "--sex", "female", "--sex", "male"),
        ("--change", "--country", "BRA", "--country", "IND"),
    ],
)
def test_views_refuse_what_they_cannot_show(command, wrong: tuple[str, ...]) -> None:
    ended = command("atlas", "-t", "kharas", *wrong)
    assert ended.code == 2
    assert "Traceback" not in ended.err


def test_a_page_and_a_picture_are_written(command, tmp_path: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "picture.svg"
    ended = command(*ASKED, "--html", page, "--picture", picture)
    assert ended.code == 0
    assert "<html" in page.read_text(encoding="utf-8")[:400]
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_results_go_to_standard_output_and_remarks_to_standard_error(
    command, tmp_path: Path
) -> None:
    ended = command(*ASKED, "--out", tmp_path / "x.csv")
    assert "Wrote" in ended.err
    assert "Wrote" not in ended.out
