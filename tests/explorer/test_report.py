"""The page stands alone: no request, no script needed, every number in place."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from worldclass.charts.setting import Setting
from worldclass.core.errors import OutputError, UsageError
from worldclass.explorer.page_data import page_data
from worldclass.explorer.provenance import Provenance
from worldclass.explorer.report import write_atlas_report
from worldclass.explorer.theory_text import ClassText, TheoryText

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Outline(HTMLParser):
    """Tags in order, texts outside scripts, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.text.append(data)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def embedded(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="atlas">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def test_the_page_is_well_formed_and_has_one_main_heading(outline: Outline) -> None:
    assert outline.open == []
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("h1") == 1 and tags.count("main") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_nothing_is_asked_from_another_host(outline: Outline) -> None:
    for tag, attributes in outline.tags:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = attributes.get(name) or ""
            assert value == "" or value.startswith(("#", "data:")), (tag, name, value)


def test_styles_load_nothing(page: str) -> None:
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.S))
    assert "url(" not in styles and "@import" not in styles


def test_the_policy_admits_the_pages_own_scripts_and_nothing_else(
    page: str, outline: Outline
) -> None:
    policy = next(a["content"] or "" for t, a in outline.tags if a.get("http-equiv"))
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_embedded_numbers_are_the_frames(
    page: str, atlas: pl.DataFrame, setting: Setting
) -> None:
    assert embedded(page)["numbers"] == json.loads(json.dumps(page_data(atlas, setting)))


def test_without_javascript_there_are_pictures_tables_and_words(outline: Outline) -> None:
    pictures = [a for t, a in outline.tags if t == "div" and a.get("role") == "img"]
    assert len(pictures) == 2 * 4
    assert all(len(a.get("aria-label") or "") > 60 for a in pictures)
    text = " ".join(outline.text)
    assert re.search(r"the largest class of the world \(apart from [^)]+\) is “Proletariat”", text)
    assert "A remark." in text


def test_every_place_and_class_stands_in_a_table(outline: Outline, atlas: pl.DataFrame) -> None:
    text = set(outline.text)
    assert {"Brazil", "India", "Tuvalu", "World", "Sub-Saharan Africa"} <= text
    heads = [a.get("scope") for t, a in outline.tags if t == "th"]
    assert heads.count("row") > atlas["country"].n_unique()
    assert all(scope in {"row", "col"} for scope in heads)


def test_the_page_tells_theory_origin_citation_and_command(outline: Outline) -> None:
    text = " ".join(outline.text)
    for words in (
        "Second paragraph.",
        "labour_income >= tau",
        "What was lost.",
        "Office (2024), Numbers",
        "0.2 [0.1 to 0.3]",
        "after Nobody (2020), Made-up book",
        "worldclass atlas --theory bromma --html atlas.html",
        "sha256:abc",
        "Natural Earth",
    ):
        assert words in text, words


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 3_000_000


def test_one_country_and_year_make_a_page_without_script_or_map(
    atlas: pl.DataFrame, theory: TheoryText, provenance: Provenance, tmp_path: Path
) -> None:
    one = atlas.filter(pl.col("country") == "BRA", pl.col("year") == 2023)
    write_atlas_report(one, tmp_path / "one.html", theory=theory, provenance=provenance)
    outline = Outline((tmp_path / "one.html").read_text("utf-8"))
    assert "script" not in [tag for tag, _ in outline.tags]
    assert "Across places" not in outline.text
    assert {a.get("id") for t, a in outline.tags if t == "figure"} == {"bars"}


def test_words_of_a_theory_from_a_stranger_are_never_markup(
    atlas: pl.DataFrame, provenance: Provenance, tmp_path: Path
) -> None:
    attack = '</script><script>alert("1")</script><img src=x onerror=alert(1)>'
    names = atlas["class"].unique(maintain_order=True)
    classes = tuple(ClassText(name, f"{attack}{name}", attack, attack) for name in names)
    theory = TheoryText("bromma", attack, "1", *[attack] * 4, classes=classes)
    few = atlas.filter(pl.col("country").is_in(["BRA", "IND"]))
    write_atlas_report(
        few, tmp_path / "page.html", theory=theory, provenance=provenance, notes=[attack]
    )
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<script>alert" not in page and "<img" not in re.sub(
        r"<script>.*?</script>", "", page, flags=re.S
    )
    assert Outline(page).open == []


def test_an_empty_frame_is_refused_and_nothing_is_written(
    atlas: pl.DataFrame, theory: TheoryText, provenance: Provenance, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no rows"):
        write_atlas_report(
            atlas.clear(), tmp_path / "page.html", theory=theory, provenance=provenance
        )
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_an_output_error(
    atlas: pl.DataFrame, theory: TheoryText, provenance: Provenance, tmp_path: Path
) -> None:
    one = atlas.filter(pl.col("country") == "BRA", pl.col("year") == 2023)
    with pytest.raises(OutputError):
        write_atlas_report(
            one, tmp_path / "none" / "page.html", theory=theory, provenance=provenance
        )
