"""The charts' libraries are made once on a machine, and are whole."""

import base64
import gzip
from pathlib import Path

import pytest

from tests.explorer.notebook.conftest import Shown
from worldclass.explorer.notebook import library as module
from worldclass.explorer.notebook.library import library


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder, and a made-up library that is quick to make."""
    monkeypatch.setenv("WORLDCLASS_CACHE", str(tmp_path))
    made: list[str] = []

    def make(snippet: str) -> str:
        made.append(snippet)
        return f"const made = {len(made)}; {snippet}"

    monkeypatch.setattr(module, "vega_library", make)
    return tmp_path


def text_of(packed: str) -> str:
    return gzip.decompress(base64.b64decode(packed)).decode()


def test_a_library_that_was_made_is_read(folder: Path) -> None:
    first = library.__wrapped__()
    assert library.__wrapped__() == first
    assert "made = 1" in text_of(first.packed)


CUT = gzip.compress(b"(() => {")


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b broken", CUT], ids=["empty", "broken", "cut"])
def test_a_damaged_library_is_made_again(folder: Path, damage: bytes) -> None:
    library.__wrapped__()
    (file,) = (folder / "notebook").iterdir()
    file.write_bytes(damage)
    assert "made = 2" in text_of(library.__wrapped__().packed)
    assert "made = 2" in gzip.decompress(file.read_bytes()).decode()


def test_a_cache_that_cannot_be_written_costs_no_chart(folder: Path) -> None:
    (folder / "notebook").write_text("a file where the folder should be")
    assert "made = 1" in text_of(library.__wrapped__().packed)


def test_another_version_is_told_apart(folder: Path) -> None:
    first = library.__wrapped__()
    (file,) = (folder / "notebook").iterdir()
    file.unlink()
    second = library.__wrapped__()
    assert first.key != second.key
    assert f'"{second.key}"' in second.script


def test_the_kernel_kept_the_real_one(notebook: dict[str, Shown], cache: Path) -> None:
    (file,) = (cache / "notebook").iterdir()
    text = gzip.decompress(file.read_bytes()).decode()
    assert "window.worldclassEmbed" in text
    assert base64.b64encode(file.read_bytes()).decode() in notebook["atlas"].html
