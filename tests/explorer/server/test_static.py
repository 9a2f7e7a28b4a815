"""Files of a site over HTTP: made once, compressed where it helps, looked up in a table only."""

from __future__ import annotations

import asyncio
import gzip
import pickle
from io import BytesIO
from typing import Any

import pytest

from tests.explorer.server.asking import ask
from worldclass.explorer.server.preparation import Preparation, prepare
from worldclass.explorer.server.static import StaticSite
from worldclass.explorer.server.worker import LENGTH
from worldclass.explorer.site.site_file import SiteFile

TEXT = b"<p>Numbers.</p>" * 100
PACKED = gzip.compress(b"{}", mtime=0)


@pytest.fixture
def made() -> list[str]:
    """Paths in the order in which they were made."""
    return []


@pytest.fixture
def site(made: list[str]) -> dict[str, SiteFile]:
    def file(path: str, content: bytes) -> SiteFile:
        def make() -> bytes:
            made.append(path)
            return content

        return SiteFile(path, make)

    files = [file("index.html", TEXT), file("data/a.json.gz", PACKED), file("simulate.html", TEXT)]
    return {one.path: one for one in files}


def test_a_page_is_made_once_and_compressed_for_those_who_read_that(
    site: dict[str, SiteFile], made: list[str]
) -> None:
    static = StaticSite(site)
    plain = ask(static, "/")
    packed = ask(static, "/index.html", headers=[(b"accept-encoding", b"gzip, br")])
    assert plain.body == TEXT
    assert gzip.decompress(packed.body) == TEXT
    assert packed.headers[b"content-encoding"] == b"gzip"
    assert made == ["index.html"]
    for said in (plain, packed):
        assert int(said.headers[b"content-length"]) == len(said.body)
        assert said.headers[b"vary"] == b"accept-encoding"


def test_a_file_that_is_compressed_in_itself_is_sent_as_it_is(site: dict[str, SiteFile]) -> None:
    said = ask(StaticSite(site), "/data/a.json.gz", headers=[(b"accept-encoding", b"gzip")])
    assert said.body == PACKED
    assert b"content-encoding" not in said.headers


def test_who_has_the_file_already_is_told_so(site: dict[str, SiteFile]) -> None:
    static = StaticSite(site)
    tag = ask(static, "/").headers[b"etag"]
    again = ask(static, "/", headers=[(b"if-none-match", tag)])
    assert (again.status, again.body) == (304, b"")
    assert ask(static, "/", headers=[(b"if-none-match", b'"other"')]).status == 200


def test_head_has_the_headers_of_get_and_no_body(site: dict[str, SiteFile]) -> None:
    static = StaticSite(site)
    head, whole = ask(static, "/", method="HEAD"), ask(static, "/")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == whole.headers


@pytest.mark.parametrize(
    "path", ["/../index.html", "/data/../index.html", "/index.html/", "/data", "/etc/passwd", "/x/"]
)
def test_what_is_not_in_the_table_does_not_exist(site: dict[str, SiteFile], path: str) -> None:
    assert ask(StaticSite(site), path).status == 404


def test_files_that_are_prepared_elsewhere_are_not_made_here(
    site: dict[str, SiteFile], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preparation = Preparation(site)
    assert asyncio.run(preparation.content("simulate.html")) is None  # it has not begun

    async def read(self: Preparation, process: Any) -> None:
        self._made["simulate.html"] = b"prepared"

    monkeypatch.setattr(Preparation, "_read", read)
    asyncio.run(preparation.run())
    static = StaticSite(site, preparation)
    assert [ask(static, "/simulate.html").body for _ in range(2)] == [b"prepared"] * 2
    assert ask(static, "/").body == TEXT
    assert made == ["index.html"]


def test_what_is_prepared_are_the_pages_that_run_simulations(
    site: dict[str, SiteFile], made: list[str]
) -> None:
    target = BytesIO()
    prepare(site, target)
    target.seek(0)
    length = int.from_bytes(target.read(LENGTH), "big")
    assert pickle.loads(target.read(length)) == ("simulate.html", TEXT)
    assert target.read() == b""
    assert made == ["simulate.html"]


@pytest.mark.parametrize("fault", [EOFError, OSError, pickle.UnpicklingError])
def test_where_the_preparation_fails_it_says_so_and_the_server_makes_the_file(
    site: dict[str, SiteFile],
    made: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: type[Exception],
) -> None:
    async def read(self: Preparation, process: Any) -> None:
        raise fault

    monkeypatch.setattr(Preparation, "_read", read)
    preparation = Preparation(site)
    asyncio.run(preparation.run())
    assert "could not be made ahead: 1" in capsys.readouterr().err
    assert ask(StaticSite(site, preparation), "/simulate.html").body == TEXT
    assert made == ["simulate.html"]
