"""A file of the site is made when it is asked for, and each time the same."""

from __future__ import annotations

import gzip
import json

import pytest

from worldclass.explorer.site.site_file import SiteFile, packed_json, shard


def test_a_file_is_made_only_when_it_is_asked_for() -> None:
    made: list[str] = []

    def make() -> dict[str, int]:
        made.append("now")
        return {"a": 1}

    file = shard("data/a.json.gz", make)
    assert made == []
    assert json.loads(gzip.decompress(file.make())) == {"a": 1}
    assert made == ["now"]


def test_the_same_content_gives_the_same_bytes() -> None:
    content = {"name": "Côte d’Ivoire", "values": [1, None, 0.25]}
    assert packed_json(content) == packed_json(dict(content))
    text = gzip.decompress(packed_json(content)).decode()
    assert text == '{"name":"Côte d’Ivoire","values":[1,null,0.25]}'


def test_what_javascript_could_not_read_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        packed_json([float("nan")])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("data/a.json.gz", "application/gzip"),
        ("country/BRA.html", "text/html; charset=utf-8"),
        ("assets/app.js", "text/javascript; charset=utf-8"),
    ],
)
def test_the_ending_tells_the_media_type(path: str, kind: str) -> None:
    assert SiteFile(path, bytes).kind == kind
