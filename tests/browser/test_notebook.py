"""Results of a notebook, drawn by a real browser: live charts without any outside request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

import worldclass as wc
from worldclass.explorer.notebook import bundle as module
from worldclass.explorer.notebook.bundle import bundle
from worldclass.explorer.notebook.carrier import Carrier

PATIENCE = 30_000
LIVE = ".worldclass-picture svg.marks"
DARK = "html{background:#111}"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that has shown nothing yet."""
    monkeypatch.setattr(module, "CARRIER", Carrier())


@pytest.fixture
def outputs(fresh: None) -> list[str]:
    """What a notebook holds after three results."""
    brazil = wc.atlas("bromma", country="BRA", year=2023)
    flows = wc.flows(2008, by="pair", group=["NORTH", "SOUTH"], draws=0)
    results = [("frame", brazil), ("flows", flows), ("claims", wc.claims("bromma"))]
    return [bundle(kind, result)["text/html"] for kind, result in results]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open outputs as a page of their own; at the end nothing may have gone wrong or outside."""
    complaints: list[str] = []
    pages: list[Page] = []

    def refuse(route: Route) -> None:
        complaints.append(route.request.url)
        route.abort()

    def open_page(outputs: list[str], *, style: str = "", body: str = "", **options: Any) -> Page:
        file = tmp_path / f"notebook{len(pages)}.html"
        cells = "".join(f"<div>{output}</div>" for output in outputs)
        head = f'<!doctype html><meta charset="utf-8"><title>n</title><style>{style}</style>'
        file.write_text(f"{head}<body {body}>{cells}", encoding="utf-8")
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(PATIENCE)
        page.route(lambda address: not address.startswith(("file:", "data:", "blob:")), refuse)
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert not complaints


def drawn(page: Page, number: int) -> list[str]:
    """Colours of all marks, once a number of charts is live."""
    page.wait_for_function(f"document.querySelectorAll('{LIVE}').length === {number}")
    return page.eval_on_selector_all(
        f"{LIVE} [fill]", "all => all.map(e => getComputedStyle(e).fill)"
    )


def test_three_results_are_drawn_by_the_libraries_of_the_first(
    opened: Callable[..., Page], outputs: list[str]
) -> None:
    page = opened(outputs)
    drawn(page, 3)
    assert page.locator("script[type^='application/x-worldclass-library']").count() == 1
    first = page.locator(LIVE).first
    assert "Classes: Brazil, 2023" in first.evaluate("svg => svg.textContent")
    assert "Class sizes in Brazil, 2023" in (first.get_attribute("aria-label") or "")


def test_the_order_of_outputs_does_not_matter(
    opened: Callable[..., Page], outputs: list[str]
) -> None:
    drawn(opened([outputs[2], outputs[1], outputs[0]]), 3)


def test_a_mark_tells_its_number_and_interval(
    opened: Callable[..., Page], outputs: list[str]
) -> None:
    page = opened(outputs[:1])
    drawn(page, 1)
    page.locator(f"{LIVE} .mark-rect path").first.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    told = page.locator("#vg-tooltip-element").inner_text()
    assert "5–95 %" in told


def test_a_result_without_the_libraries_keeps_its_picture_and_table(
    opened: Callable[..., Page], outputs: list[str]
) -> None:
    page = opened(outputs[1:2])
    image = page.locator(".worldclass-picture img")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 400
    page.locator("summary").click()
    assert page.locator("table.dataframe tbody tr").first.is_visible()


def test_it_is_the_same_where_scripts_do_not_run(
    opened: Callable[..., Page], outputs: list[str]
) -> None:
    page = opened(outputs, java_script_enabled=False)
    assert page.locator(".worldclass-picture img").count() == 3


@pytest.mark.parametrize(
    ("style", "body"),
    [(DARK, ""), ("", 'data-jp-theme-light="false"'), ("", 'data-vscode-theme-kind="vscode-dark"')],
)
def test_colours_follow_a_dark_notebook(
    opened: Callable[..., Page], outputs: list[str], style: str, body: str
) -> None:
    colours = drawn(opened(outputs[:1], style=style, body=body), 1)
    assert "rgb(111, 208, 252)" in colours  # the light blue of dark pages
    assert "rgb(59, 81, 189)" not in colours


def test_a_chart_is_drawn_anew_when_the_notebook_turns_dark(
    opened: Callable[..., Page], outputs: list[str]
) -> None:
    page = opened(outputs[:1], body='data-jp-theme-light="true"')
    assert "rgb(59, 81, 189)" in drawn(page, 1)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_selector(".worldclass-dark")
    assert "rgb(111, 208, 252)" in drawn(page, 1)


@pytest.mark.parametrize("live", [True, False], ids=["live", "static"])
def test_nobody_is_kept_from_reading_it(
    opened: Callable[..., Page], outputs: list[str], live: bool
) -> None:
    page = opened(outputs if live else outputs[1:], style="html{background:#fff}")
    drawn(page, 3 if live else 0)
    for summary in page.locator(".worldclass-result > details > summary").all():
        summary.click()
    found = Axe().run(page, context=".worldclass-result").response
    assert len(found["passes"]) > 5
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in serious]
