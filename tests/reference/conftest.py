"""The embedded snapshot beside the mirror that it was built from."""

from __future__ import annotations

import pytest

from validation.world import World
from worldclass.people.snapshot import Snapshot
from worldclass.sources.mirror import Mirror


@pytest.fixture(scope="session")
def world(snapshot: Snapshot, mirror: Mirror) -> World:
    """Estimates and published tables."""
    return World(snapshot, mirror)
