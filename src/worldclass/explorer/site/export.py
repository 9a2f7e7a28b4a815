"""Write the site into a folder, completely or not at all."""

from __future__ import annotations

import gzip
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.atomic import output_error, write_bytes
from worldclass.core.errors import OutputError

if TYPE_CHECKING:
    from worldclass.explorer.site.site import Site

MARK = "assets/app.js"
"""File that tells an earlier export from a folder of something else."""
COMPRESSIBLE = (".css", ".html", ".js", ".svg")


@dataclass(frozen=True)
class Exported:
    """What was written: files and bytes, those of compressed copies among them."""

    files: int
    size: int


def export_site(
    site: Site,
    folder: str | Path,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write every file of the site.

    The site is written beside the folder and moved there once it is complete. Text files have a
    compressed copy beside them, for hosts that send such copies.

    Parameters
    ----------
    site
        From `make_site`.
    folder
        New, empty, or an earlier export, which is replaced.
    progress
        Called with the number of files done and of all files.

    Raises
    ------
    OutputError
        The folder holds something else, or the disk refuses.
    """
    target = Path(os.path.realpath(folder))
    _check(target, folder)
    part = target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.part")
    size = count = 0
    try:
        for done, file in enumerate(site.values(), start=1):
            content = file.make()
            for path, piece in _copies(file.path, content):
                write_bytes(part / path, piece, parents=True)
                size, count = size + len(piece), count + 1
            if progress:
                progress(done, len(site))
        _move(part, target)
    except OSError as error:
        raise output_error(error, folder) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Exported(count, size)


def _copies(path: str, content: bytes) -> list[tuple[str, bytes]]:
    """The file and, for text, its compressed copy."""
    whole = [(path, content)]
    if path.endswith(COMPRESSIBLE):
        whole.append((f"{path}.gz", gzip.compress(content, compresslevel=9, mtime=0)))
    return whole


def _check(target: Path, given: str | Path) -> None:
    """Refuse a folder that holds anything but an earlier export."""
    if target.exists() and not target.is_dir():
        raise OutputError("This is a file.", where=str(given), remedy="Name a folder.")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise OutputError(
            "The folder holds files that are no earlier export.",
            where=str(given),
            remedy="Name a new or empty folder, so that nothing of yours is replaced.",
        )


def _move(part: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which returns if that is refused."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.old")
    if target.exists():
        target.replace(old)
    try:
        part.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
