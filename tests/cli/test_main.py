"""The command `worldclass`: exit codes that scripts can use, and no traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import worldclass
from worldclass.cli import main as module
from worldclass.core import errors

Command = Callable[..., object]
PROGRAM = [sys.executable, "-c", "from worldclass.cli.main import main; main()"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["atlas", "--country", "Atlantis"], 2),
        (["atlas", "--year", "1066"], 2),
        (["atlas", "--sex", "both"], 2),
        (["atlas", "--anchor", "gold"], 2),
        (["atlas", "--draws", "1", "--country", "BRA", "--year", "2019"], 2),
        (["atlas", "--draws", "many"], 2),
        (["atlas", "--no-such-option"], 2),
        (["no-such-command"], 2),
        (["atlas", "--theory", "weber"], 3),
        (["atlas", "--theory", "/no/such/theory.toml"], 3),
        (["atlas", "--set", "tua=1"], 3),
        (["atlas", "--snapshot", "/no/such/folder"], 4),
        (["data", "build", "--mirror", "/no/such/folder"], 4),
        (["atlas", "-t", "kharas", "-c", "BRA", "-y", "2019", "--out", "/no/such/folder/x.csv"], 6),
        (["atlas", "-t", "kharas", "-c", "BRA", "-y", "2019", "--out", "x.xlsx"], 6),
        (["atlas", "-t", "kharas", "-c", "BRA", "-y", "2019", "--picture", "x.bmp"], 6),
    ],
)
def test_each_kind_of_mistake_has_its_code_and_one_message(
    command, arguments: list[str], code: int
) -> None:
    ended = command(*arguments)
    assert ended.code == code
    assert re.search(r"^Error: \S", ended.err, flags=re.MULTILINE)
    assert "Remedy: " in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("kind", errors.WorldclassError.__subclasses__())
def test_every_error_of_the_package_ends_with_its_own_code(
    command, monkeypatch: pytest.MonkeyPatch, kind: type[errors.WorldclassError]
) -> None:
    def fail(**_: object) -> None:
        raise kind("Something is wrong.", where="somewhere", remedy="Do this.")

    monkeypatch.setattr(module, "app", fail)
    ended = command("atlas")
    assert ended.code == kind.exit_code
    assert ended.err == "Error: Something is wrong.\nWhere: somewhere\nRemedy: Do this.\n"


def test_the_codes_are_those_that_the_help_lists(command) -> None:
    shown = command("--help").out
    for kind in errors.WorldclassError.__subclasses__():
        assert str(kind.exit_code) in shown
    codes = {kind.exit_code for kind in errors.WorldclassError.__subclasses__()}
    assert codes == {2, 3, 4, 5, 6, 7, 8, 9}


def test_ctrl_c_ends_with_130(command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "app", interrupted)
    ended = command("atlas")
    assert ended.code == 130
    assert "Interrupted" in ended.err


def test_a_mistake_in_the_program_itself_keeps_its_traceback(
    command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "app", broken)
    with pytest.raises(ZeroDivisionError):
        command("atlas")


def test_the_version_is_that_of_the_package(command) -> None:
    ended = command("--version")
    assert (ended.code, ended.out) == (0, f"worldclass {worldclass.__version__}\n")


def test_without_arguments_the_help_is_shown_and_no_empty_error(command) -> None:
    ended = command()
    assert "atlas" in ended.out + ended.err
    assert "Error: \n" not in ended.err


def test_a_reader_who_has_had_enough_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [*PROGRAM, "atlas", "-t", "kharas", "-c", "BRA", "-y", "2019"],
        stdout=write, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(write)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 0


def test_a_file_size_limit_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)); "
    ended = subprocess.run(
        [sys.executable, "-c", code + PROGRAM[2], "atlas", "-t", "kharas", "-c", "BRA",
         "--out", str(tmp_path / "sizes.csv")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 6
    assert "size limit" in ended.stderr
    assert list(tmp_path.iterdir()) == []
