"""Install a built wheel alone, as a user would, and use it without a network.

    python scripts/smoke_wheel.py --uv .boot/bin/uv --python .boot/bin/python dist/*.whl

Only requirements/core.txt and the wheel go into a fresh environment. Every check prints what it
measured; the exit code is 1 if one fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "worldclass"
IMPORT_SECONDS = 0.5
ANSWER_SECONDS = 2.0
INSTALLED_BYTES = 500_000_000
SNAPSHOT_BYTES = 8_000_000
NO_NETWORK = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Check:
    """What was checked, what was found, and whether that will do."""

    name: str
    found: str
    good: bool


def main() -> int:
    """Run all checks on the wheel named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--uv", type=Path, required=True)
    parser.add_argument("--python", type=Path, required=True)
    options = parser.parse_args()
    checks = list(check_contents(options.wheel))
    with tempfile.TemporaryDirectory(prefix="worldclass-smoke-") as folder:
        venv = Path(folder) / "venv"
        install(options.uv.resolve(), options.python.absolute(), options.wheel.resolve(), venv)
        checks += check_installed(venv, Path(folder))
    for check in checks:
        print(f"{'ok  ' if check.good else 'FAIL'}  {check.name}: {check.found}")
    return int(not all(check.good for check in checks))


def check_contents(wheel: Path) -> Iterator[Check]:
    """The wheel holds the package's files, all of them and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        sizes = {item.filename: item.file_size for item in archive.infolist()}
    packed = {name.removeprefix("worldclass/") for name in sizes if name.startswith("worldclass/")}
    written = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    stray = [n for n in sizes if not n.startswith(("worldclass/", "worldclass-"))]
    wrong = sorted(stray) + sorted(packed ^ written)
    yield Check("files of the wheel", f"{len(packed)}" + "".join(f" {n}" for n in wrong), not wrong)
    snapshot = sum(n for name, n in sizes.items() if name.startswith("worldclass/snapshot/"))
    size = f"{snapshot / 1e6:.1f} MB, wheel {wheel.stat().st_size / 1e6:.1f} MB"
    yield Check("embedded snapshot", size, 0 < snapshot <= SNAPSHOT_BYTES)


def install(uv: Path, python: Path, wheel: Path, venv: Path) -> None:
    """Put the pinned core requirements and the wheel into a new environment."""
    core = ROOT / "requirements" / "core.txt"
    into = ("--quiet", "--python", str(venv / "bin" / "python"))
    for command in (
        ["venv", "--quiet", "--python", str(python), str(venv)],
        ["pip", "install", *into, "--require-hashes", "-r", str(core)],
        ["pip", "install", *into, "--offline", "--no-deps", str(wheel)],
        ["pip", "check", *into],
    ):
        subprocess.run([str(uv), *command], check=True)


def is_own(path: Path) -> bool:
    """A file that was installed, not a link to the interpreter."""
    return path.is_file() and not path.is_symlink()


def check_installed(venv: Path, folder: Path) -> Iterator[Check]:
    """The installed package is small, fast to import, and answers offline."""
    size = sum(path.stat().st_size for path in venv.rglob("*") if is_own(path))
    yield Check("installed size", f"{size / 1e6:.0f} MB", size < INSTALLED_BYTES)
    home = folder / "home"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"), NO_NETWORK),
    }

    def best(command: list[str], words: str = "", times: int = 3) -> tuple[float, bool]:
        seconds, good = [], True
        for _ in range(times + 1):  # the first run compiles the modules
            start = time.perf_counter()
            done = subprocess.run(
                command, cwd=home, env=environment, capture_output=True, text=True, check=False
            )
            seconds.append(time.perf_counter() - start)
            good = good and done.returncode == 0 and words in done.stdout
            if not good:
                print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
                break
        return min(seconds[1:] or seconds), good

    python, command = str(venv / "bin" / "python"), str(venv / "bin" / "worldclass")
    for name, arguments, words, limit in (
        ("import worldclass", [python, "-c", "import worldclass"], "", IMPORT_SECONDS),
        ("worldclass --help", [command, "--help"], "atlas", IMPORT_SECONDS),
        (
            "worldclass atlas --country BRA --year 2023",
            [command, "atlas", "--country", "BRA", "--year", "2023"],
            "Brazil",
            ANSWER_SECONDS,
        ),
    ):
        seconds, good = best(arguments, words)
        yield Check(name, f"{seconds:.2f} s (at most {limit} s)", good and seconds < limit)


if __name__ == "__main__":
    sys.exit(main())
