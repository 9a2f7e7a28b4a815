"""Blocks of values: whole and right, or not there."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import worldclass as wc
from tests.claims.gauges import GAUGE, two_gauges
from worldclass.claims import cache
from worldclass.claims.cache import Cache, code_of, key_of, open_cache

evaluate_module = import_module("worldclass.claims.evaluate")
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


def _aged(file: Path, days: float) -> Path:
    stamp = time.time() - 86_400 * days
    os.utime(file, (stamp, stamp))
    return file


def test_what_was_unused_for_longest_goes_once_the_bound_is_passed(tmp_path: Path) -> None:
    kept = Cache(tmp_path, most=3 * 176)  # a block of six numbers takes 176 bytes
    keys = [key_of(number) for number in range(5)]
    for age, key in enumerate(keys):
        kept.save(key, VALUES)
        (file,) = tmp_path.rglob(f"{key}.npy")
        assert file.stat().st_size == 176
        _aged(file, 10 + age)
    np.testing.assert_array_equal(kept.load(keys[4], (2, 3)), VALUES)  # the oldest, used again
    kept.prune()
    assert [kept.load(key, (2, 3)) is not None for key in keys] == [True, True, False, False, True]
    kept.prune()
    assert len(list(tmp_path.rglob("*.npy"))) == 3


def test_notes_and_results_are_bounded_too_and_no_other_file_is_touched(tmp_path: Path) -> None:
    kept = Cache(tmp_path, most=0)
    kept.save(KEY, VALUES)
    kept.save_note(KEY, {"needs": []})
    base = kept.results(KEY)
    assert base is not None
    base.parent.mkdir(parents=True)
    for suffix in (".json", ".parquet"):
        base.with_suffix(suffix).write_text("x")
    own = tmp_path / "mine.npy"
    own.write_text("not the cache's")
    kept.prune()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [own]
    Cache(None, most=0).prune()


def test_a_result_that_is_asked_for_stays(tmp_path: Path) -> None:
    first = wc.claims([two_gauges()], cache=tmp_path)
    files = [_aged(file, 10) for file in tmp_path.rglob("*") if file.is_file()]
    again = wc.claims([two_gauges()], cache=tmp_path)
    assert again.equals(first)
    young = {file.parts[-3] for file in files if file.stat().st_mtime > time.time() - 3_600}
    assert young == {"results"}  # the blocks were not read


def test_parts_that_a_killed_process_left_go_after_a_day(tmp_path: Path) -> None:
    kept = open_cache(tmp_path)
    kept.save(KEY, VALUES)
    (block,) = tmp_path.rglob("*.npy")
    young, old = (block.with_name(f".{name}.part") for name in ("young", "old"))
    for part in (young, old):
        part.write_text("half")
    _aged(old, 1.1)
    kept.prune()
    assert (block.exists(), young.exists(), old.exists()) == (True, True, False)


def test_a_computed_claim_leaves_the_folder_within_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate_module, "open_cache", lambda _: Cache(tmp_path, most=20_000))
    for level in range(6):
        found = evaluate_module.evaluate(two_gauges([level, level + 1]), draws=64)
        assert found.verdict.share_holding is not None
        assert sum(file.stat().st_size for file in tmp_path.rglob("*.*")) <= 20_000
    again = evaluate_module.evaluate(two_gauges([level, level + 1]), draws=64)
    assert again.verdict == found.verdict
