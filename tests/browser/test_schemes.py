"""Schemes: names lead to what is told of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit


def test_a_name_opens_its_scheme(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}schemes.html").page
    assert not page.locator("#oesch8 table").is_visible()
    page.get_by_role("link", name="oesch8", exact=True).click()
    page.locator("#oesch8 table").wait_for()
    assert "Socio-cultural (semi-)professionals" in page.inner_text("#oesch8")
    again = visit(f"{site}schemes.html#esec").page
    assert again.locator("#esec table").is_visible()


def test_it_is_complete_without_javascript(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}schemes.html", java_script_enabled=False).page
    assert page.locator("#table tbody tr").count() == page.locator("details").count() > 20


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    address = f"{site}schemes.html#esec"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []
