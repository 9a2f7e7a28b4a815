"""The site's files fit together: what one names, another is."""

from __future__ import annotations

import re

import pytest

from worldclass.explorer.site.assets import ASSETS
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.shell import POLICY, page_html
from worldclass.explorer.site.site import PAGES, Site
from worldclass.explorer.site.site_file import KINDS

HTML = [
    "index.html",
    "country/BRA.html",
    "compare.html",
    "flows.html",
    "data.html",
    "theory/pew.html",
]


def test_every_path_has_a_known_kind_and_stays_inside(site: Site) -> None:
    for path, file in site.items():
        assert file.path == path
        assert path[path.rindex(".") :] in KINDS
        assert ".." not in path
        assert not path.startswith("/")


def test_every_page_has_its_script(site: Site) -> None:
    for page in PAGES:
        assert f"assets/pages/{page.id}.js" in site
        assert page.address in site


def test_scripts_import_only_what_is_there(site: Site) -> None:
    for path in [path for path in site if path.endswith(".js") and path != "assets/vega.js"]:
        text = site[path].make().decode()
        folder = path.rsplit("/", 1)[0]
        for named in re.findall(r"""(?:from|import\()\s*["`](\.[^"`$]+\.js)""", text):
            up = named.count("../")
            parts = folder.split("/")[: len(folder.split("/")) - up]
            assert "/".join([*parts, named.replace("../", "").removeprefix("./")]) in site


@pytest.mark.parametrize("path", HTML)
def test_a_page_names_only_files_of_the_site(site: Site, path: str) -> None:
    text = site[path].make().decode()
    first = re.search(r'data-first="([^"]*)"', text)
    assert first
    assert all(shard in site for shard in first[1].split())
    folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
    for named in re.findall(r'(?:href|src)="([^"#?]+)"', text):
        if named.startswith(("http", "mailto")):
            continue
        target = named.removeprefix("../") if named.startswith("../") else folder + named
        assert target in site, named


@pytest.mark.parametrize("path", HTML)
def test_nothing_comes_from_another_host(site: Site, path: str) -> None:
    text = site[path].make().decode()
    assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//', text)
    assert " style=" not in text
    assert not re.search(r"<script(?![^>]+src=)", text)


def test_the_policy_lets_no_text_become_a_program() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_words_of_a_page_are_escaped(material: Material) -> None:
    text = page_html(
        material,
        page="world",
        path="a/b.html",
        title="<b>",
        lead='"&',
        body="",
        settings={"x": '"'},
    ).decode()
    assert "<title>&lt;b&gt; · worldclass</title>" in text
    assert 'data-x="&quot;"' in text
    assert 'href="../assets/site.css"' in text


def test_style_sheets_and_scripts_name_no_host() -> None:
    for file in ASSETS.iterdir():
        if file.name.endswith((".js", ".css")):
            found = re.findall(r"https?://[^\s\"'`)]+", file.read_text(encoding="utf-8"))
            assert set(found) <= {"http://www.w3.org/2000/svg"}, file.name
