"""The atlas of every shipped theory, computed once; theories made for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import worldclass as wc
from worldclass.theories import Theory, load_theory

HEAD = """
id = "own"
label = "A theory for a test"
version = "1"
description = "d"
citation = "c"
source_notes = "s"
lost = "l"
[incomes.labour_income]
anchor = "earnings-survey"
"""


@pytest.fixture(scope="session")
def sizes() -> Callable[[str], pl.DataFrame]:
    """The whole atlas of a shipped theory, as a plain frame."""
    known: dict[str, pl.DataFrame] = {}

    def whole(theory: str) -> pl.DataFrame:
        if theory not in known:
            known[theory] = pl.DataFrame(wc.atlas(theory))
        return known[theory]

    return whole


@pytest.fixture
def theory_file(tmp_path: Path) -> Callable[[str], Path]:
    """A function from the body of a theory to a file."""

    def write(body: str) -> Path:
        path = tmp_path / "own.toml"
        path.write_text(HEAD + body, encoding="utf-8")
        return path

    return write


@pytest.fixture
def own(theory_file: Callable[[str], Path]) -> Callable[[str], Theory]:
    """A function from the body of a theory to the theory."""
    return lambda body: load_theory(theory_file(body))
