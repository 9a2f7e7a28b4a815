"""World: what the page shows is what the Python API says."""

from __future__ import annotations

import io
from collections.abc import Callable

import polars as pl
import pytest
from playwright.sync_api import Page

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.charts.numbers import persons_interval, persons_text, share_text

COLUMNS = ["theory", "class", "country", "year", "sex", "persons", "persons_p05", "persons_p95"]
COLUMNS += ["share_population", "share_adults", "share_workforce", "imputed"]


def row_of(page: Page, place: str) -> list[str]:
    """Cells of a place in the table."""
    row = page.locator("#table tbody tr").filter(has=page.get_by_text(place, exact=True))
    return row.locator("th, td").all_inner_texts()


def one(**options: object) -> dict[str, float]:
    klass = options.pop("klass")
    frame = wc.atlas(**options)  # type: ignore[arg-type]
    return frame.filter(pl.col("class") == klass).to_dicts()[0]


def told(expected: dict[str, float]) -> list[str]:
    """The first cells of a row, as the Python API's numbers are written."""
    between = persons_interval(expected["persons_p05"], expected["persons_p95"])
    return [persons_text(expected["persons"]), between, share_text(expected["share_adults"])]


def test_the_first_view_is_drawn(visit: Callable[..., Visit], site: str) -> None:
    page = visit(site).page
    assert page.locator("#map div.picture svg path").count() > 200
    assert page.locator("#trends svg").count() == 1
    assert "World map of Worker elite" in (
        page.locator("#map div.picture svg").get_attribute("aria-label") or ""
    )


@pytest.mark.parametrize("sex", ["total", "female"])
def test_the_table_holds_the_numbers_of_the_atlas(
    visit: Callable[..., Visit], site: str, sex: str
) -> None:
    made = visit(f"{site}?class=proletariat&year=2005&sex={sex}")
    expected = one(theory="bromma", country="BRA", year=2005, sex=sex, klass="proletariat")
    made.page.wait_for_selector("#table caption:has-text('Proletariat by place')")
    assert row_of(made.page, "Brazil")[1:4] == told(expected)


def test_each_control_changes_address_and_numbers(visit: Callable[..., Visit], site: str) -> None:
    made = visit(site)
    page = made.page
    made.choose("Theory", "pew")
    made.choose("Class", "high-income")
    made.choose("Measure", "persons")
    made.choose("Place", "IND")
    page.get_by_label("Women", exact=True).check(force=True)
    made.settle()
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    slider.press("ArrowLeft")
    made.settle()
    assert page.url.split("?")[1].split("&") == [
        "theory=pew",
        "class=high-income",
        "year=2022",
        "sex=female",
        "measure=persons",
        "place=IND",
    ]
    expected = one(theory="pew", country="IND", year=2022, sex="female", klass="high-income")
    number = page.locator(".number")
    assert "High income: India, women, 2022" in number.inner_text()
    assert persons_text(expected["persons"]) in number.inner_text()
    assert page.locator("#map h2").inner_text() == "High income: every country, women, 2022"


def test_an_address_restores_its_view_and_back_works(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}?theory=ilo-status&class=employers&year=1999&measure=share_workforce")
    page = made.page
    assert page.get_by_label("Class", exact=True).input_value() == "employers"
    made.choose("Class", "employees")
    assert "class=employers" not in page.url
    page.go_back()
    made.settle()
    assert page.get_by_label("Class", exact=True).input_value() == "employers"
    assert "Employers: every country, 1999" in page.locator("#map").inner_text()


def test_an_address_that_cannot_be_meant_shows_the_first_view(
    visit: Callable[..., Visit], site: str
) -> None:
    page = visit(f"{site}?theory=nobody&class=%3Cscript%3E&year=3000").page
    assert page.get_by_label("Theory", exact=True).input_value() == "bromma"
    assert "2023" in page.locator("#map h2").inner_text()


