"""`worldclass data build`: what it announces, and a real Ctrl-C in the middle of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from worldclass.atlas import build as builder
from worldclass.cli import build as command_module
from worldclass.people import pipeline
from worldclass.people.pipeline import Findings
from worldclass.people.snapshot import PROVENANCE, Snapshot, open_snapshot

PLACES = ("BRA", "CHN", "DEU", "EGY", "IND", "ITA", "NGA", "USA")
STOPPED = """
import sys, time
from worldclass.atlas import build as builder
from worldclass.cli import build as command
from worldclass.people import pipeline
from worldclass.people.snapshot import open_snapshot

part = open_snapshot().estimates.select({places}, (2000, 2001))
pipeline.read_tables = lambda mirror: None
builder.estimate = lambda *_, **__: (part, pipeline.Findings((), (), ()))
command._sources = lambda *_: {{}}

def wait(*_):
    print("all tables are written", flush=True)
    time.sleep(60)

builder.write_text = wait
from worldclass.cli.main import main
main()
"""


@pytest.fixture
def empty_mirror(tmp_path: Path) -> Path:
    (tmp_path / "mirror" / "world").mkdir(parents=True)
    return tmp_path / "mirror"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot) -> None:
    """The pipeline's result is known already: eight countries, two years."""
    part = snapshot.estimates.select(PLACES, (2000, 2001))
    monkeypatch.setattr(pipeline, "read_tables", lambda mirror: None)
    monkeypatch.setattr(builder, "estimate", lambda *_, **__: (part, Findings((), (), ())))
    monkeypatch.setattr(command_module, "_sources", lambda mirror, live: {"live": live})


def test_a_build_says_where_and_what_it_wrote(
    command, quick: None, empty_mirror: Path, tmp_path: Path
) -> None:
    out = tmp_path / "snapshot"
    ended = command("data", "build", "--mirror", empty_mirror, "--out", out, "--draws", "4")
    assert ended.code == 0
    shot = open_snapshot(out)
    assert shot.provenance["content_hash"][:16] in ended.out
    assert shot.provenance["draws"]["number"] == 4


def test_what_was_built_answers_questions(
    command, quick: None, empty_mirror: Path, tmp_path: Path
) -> None:
    out = tmp_path / "snapshot"
    command("data", "build", "--mirror", empty_mirror, "--out", out, "--draws", "4")
    ended = command("atlas", "-t", "kharas", "-c", "BRA", "-y", "2001", "--snapshot", out)
    assert ended.code == 0
    assert "Brazil, 2001" in ended.out


def test_a_mirror_named_by_the_environment_is_used(
    command, quick: None, empty_mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORLDCLASS_MIRROR", str(empty_mirror))
    assert command("data", "build", "--out", tmp_path / "s", "--draws", "2").code == 0
    monkeypatch.delenv("WORLDCLASS_MIRROR")
    ended = command("data", "build", "--out", tmp_path / "s", "--draws", "2")
    assert ended.code == 4
    assert "WORLDCLASS_MIRROR" in ended.err


def test_a_target_that_cannot_be_replaced_ends_with_6(
    command, quick: None, empty_mirror: Path, tmp_path: Path
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("five years of work", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("papers", "file"):
        asked = ("--mirror", empty_mirror, "--out", tmp_path / name, "--draws", "2")
        ended = command("data", "build", *asked)
        assert ended.code == 6
        assert "Traceback" not in ended.err
    assert (tmp_path / "papers" / "thesis.txt").exists()


def test_margins_that_do_not_add_up_end_with_5(
    command, quick: None, empty_mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from worldclass.core.errors import MarginError

    def refuse(*_: object, **__: object) -> None:
        raise MarginError("Shares do not add up.", where="KEN, 2007", remedy="Correct the panel.")

    monkeypatch.setattr(builder, "estimate", refuse)
    ended = command("data", "build", "--mirror", empty_mirror, "--out", tmp_path / "s")
    assert ended.code == 5
    assert "KEN, 2007" in ended.err
    assert not (tmp_path / "s").exists()


def test_ctrl_c_in_mid_build_ends_with_130_and_leaves_the_old_snapshot(
    command, quick: None, empty_mirror: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    out = folder / "snapshot"
    command("data", "build", "--mirror", empty_mirror, "--out", out, "--draws", "2")
    before = {file.name: file.read_bytes() for file in out.iterdir()}

    arguments = ["data", "build", "--mirror", str(empty_mirror), "--out", str(out), "--draws", "2"]
    running = subprocess.Popen(
        [sys.executable, "-c", STOPPED.format(places=PLACES), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ},
    )  # fmt: skip
    assert running.stdout is not None
    assert "all tables are written" in running.stdout.readline()
    assert len(list(folder.iterdir())) == 2  # the old snapshot, and the new one in the making
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)

    assert running.returncode == 130
    assert "Traceback" not in err
    assert "Interrupted" in err
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert list(folder.iterdir()) == [out]
    assert PROVENANCE in before
