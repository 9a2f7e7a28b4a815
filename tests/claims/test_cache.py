"""Blocks of values: whole and right, or not there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.claims.gauges import GAUGE
from worldclass.claims import cache
from worldclass.claims.cache import Cache, code_of, key_of, open_cache

VALUES = np.arange(6.0).reshape(2, 3)
KEY = key_of("x")


def test_a_block_comes_back_as_it_went(tmp_path: Path) -> None:
    kept = open_cache(tmp_path)
    assert kept.load(KEY, (2, 3)) is None
    kept.save(KEY, VALUES)
    np.testing.assert_array_equal(kept.load(KEY, (2, 3)), VALUES)
    assert [file for file in tmp_path.rglob("*") if file.suffix == ".part"] == []


@pytest.mark.parametrize("harm", ["half", "shape", "nan", "text"])
def test_what_is_not_the_block_asked_for_is_not_taken(tmp_path: Path, harm: str) -> None:
    kept = open_cache(tmp_path)
    kept.save(KEY, np.full((2, 3), np.nan) if harm == "nan" else VALUES)
    (file,) = tmp_path.rglob("*.npy")
    if harm == "half":
        file.write_bytes(file.read_bytes()[:-8])
    elif harm == "text":
        file.write_text("no array")
    assert kept.load(KEY, (3, 2) if harm == "shape" else (2, 3)) is None


def test_without_a_folder_nothing_is_kept() -> None:
    nowhere = open_cache(False)
    nowhere.save(KEY, VALUES)
    assert nowhere.load(KEY, (2, 3)) is None
    assert nowhere.results(KEY) is None


def test_the_users_cache_lies_where_downloads_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORLDCLASS_CACHE", str(tmp_path))
    assert open_cache() == Cache(tmp_path / "claims")


def test_other_code_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_of(GAUGE)
    assert code_of(replace(GAUGE, id="same-code")) == before
    monkeypatch.setattr(cache, "package_code", lambda: "changed")
    assert code_of(GAUGE) != before
