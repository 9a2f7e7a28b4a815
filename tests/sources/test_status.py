"""The status tells sound, old, changed and missing apart."""

from datetime import UTC, datetime, timedelta

import pytest

from worldclass.sources.mirror import Mirror, mirror_tables
from worldclass.sources.status import cache_status, mirror_status


def test_downloads_are_sound_stale_changed_or_missing(provider, downloads):
    url = provider.on("/f", b"content")
    for name in ("sound", "changed", "missing"):
        downloads.fetch(url, name)
    (downloads.folder / "changed").write_bytes(b"other")
    (downloads.folder / "missing").unlink()
    states = {s.name: s.state for s in cache_status(downloads.folder)}
    assert states == {"sound": "ok", "changed": "changed", "missing": "missing"}
    later = datetime.now(UTC) + timedelta(days=400)
    assert {s.state for s in cache_status(downloads.folder, today=later)} == {
        "stale",
        "changed",
        "missing",
    }


def test_a_cache_that_was_never_used_is_empty(tmp_path):
    assert cache_status(tmp_path / "nowhere") == []


def test_a_broken_table_is_reported_beside_the_others(tmp_path):
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "panel.parquet").write_bytes(b"rot")
    states = {s.table: s for s in mirror_status(Mirror(tmp_path))}
    assert set(states) == set(mirror_tables())
    assert {s.state for s in states.values()} == {"broken"}
    assert "corrupt" in states["panel"].problem
    assert "missing" in states["countries"].problem


@pytest.mark.mirror
def test_only_an_old_panel_makes_a_mirror_stale(mirror):
    by_year = {
        year: {
            s.table
            for s in mirror_status(mirror, today=datetime(year, 6, 1, tzinfo=UTC))
            if s.state == "stale"
        }
        for year in (2025, 2035)
    }
    assert by_year == {2025: set(), 2035: {"panel"}}
