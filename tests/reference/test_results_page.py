"""The results page belongs to the embedded snapshot."""

from pathlib import Path

from worldclass.people.snapshot import Snapshot

PAGE = Path(__file__).resolve().parents[2] / "docs" / "results.md"


def test_the_page_was_computed_from_the_embedded_snapshot(snapshot: Snapshot) -> None:
    """Otherwise run `make results`."""
    assert str(snapshot.provenance["content_hash"]) in PAGE.read_text(encoding="utf-8")
