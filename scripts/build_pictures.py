"""Draw the pictures of the README from the embedded snapshot.

Run from the repository root: `python scripts/build_pictures.py`. The threshold picture belongs to
the results page and is drawn by `python -m validation`.
"""

from __future__ import annotations

from pathlib import Path

import worldclass as wc
from worldclass.charts.save import save_chart

FOLDER = Path("docs/pictures")


def main() -> None:
    """Draw every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    world = wc.atlas("bromma")
    save_chart(world.plot("areas"), FOLDER / "world-classes.png")
    save_chart(world.plot("trends"), FOLDER / "world-trends.png")
    save_chart(world.plot("map", klass="worker-elite"), FOLDER / "worker-elite-map.png")
    income = wc.atlas("kharas")
    save_chart(income.plot("areas", measure="persons"), FOLDER / "kharas-persons.png")


if __name__ == "__main__":
    main()
