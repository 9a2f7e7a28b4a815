"""A notebook shows every kind of result as a live chart, with the numbers of its frame."""

from __future__ import annotations

import re

import altair as alt
import polars as pl
import pytest

import worldclass as wc
from tests.explorer.notebook.conftest import Shown
from worldclass.explorer.notebook.bundle import bundle

DRAWN = (
    *("atlas", "trends", "map", "comparison", "ranking", "flows", "matrix", "verdicts"),
    *("some verdicts", "curve", "simulation", "mobility", "drawn selection"),
)
WITHOUT_TABLE = ("trends", "map", "drawn selection")


@pytest.mark.parametrize("name", DRAWN)
def test_a_result_is_a_chart_with_a_static_picture_and_its_table(
    notebook: dict[str, Shown], name: str
) -> None:
    shown = notebook[name]
    assert set(shown.data) == {"text/html", "text/plain"}
    assert shown.chart["datasets"]
    assert len(re.findall(r'<img alt="[^"]{20,}" [^>]*src="data:image/svg', shown.html)) == 1
    assert ("<details><summary>" in shown.html) == (name not in WITHOUT_TABLE)


def test_nothing_in_an_output_points_to_another_host(notebook: dict[str, Shown]) -> None:
    for name, shown in notebook.items():
        assert not re.search(r"https?:|src=\"(?!data:)|import\(|fetch\(", shown.text), name


def test_only_the_first_result_brings_the_libraries(notebook: dict[str, Shown]) -> None:
    assert [name for name in DRAWN if notebook[name].brings_libraries] == ["atlas"]


def test_outputs_are_small(notebook: dict[str, Shown]) -> None:
    sizes = {name: len(notebook[name].html) for name in DRAWN}
    assert sizes["atlas"] < 600_000
    assert max(size for name, size in sizes.items() if name != "atlas") < 400_000


def test_a_chart_holds_the_numbers_and_intervals_of_the_atlas(notebook: dict[str, Shown]) -> None:
    frame = wc.atlas("bromma", country="BRA", year="2021:2023", sex="total")
    drawn = {(row["year"], row["label"]): row for row in notebook["atlas"].rows["areas"]}
    for row in frame.filter(pl.col("class") == "worker-elite").to_dicts():
        own = drawn[row["year"], "Worker elite"]
        assert own["value"] == row["share_adults"]
        adults = row["persons"] / row["share_adults"]
        assert own["low"] * adults == pytest.approx(row["persons_p05"], rel=1e-12)
        assert own["high"] * adults == pytest.approx(row["persons_p95"], rel=1e-12)


def test_countries_of_a_map_are_those_of_the_frame(notebook: dict[str, Shown]) -> None:
    elite = pl.col("class") == "worker-elite"
    frame = wc.atlas("bromma", year=2023, sex="total").filter(elite)
    shares = dict(frame.select("country", "share_adults").iter_rows())
    drawn = {row["code"]: row["value"] for row in notebook["map"].rows["map"]}
    assert len(drawn) > 150
    assert all(shares[code] == value for code, value in drawn.items())


def test_ribbons_are_as_wide_as_the_hours_of_the_flows(notebook: dict[str, Shown]) -> None:
    frame = wc.flows(2008, by="pair", group=["NORTH", "SOUTH"])
    crossing = frame.filter(pl.col("producer") == "SOUTH", pl.col("consumer") == "NORTH")
    rows = [row for row in notebook["flows"].rows["ribbons"] if row["producer"] == "South"]
    (hours,) = {row["value"] for row in rows}
    assert hours == pytest.approx(crossing["value"][0] * 1e6, rel=1e-12)


def test_verdicts_are_those_of_the_claims(notebook: dict[str, Shown]) -> None:
    words = [row["text"] for row in notebook["verdicts"].rows["board_texts"]]
    frame = wc.claims("bromma")
    assert len([text for text in words if re.match(r"\d+\. ", text)]) == frame.height
    some = [row["text"] for row in notebook["some verdicts"].rows["board_texts"]]
    assert len([text for text in some if re.match(r"\d+\. ", text)]) == 3


def test_runs_are_those_of_the_simulation(notebook: dict[str, Shown]) -> None:
    runs = wc.simulate("debt-crisis", {"years": 20}, seed=1)
    drawn = [
        row
        for name, rows in notebook["simulation"].rows.items()
        if name == "panel0"
        for row in rows
    ]
    values = set(runs["value"])
    assert drawn
    assert sum(row["value"] in values for row in drawn) == len(drawn)


def test_cells_of_a_mobility_table_are_its_outflow(notebook: dict[str, Shown]) -> None:
    people = pl.DataFrame({"father": [*"aabbc"] * 40, "class": [*"abbcc"] * 40})
    table = wc.mobility(people, "father", "class").table
    drawn = {(c["row"], c["column"]): c["share"] for c in notebook["mobility"].rows["cells"]}
    outflow = table.select("father", "class", "outflow").iter_rows()
    assert drawn == {(one, other): share for one, other, share in outflow}


def test_several_theories_stand_side_by_side(notebook: dict[str, Shown]) -> None:
    rows = notebook["comparison"].rows["theories"]
    assert len({row["theory"] for row in rows}) == 2


def test_ranked_countries_are_drawn_in_order(notebook: dict[str, Shown]) -> None:
    frame = wc.rank("bromma", "worker-elite", year=2023)
    rows = notebook["ranking"].rows["ranking"]
    assert [row["value"] for row in rows] == frame["share_adults"].head(len(rows)).to_list()


def test_the_table_is_the_one_that_polars_shows(notebook: dict[str, Shown]) -> None:
    frame = wc.atlas("bromma", country="BRA", year="2021:2023")
    assert frame._repr_html_() in notebook["atlas"].html
    assert f"<summary>Table: {frame.height} rows × 13 columns</summary>" in notebook["atlas"].html


def test_plain_text_is_what_a_terminal_shows(notebook: dict[str, Shown]) -> None:
    frame = wc.atlas("bromma", country="BRA", year="2021:2023")
    assert notebook["atlas"].data["text/plain"] == repr(frame)


def test_chosen_rows_are_drawn_and_chosen_columns_stay_a_table(
    notebook: dict[str, Shown],
) -> None:
    rows = notebook["selection"]
    assert "worldclass-result" in rows.html
    assert "<summary>Table: 21 rows × 13 columns</summary>" in rows.html
    columns = notebook["columns"]
    assert "worldclass-result" not in columns.html
    assert "shape: (63, 2)" in columns.html


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("cross table", ("Table: 9 rows", "Tests of independence: 1 rows")),
        ("correspondence", ("Classes: 4 rows", "Strength: 5 rows")),
    ],
)
def test_results_of_several_tables_show_them_all(
    notebook: dict[str, Shown], name: str, tables: tuple[str, ...]
) -> None:
    assert all(f"<details open><summary>{table}" in notebook[name].html for table in tables)


def test_a_result_that_cannot_be_drawn_says_why_above_its_table(
    notebook: dict[str, Shown],
) -> None:
    html = notebook["no row"].html
    assert "No picture: The frame of the atlas has no row" in html
    assert "<details open><summary>Table: 0 rows × 13 columns" in html


def test_a_way_of_showing_charts_that_the_user_chose_is_kept() -> None:
    chart = wc.atlas("ilo-status", country="BRA", year=2023).plot()
    with alt.renderers.enable("svg"):
        shown = bundle("chart", chart)
    assert "image/svg+xml" in str(shown)
    assert "text/html" not in str(shown)
