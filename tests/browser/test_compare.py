"""Compare: small multiples and table of chosen places and classes."""

from __future__ import annotations

import io
from collections.abc import Callable

import polars as pl
import pytest

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.charts.numbers import persons_text

CHOICE = "compare.html?places=KEN,NGA&classes=pew/poor,ilo-status/employees"


def test_the_csv_holds_what_was_chosen(visit: Callable[..., Visit], site: str) -> None:
    found = pl.read_csv(io.StringIO(visit(f"{site}{CHOICE}&sex=female").download("panels", "csv")))
    for theory, klass in (("pew", "poor"), ("ilo-status", "employees")):
        expected = wc.atlas(theory, country=["KEN", "NGA"], sex="female")
        both = found.join(expected, on=["theory", "class", "country", "year"], suffix="_own")
        both = both.filter(pl.col("class") == klass)
        assert both.height == 2 * 33
        for name in ("persons", "persons_p05", "persons_p95", "share_adults"):
            gap = (both[name] - both[f"{name}_own"]).abs()
            assert (gap <= 5.1e-4 * both[f"{name}_own"].abs()).all(), name
    assert found.height == 4 * 33


def test_places_are_added_and_removed(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}{CHOICE}")
    page = made.page
    made.choose("Places", "EGY")
    assert "places=KEN,NGA,EGY" in page.url
    page.get_by_role("button", name="Remove Kenya").click()
    made.settle()
    assert "places=NGA,EGY" in page.url
    assert page.locator("#table tbody tr").count() == 4
    page.go_back()
    page.go_back()
    made.settle()
    assert page.locator("#table tbody th").all_inner_texts()[:2] == ["Kenya", "Nigeria"]


def test_the_table_follows_the_year(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}{CHOICE}&year=2000").page
    expected = wc.atlas("pew", country="KEN", year=2000, sex="total")
    persons = expected.filter(pl.col("class") == "poor")["persons"][0]
    cells = page.locator("#table tbody tr").first.locator("th, td").all_inner_texts()
    assert cells[0] == "Kenya"
    assert cells[3] == persons_text(persons)


def test_panels_and_scale_change_the_picture(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}{CHOICE}")
    page = made.page
    picture = page.locator("#panels svg")
    assert "Poor (Pew Research Center)" in (picture.text_content() or "")
    page.get_by_label("Place", exact=True).check(force=True)
    made.settle()
    assert "Nigeria" in (picture.text_content() or "")
    assert "One panel a place" in page.locator("#panels .what").inner_text()
    page.get_by_label("Own", exact=True).check(force=True)
    made.settle()
    assert "its own scale" in page.locator("#panels .what").inner_text()


def test_without_javascript_a_first_comparison_is_there(
    visit: Callable[..., Visit], site: str
) -> None:
    page = visit(f"{site}compare.html", java_script_enabled=False).page
    assert page.locator("#table tbody tr").count() == 16


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    address = f"{site}compare.html"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []
