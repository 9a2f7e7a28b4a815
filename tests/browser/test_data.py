"""Data & methods: the origin of a number."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.charts.numbers import persons_text, share_text

NUMBER = "data.html?theory=pew&class=poor&place=IND&year=2012"


def test_the_address_names_a_number(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}{NUMBER}").page
    own = wc.atlas("pew", country="IND", year=2012, sex="total")
    row = own.filter(pl.col("class") == "poor").to_dicts()[0]
    assert persons_text(row["persons"]) in page.locator(".number").inner_text()
    origin = page.locator("#origin").inner_text().replace("\xa0", " ")
    assert "Sources measured all of" in origin
    assert row["imputed"] == 0
    assert "worldclass atlas --theory pew --country IND --year 2012" in origin


def test_the_part_that_nobody_measured_is_told(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}data.html?place=CHN&year=2012").page
    own = wc.atlas("bromma", country="CHN", year=2012, sex="total")
    imputed = own.filter(pl.col("class") == "worker-elite")["imputed"][0]
    origin = page.locator("#origin").inner_text().replace("\xa0", " ")
    assert f"{share_text(imputed)} of what decides this number was measured by no source" in origin


def test_a_number_of_another_page_leads_here(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}?class=proletariat&place=BRA&year=1995&sex=male")
    made.page.get_by_role("link", name="Where this number comes from").click()
    made.settle()
    assert made.page.locator("#number-title").inner_text() == "Proletariat: Brazil, men, 1995"


def test_a_server_says_what_a_number_hangs_on(visit: Callable[..., Visit], live_site: str) -> None:
    page = visit(f"{live_site}{NUMBER}").page
    expected = wc.contributions("pew", "poor", country="IND", year=2012)
    most = expected.filter(pl.col("kind") == "assumption")["label"][0]
    assert page.locator("#origin table tbody th").first.inner_text() == most


HEADLINE = ("ilo-status", "employees", "NORTH")


def test_the_static_page_says_what_a_headline_number_hangs_on(
    visit: Callable[..., Visit], site: str
) -> None:
    theory, klass, place = HEADLINE
    page = visit(f"{site}data.html?theory={theory}&class={klass}&place={place}").page
    expected = wc.contributions(theory, klass, country=place)
    drawn = expected.filter(pl.col("kind").is_in(["assumption", "split"]), pl.col("central") > 0)
    table = page.locator("#origin table").first.locator("tbody tr")
    assert table.count() == drawn.height
    for at, row in enumerate(drawn.to_dicts()[:3]):
        assert table.nth(at).locator("th, td").all_inner_texts() == [
            row["label"],
            persons_text(row["low"]),
            persons_text(row["high"]),
            share_text(row["share_of_variance"]),
        ]


def test_the_static_page_says_where_other_contributions_are(
    visit: Callable[..., Visit], site: str
) -> None:
    page = visit(f"{site}{NUMBER}").page
    told = page.locator("#origin").inner_text()
    assert "worldclass serve" in told
    names = page.locator("#origin .note a").all_inner_texts()
    assert names == ["World", "North", "South"]


@pytest.mark.parametrize(
    ("view", "figure", "mark"),
    [
        ("index.html?year=2000", "map", ".mark-shape path[aria-roledescription], .mark-shape path"),
        ("country/BRA.html?year=2000", "ranking", ".mark-symbol path"),
        ("compare.html", "panels", ".mark-symbol path, .mark-line path"),
    ],
)
def test_the_number_last_pointed_at_is_traced(
    visit: Callable[..., Visit], site: str, view: str, figure: str, mark: str
) -> None:
    made = visit(f"{site}{view}")
    page = made.page
    before = page.locator("#number-title").inner_text()
    marks = page.locator(f"#{figure} .picture").locator(mark)
    for at in range(0, marks.count(), max(1, marks.count() // 12)):
        marks.nth(at).hover(force=True)
        if page.locator("#number-title").inner_text() != before:
            break
    heading = page.locator("#number-title").inner_text()
    assert heading != before
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Data & methods").click()
    made.settle()
    assert page.locator("#number-title").inner_text() == heading


def test_sources_and_assumptions_need_no_javascript(visit: Callable[..., Visit], site: str) -> None:
    text = visit(f"{site}data.html", java_script_enabled=False).page.locator("main").inner_text()
    for expected in (
        "ILOSTAT",
        "Natural Earth",
        "CC BY 4.0",
        "Employers as a share of all employed",
        "World Input-Output Database, 2013 release",
        "Women's hours relative to men's in the same industry",
    ):
        assert expected in text


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    address = f"{site}{NUMBER}"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []
