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
    origin = page.locator("#origin").inner_text()
    assert f"measured {share_text(row['imputed'])} of" in origin
    assert "worldclass atlas --theory pew --country IND --year 2012" in origin


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


def test_sources_and_assumptions_need_no_javascript(visit: Callable[..., Visit], site: str) -> None:
    text = visit(f"{site}data.html", java_script_enabled=False).page.locator("main").inner_text()
    for expected in (
        "ILOSTAT",
        "Natural Earth",
        "CC BY 4.0",
        "Employers as a share of all employed",
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
