"""The snapshot: where it is found, and what happens to a broken one."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import SourceError
from worldclass.core.hashing import content_hash, sha256
from worldclass.people.assumptions import assumptions
from worldclass.people.snapshot import (
    ENVIRONMENT,
    NEEDED,
    PROVENANCE,
    TABLES,
    Snapshot,
    open_snapshot,
)

MOST_BYTES = 8_000_000
BROKEN = "A part of the snapshot cannot be used: "


@pytest.fixture
def copy(snapshot: Snapshot, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return shutil.copytree(snapshot.folder, tmp_path / "copy")


def rewrite(folder: Path, **entries: object) -> None:
    """Write the provenance anew, with some entries replaced, at a later time."""
    file = folder / PROVENANCE
    content = json.loads(file.read_text(encoding="utf-8")) | entries
    later = file.stat().st_mtime_ns + 1_000_000_000
    file.write_text(json.dumps(content), encoding="utf-8")
    os.utime(file, ns=(later, later))


def vouch(folder: Path) -> None:
    """Record the tables as they now are, as a build would."""
    rewrite(folder, files={name: sha256(folder / name) for name in TABLES.values()})


def break_file(file: Path, harm: str) -> None:
    """Make a table junk, half as long, missing, or a good table with one other number."""
    content = file.read_bytes()
    if harm == "altered":
        table = pl.read_parquet(file)
        last = table.columns[-1]
        other = pl.Series([table[last][0] * 2 + 1], dtype=table[last].dtype)
        table.with_columns(table[last].scatter(0, other)).write_parquet(file)
    elif harm == "missing":
        file.unlink()
    else:
        file.write_bytes(b"junk" if harm == "junk" else content[: len(content) // 2])


def answer(folder: Path) -> pl.DataFrame:
    return wc.atlas("kharas", country="BRA", year=2019, snapshot=folder)


def test_the_embedded_snapshot_is_found_without_being_named(snapshot: Snapshot) -> None:
    assert open_snapshot().folder == snapshot.folder


def test_the_embedded_snapshot_is_small(snapshot: Snapshot) -> None:
    assert sum(file.stat().st_size for file in snapshot.folder.iterdir()) <= MOST_BYTES


def test_the_provenance_names_the_content_of_the_tables(snapshot: Snapshot) -> None:
    tables = {name: snapshot.table(name) for name in TABLES}
    assert content_hash(tables) == snapshot.provenance["content_hash"]


def test_the_provenance_records_the_bytes_of_every_table(snapshot: Snapshot) -> None:
    recorded = snapshot.provenance["files"]
    assert recorded == {name: sha256(snapshot.folder / name) for name in TABLES.values()}


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
@pytest.mark.parametrize("harm", ["junk", "cut short", "missing", "altered"])
def test_a_broken_table_is_named(copy: Path, name: str, harm: str) -> None:
    file = copy / TABLES[name]
    break_file(file, harm)
    with pytest.raises(SourceError, match=BROKEN) as caught:
        answer(copy)
    assert caught.value.where == str(file)
    assert "again" in caught.value.remedy
    assert ("FileNotFoundError" if harm == "missing" else "bytes") in caught.value.what


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("harm", ["junk", "cut short", "missing", "altered"])
def test_no_broken_table_is_read_by_its_name(copy: Path, name: str, harm: str) -> None:
    shot = open_snapshot(copy)
    break_file(copy / TABLES[name], harm)
    for read in (shot.file, shot.table):
        with pytest.raises(SourceError, match=BROKEN) as caught:
            read(name)
        assert caught.value.where == str(copy / TABLES[name])
    whole = next(other for other in TABLES if other != name)
    assert shot.table(whole).height > 0


@pytest.mark.parametrize("harm", ["junk", "altered"])
def test_the_population_table_too_refuses_a_broken_snapshot(copy: Path, harm: str) -> None:
    break_file(copy / TABLES["by_sex"], harm)
    with pytest.raises(SourceError, match=BROKEN):
        wc.people("BRA", 2019, snapshot=copy)


def test_broken_draws_are_named_when_they_are_needed(copy: Path) -> None:
    (copy / TABLES["draws"]).write_bytes(b"junk")
    assert answer(copy).height > 0  # the stored intervals need no draws
    with pytest.raises(SourceError, match=BROKEN) as caught:
        wc.atlas("kharas", country="BRA", year=2019, draws=50, snapshot=copy)
    assert caught.value.where == str(copy / TABLES["draws"])


def test_a_table_that_the_provenance_does_not_record_is_refused(copy: Path) -> None:
    recorded = json.loads((copy / PROVENANCE).read_text(encoding="utf-8"))["files"]
    del recorded[TABLES["by_country"]]
    rewrite(copy, files=recorded)
    with pytest.raises(SourceError, match=BROKEN) as caught:
        answer(copy)
    assert caught.value.where == str(copy / TABLES["by_country"])


def test_a_snapshot_built_anew_in_its_place_is_read_anew(copy: Path) -> None:
    before = open_snapshot(copy)
    assert len(before.draws) > 8
    file = copy / TABLES["draws"]
    pl.read_parquet(file).head(8).write_parquet(file)
    vouch(copy)
    after = open_snapshot(copy)
    assert after.stamp > before.stamp
    assert after != before
    assert len(after.draws) == 8
    assert after.provenance["files"] != before.provenance["files"]


@pytest.mark.parametrize("name", ["by_sex", "by_country"])
def test_a_table_that_lacks_a_column_is_refused(copy: Path, name: str) -> None:
    file = copy / TABLES[name]
    table = pl.read_parquet(file)
    table.drop(table.columns[-1]).write_parquet(file)
    with pytest.raises(SourceError, match=BROKEN) as caught:
        answer(copy)
    assert caught.value.where == str(file)


@pytest.mark.parametrize("name", ["by_sex", "by_country"])
def test_a_snapshot_of_another_version_is_refused(copy: Path, name: str) -> None:
    """Its provenance vouches for tables that lack a column which this version needs."""
    file = copy / TABLES[name]
    table = pl.read_parquet(file)
    table.drop(table.columns[-1]).write_parquet(file)
    vouch(copy)
    with pytest.raises(SourceError):
        answer(copy)


def test_a_table_that_lacks_rows_is_refused(copy: Path) -> None:
    file = copy / TABLES["by_sex"]
    pl.read_parquet(file).head(-7).write_parquet(file)
    with pytest.raises(SourceError, match=BROKEN) as caught:
        answer(copy)
    assert caught.value.where == str(file)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", "7", '"words"', json.dumps(NEEDED)])
def test_a_provenance_that_is_no_provenance_is_refused(copy: Path, text: str) -> None:
    (copy / PROVENANCE).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=BROKEN) as caught:
        answer(copy)
    assert caught.value.where == str(copy / PROVENANCE)


@pytest.mark.parametrize("entry", NEEDED)
def test_a_provenance_that_lacks_an_entry_is_refused_by_its_name(copy: Path, entry: str) -> None:
    file = copy / PROVENANCE
    content = json.loads(file.read_text(encoding="utf-8"))
    del content[entry]
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SourceError, match=f"it lacks {entry}") as caught:
        answer(copy)
    assert caught.value.where == str(file)


def test_the_provenance_is_plain_json(snapshot: Snapshot) -> None:
    text = (snapshot.folder / PROVENANCE).read_text(encoding="utf-8")
    assert json.loads(text) == snapshot.provenance
