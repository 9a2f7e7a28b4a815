"""The snapshot: where it is found, and what happens to a broken one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import SourceError
from worldclass.core.hashing import content_hash
from worldclass.people.assumptions import assumptions
from worldclass.people.snapshot import ENVIRONMENT, PROVENANCE, TABLES, Snapshot, open_snapshot

MOST_BYTES = 8_000_000


@pytest.fixture
def copy(snapshot: Snapshot, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return shutil.copytree(snapshot.folder, tmp_path / "copy")


def answer(folder: Path) -> pl.DataFrame:
    return wc.atlas("kharas", country="BRA", year=2019, snapshot=folder)


def test_the_embedded_snapshot_is_found_without_being_named(snapshot: Snapshot) -> None:
    assert open_snapshot().folder == snapshot.folder


def test_the_embedded_snapshot_is_small(snapshot: Snapshot) -> None:
    assert sum(file.stat().st_size for file in snapshot.folder.iterdir()) <= MOST_BYTES


def test_the_provenance_names_the_content_of_the_tables(snapshot: Snapshot) -> None:
    tables = {name: snapshot.table(name) for name in TABLES}
    assert content_hash(tables) == snapshot.provenance["content_hash"]


def test_the_provenance_says_what_the_numbers_rest_on(snapshot: Snapshot) -> None:
    said = snapshot.provenance
    assert set(said["assumptions"]) == set(assumptions())
    assert said["coverage"]["countries"] == len(snapshot.estimates.grid.countries)
    for provider in said["sources"]["providers"].values():
        assert provider["licence"]
        assert provider["citation"]
    assert all(len(digest) == 64 for digest in said["sources"]["files"].values())


def test_the_provenance_is_of_the_theories_and_assumptions_of_this_version(
    snapshot: Snapshot,
) -> None:
    said = snapshot.provenance
    assert said["theories"] == {name: wc.theory(name).digest for name in wc.list_theories()}
    now = {name: item.model_dump(mode="json") for name, item in assumptions().items()}
    assert said["assumptions"] == now
    assert said["code_version"] == wc.__version__


def test_the_provenance_names_no_path(snapshot: Snapshot) -> None:
    for file in snapshot.provenance["sources"]["files"]:
        assert not Path(file).is_absolute()


def test_a_folder_given_comes_before_the_environment_before_the_embedded_one(
    snapshot: Snapshot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(copy))
    assert open_snapshot().folder == copy
    assert open_snapshot(snapshot.folder).folder == snapshot.folder
    monkeypatch.setenv(ENVIRONMENT, "")
    assert open_snapshot().folder == snapshot.folder


def test_a_folder_without_a_snapshot_is_refused_with_how_to_build_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SourceError, match="no snapshot here") as caught:
            open_snapshot(folder)
        assert "worldclass data build" in caught.value.remedy


@pytest.mark.parametrize("name", ["by_sex", "by_country", "atlas"])
@pytest.mark.parametrize("harm", ["junk", "cut short", "missing"])
def test_a_broken_table_is_named(copy: Path, name: str, harm: str) -> None:
    file = copy / TABLES[name]
    content = file.read_bytes()
    file.unlink()
    if harm != "missing":
        file.write_bytes(b"junk" if harm == "junk" else content[: len(content) // 2])
    with pytest.raises(SourceError, match="cannot be read") as caught:
        answer(copy)
    assert str(file) in caught.value.where
    assert "again" in caught.value.remedy


def test_broken_draws_are_named_when_they_are_needed(copy: Path) -> None:
    (copy / TABLES["draws"]).write_bytes(b"junk")
    assert answer(copy).height > 0  # the stored intervals need no draws
    with pytest.raises(SourceError, match="cannot be read") as caught:
        wc.atlas("kharas", country="BRA", year=2019, draws=50, snapshot=copy)
    assert TABLES["draws"] in caught.value.where


@pytest.mark.parametrize("name", ["by_sex", "by_country"])
def test_a_table_that_lacks_a_column_is_refused(copy: Path, name: str) -> None:
    """As a snapshot of another version would."""
    file = copy / TABLES[name]
    table = pl.read_parquet(file)
    table.drop(table.columns[-1]).write_parquet(file)
    with pytest.raises(SourceError):
        answer(copy)


def test_a_table_that_lacks_rows_is_refused(copy: Path) -> None:
    file = copy / TABLES["by_sex"]
    pl.read_parquet(file).head(-7).write_parquet(file)
    with pytest.raises(SourceError):
        answer(copy)


@pytest.mark.parametrize("text", ["{", "[]", '"words"'])
def test_a_provenance_that_is_no_provenance_is_refused(copy: Path, text: str) -> None:
    (copy / PROVENANCE).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        answer(copy)
    assert PROVENANCE in caught.value.where


def test_the_provenance_is_plain_json(snapshot: Snapshot) -> None:
    text = (snapshot.folder / PROVENANCE).read_text(encoding="utf-8")
    assert json.loads(text) == snapshot.provenance
