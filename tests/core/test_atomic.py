"""A file is written completely or not at all."""

import errno
import json
import os
import resource
import stat
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from worldclass.core.atomic import (
    FORMATS,
    atomic_open,
    atomic_path,
    check_path,
    write_bytes,
    write_frame,
    write_text,
)
from worldclass.core.errors import OutputError

FRAME = pl.DataFrame({"class": ["worker élite", 'a "b", c'], "persons": [1.5, None]})


@pytest.fixture
def small_disk():
    """Files may not grow beyond 1000 bytes: the system refuses as on a full disk."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, old)


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_every_format_holds_the_same_table(tmp_path):
    for suffix in FORMATS:
        write_frame(FRAME, tmp_path / f"t{suffix}")
    assert pl.read_parquet(tmp_path / "t.parquet").equals(FRAME)
    assert pl.read_csv(tmp_path / "t.csv").equals(FRAME)
    assert json.loads((tmp_path / "t.json").read_text())[0] == {
        "class": "worker élite",
        "persons": 1.5,
    }
    assert names(tmp_path) == ["t.csv", "t.json", "t.parquet"]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    for suffix in FORMATS:
        for name in ("a", "b"):
            write_frame(FRAME, tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["t.xlsx", "t", ".parquet"])
def test_another_format_is_refused(tmp_path, name):
    with pytest.raises(OutputError, match="not one that can be written") as caught:
        write_frame(FRAME, tmp_path / name)
    assert ".parquet, .csv, .json" in caught.value.remedy
    assert names(tmp_path) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, small_disk, suffix):
    target = tmp_path / f"t{suffix}"
    target.write_text("old")
    big = pl.DataFrame({"x": [os.urandom(8).hex() for _ in range(5000)]})
    with pytest.raises(OutputError, match="exceed the size limit"):
        write_frame(big, target)
    assert target.read_text() == "old"
    assert names(tmp_path) == [target.name]


def test_no_space_left_is_said_in_words(tmp_path):
    with (
        pytest.raises(OutputError, match="no space is left on the disk"),
        atomic_path(tmp_path / "t"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names(tmp_path) == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, ValueError, MemoryError])
def test_whatever_stops_the_writing_leaves_the_old_file(tmp_path, stop):
    target = tmp_path / "t.txt"
    target.write_text("old")
    with pytest.raises(stop), atomic_open(target, "w") as handle:
        handle.write("half")
        raise stop
    assert target.read_text() == "old"
    assert names(tmp_path) == ["t.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_folder_is_an_output_error(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(OutputError, match="permission is denied"):
        write_text(tmp_path / "t.txt", "x")
    tmp_path.chmod(stat.S_IRWXU)


def test_a_denied_permission_is_said_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match="permission is denied") as caught:
        write_text(tmp_path / "t.txt", "x")
    assert "nothing was changed" in caught.value.remedy


def test_a_missing_folder_is_an_error_unless_it_may_be_made(tmp_path):
    target = tmp_path / "a" / "b" / "t.txt"
    with pytest.raises(OutputError, match="folder does not exist"):
        write_text(target, "x")
    assert names(tmp_path) == []
    write_text(target, "x", parents=True)
    assert target.read_text() == "x"


def test_a_folder_or_a_path_through_a_file_cannot_be_written(tmp_path):
    with pytest.raises(OutputError, match="it is a folder"):
        write_text(tmp_path, "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"is a file|folder does not exist"):
        write_text(tmp_path / "file" / "t.txt", "x")


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_text(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_text_is_utf8_with_plain_line_ends_and_bytes_are_bytes(tmp_path):
    write_text(tmp_path / "t", "é\n")
    assert (tmp_path / "t").read_bytes() == b"\xc3\xa9\n"
    write_bytes(tmp_path / "t", b"\0\r\n")
    assert (tmp_path / "t").read_bytes() == b"\0\r\n"


def test_a_file_missing_in_the_block_is_not_taken_for_the_target(tmp_path):
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "t"):
        (tmp_path / "elsewhere" / "input").read_bytes()


def test_other_errors_of_the_block_are_not_disguised(tmp_path):
    with pytest.raises(ConnectionResetError), atomic_path(tmp_path / "t"):
        raise ConnectionResetError(errno.ECONNRESET, "reset")


def test_a_path_is_tried_before_the_work_and_left_as_it_was(tmp_path):
    (tmp_path / "kept.csv").write_text("before")
    check_path(tmp_path / "kept.csv")
    check_path(tmp_path / "new.csv")
    assert names(tmp_path) == ["kept.csv"]
    assert (tmp_path / "kept.csv").read_text() == "before"
    for path, reason in (
        (tmp_path / "absent" / "new.csv", "the folder does not exist"),
        (tmp_path / "kept.csv" / "new.csv", "a part of its path is a file"),
        (tmp_path, "it is a folder"),
    ):
        with pytest.raises(OutputError, match=reason):
            check_path(path)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs the /proc of Linux")
def test_a_folder_that_refuses_files_whatever_its_permissions_is_refused():
    """The system's own folder takes no files, though permissions may say otherwise."""
    with pytest.raises(OutputError, match="could not be written"):
        check_path("/proc/new.csv")


@pytest.mark.parametrize("inside", ["a.txt", "b/a.txt", "b/c/a.txt"])
@pytest.mark.parametrize("parents", [True, False])
def test_a_parent_that_is_a_file_is_an_output_error(tmp_path, inside, parents):
    file = tmp_path / "file"
    file.write_text("kept")
    for write in (partial(write_bytes, content=b"new"), check_path):
        with pytest.raises(OutputError, match="a part of its path is a file"):
            write(file / inside, parents=parents)
    assert file.read_text() == "kept" and list(tmp_path.iterdir()) == [file]
