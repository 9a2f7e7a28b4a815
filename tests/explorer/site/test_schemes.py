"""The page of schemes tells of every scheme that the package has."""

from __future__ import annotations

from html import unescape

import pytest

from worldclass.explorer.site.material import open_material
from worldclass.explorer.site.pages.schemes import ordered_schemes
from worldclass.explorer.site.site import make_site
from worldclass.schemes.library import list_schemes, load_scheme


@pytest.fixture(scope="module")
def page() -> str:
    return unescape(make_site(open_material())["schemes.html"].make().decode())


def test_every_scheme_stands_there_once() -> None:
    assert sorted(ordered_schemes()) == list_schemes()


@pytest.mark.parametrize("name", ["esec", "egp11", "oesch16", "microclass", "isei"])
def test_a_scheme_is_told_with_its_classes_its_source_and_its_command(page: str, name: str) -> None:
    scheme = load_scheme(name)
    own = page.split(f'<details id="{name}">')[1].split("</details>")[0]
    for entry in scheme.classes:
        assert f'<th scope="row">{entry.id}</th><td>{entry.label}</td>' in own
    assert " ".join(scheme.citation.split()) in own
    assert f"worldclass classify survey.csv --theory {name}" in own


def test_the_theories_page_leads_to_the_schemes() -> None:
    site = make_site(open_material())
    assert '<a href="../schemes.html">Schemes</a>' in site["theory/pew.html"].make().decode()
