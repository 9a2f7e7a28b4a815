"""Bring one file over HTTP: time limits, patience with busy servers, resumption.

Nothing here knows about caches or formats; `downloads.py` does the one, the readers the other.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.atomic import output_error
from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    import requests
    from rich.progress import Progress

_BUSY = (408, 425, 429, 500, 502, 503, 504)
_OFFLINE = (
    "Check the connection and try again, or work without the network from a data mirror: "
    "--mirror FOLDER or WORLDCLASS_MIRROR."
)
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Policy:
    """How long to wait and how often to try.

    Parameters
    ----------
    attempts
        Requests per file before giving up.
    first_wait
        Seconds before the second attempt; doubled each time.
    longest_wait
        Longest pause, in seconds; a server that asks for more is given up at once.
    connect_timeout, read_timeout
        Seconds until a silent server counts as absent.
    """

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0
    connect_timeout: float = 10.0
    read_timeout: float = 60.0


DEFAULT_POLICY = Policy()


class _PassingError(Exception):
    """An attempt that failed in a way that may pass."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


@dataclass
class _Partial:
    """What an interrupted attempt left: the version of the file, if the server names one."""

    version: str = ""


def transfer(
    url: str, file: Path, *, policy: Policy = DEFAULT_POLICY, progress: bool = False
) -> None:
    """Write the content of `url` to `file`.

    Raises
    ------
    SourceError
        When the server refuses, stays busy, breaks off every time, or cannot be reached.
    OutputError
        When the disk refuses.
    """
    import requests

    partial = _Partial()
    file.write_bytes(b"")
    with requests.Session() as session:
        for attempt in range(1, policy.attempts + 1):
            try:
                _attempt(session, url, file, policy, partial, progress)
                return
            except _PassingError as failure:
                if attempt == policy.attempts:
                    raise SourceError(
                        f"{failure.reason} ({attempt} attempts).", where=url, remedy=_OFFLINE
                    ) from failure
                backoff = min(policy.first_wait * 2 ** (attempt - 1), policy.longest_wait)
                time.sleep(backoff if failure.wait is None else failure.wait)


def _attempt(
    session: requests.Session,
    url: str,
    file: Path,
    policy: Policy,
    partial: _Partial,
    progress: bool,
) -> None:
    """One request; continues an interrupted one where the server allows it."""
    import requests

    have = file.stat().st_size
    headers = {"User-Agent": "worldclass", "Accept-Encoding": "identity"}
    if have and partial.version:
        headers |= {"Range": f"bytes={have}-", "If-Range": partial.version}
    timeouts = (policy.connect_timeout, policy.read_timeout)
    try:
        with session.get(url, headers=headers, timeout=timeouts, stream=True) as response:
            if response.status_code == 416:  # what is left is no part of the file: start again
                partial.version = ""
            _check_status(response, url, policy)
            resumed = response.status_code == 206 and _continues(response, have)
            partial.version = _version(response)
            _save(response, file, append=resumed, progress=progress)
    except requests.exceptions.SSLError as error:
        raise SourceError(
            f"The server's certificate is not trusted: {error}.", where=url, remedy=_OFFLINE
        ) from error
    except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema) as error:
        raise SourceError(
            f"The address is malformed: {error}.", where=url, remedy="Correct the catalog."
        ) from error
    except requests.Timeout as error:
        raise _PassingError("The server does not answer in time") from error
    except (
        requests.exceptions.ChunkedEncodingError,
        requests.exceptions.ContentDecodingError,
    ) as e:
        raise _PassingError("The answer broke off before its end") from e
    except requests.RequestException as error:
        raise _PassingError(f"The server cannot be reached: {_root(error)}") from error


def _check_status(response: requests.Response, url: str, policy: Policy) -> None:
    status = response.status_code
    if status in (200, 206):
        return
    if status == 416:
        raise _PassingError("The server cannot continue an interrupted download")
    if status in _BUSY:
        wait = _retry_after(response.headers.get("Retry-After"))
        reason = f"The server is busy or failing: HTTP status {status}"
        if wait is not None and wait > policy.longest_wait:
            raise SourceError(
                f"{reason}; it asks to wait {wait:.0f} seconds.", where=url, remedy=_OFFLINE
            )
        raise _PassingError(reason, wait)
    if status in (404, 410):
        raise SourceError(
            f"The provider has nothing at this address: HTTP status {status}.",
            where=url,
            remedy="The file may have moved: compare with the provider's site and correct the "
            "catalog; or use a data mirror (--mirror FOLDER or WORLDCLASS_MIRROR).",
        )
    raise SourceError(f"The server refuses: HTTP status {status}.", where=url, remedy=_OFFLINE)


def _save(response: requests.Response, file: Path, *, append: bool, progress: bool) -> None:
    """Stream the body to the file; the size announced must arrive."""
    expected = response.headers.get("Content-Length", "")
    total = int(expected) if expected.isdigit() else None
    try:
        with file.open("ab" if append else "wb") as handle, _bar(file.name, total, progress) as bar:
            for chunk in response.iter_content(_CHUNK):
                handle.write(chunk)
                if bar is not None:
                    bar.advance(bar.task_ids[0], len(chunk))
    except OSError as error:
        if error.errno is None:
            raise
        raise output_error(error, file) from error


@contextmanager
def _bar(name: str, total: int | None, shown: bool) -> Generator[Progress | None, None, None]:
    """A progress bar on standard error, or none."""
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        progress.add_task(name, total=total)
        yield progress


def _continues(response: requests.Response, have: int) -> bool:
    return response.headers.get("Content-Range", "").startswith(f"bytes {have}-")


def _version(response: requests.Response) -> str:
    """A strong name of the file's version, when the server can also continue it."""
    name = response.headers.get("ETag", "")
    ranges = response.headers.get("Accept-Ranges", "") == "bytes" or response.status_code == 206
    encoded = response.headers.get("Content-Encoding", "identity") != "identity"
    return name if ranges and not encoded and not name.startswith("W/") else ""


def _retry_after(header: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _root(error: BaseException) -> str:
    """The innermost reason of a chain of network errors."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return str(error) or type(error).__name__
