"""Values that were computed before, by content, in the user's cache folder.

Values of a quantity are kept in blocks: some settings in some draws. A block's name is a hash of
everything that its values depend on, so that nothing is ever out of date; it is moved into place
once complete, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import sys
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


_COMPUTING = ("atlas", "claims", "core", "dynamics", "flows", "people", "statistics", "theories")


@dataclass(frozen=True)
class Cache:
    """A folder of blocks and results.

    Attributes
    ----------
    folder
        Where it lies; None keeps nothing.
    """

    folder: Path | None

    def load(self, key: str, shape: tuple[int, int]) -> Values | None:
        """A block, or null where it is missing or damaged: it can be computed again."""
        if self.folder is None:
            return None
        import numpy as np

        try:
            raw = self._file(key).read_bytes()
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
            content = json.loads(self._note(key).read_text(encoding="utf-8"))
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

    def _note(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / "notes" / key[:2] / f"{key}.json"

    def _file(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / "values" / key[:2] / f"{key}.npy"


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
