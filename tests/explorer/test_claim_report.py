"""The report of a theory's claims stands alone: no request, no script, everything in place."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.claims.made_up import made_up_claim, made_up_evaluation, made_up_theory
from tests.explorer.test_report import Outline
from worldclass.core.errors import OutputError, UsageError
from worldclass.explorer.claim_report import claim_report, write_claim_report

COMMAND = "worldclass report bromma --out report.html"


@pytest.fixture(scope="module")
def page() -> str:
    found = made_up_theory()
    rivals = {"Rival": found[:2], "Stranger": [made_up_evaluation(made_up_claim(question="x"))]}
    return claim_report(found, theory="Made-up theory", command=COMMAND, rivals=rivals)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_it_is_well_formed_with_headings_in_order(outline: Outline) -> None:
    assert outline.open == []
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("h1") == 1 and tags.count("main") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [a["id"] for _, a in outline.tags if a.get("id")]
    assert len(ids) == len(set(ids))


def test_it_asks_for_nothing_and_runs_nothing(page: str, outline: Outline) -> None:
    for tag, attributes in outline.tags:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = attributes.get(name) or ""
            assert value == "" or value.startswith(("#", "data:")), (tag, name, value)
    policy = next(a["content"] or "" for _, a in outline.tags if a.get("http-equiv"))
    assert "default-src 'none'" in policy and "script-src 'none'" in policy
    assert "<script" not in page
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.S))
    assert "url(" not in styles and "@import" not in styles


def test_it_opens_with_the_counts_and_links_every_claim(page: str, outline: Outline) -> None:
    text = " ".join(" ".join(outline.text).split())
    assert "Of 5 claims of “Made-up theory”, 1 holds, 1 depends on the choices made" in text
    ids = {a.get("id") for _, a in outline.tags}
    links = {(a.get("href") or "")[1:] for tag, a in outline.tags if tag == "a"}
    names = ("elite-grew", "elite-share", "elite-fell", "elite-men", "waves-fade")
    assert {f"claim-{name}" for name in names} <= links <= ids


def test_every_picture_has_words_and_both_layouts(outline: Outline) -> None:
    pictures = [a for _, a in outline.tags if a.get("role") == "img"]
    assert len(pictures) == 2 * (1 + 1 + 4)  # board, one rival, four claims with data
    assert all(len(a.get("aria-label") or "") > 60 for a in pictures)


def test_tables_have_captions_and_scopes(page: str, outline: Outline) -> None:
    assert page.count("<table>") == page.count("<caption>") > 10
    scopes = [a.get("scope") for tag, a in outline.tags if tag == "th"]
    assert set(scopes) == {"row", "col"}


def test_it_tells_sources_method_command_and_comparison(outline: Outline) -> None:
    text = " ".join(" ".join(outline.text).replace("\u00a0", " ").split())
    for words in (
        "International Labour Organization", "at least 90 % of all combinations",
        "Simonsohn", "Gelman & Loken", COMMAND, "Made-up theory and Rival on shared questions",
        "no p-value", "They are conventions",
    ):  # fmt: skip
        assert words in text, words
    assert "Stranger" not in text


def test_words_from_a_stranger_are_never_markup() -> None:
    attack = '</p><script>alert("1")</script><img src=x>'
    claim = made_up_claim(
        label="</b><script>", statement=attack, reading=attack, source=attack, changes=attack
    )
    page = claim_report([made_up_evaluation(claim)], theory=attack, command=attack)
    assert "<script" not in page and "<img" not in page
    assert Outline(page).open == []


def test_nothing_to_report_and_nowhere_to_write_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no claim"):
        claim_report([], theory="T", command="c")
    found = [made_up_evaluation()]
    with pytest.raises(OutputError):
        write_claim_report(found, tmp_path / "none" / "x.html", theory="T", command="c")
    write_claim_report(found, tmp_path / "x.html", theory="T", command="c")
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]
