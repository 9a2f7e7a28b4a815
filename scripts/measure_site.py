"""Measure the site in Chromium: bytes and time of the first view, and how fast controls answer.

    python scripts/measure_site.py [--slow 4] [--page index.html]

The server runs in this process; its files are made before anything is measured. Times hold for
the machine and its load; bytes do not depend on them.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import threading
import time

import uvicorn
from playwright.sync_api import Page, sync_playwright

from worldclass.explorer.server.static import StaticSite
from worldclass.explorer.site.material import open_material
from worldclass.explorer.site.site import make_site

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
READY = "body[data-ready]:not([data-busy])"
CONTROL = """async ([name, value]) => {
  const controls = [...document.querySelectorAll(".controls select, .controls input[type=range]")];
  const label = (one) => document.querySelector(`label[for=${one.id}]`).textContent;
  const control = controls.find((one) => label(one) === name);
  const shown = { Place: "#number-title", Measure: "#map .what" };
  const answer = () => document.querySelector(shown[name] || "#map h2").textContent;
  const [before, start] = [answer(), performance.now()];
  control.value = value;
  const kind = control.type === "range" ? "input" : "change";
  control.dispatchEvent(new Event(kind, { bubbles: true }));
  // Answered: the heading names the choice, and the picture below it is painted in that frame.
  while (answer() === before) {
    if (performance.now() > start + 10000) throw new Error(`${name} = ${value}: no answer in 10 s`);
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def serve() -> str:
    """Start the static site in a thread; gives its address."""
    site = make_site(open_material())
    configuration = uvicorn.Config(StaticSite(site), port=0, log_level="error", lifespan="off")
    configuration.loop = "asyncio"
    server = uvicorn.Server(configuration)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"


def first_view(page: Page, address: str, slow: float) -> tuple[float, int, int]:
    """Milliseconds until the page can be used, bytes transferred, requests."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    counted = [0, 0]

    def count(event: dict[str, float]) -> None:
        counted[0] += int(event["encodedDataLength"])
        counted[1] += 1

    session.on("Network.loadingFinished", count)
    # The page tells of itself: to ask it again and again would take its time.
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => new MutationObserver((all, own) => {"
        "if ('ready' in document.body.dataset) { console.info(performance.now());"
        "own.disconnect(); } }).observe(document.body, { attributes: true }))"
    )
    with page.expect_console_message(lambda one: one.type == "info", timeout=120_000) as told:
        page.goto(address, wait_until="commit")
    return float(told.value.text), counted[0], counted[1]


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", type=float, default=4)
    parser.add_argument("--page", default="index.html")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    address = serve()
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        views: list[tuple[float, int, int]] = []
        for _ in range(options.repeat + 1):
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            views.append(first_view(page, address + options.page, options.slow))
            page.context.close()  # a slowed page that stays open keeps a core busy
        times = sorted(view[0] for view in views[1:])
        print(f"{options.page}, CPU slowed {options.slow:g}×: {views[-1][2]} requests, ", end="")
        print(
            f"{views[-1][1] / 1e3:.0f} kB; usable after {statistics.median(times):.0f} ms ", end=""
        )
        print(f"(least {times[0]:.0f})")
        if options.page == "index.html":
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(address)
            report_controls(page, options.slow)
        browser.close()


def answered(page: Page, name: str, value: str) -> float:
    """Milliseconds from a choice to its picture; nothing else is then under way."""
    page.wait_for_selector(READY)
    return page.evaluate(CONTROL, [name, value])


def report_controls(page: Page, slow: float) -> None:
    """Print the median time of some controls, at full speed and slowed."""
    session = page.context.new_cdp_session(page)
    for rate in (1, slow):
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        for name, values in (
            ("Year", [str(year) for year in range(2000, 2012)]),
            ("Class", ["proletariat", "worker-elite"] * 5),
            ("Measure", ["persons", "share_adults"] * 5),
            ("Place", ["IND", "BRA", "NGA", "USA", "CHN"] * 2),
        ):
            times = [answered(page, name, value) for value in values]
            settled = sorted(times[2:])
            median = statistics.median(settled)
            print(f"  {name}, CPU slowed {rate:g}×: {median:.0f} ms (least {settled[0]:.0f})")


if __name__ == "__main__":
    main()