def test_the_csv_is_the_atlas(visit: Callable[..., Visit], site: str) -> None:
    text = visit(f"{site}?theory=milanovic&class=rich&year=2010").download("map", "csv")
    found = pl.read_csv(io.StringIO(text))
    assert found.columns == COLUMNS
    assert found.height == 197
    expected = wc.atlas("milanovic", year=2010, sex="total").filter(pl.col("class") == "rich")
    both = found.join(expected, on=["country", "year", "sex", "class"], suffix="_own")
    assert both.height == 197
    for name in COLUMNS[5:]:
        gap = (both[name] - both[f"{name}_own"]).abs()
        assert (gap <= 5.1e-4 * both[f"{name}_own"].abs()).all(), name


def test_pictures_carry_their_words(visit: Callable[..., Visit], site: str) -> None:
    made = visit(site)
    picture = made.download("trends", "svg")
    assert picture.startswith("<svg")
    assert "Worker elite through time" in picture
    with made.page.expect_download() as saved:
        made.page.locator("#map [data-tool=png]").click()
    assert saved.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_citation_names_theory_data_and_address(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}?year=2001").page
    page.locator("#map [data-tool=cite]").click()
    text = page.locator("dialog textarea").input_value()
    assert wc.__version__ in text
    assert "Bromma, interview, October 2020" in text
    assert text.endswith("?year=2001")


def test_an_embedded_chart_stands_alone(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}?embed=trends").page
    assert page.locator("#trends").is_visible()
    assert not page.locator("#map").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.get_by_text("Open in worldclass").is_visible()


def test_playing_moves_the_year(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}?year=2019")
    page = made.page
    page.get_by_role("button", name="Play through the years").click()
    page.locator(".year output").get_by_text("2023").wait_for()
    page.get_by_role("button", name="Play through the years").wait_for()
    made.settle()
    assert "2023" in page.locator("#map h2").inner_text()


def test_pressing_a_country_shows_its_number(visit: Callable[..., Visit], site: str) -> None:
    made = visit(site)
    made.page.locator("#map div.picture").scroll_into_view_if_needed()
    box = made.page.locator("#map div.picture svg").bounding_box()
    assert box
    made.page.mouse.move(box["x"] + 0.845 * box["width"], box["y"] + 0.82 * box["height"])
    made.page.wait_for_selector("#tip:not([hidden])")
    assert "Australia" in made.page.locator("#tip").inner_text()
    assert "Worker elite: Australia, 2023" in made.page.locator(".number").inner_text()


def test_without_javascript_the_table_is_there(visit: Callable[..., Visit], site: str) -> None:
    page = visit(site, java_script_enabled=False).page
    expected = one(theory="bromma", country="WORLD", year=2023, sex="total", klass="worker-elite")
    assert row_of(page, "World")[1:4] == told(expected)
    assert not page.locator(".controls").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    made = visit(site, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []


def test_a_class_that_is_only_bounded_has_stripes_and_bounds_instead_of_estimates(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}?class=lumpen")
    page = made.page
    assert "bounds only, no estimate" in page.locator("#map .legend").inner_text()
    fills = page.locator("#map .mark-shape path").evaluate_all(
        "paths => [...new Set(paths.map(path => path.getAttribute('fill')))]"
    )
    assert "url(#bounds-only)" in fills
    assert len(fills) == 2  # and the grey of those without data
    page.wait_for_selector("#table caption:has-text('Lumpen by place')")
    assert page.locator("#table thead th").all_inner_texts()[2] == "Bounds"
    expected = one(theory="bromma", country="BRA", year=2023, sex="total", klass="lumpen")
    bounds = persons_interval(expected["persons_p05"], expected["persons_p95"])
    assert row_of(page, "Brazil")[1:4] == ["–", bounds, "–"]
    page.locator("#map .mark-shape path[fill='url(#bounds-only)']").first.hover(force=True)
    assert "Bounds only" in page.locator("#tip").inner_text()
    assert "7.1 % (bounds only)" in visit(f"{site}?class=lumpen").page.inner_text(".number")
