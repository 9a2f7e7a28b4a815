"""What is in the cache is whole, checked, and the same as the first time."""

import hashlib
import json

import pytest

from worldclass.core.errors import OutputError, SourceError
from worldclass.sources.downloads import LOCK, Downloads, cache_folder, records

BODY = b"iso3,year,value\nBRA,2019,1\n"
HASH = hashlib.sha256(BODY).hexdigest()


def test_a_file_is_downloaded_once(provider, downloads):
    url = provider.on("/f", BODY)
    first = downloads.fetch(url, "a/b.csv")
    assert downloads.fetch(url, "a/b.csv") == first
    assert first.read_bytes() == BODY
    assert len(provider.requests) == 1


def test_the_lock_file_remembers_address_hash_and_size(provider, downloads):
    url = provider.on("/f", BODY)
    downloads.fetch(url, "b.csv")
    record = records(downloads.folder)["b.csv"]
    assert (record.url, record.sha256, record.bytes) == (url, HASH, len(BODY))


def test_a_published_hash_is_kept_to(provider, downloads, cached):
    assert downloads.fetch(provider.on("/f", BODY), "b.csv", sha256=HASH).read_bytes() == BODY
    with pytest.raises(SourceError, match="not the published one"):
        downloads.fetch(provider.on("/g", BODY + b"x"), "c.csv", sha256=HASH)
    assert cached() == ["b.csv"]


def test_a_file_damaged_in_the_cache_is_fetched_again(provider, downloads):
    url = provider.on("/f", BODY)
    downloads.fetch(url, "b.csv").write_bytes(b"rot")
    assert downloads.fetch(url, "b.csv").read_bytes() == BODY


def test_a_file_that_the_provider_replaced_is_refused_until_refreshed(provider, downloads):
    url = provider.on("/f", BODY, b"another edition")
    downloads.fetch(url, "b.csv").unlink()
    with pytest.raises(SourceError, match="no longer the one downloaded on") as caught:
        downloads.fetch(url, "b.csv")
    assert "--refresh" in caught.value.remedy
    fresh = Downloads(downloads.folder, downloads.policy, refresh=True)
    assert fresh.fetch(url, "b.csv").read_bytes() == b"another edition"
    assert downloads.fetch(url, "b.csv").read_bytes() == b"another edition"


def test_a_failed_refresh_leaves_the_old_file(provider, answer, downloads, cached):
    url = provider.on("/f", BODY, answer(status=404))
    file = downloads.fetch(url, "b.csv")
    fresh = Downloads(downloads.folder, downloads.policy, refresh=True)
    with pytest.raises(SourceError):
        fresh.fetch(url, "b.csv")
    assert file.read_bytes() == BODY
    assert cached() == ["b.csv"]


def test_another_address_under_the_same_name_is_another_file(provider, downloads):
    downloads.fetch(provider.on("/f", BODY), "b.csv")
    assert downloads.fetch(provider.on("/g", b"other"), "b.csv").read_bytes() == b"other"


def test_what_fails_its_check_stays_out_of_the_cache(provider, downloads, cached):
    def refuse(file):
        raise SourceError(f"{file.stat().st_size} bytes of the wrong kind")

    with pytest.raises(SourceError, match="27 bytes of the wrong kind"):
        downloads.fetch(provider.on("/f", BODY), "b.csv", check=refuse)
    assert cached() == []
    assert records(downloads.folder) == {}


@pytest.mark.parametrize("status", [404, 500])
def test_a_failed_download_leaves_nothing_behind(provider, answer, downloads, cached, status):
    with pytest.raises(SourceError):
        downloads.fetch(provider.on("/f", answer(BODY, status=status)), "a/b.csv")
    assert cached() == []


def test_an_interrupted_download_leaves_nothing_behind(provider, downloads, cached):
    def interrupt(_file):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        downloads.fetch(provider.on("/f", BODY), "b.csv", check=interrupt)
    assert cached() == []


def test_a_damaged_lock_file_is_an_error_with_a_remedy(downloads):
    downloads.folder.mkdir()
    for damage in ("{", "[]", json.dumps({"b.csv": {"url": "x"}})):
        (downloads.folder / LOCK).write_text(damage)
        with pytest.raises(SourceError, match="record of downloads is damaged") as caught:
            records(downloads.folder)
        assert "Delete it" in caught.value.remedy


def test_a_cache_that_cannot_be_made_is_an_output_error(provider, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OutputError, match="could not be written"):
        Downloads(blocked).fetch(provider.on("/f", BODY), "b.csv")


def test_the_environment_names_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("WORLDCLASS_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("WORLDCLASS_CACHE")
    assert cache_folder().name == "worldclass"
