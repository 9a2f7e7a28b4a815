"""Draw the pictures of the README from the embedded snapshot.

Run from the repository root: `python scripts/build_pictures.py`. The threshold picture belongs to
the results page and is drawn by `python -m validation`.
"""

from __future__ import annotations

from pathlib import Path

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
    save_chart(world.plot("areas"), FOLDER / "world-classes.png")
    save_chart(world.plot("trends"), FOLDER / "world-trends.png")
    save_chart(world.plot("map", klass="worker-elite"), FOLDER / "worker-elite-map.png")
    income = wc.atlas("kharas")
    save_chart(income.plot("areas", measure="persons"), FOLDER / "kharas-persons.png")
    pairs = wc.flows(2008, by="pair", group=BLOCS)
    save_chart(pairs.plot("sankey"), FOLDER / "flows-sankey.png")
    save_chart(wc.flows(2008).plot("map"), FOLDER / "flows-map.png")
    through_time = wc.flows("1995:2011", group=["NORTH", "SOUTH"])
    save_chart(through_time.plot("trends"), FOLDER / "flows-trends.png")


if __name__ == "__main__":
    main()
