"""Importing is cheap, and goes one way."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "altair",
    "duckdb",
    "numpy",
    "pandas",
    "polars",
    "pydantic",
    "requests",
    "scipy",
    "vl_convert",
)


def loaded_after(code: str) -> set[str]:
    """Modules that are loaded once some code has run in a fresh interpreter."""
    report = f"{code}\nimport sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_after("import worldclass") & set(HEAVY)


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = """
import contextlib, io
from worldclass.cli.main import app
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    app(["--help"])"""
    assert not loaded_after(code) & set(HEAVY)


def test_every_public_name_can_be_had() -> None:
    import worldclass

    missing = [name for name in worldclass.__all__ if not hasattr(worldclass, name)]
    assert not missing


def test_an_unknown_name_is_an_attribute_error() -> None:
    import worldclass

    with pytest.raises(AttributeError, match="no attribute 'bourgeoisie'"):
        _ = worldclass.bourgeoisie


def test_imports_follow_the_arrows_of_the_design() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
