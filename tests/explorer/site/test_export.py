"""An export is complete or does not appear; what was there before stays until then."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pytest import MonkeyPatch

from worldclass.core.errors import OutputError
from worldclass.explorer.site.export import MARK, export_site
from worldclass.explorer.site.site_file import SiteFile


def site(text: str = "first") -> dict[str, SiteFile]:
    """A small site; a real one differs in size only."""
    files = {MARK: b"// start", "index.html": text.encode(), "data/a.json.gz": b"packed"}
    return {
        path: SiteFile(path, lambda content=content: content) for path, content in files.items()
    }


def there(folder: Path) -> set[str]:
    """Every file below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_written_and_text_twice(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    done = export_site(site(), tmp_path / "out", progress=lambda *step: steps.append(step))
    found = there(tmp_path / "out")
    assert found == {MARK, f"{MARK}.gz", "index.html", "index.html.gz", "data/a.json.gz"}
    assert gzip.decompress((tmp_path / "out/index.html.gz").read_bytes()) == b"first"
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert done.files == len(found)
    assert done.size == sum(path.stat().st_size for path in (tmp_path / "out").rglob("*.*"))


def test_an_earlier_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    export_site(site() | {"gone.html": SiteFile("gone.html", bytes)}, tmp_path / "out")
    export_site(site("second"), tmp_path / "out")
    assert (tmp_path / "out/index.html").read_bytes() == b"second"
    assert not (tmp_path / "out/gone.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_what_is_interrupted_leaves_the_earlier_export(
    tmp_path: Path, error: type[BaseException]
) -> None:
    export_site(site(), tmp_path / "out")
    before = there(tmp_path)

    def interrupted() -> bytes:
        raise error

    with pytest.raises(error):
        export_site(site("second") | {"z.html": SiteFile("z.html", interrupted)}, tmp_path / "out")
    assert there(tmp_path) == before
    assert (tmp_path / "out/index.html").read_bytes() == b"first"


def test_a_first_export_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_site(site() | {"z.html": SiteFile("z.html", interrupted)}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_at_the_end_gives_the_earlier_export_back(
    tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    export_site(site(), tmp_path / "out")
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(OutputError):
        export_site(site("second"), tmp_path / "out")
    monkeypatch.undo()
    assert (tmp_path / "out/index.html").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="no earlier export"):
        export_site(site(), tmp_path)
    assert there(tmp_path) == {"thesis.txt"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("text")
    with pytest.raises(OutputError, match="This is a file"):
        export_site(site(), tmp_path / "out")
