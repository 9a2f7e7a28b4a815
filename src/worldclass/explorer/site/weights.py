"""What the headline numbers hang on: the contribution of each assumption to their uncertainty.

A number that is not among them is one computation of some seconds away: by the live server, or by
`worldclass atlas --explain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from worldclass.atlas.contributions import contributions
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.shards import short
from worldclass.explorer.site.site_file import SiteFile, shard

PLACES = ("WORLD", "NORTH", "SOUTH")
"""Where; the class is the one that a theory's pages show first, in the last year, both sexes."""
NUMBERS = ("central", "low", "high", "share_of_variance")


def weight_files(material: Material) -> Iterator[SiteFile]:
    """One shard for each headline number of each theory."""
    for theory in material.theories:
        for place in PLACES:
            make = partial(weight_shard, material, theory, place)
            yield shard(f"data/weights/{theory}/{place}.json.gz", make)


def weight_shard(material: Material, theory: str, place: str) -> dict[str, Any]:
    """The rows of `worldclass.contributions` for a headline number, four significant digits."""
    class_id, year = material.focus(theory), material.years[-1]
    frame = contributions(theory, class_id, country=place, year=year, snapshot=material.snapshot)
    columns = {name: short(frame[name]) for name in NUMBERS}
    rows = [
        {"kind": kind, "label": label} | {name: columns[name][at] for name in NUMBERS}
        for at, (kind, label) in enumerate(frame.select("kind", "label").iter_rows())
    ]
    return {"theory": theory, "class": class_id, "place": place, "year": year, "rows": rows}
