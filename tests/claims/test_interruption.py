"""A run that is stopped goes on where it was: whatever stopped it, and with the same result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from tests.claims.gauges import two_gauges
from worldclass.claims.evaluate import evaluate

DRAWS = 64
BLOCKS = 1 + DRAWS // 8
PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from gauges import two_gauges
from worldclass.claims.evaluate import evaluate
evaluate(two_gauges(spread=3, quantity="test-slow"), draws={DRAWS}, cache=sys.argv[1])
"""


@pytest.mark.parametrize("signal_sent", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_run_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signal_sent: signal.Signals
) -> None:
    log, cache = tmp_path / "log", tmp_path / "cache"
    source = str(Path(__file__).parents[2] / "src")
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(cache)],
        env={**os.environ, "GAUGE_LOG": str(log), "GAUGE_PAUSE": "0.2", "PYTHONPATH": source},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while len(list(cache.rglob("*.npy"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal_sent)
    assert process.wait(timeout=60) != 0
    kept = len(list(cache.rglob("*.npy")))
    assert 3 <= kept < BLOCKS
    log.write_text("")
    monkeypatch.setenv("GAUGE_LOG", str(log))
    resumed = evaluate(two_gauges(spread=3, quantity="test-slow"), draws=DRAWS, cache=cache)
    assert len(log.read_text().split()) == BLOCKS - kept
    whole = evaluate(two_gauges(spread=3, quantity="test-slow"), draws=DRAWS, cache=False)
    assert_frame_equal(resumed.specifications, whole.specifications)
    assert resumed.verdict == whole.verdict
    assert len(list(cache.rglob("*.npy"))) == BLOCKS
