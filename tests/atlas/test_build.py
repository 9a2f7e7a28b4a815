"""Building a snapshot: complete or not at all, and the same every time."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from worldclass.atlas import build
from worldclass.atlas.build import build_snapshot, replaced_folder
from worldclass.core.errors import OutputError
from worldclass.core.hashing import content_hash
from worldclass.people.estimates import Estimates
from worldclass.people.pipeline import Findings, read_tables
from worldclass.people.snapshot import PROVENANCE, TABLES, Snapshot, open_snapshot

PLACES = ("BRA", "CHN", "DEU", "EGY", "IND", "ITA", "NGA", "USA")
NOTHING: Any = None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, estimates: Estimates) -> None:
    """The pipeline's result is known already: eight countries, two years."""
    part = estimates.select(PLACES, (2000, 2001))
    monkeypatch.setattr(build, "estimate", lambda *_, **__: (part, Findings((), (), ())))


@pytest.fixture
def old(quick: None, tmp_path: Path) -> Path:
    """A snapshot that a later build may replace."""
    target = tmp_path / "snapshot"
    build_snapshot(NOTHING, target, sources={"made": "first"}, draws=4)
    return target


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def fail_at(monkeypatch: pytest.MonkeyPatch, file: str, error: BaseException) -> None:
    """Writing one file of the snapshot ends in an error."""
    write = build.write_frame

    def failing(frame: Any, path: Path) -> None:
        if path.name == file:
            raise error
        write(frame, path)

    monkeypatch.setattr(build, "write_frame", failing)


def test_a_snapshot_is_all_tables_and_their_provenance(old: Path) -> None:
    assert set(content(old)) == {*TABLES.values(), PROVENANCE}
    shot = open_snapshot(old)
    assert shot.provenance["sources"] == {"made": "first"}
    assert shot.provenance["draws"]["number"] == 4
    assert shot.estimates.grid.countries == PLACES


def test_the_digest_is_that_of_the_stored_tables(quick: None, tmp_path: Path) -> None:
    digest = build_snapshot(NOTHING, tmp_path / "s", sources={}, draws=4)
    shot = open_snapshot(tmp_path / "s")
    assert content_hash({name: shot.table(name) for name in TABLES}) == digest
    assert shot.provenance["content_hash"] == digest


def test_two_builds_are_alike_byte_for_byte(old: Path, tmp_path: Path) -> None:
    build_snapshot(NOTHING, tmp_path / "again", sources={"made": "first"}, draws=4)
    assert content(old) == content(tmp_path / "again")


def test_a_build_replaces_an_older_snapshot(old: Path, tmp_path: Path) -> None:
    build_snapshot(NOTHING, old, sources={"made": "second"}, draws=8)
    assert open_snapshot(old).folder == old
    assert '"second"' in (old / PROVENANCE).read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [old]


def test_an_empty_folder_and_missing_folders_above_will_do(quick: None, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "empty", tmp_path / "new" / "newer"):
        build_snapshot(NOTHING, target, sources={}, draws=2)
        assert (target / PROVENANCE).is_file()


@pytest.mark.parametrize("step", ["theory kharas", "writing"])
def test_ctrl_c_between_the_steps_leaves_what_was_there(
    old: Path, tmp_path: Path, step: str
) -> None:
    before = content(old)

    def progress(said: str) -> None:
        if said == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_snapshot(NOTHING, old, sources={}, draws=4, progress=progress)
    assert content(old) == before
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.parametrize("file", [TABLES["by_sex"], TABLES["atlas_draws"]])
def test_ctrl_c_in_the_middle_of_writing_leaves_what_was_there(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    before = content(old)
    fail_at(monkeypatch, file, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build_snapshot(NOTHING, old, sources={}, draws=4)
    assert content(old) == before
    assert list(tmp_path.iterdir()) == [old]


def test_a_full_disk_leaves_what_was_there_and_says_so(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(old)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space is left") as caught:
        build_snapshot(NOTHING, old, sources={}, draws=4)
    assert caught.value.exit_code == 6
    monkeypatch.undo()
    assert content(old) == before
    assert list(tmp_path.iterdir()) == [old]


def test_a_folder_of_something_else_is_not_touched(quick: None, tmp_path: Path) -> None:
    target = tmp_path / "papers"
    target.mkdir()
    (target / "thesis.txt").write_text("five years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="something else than a snapshot") as caught:
        build_snapshot(NOTHING, target, sources={}, draws=2)
    assert caught.value.where == str(target)
    assert content(target) == {"thesis.txt": b"five years of work"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_target_that_cannot_be_used_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(*_: Any, **__: Any) -> Any:
        pytest.fail("the pipeline ran before the target was looked at")

    monkeypatch.setattr(build, "estimate", work)
    (tmp_path / "thesis.txt").write_text("five years of work", encoding="utf-8")
    with pytest.raises(OutputError):
        build_snapshot(NOTHING, tmp_path, sources={}, draws=2)


def test_a_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError), replaced_folder(target):
        pass
    assert target.read_text(encoding="utf-8") == "x"


def test_a_target_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError), replaced_folder(tmp_path / "file" / "below"):
        pass


def test_a_link_to_a_folder_leaves_no_remains(old: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(old, target_is_directory=True)
    build_snapshot(NOTHING, link, sources={"made": "second"}, draws=4)
    assert '"second"' in (link / PROVENANCE).read_text(encoding="utf-8")
    assert set(tmp_path.iterdir()) == {old, link}


@pytest.mark.mirror
def test_the_embedded_snapshot_is_what_the_mirror_gives(
    mirror, snapshot: Snapshot, tmp_path: Path
) -> None:
    from worldclass.cli.build import _sources

    target = tmp_path / "rebuilt"
    digest = build_snapshot(read_tables(mirror), target, sources=_sources(mirror, []))
    assert digest == snapshot.provenance["content_hash"]
    assert open_snapshot(target).provenance == snapshot.provenance
