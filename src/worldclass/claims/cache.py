"""Values that were computed before, by content, in the user's cache folder.

Values of a quantity are kept in blocks: some settings in some draws. A block's name is a hash of
everything that its values depend on, so that nothing is ever out of date; it is moved into place
once complete, so that a run that was stopped goes on where it was.

What was computed by other code, or on other data, is never asked for again. So whenever a claim has
been computed, the files that were unused for longest go, until the folder is within its bound.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.atomic import write_bytes
from worldclass.core.datafile import package_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from worldclass.claims.quantity import Quantity

    Values = NDArray[np.float64]


MOST_BYTES = 256 * 2**20
"""Bound of a cache's files: many times what a run of every claim of the package leaves."""
DAY = 86_400.0
"""Seconds after which a file that is read counts as used anew, and an unfinished one as left."""
_KINDS = ("values", "notes", "results")
_COMPUTING = ("atlas", "claims", "core", "dynamics", "flows", "people", "statistics", "theories")


@dataclass(frozen=True)
class Cache:
    """A folder of blocks and results.

    Attributes
    ----------
    folder
        Where it lies; None keeps nothing.
    most
        Bytes that its files may take together.
    """

    folder: Path | None
    most: int = MOST_BYTES

    def load(self, key: str, shape: tuple[int, int]) -> Values | None:
        """A block, or null where it is missing or damaged: it can be computed again."""
        if self.folder is None:
            return None
        import numpy as np

        try:
            raw = read_used(self._file(key))
            values = np.load(BytesIO(raw), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        sound = values.shape == shape and values.dtype == np.float64 and np.isfinite(values).all()
        return values if sound else None

    def save(self, key: str, values: Values) -> None:
        """Write a block completely or not at all.

        Raises
        ------
        OutputError
            The system refuses to write.
        """
        if self.folder is None:
            return
        import numpy as np

        buffer = BytesIO()
        np.save(buffer, values, allow_pickle=False)
        write_bytes(self._file(key), buffer.getbuffer(), parents=True)

    def load_note(self, key: str) -> dict[str, Any] | None:
        """A small note, or null where it is missing or damaged."""
        if self.folder is None:
            return None
        try:
            content = json.loads(read_used(self._note(key)))
        except (OSError, ValueError):
            return None
        return content if isinstance(content, dict) else None

    def save_note(self, key: str, content: dict[str, Any]) -> None:
        """Write a small note completely or not at all."""
        if self.folder is not None:
            text = json.dumps(content, ensure_ascii=False)
            write_bytes(self._note(key), text.encode(), parents=True)

    def results(self, key: str) -> Path | None:
        """Where the whole result of an evaluation is kept, without suffix."""
        return None if self.folder is None else self.folder / "results" / key[:2] / key

    def use_results(self, key: str) -> None:
        """A result was read: its files count as used from now on."""
        base = self.results(key)
        if base is not None:
            for suffix in (".json", ".parquet"):
                mark_used(base.with_name(base.name + suffix))

    def prune(self) -> None:
        """Remove the files unused for longest until all others are within the bound.

        Each file goes as a whole, so that whoever reads or writes meanwhile finds it complete or
        not at all. Parts of files that a killed process left go after a day.
        """
        if self.folder is None:
            return
        kept: list[tuple[float, int, Path]] = []
        for kind in _KINDS:
            for file in (self.folder / kind).glob("??/*"):
                try:
                    status = file.stat()
                except OSError:
                    continue  # another process has removed it
                if file.suffix != ".part":
                    kept.append((status.st_mtime, status.st_size, file))
                elif status.st_mtime < time.time() - DAY:
                    _remove(file)
        over = sum(size for _, size, _ in kept) - self.most
        for _, size, file in sorted(kept):
            if over <= 0:
                return
            _remove(file)
            over -= size

    def _note(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / "notes" / key[:2] / f"{key}.json"

    def _file(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / "values" / key[:2] / f"{key}.npy"


def read_used(file: Path) -> bytes:
    """The content of a file, which counts as used from now on.

    Raises
    ------
    OSError
        It is missing or cannot be read.
    """
    content = file.read_bytes()
    mark_used(file)
    return content


def mark_used(file: Path) -> None:
    """A file counts as used from now on; one that may only be read stays as it is."""
    with suppress(OSError):
        if file.stat().st_mtime < time.time() - DAY:
            os.utime(file)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def open_cache(where: bool | str | Path = True) -> Cache:
    """A cache: the user's own by default, that in a folder, or (false) none.

    Examples
    --------
    >>> open_cache(False).folder is None
    True
    """
    if where is True:
        from worldclass.sources.downloads import cache_folder

        return Cache(cache_folder() / "claims")
    return Cache(None if where is False else Path(where))


def key_of(content: Any) -> str:
    """A name for whatever depends on some content and on nothing else.

    Examples
    --------
    >>> key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def code_of(quantity: Quantity) -> str:
    """A hash of the code that computes a quantity, so that who changes it sees no old values."""
    module = sys.modules.get(quantity.evaluate.__module__)
    own = getattr(module, "__file__", None)
    return key_of([package_code(), hashlib.sha256(_bytes(own)).hexdigest() if own else ""])


@lru_cache(maxsize=1)
def package_code() -> str:
    """A hash of all modules that take part in computing."""
    digest = hashlib.sha256()
    for folder in _COMPUTING:
        for file in sorted(Path(str(package_file("worldclass", folder))).rglob("*.py")):
            digest.update(_bytes(file))
    return digest.hexdigest()


def _bytes(file: str | Path) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""
