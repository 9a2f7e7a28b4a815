"""The scripts in examples/ run as they stand, and their pages show what they print and draw."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
IMAGE = re.compile(r"^!\[[^\]]+\]\((\S+)\)$", flags=re.MULTILINE)


@pytest.fixture(autouse=True)
def scripts_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    yield
    sys.modules.pop("build_example_pages", None)


def blocks(page: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(page) if found == language]


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda path: path.name)
def test_the_example_runs_and_its_page_shows_all_of_it(script: Path, tmp_path: Path) -> None:
    from build_example_pages import write_page

    write_page(script, tmp_path)
    page = (tmp_path / f"{script.stem}.md").read_text(encoding="utf-8")
    code = [line for line in "".join(blocks(page, "python")).splitlines() if line]
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line]
    assert code == lines[-len(code) :]
    assert lines[-len(code) - 1].endswith('"""')  # nothing but its docstring is left out
    assert len("".join(blocks(page, "text")).splitlines()) > 3
    pictures = [tmp_path / name for name in IMAGE.findall(page)]
    assert len(pictures) == script.read_text(encoding="utf-8").count('.svg")')
    assert all(ElementTree.parse(file).getroot().tag.endswith("svg") for file in pictures)


def test_every_example_is_in_the_navigation() -> None:
    nav = (ROOT / "zensical.toml").read_text(encoding="utf-8")
    assert not [one.name for one in EXAMPLES if f'"docs/examples/{one.stem}.md"' not in nav]


def test_a_page_shows_what_the_script_prints_when_it_is_run_by_itself(tmp_path: Path) -> None:
    from build_example_pages import run

    script = ROOT / "examples" / "own_theory.py"
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=tmp_path,
        env={**os.environ, "POLARS_FMT_STR_LEN": "40"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "".join(block.output for block in run(script, tmp_path)) == done.stdout


@pytest.mark.parametrize(
    ("last", "said"),
    [("print(1 / 0)", "ZeroDivisionError"), ("import warnings; warnings.warn('old')", "old")],
)
def test_a_script_that_fails_or_warns_stops_the_build(tmp_path: Path, last: str, said: str) -> None:
    from build_example_pages import run

    script = tmp_path / "broken.py"
    script.write_text(f'"""A question?"""\n\nprint(1)\n\n{last}\n')
    with pytest.raises(RuntimeError, match=rf"broken.py does not run:(.|\n)*{said}"):
        run(script, tmp_path)


def test_an_empty_line_ends_a_block_and_comments_belong_to_what_follows(tmp_path: Path) -> None:
    from build_example_pages import parts

    source = (
        '"""Why?"""\n\n# one\na = 1\nb = 2\n\n# two\n\n# three\nif a:\n    c = 3\n\n    d = 4\n'
    )
    assert [(first, last) for first, last, _ in parts(source)] == [(1, 1), (3, 5), (7, 13)]
