"""The whole site: every file by its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from worldclass.explorer.site.assets import assets
from worldclass.explorer.site.catalogue import catalogue
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.pages import (
    claims,
    compare,
    country,
    data,
    flows,
    schemes,
    simulate,
    theory,
    world,
)
from worldclass.explorer.site.site_file import SiteFile, shard

PAGES = (
    world.PAGE,
    country.PAGE,
    compare.PAGE,
    flows.PAGE,
    claims.PAGE,
    simulate.PAGE,
    theory.PAGE,
    schemes.PAGE,
    data.PAGE,
)
"""In the order of the navigation."""

Site = Mapping[str, SiteFile]


def make_site(material: Material) -> Site:
    """Every file of the site by its path; nothing is made yet.

    What is not in this table does not exist: a server that looks paths up in it cannot be led
    out of the site.

    Examples
    --------
    >>> from worldclass.explorer.site.material import open_material
    >>> "index.html" in make_site(open_material())
    True
    """
    whole = replace(material, navigation=tuple(page.link for page in PAGES))
    found = [*assets(), shard("data/catalogue.json.gz", lambda: catalogue(whole))]
    for page in PAGES:
        found += page.files(whole)
    return MappingProxyType({file.path: file for file in found})
