"""`worldclass serve` listens where it says, and ends as commands here end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tests.conftest import Ended

SERVE = "from worldclass.cli.main import main; main()"


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _uninterruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "before", "code"),
    [
        (signal.SIGINT, _interruptible, 130),
        # Shells without job control start what runs in the background like this.
        (signal.SIGINT, _uninterruptible, 130),
        (signal.SIGTERM, _interruptible, 128 + signal.SIGTERM),
    ],
)
def test_a_signal_ends_the_server_with_its_exit_code(
    number: int, before: Callable[[], None], code: int
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--port", "0", "--on-demand"],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )
    try:
        assert process.stderr is not None
        address = re.search(r"http://[0-9.]+:([0-9]+)/", process.stderr.readline())
        assert address is not None and int(address[1]) > 0
        # Nothing answers before the server is ready: the request itself is tried again.
        _ask(address[0])
        process.send_signal(number)
        told = process.communicate(timeout=30)[1]
    finally:
        process.kill()
        process.wait()
    assert process.returncode == code
    assert "nothing was left half-written" in told and "Traceback" not in told


def _ask(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                assert answer.status == 200
                return
        except urllib.error.URLError as error:
            assert isinstance(error.reason, ConnectionRefusedError)
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_a_port_that_is_taken_is_refused_with_a_remedy(command: Callable[..., Ended]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = command("serve", "--port", str(taken.getsockname()[1]))
    assert ended.code == 2
    assert "Nothing can listen at 127.0.0.1" in ended.err and "--port 0" in ended.err
