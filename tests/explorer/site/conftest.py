"""The material of the embedded snapshot, and the table of the site's files."""

from __future__ import annotations

import pytest

from worldclass.explorer.site.material import Material, open_material
from worldclass.explorer.site.site import Site, make_site


@pytest.fixture(scope="session")
def material() -> Material:
    return open_material()


@pytest.fixture(scope="session")
def site(material: Material) -> Site:
    return make_site(material)
