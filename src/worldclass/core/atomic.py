"""Write a file completely or not at all.

Everything the package writes goes to a temporary file in the folder of its target and is moved
there once complete. Whatever ends the writing early (a full disk, a missing permission, Ctrl-C)
leaves the target as it was and removes the temporary file.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from worldclass.core.errors import OutputError

if TYPE_CHECKING:
    import polars as pl

FORMATS = (".parquet", ".csv", ".json")
"""Suffixes that `write_frame` understands."""

_REASONS = {
    errno.ENOSPC: ("no space is left on the disk", "free some space or write to another disk"),
    errno.EDQUOT: ("the disk quota is used up", "free some space or write to another disk"),
    errno.EFBIG: ("the file would exceed the size limit", "raise the limit (`ulimit -f`)"),
    errno.EACCES: ("permission is denied", "choose a folder you may write to"),
    errno.EPERM: ("the operation is not permitted", "choose a folder you may write to"),
    errno.EROFS: ("the disk is read-only", "choose a folder you may write to"),
    errno.ENOENT: ("the folder does not exist", "create the folder first"),
    errno.ENOTDIR: ("a part of its path is a file", "choose another path"),
    errno.EISDIR: ("it is a folder", "give the path of a file"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter name"),
    errno.EIO: ("the disk reports an error", "write to another disk"),
}


@contextmanager
def atomic_path(path: str | Path, *, parents: bool = False) -> Generator[Path, None, None]:
    """Yield a temporary path beside `path`; move it there when the block ends well.

    Parameters
    ----------
    path
        The file to write. A link is followed: its target is replaced, not the link.
    parents
        Create the missing folders above `path` first.

    Raises
    ------
    OutputError
        When the system refuses to write: full disk, missing permission or folder.

    Examples
    --------
    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "count.txt"
    >>> with atomic_path(target) as temporary:
    ...     _ = temporary.write_text("8")
    >>> target.read_text()
    '8'
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.part")
    try:
        _check_target(target, parents=parents)
        yield temporary
        _flush_to_disk(temporary)
        temporary.replace(target)
    except OSError as error:
        named = None if error.filename is None else Path(error.filename)
        if error.errno not in _REASONS or named not in (None, temporary, target, *target.parents):
            raise  # not about this file: the block may read others, or the network
        raise output_error(error, path) from error
    finally:
        _remove(temporary)


@contextmanager
def atomic_open(
    path: str | Path, mode: Literal["w", "wb"] = "wb", *, parents: bool = False
) -> Generator[IO[Any], None, None]:
    """Yield an open file that becomes `path` when the block ends well.

    Text is written as UTF-8 with `\\n` line ends. Parameters and errors are those of
    `atomic_path`.
    """
    with atomic_path(path, parents=parents) as temporary:
        text = mode == "w"
        with temporary.open(
            mode, encoding="utf-8" if text else None, newline="\n" if text else None
        ) as handle:
            yield handle


def write_text(path: str | Path, text: str, *, parents: bool = False) -> None:
    """Write a UTF-8 text file completely or not at all."""
    with atomic_open(path, "w", parents=parents) as handle:
        handle.write(text)


def write_bytes(path: str | Path, content: bytes | memoryview, *, parents: bool = False) -> None:
    """Write a binary file completely or not at all."""
    with atomic_open(path, "wb", parents=parents) as handle:
        handle.write(content)


def write_frame(frame: pl.DataFrame, path: str | Path, *, parents: bool = False) -> None:
    """Write a table as Parquet (zstd), CSV or JSON (a list of records), by the suffix of `path`.

    Raises
    ------
    OutputError
        For another suffix, a full disk, a missing permission or a missing folder.
    """
    suffix = check_frame_path(path, parents=parents)
    # Encoded in memory first: a full disk met by the encoder would be its error, not the system's.
    buffer = BytesIO()
    if suffix == ".parquet":
        frame.write_parquet(buffer, compression="zstd")
    elif suffix == ".csv":
        frame.write_csv(buffer)
    else:
        frame.write_json(buffer)
        buffer.write(b"\n")
    write_bytes(path, buffer.getbuffer(), parents=parents)


def check_frame_path(path: str | Path, *, parents: bool = False) -> str:
    """Refuse a path that `write_frame` could not write, before any work is done for it.

    Returns
    -------
    The suffix, in lower case.

    Raises
    ------
    OutputError
        For another format, or a folder that does not exist or may not be written to.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise OutputError(
            f"The format {suffix or '(no suffix)'} is not one that can be written.",
            where=str(path),
            remedy=f"Let the name end in one of {', '.join(FORMATS)}.",
        )
    check_path(path, parents=parents)
    return suffix


def check_path(path: str | Path, *, parents: bool = False) -> None:
    """Refuse a file that could not be written, before any work is done for it.

    An empty file is made beside it and removed: not every refusal (a read-only disk, a quota, a
    folder of the system) can be read off permissions.

    Raises
    ------
    OutputError
        For a full disk, a missing permission or a missing folder.
    """
    target = Path(os.path.realpath(path))
    trial = target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.part")
    try:
        _check_target(target, parents=parents)
        trial.touch()
    except OSError as error:
        raise output_error(error, path) from error
    finally:
        _remove(trial)


def output_error(error: OSError, path: str | Path) -> OutputError:
    """Say in words why the system refused to write `path`."""
    fallback = (error.strerror or str(error), "choose another path")
    reason, remedy = _REASONS.get(error.errno or 0, fallback)
    return OutputError(
        f"The file could not be written: {reason}.",
        where=str(path),
        remedy=f"{remedy[0].upper()}{remedy[1:]}; nothing was changed.",
    )


def _check_target(target: Path, *, parents: bool) -> None:
    """Fail before the work, not after it, when the target can never be written."""
    if blocking := next((one for one in target.parents if one.exists() and not one.is_dir()), None):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(blocking))
    if parents:
        target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not target.parent.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    if not os.access(target.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target.parent))


def _flush_to_disk(temporary: Path) -> None:
    """Force the bytes out, so that the move never precedes the content."""
    with temporary.open("rb+") as handle:
        os.fsync(handle.fileno())


def _remove(temporary: Path) -> None:
    """Remove the temporary file, if it is still there and may be removed."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return
