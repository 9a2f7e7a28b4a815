"""A download arrives whole or not at all, whatever the server does."""

import errno
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from worldclass.core.errors import OutputError, SourceError
from worldclass.sources.transfer import Policy, transfer

QUICK = Policy(attempts=3, first_wait=0.01, longest_wait=0.2, read_timeout=0.3)
BODY = bytes(range(256)) * 1000


def bring(url, tmp_path):
    file = tmp_path / "file"
    transfer(url, file, policy=QUICK)
    return file.read_bytes()


def test_a_file_arrives_unchanged(provider, tmp_path):
    assert bring(provider.on("/f", BODY), tmp_path) == BODY


def test_a_missing_file_is_not_asked_for_twice(provider, tmp_path):
    with pytest.raises(SourceError, match="HTTP status 404"):
        bring(provider.base + "/gone", tmp_path)
    assert len(provider.requests) == 1


def test_a_refusal_is_not_asked_for_twice(provider, answer, tmp_path):
    with pytest.raises(SourceError, match="refuses: HTTP status 403"):
        bring(provider.on("/f", answer(status=403)), tmp_path)
    assert len(provider.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_waited_out(provider, answer, tmp_path, status):
    url = provider.on("/f", answer(status=status), BODY)
    assert bring(url, tmp_path) == BODY
    assert len(provider.requests) == 2


def test_a_lasting_failure_ends_after_the_attempts_allowed(provider, answer, tmp_path):
    with pytest.raises(SourceError, match=r"HTTP status 500 \(3 attempts\)") as caught:
        bring(provider.on("/f", answer(status=500)), tmp_path)
    assert len(provider.requests) == 3
    assert "--mirror" in caught.value.remedy


def test_the_pause_that_a_busy_server_asks_for_is_kept(provider, answer, tmp_path, monkeypatch):
    pauses = []
    monkeypatch.setattr("worldclass.sources.transfer.time.sleep", pauses.append)
    busy = answer(status=429, headers={"Retry-After": "0"})
    bring(provider.on("/f", busy, busy, BODY), tmp_path)
    assert pauses == [0.0, 0.0]


def test_a_pause_given_as_a_date_is_understood(provider, answer, tmp_path, monkeypatch):
    pauses = []
    monkeypatch.setattr("worldclass.sources.transfer.time.sleep", pauses.append)
    moment = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    bring(provider.on("/f", answer(status=503, headers={"Retry-After": moment}), BODY), tmp_path)
    assert pauses == [0.0]


def test_a_server_that_asks_for_too_long_a_pause_is_given_up(provider, answer, tmp_path):
    url = provider.on("/f", answer(status=429, headers={"Retry-After": "3600"}), BODY)
    with pytest.raises(SourceError, match="asks to wait 3600 seconds"):
        bring(url, tmp_path)
    assert len(provider.requests) == 1


def test_a_broken_off_answer_is_fetched_again_from_the_start(provider, answer, tmp_path):
    url = provider.on("/f", answer(BODY, cut=1000), BODY)
    assert bring(url, tmp_path) == BODY
    assert provider.ranges == [None, None]


def test_a_broken_off_answer_is_continued_where_the_server_can(provider, answer, tmp_path):
    known = {"ETag": '"v1"', "Accept-Ranges": "bytes"}
    url = provider.on(
        "/f", answer(BODY, headers=known, cut=70_000), answer(BODY, headers=known, ranges=True)
    )
    assert bring(url, tmp_path) == BODY
    first, second = provider.ranges
    assert first is None
    assert 0 < int(second.removeprefix("bytes=").removesuffix("-")) <= 70_000


def test_a_file_replaced_in_between_is_not_patched_together(provider, answer, tmp_path):
    old = {"ETag": '"v1"', "Accept-Ranges": "bytes"}
    url = provider.on("/f", answer(BODY, headers=old, cut=70_000), b"another edition")
    assert bring(url, tmp_path) == b"another edition"


def test_a_part_that_fits_no_more_is_thrown_away(provider, answer, tmp_path):
    old = {"ETag": '"v1"', "Accept-Ranges": "bytes"}
    url = provider.on("/f", answer(BODY, headers=old, cut=70_000), answer(status=416), b"shorter")
    assert bring(url, tmp_path) == b"shorter"


def test_an_answer_that_is_always_cut_is_an_error(provider, answer, tmp_path):
    with pytest.raises(SourceError, match="broke off before its end"):
        bring(provider.on("/f", answer(BODY, cut=1000)), tmp_path)


def test_without_a_network_the_error_points_to_the_mirror(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be reached") as caught:
        bring(f"http://127.0.0.1:{port}/f", tmp_path)
    assert "WORLDCLASS_MIRROR" in caught.value.remedy


def test_a_silent_server_is_an_error(tmp_path):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(SourceError, match="does not answer in time"):
            bring(f"http://127.0.0.1:{silent.getsockname()[1]}/f", tmp_path)


def test_a_malformed_address_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="malformed"):
        bring("no-scheme/f", tmp_path)


def test_a_full_disk_is_an_output_error(provider, tmp_path, monkeypatch):
    def full(response, size):
        yield BODY[:10]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("requests.Response.iter_content", full)
    with pytest.raises(OutputError, match="no space is left"):
        bring(provider.on("/f", BODY), tmp_path)
