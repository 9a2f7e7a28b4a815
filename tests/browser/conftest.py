"""One site and one Chromium for all tests of pages; each test has a page of its own."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from worldclass.explorer.server.app import make_app
from worldclass.explorer.server.static import StaticSite
from worldclass.explorer.site.material import open_material
from worldclass.explorer.site.site import make_site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000
"""Milliseconds: machines that test are busy."""


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an ASGI application from a thread; gives its address."""
    lifespan = "off" if isinstance(app, StaticSite) else "on"
    # Python's own loop: uvloop's does not stand beside the one that drives the browser.
    configuration = uvicorn.Config(
        app, port=0, log_level="error", lifespan=lifespan, loop="asyncio"
    )
    server = uvicorn.Server(configuration)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The static site: the same files as an export writes, made when they are asked for."""
    with serving(StaticSite(make_site(open_material()))) as address:
        yield address


@pytest.fixture(scope="session")
def live_site() -> Iterator[str]:
    """The site as `worldclass serve` has it."""
    with serving(make_app(make_site(open_material(live=True)))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no Chromium: apt-get install chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page that was opened, with what went wrong on it."""

    page: Page
    complaints: list[str] = field(default_factory=list[str])

    def settle(self) -> None:
        """Wait until nothing is drawn or fetched any more."""
        self.page.wait_for_selector("body[data-ready]:not([data-busy])", timeout=PATIENCE)

    def choose(self, label: str, value: str) -> None:
        """Choose in a list by its label."""
        self.page.get_by_label(label, exact=True).select_option(value)
        self.settle()

    def download(self, figure: str, tool: str) -> str:
        """What a tool of a figure saves, as text."""
        with self.page.expect_download(timeout=PATIENCE) as saved:
            self.page.locator(f"#{figure} [data-tool={tool}]").click()
        return saved.value.path().read_text("utf-8")

    def violations(self) -> list[str]:
        """Serious findings of axe-core."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address in a fresh context; at the end no page may have complained."""
    visits: list[Visit] = []

    def opened(address: str, **options: Any) -> Visit:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        made = Visit(context.new_page())
        made.page.set_default_timeout(PATIENCE)
        made.page.on(
            "console",
            lambda said: (
                made.complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.goto(address)
        if options.get("java_script_enabled", True):
            made.settle()
        visits.append(made)
        return made

    yield opened
    complaints = [text for made in visits for text in made.complaints]
    for made in visits:
        made.page.context.close()
    assert not complaints
