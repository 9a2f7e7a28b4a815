"""Between a phone and a desk: type stays readable, nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

PAGES = (
    "",
    "country/BRA.html",
    "compare.html",
    "flows.html",
    "claims.html?claim=worker-elite-grew",
)
PAGES += ("theory/bromma.html",)
LEAST = 7.5
"""Pixels of the smallest type in a picture, on the screen."""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('figure svg')].flatMap((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll('text')].filter((text) => text.textContent)
    .map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
}))"""


@pytest.mark.parametrize("width", [390, 600, 761])
def test_type_in_pictures_is_readable_and_nothing_sticks_out(
    visit: Callable[..., Visit], site: str, width: int
) -> None:
    found = {}
    for page in PAGES:
        made = visit(f"{site}{page}", viewport={"width": width, "height": 900})
        assert made.page.evaluate("document.documentElement.scrollWidth") <= width, page
        found[page] = round(made.page.evaluate(SMALLEST), 2)
    assert min(found.values()) >= LEAST, found


@pytest.mark.parametrize("width", [600, 700])
def test_the_choice_of_dark_stands_beside_the_name(
    visit: Callable[..., Visit], site: str, width: int
) -> None:
    page = visit(site, viewport={"width": width, "height": 900}).page
    name, theme = (page.locator(one).bounding_box() for one in (".brand", "#theme"))
    assert name
    assert theme
    assert abs(name["y"] - theme["y"]) < 20
    assert theme["x"] + theme["width"] <= width
