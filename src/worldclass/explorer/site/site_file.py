"""A file of the site: where it lies, and how its bytes are made."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
"""Media type by the ending of a name; the site holds no other files."""


@dataclass(frozen=True)
class SiteFile:
    """A file that is made when it is asked for: by the export at once, by the server on demand.

    Parameters
    ----------
    path
        Below the site's root, with forward slashes.
    make
        Gives its bytes; the same each time.
    """

    path: str
    make: Callable[[], bytes]

    @property
    def kind(self) -> str:
        """Media type."""
        return KINDS[self.path[self.path.rindex(".") :]]


def packed_json(content: Any) -> bytes:
    """JSON without spaces, compressed; the same content gives the same bytes.

    Shards are compressed in themselves, so that they are small on every web host.

    Examples
    --------
    >>> packed_json({"a": 1})[:2] == bytes([0x1F, 0x8B])
    True
    """
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def shard(path: str, make: Callable[[], Any]) -> SiteFile:
    """A compressed JSON file; its path ends in `.json.gz`."""
    return SiteFile(path, lambda: packed_json(make()))
