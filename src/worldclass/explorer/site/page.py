"""A page of the site: its place in the navigation, and the files it consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from worldclass.explorer.site.material import Link, Material
from worldclass.explorer.site.site_file import SiteFile


@dataclass(frozen=True)
class Page:
    """One page, or one kind of page with a file each for places or theories.

    Parameters
    ----------
    id
        Also the name of its script, `assets/pages/<id>.js`.
    label
        In the navigation.
    address
        File that the navigation leads to.
    files
        Yields HTML and data; each is made when it is asked for.
    """

    id: str
    label: str
    address: str
    files: Callable[[Material], Iterator[SiteFile]]

    @property
    def link(self) -> Link:
        """Its entry in the navigation."""
        return Link(self.id, self.label, self.address)
