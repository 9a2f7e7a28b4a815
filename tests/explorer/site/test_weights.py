"""What headline numbers hang on is in the files of the site; their numbers: tests/browser."""

from __future__ import annotations

from worldclass.explorer.site.material import Material
from worldclass.explorer.site.site import Site
from worldclass.explorer.site.weights import PLACES


def test_every_theory_has_one_for_the_world_and_its_halves(site: Site, material: Material) -> None:
    own = {path for path in site if path.startswith("data/weights/")}
    assert own == {
        f"data/weights/{theory}/{place}.json.gz" for theory in material.theories for place in PLACES
    }
