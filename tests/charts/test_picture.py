"""Every picture is valid, says what it shows, and can be saved without a network."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import altair as alt
import polars as pl
import pytest

from worldclass.charts.class_areas import class_areas
from worldclass.charts.class_bars import class_bars
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.picture import Picture
from worldclass.charts.save import save_chart
from worldclass.charts.setting import Setting
from worldclass.charts.world_map import world_map
from worldclass.core.errors import OutputError

KINDS = ("areas", "trends", "bars", "ranking", "map")


def make(kind: str, atlas: pl.DataFrame, setting: Setting, width: int) -> Picture:
    if kind == "ranking":
        return country_ranking(atlas, "worker-elite", setting=setting, width=width)
    if kind == "map":
        return world_map(atlas, "worker-elite", setting=setting, width=width)
    builder = {"areas": class_areas, "trends": class_trends, "bars": class_bars}[kind]
    return builder(atlas, setting=setting, width=width)


@pytest.mark.parametrize("width", [760, 340])
@pytest.mark.parametrize("kind", KINDS)
def test_a_framed_picture_is_valid_and_described(
    kind: str, width: int, atlas: pl.DataFrame, setting: Setting
) -> None:
    picture = make(kind, atlas, setting, width)
    specification = picture.framed().to_dict()  # Altair checks it against the schema
    assert specification["description"] == picture.caption.description
    assert len(picture.caption.description) > 60
    assert set(specification["datasets"]) == set(picture.data)


def test_a_framed_picture_shows_itself_in_a_notebook(atlas: pl.DataFrame, setting: Setting) -> None:
    bundle = make("bars", atlas, setting, 760)._repr_mimebundle_()
    assert bundle


@pytest.fixture(scope="module")
def chart(atlas: pl.DataFrame, setting: Setting) -> alt.VConcatChart:
    return class_areas(atlas, setting=setting).framed()


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        (".png", b"\x89PNG\r\n"),
        (".svg", b"<svg"),
        (".pdf", b"%PDF"),
        (".html", b"<!DOCTYPE html>"),
        (".json", b"{"),
    ],
)
def test_a_chart_is_saved_in_the_format_of_its_name(
    chart: alt.VConcatChart, tmp_path: Path, suffix: str, start: bytes
) -> None:
    target = tmp_path / f"chart{suffix}"
    save_chart(chart, target)
    assert target.read_bytes().lstrip().lower().startswith(start.lower())
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_saved_json_is_the_chart(chart: alt.VConcatChart, tmp_path: Path) -> None:
    save_chart(chart, tmp_path / "chart.json")
    assert json.loads((tmp_path / "chart.json").read_text("utf-8")) == chart.to_dict()


def test_a_saved_page_asks_no_other_host(chart: alt.VConcatChart, tmp_path: Path) -> None:
    save_chart(chart, tmp_path / "chart.html")
    page = (tmp_path / "chart.html").read_text("utf-8")
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?(?:https?:)?//", page)


def test_an_unknown_format_is_refused_before_anything_is_written(
    chart: alt.VConcatChart, tmp_path: Path
) -> None:
    with pytest.raises(OutputError, match=r"\.docx") as caught:
        save_chart(chart, tmp_path / "chart.docx")
    assert ".png, .svg, .pdf, .html, .json" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_chart_saves_itself_as_the_command_line_does(
    chart: alt.VConcatChart, tmp_path: Path
) -> None:
    for suffix in (".png", ".html"):
        save_chart(chart, tmp_path / f"ours{suffix}")
        options = {"inline": True} if suffix == ".html" else {}
        chart.save(tmp_path / f"own{suffix}", **options)
        own, ours = (tmp_path / f"{name}{suffix}" for name in ("own", "ours"))
        assert own.stat().st_size == ours.stat().st_size
    chart.save(str(tmp_path / "small.png"), scale_factor=1)
    assert (tmp_path / "small.png").stat().st_size < (tmp_path / "own.png").stat().st_size
    with io.BytesIO() as stream:
        chart.save(stream, "png")
        assert stream.getvalue().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["chart.docx", "chart", "none/chart.png"])
def test_a_name_that_cannot_be_written_is_our_error(
    chart: alt.VConcatChart, tmp_path: Path, name: str
) -> None:
    with pytest.raises(OutputError) as caught:
        chart.save(tmp_path / name)
    assert caught.value.remedy
    assert not list(tmp_path.iterdir())


def test_a_failed_save_leaves_the_old_file(chart: alt.VConcatChart, tmp_path: Path) -> None:
    target = tmp_path / "chart.svg"
    target.write_text("old")
    with pytest.raises(ValueError, match=r"."):
        save_chart({"mark": "no such mark"}, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
