"""The reference crosswalks of the mirror."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from worldclass.sources.mirror import Mirror

Reference = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="session")
def reference(mirror: Mirror) -> Reference:
    """Reads a table of the folder `crosswalks`, all columns as text."""
    folder = mirror.root / "crosswalks"
    if not folder.is_dir():
        pytest.skip("the mirror has no crosswalks")

    def read(name: str) -> pl.DataFrame:
        return pl.read_csv(folder / f"{name}.csv", infer_schema=False)

    return read
