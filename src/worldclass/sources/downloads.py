"""The cache of downloaded files, and a lock file that remembers what each one was.

A file enters the cache whole, checked and hashed, or not at all. A published hash must match;
where there is none, the hash of the first download is recorded in `downloads.lock.json` and must
match from then on, until a refresh accepts a new edition.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from worldclass.core.atomic import output_error, write_text
from worldclass.core.errors import SourceError
from worldclass.sources.mirror import sha256 as hash_of
from worldclass.sources.transfer import DEFAULT_POLICY, Policy, transfer

VARIABLE = "WORLDCLASS_CACHE"
"""Environment variable that names the cache folder."""

LOCK = "downloads.lock.json"


@dataclass(frozen=True)
class Record:
    """What the lock file remembers of a download.

    Parameters
    ----------
    url
        Where it came from.
    sha256, bytes
        Its content.
    retrieved
        When, as ISO 8601 in UTC.
    """

    url: str
    sha256: str
    bytes: int
    retrieved: str


@dataclass(frozen=True)
class Downloads:
    """A cache folder and the manner of filling it.

    Parameters
    ----------
    folder
        Where files are kept.
    policy
        Patience with servers.
    refresh
        Fetch again and accept new editions of files without a published hash.
    progress
        Show a bar on standard error.
    """

    folder: Path
    policy: Policy = DEFAULT_POLICY
    refresh: bool = False
    progress: bool = False

    def fetch(
        self,
        url: str,
        name: str,
        *,
        sha256: str = "",
        check: Callable[[Path], object] | None = None,
    ) -> Path:
        """The cached file of that name, downloaded first where needed.

        Parameters
        ----------
        url
            Address of the file.
        name
            Path within the cache.
        sha256
            Published hash, where there is one.
        check
            Called with the complete file before it enters the cache; raises to keep it out.

        Raises
        ------
        SourceError
            When the download fails, does not pass `check`, or is not the file expected.
        OutputError
            When the cache cannot be written.
        """
        record = records(self.folder).get(name)
        if record is not None and record.url != url:
            record = None
        expected = sha256 or (record.sha256 if record and not self.refresh else "")
        target = self.folder / name
        if not self.refresh and expected and target.is_file() and hash_of(target) == expected:
            return target
        self._download(url, target, expected, record, check)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._remember(name, Record(url, hash_of(target), target.stat().st_size, now))
        return target

    def _download(
        self,
        url: str,
        target: Path,
        expected: str,
        record: Record | None,
        check: Callable[[Path], object] | None,
    ) -> None:
        """Download beside the target, check, then move."""
        import pooch

        pooch.get_logger().setLevel("ERROR")
        staged = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")

        def bring(address: str, file: str, _pooch: object) -> None:
            transfer(address, Path(file), policy=self.policy, progress=self.progress)
            if check is not None:
                check(Path(file))

        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            pooch.retrieve(
                url,
                expected or None,
                fname=staged.name,
                path=target.parent,
                downloader=cast("Any", bring),  # pooch's own protocol names its parameters
            )
            staged.replace(target)
        except ValueError as error:
            raise _other_content(url, expected, record) from error
        except OSError as error:
            raise output_error(error, target) from error
        finally:
            with suppress(OSError):
                staged.unlink(missing_ok=True)

    def _remember(self, name: str, record: Record) -> None:
        known = {**records(self.folder), name: record}
        content = {key: asdict(known[key]) for key in sorted(known)}
        write_text(self.folder / LOCK, json.dumps(content, indent=1) + "\n")


def default_downloads(*, refresh: bool = False, progress: bool = False) -> Downloads:
    """Downloads into `WORLDCLASS_CACHE`, else into the user's cache folder."""
    return Downloads(cache_folder(), refresh=refresh, progress=progress)


def cache_folder() -> Path:
    """The folder named by `WORLDCLASS_CACHE`, else the platform's cache folder for worldclass."""
    if given := os.environ.get(VARIABLE):
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("worldclass", appauthor=False))


def records(folder: Path) -> dict[str, Record]:
    """What the lock file of a cache remembers, by name.

    Raises
    ------
    SourceError
        When the lock file is damaged.
    """
    lock = folder / LOCK
    if not lock.is_file():
        return {}
    try:
        content = json.loads(lock.read_text(encoding="utf-8"))
        return {name: Record(**entry) for name, entry in content.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SourceError(
            f"The record of downloads is damaged: {error}.",
            where=str(lock),
            remedy="Delete it; files will be downloaded again.",
        ) from error


def _other_content(url: str, expected: str, record: Record | None) -> SourceError:
    if record is not None and record.sha256 == expected:
        return SourceError(
            f"The provider's file is no longer the one downloaded on {record.retrieved[:10]} "
            f"(SHA-256 {expected[:12]}...).",
            where=url,
            remedy="Pass --refresh to accept the new edition, or keep to a data mirror.",
        )
    return SourceError(
        f"The file is not the published one: its SHA-256 is not {expected}.",
        where=url,
        remedy="Try again later; if the provider replaced the file, correct the catalog.",
    )
