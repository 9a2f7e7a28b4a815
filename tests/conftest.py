"""What tests of several folders share: the mirror, the embedded snapshot, the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from worldclass.people.estimates import Estimates
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.sources.mirror import Mirror, open_mirror


@pytest.fixture(autouse=True)
def _embedded_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the embedded snapshot, whatever the surroundings say."""
    monkeypatch.delenv("WORLDCLASS_SNAPSHOT", raising=False)


@pytest.fixture(scope="session")
def mirror() -> Mirror:
    """The mirror of WORLDCLASS_MIRROR, or the one beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    given = os.environ.get("WORLDCLASS_MIRROR") or beside
    if not (Path(given) / "world").is_dir():
        pytest.skip("no data mirror: set WORLDCLASS_MIRROR")
    return open_mirror(given)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The embedded snapshot."""
    return open_snapshot(Path(str(files("worldclass").joinpath("snapshot"))))


@pytest.fixture(scope="session")
def estimates(snapshot: Snapshot) -> Estimates:
    """The estimated quantities of the embedded snapshot."""
    return snapshot.estimates


@dataclass(frozen=True)
class Ended:
    """How a run of the command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Ended]]:
    """Run `worldclass` with some arguments in this process."""
    from worldclass.cli.main import main

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["worldclass", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "200")
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    yield run
