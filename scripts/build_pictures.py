"""Draw the pictures of the README from the embedded snapshot.

Run from the repository root: `python scripts/build_pictures.py`. The threshold picture belongs to
the results page and is drawn by `python -m validation`. The site is photographed in Chromium.
All pictures of the documentation are then stored with 256 colours, a sixth of their size.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from measure_site import FLAGS, READY, serve
from PIL import Image
from playwright.sync_api import sync_playwright

import worldclass as wc
from worldclass.charts.save import save_chart

FOLDER = Path("docs/pictures")
BLOCS = {
    "United States": ["USA"],
    "European Union of 15": [
        "AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR", "GRC", "IRL", "ITA", "LUX", "NLD",
        "PRT", "SWE",
    ],
    "Japan and Korea": ["JPN", "KOR"],
    "China": ["CHN"],
    "India": ["IND"],
}  # fmt: skip


def main() -> None:
    """Draw every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    world = wc.atlas("bromma")
    save_chart(world.plot("areas", country="WORLD"), FOLDER / "world-classes.png")
    save_chart(world.plot("trends", country="WORLD"), FOLDER / "world-trends.png")
    save_chart(world.plot("map", klass="worker-elite"), FOLDER / "worker-elite-map.png")
    income = wc.atlas("kharas")
    save_chart(
        income.plot("areas", country="WORLD", measure="persons"), FOLDER / "kharas-persons.png"
    )
    pairs = wc.flows(2008, by="pair", group=BLOCS)
    save_chart(pairs.plot("sankey"), FOLDER / "flows-sankey.png")
    save_chart(wc.flows(2008).plot("map"), FOLDER / "flows-map.png")
    through_time = wc.flows("1995:2011", group=["NORTH", "SOUTH"])
    save_chart(through_time.plot("trends"), FOLDER / "flows-trends.png")
    photograph(serve(), FOLDER / "site-world.png")
    for path in sorted(FOLDER.glob("*.png")):
        lighten(path)


def lighten(path: Path) -> None:
    """Store a picture on white, with 256 colours."""
    with Image.open(path) as picture:
        if picture.mode == "P":
            return
        full = picture.convert("RGBA")
    flat = Image.new("RGBA", full.size, "white")
    flat.alpha_composite(full)
    few = flat.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def photograph(site: str, path: Path) -> None:
    """The site's first page as readers find it, up to the end of the map."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS, timeout=60_000
        )
        page = browser.new_page(viewport={"width": 1100, "height": 1000}, device_scale_factor=1.5)
        page.goto(site)
        page.wait_for_selector(READY)
        end = page.locator("#map .tools").bounding_box()
        assert end is not None
        clip = {"x": 0, "y": 0, "width": 1100, "height": end["y"] + end["height"] + 8}
        page.screenshot(path=path, clip=clip, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
