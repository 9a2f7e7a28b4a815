"""The documentation site: equations are drawn, public names are explained."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import worldclass

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def scripts_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    yield
    for name in ("build_example_pages", "build_scheme_pages", "math_to_mathml", "stage_docs"):
        sys.modules.pop(name, None)


@pytest.fixture
def render() -> Callable[[str], str]:
    """A function from Markdown to HTML, as the site's builder does it."""
    from markdown import markdown

    extensions = ["pymdownx.superfences", "math_to_mathml"]
    return lambda text: markdown(text, extensions=extensions)


def test_an_equation_in_a_sentence_becomes_mathml(render: Callable[[str], str]) -> None:
    html = render("where $a_i$ is free")
    assert html.startswith("<p>where <math")
    assert html.endswith("</math> is free</p>")


def test_an_equation_on_its_own_lines_is_set_apart(render: Callable[[str], str]) -> None:
    assert 'display="block"' in render("Given\n\n$$\n\\sum_j t_{ij} = r_i\n$$\n\nwe fit.")


@pytest.mark.parametrize("text", ["between $5 and $6 a day", "$100", "a `$x$` in code"])
def test_money_and_code_are_left_alone(render: Callable[[str], str], text: str) -> None:
    assert "<math" not in render(text)


def test_an_equation_in_a_fence_is_left_alone(render: Callable[[str], str]) -> None:
    assert "<math" not in render("```\n$$\nx = 1\n$$\n```")


def test_the_reference_explains_every_public_name() -> None:
    from stage_docs import reference

    page = reference()
    renamed = {"scheme": "load_scheme", "theory": "load_theory"}
    names = {renamed.get(name, name) for name in worldclass.__all__ if not name.startswith("__")}
    assert not [name for name in names if f"\n### {name}\n" not in page]


def test_each_scheme_has_a_page_with_its_proof_example_and_query() -> None:
    from build_scheme_pages import index, page

    from worldclass.schemes.library import list_schemes, load_scheme

    schemes = [load_scheme(name) for name in list_schemes()]
    assert all(f"[{scheme.id}]({scheme.id}.md)" in index(schemes) for scheme in schemes)
    for scheme in schemes:
        text = page(scheme)
        assert "Sound:" in text
        assert "malformed code" in text
        assert f"-- scheme {scheme.id}, version" in text


def test_a_scheme_s_page_holds_every_row_of_its_tables() -> None:
    from build_scheme_pages import FAMILIES, index, page

    from worldclass.schemes.library import list_schemes, load_scheme

    esec = page(load_scheme("esec"))
    assert "| 2220 2230 2330 2340 2420 2520 26 31 32 3330 | 2 | 2 | 2 | 2 | 1 |" in esec
    assert "are those of [esec](esec.md)" in page(load_scheme("esec3"))
    assert "converted to" in page(load_scheme("egp11"))
    text = index([load_scheme(name) for name in list_schemes()])
    assert "## Others" not in text
    assert all(f"## {name}" in text for name in FAMILIES)
