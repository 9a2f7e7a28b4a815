"""The site's files over HTTP: made when first asked for, then kept in memory, compressed."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from worldclass.explorer.server.preparation import Preparation
    from worldclass.explorer.site.site import Site
    from worldclass.explorer.site.site_file import SiteFile

Headers = list[tuple[bytes, bytes]]
COMPRESSED_KINDS = ("text/", "image/svg")
NOT_FOUND = b"There is no such page. The site begins at /index.html.\n"


@dataclass(frozen=True)
class Ready:
    """A file ready to be sent: headers and body, plain, and compressed where that helps."""

    tag: bytes
    plain: tuple[Headers, bytes]
    packed: tuple[Headers, bytes]


class StaticSite:
    """An ASGI application that knows the site's files and nothing else of the disk.

    A path is looked up in the table of files, so that no path leads out of it.
    """

    def __init__(self, site: Site, preparation: Preparation | None = None) -> None:
        self.site: Mapping[str, SiteFile] = site
        self.preparation = preparation
        self.ready: dict[str, Ready] = {}
        self.making: dict[str, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD."""
        if scope["method"] not in ("GET", "HEAD"):
            await _send(send, 405, [(b"allow", b"GET, HEAD")], b"")
            return
        path = scope["path"].lstrip("/")
        path = f"{path}index.html" if path == "" or path.endswith("/") else path
        if path not in self.site:
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await _send(send, 404, headers, NOT_FOUND, head=scope["method"] == "HEAD")
            return
        file = self.ready.get(path) or await self._make(path)
        asked = _asked(scope)
        if file.tag in asked.get(b"if-none-match", b""):
            await _send(send, 304, [(b"etag", file.tag), (b"cache-control", b"no-cache")], b"")
            return
        headers, body = file.packed if b"gzip" in asked.get(b"accept-encoding", b"") else file.plain
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send(
            {"type": "http.response.body", "body": body if scope["method"] == "GET" else b""}
        )

    async def _make(self, path: str) -> Ready:
        """Make a file once, in a thread, whoever asks for it meanwhile."""
        lock = self.making.setdefault(path, asyncio.Lock())
        async with lock:
            if path not in self.ready:
                made = await self.preparation.content(path) if self.preparation else None
                self.ready[path] = await asyncio.to_thread(_prepare, self.site[path], made)
            self.making.pop(path, None)
        return self.ready[path]


def _prepare(file: SiteFile, made: bytes | None = None) -> Ready:
    content = file.make() if made is None else made
    worth = file.kind.startswith(COMPRESSED_KINDS)
    packed = gzip.compress(content, compresslevel=9, mtime=0) if worth else None
    tag = f'"{sha256(content).hexdigest()[:24]}"'.encode()
    plain = (_headers(file.kind, tag, content), content)
    if packed is None:
        return Ready(tag, plain, plain)
    encoded = (b"content-encoding", b"gzip")
    return Ready(tag, plain, ([*_headers(file.kind, tag, packed), encoded], packed))


def _headers(kind: str, tag: bytes, body: bytes) -> Headers:
    return [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"etag", tag),
        (b"cache-control", b"no-cache"),
        (b"vary", b"accept-encoding"),
    ]


def _asked(scope: Scope) -> dict[bytes, bytes]:
    names = (b"accept-encoding", b"if-none-match")
    return {name: value for name, value in scope["headers"] if name in names}


async def _send(
    send: Send, status: int, headers: Headers, body: bytes, *, head: bool = False
) -> None:
    if status != 304:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    start: dict[str, Any] = {"type": "http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if head else body})
