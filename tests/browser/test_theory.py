"""Theory: a parameter moves, classes follow; static from sweeps, live from the server."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.charts.numbers import persons_text


def cells(made: Visit, label: str) -> list[str]:
    page = made.page
    row = page.locator("#sizes tbody tr").filter(has=page.get_by_text(label, exact=True))
    return row.locator("th, td").all_inner_texts()


def size(klass: str, parameters: dict[str, float], country: str = "WORLD") -> float:
    frame = wc.atlas(
        "kharas", country=country, year=2023, sex="total", parameters=parameters, draws=0
    )
    return float(frame.filter(pl.col("class") == klass)["persons"][0])


def test_a_moved_threshold_gives_the_numbers_of_the_python_api(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}theory/kharas.html")
    first = cells(made, "Middle class")
    assert first[1] == persons_text(size("middle-class", {}))
    slider = made.page.get_by_role("slider", name="Value")
    slider.press("End")
    made.settle()
    highest = float(made.page.url.split("lower=")[1])
    moved = cells(made, "Middle class")
    assert moved[1] == persons_text(size("middle-class", {"lower": highest}))
    assert moved[5].startswith("−")


def test_a_place_can_be_chosen(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}theory/kharas.html?place=IND")
    assert cells(made, "Rich")[1] == persons_text(size("rich", {}, "IND"))


def test_a_server_computes_several_settings(visit: Callable[..., Visit], live_site: str) -> None:
    made = visit(f"{live_site}theory/kharas.html?lower=13&upper=90")
    expected = persons_text(size("middle-class", {"lower": 13, "upper": 90}))
    assert cells(made, "Middle class")[1] == expected


def test_rules_and_sql_stand_on_the_page(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}theory/bromma.html", java_script_enabled=False).page
    text = page.locator("main").inner_text()
    assert "Employees, other than managers and professionals, who reach the threshold." in text
    assert "THEN 'worker-elite'" in text
    assert "Bromma, interview, October 2020" in text


def test_a_theory_without_parameters_has_no_controls(
    visit: Callable[..., Visit], site: str
) -> None:
    page = visit(f"{site}theory/ilo-status.html").page
    assert not page.locator("#live").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    address = f"{site}theory/kharas.html"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []
