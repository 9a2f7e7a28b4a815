"""Progress bars: in order whatever happens, and an interruption says what is kept."""

from __future__ import annotations

import pytest

from worldclass.cli.progress import SECONDS, counting


def _kept(what: str, done: int, total: int) -> str:
    return f"{done} of {total} {what} are kept."


def test_an_interruption_says_what_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), counting("runs", _kept) as count:
        count(3, 8)
        raise KeyboardInterrupt
    assert "3 of 8 runs are kept." in capsys.readouterr().err


def test_the_last_step_names_what_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), counting("claims", _kept) as count:
        count(9, 9, "first", "1 of 2")
        count(1, 4, "second", "2 of 2")
        raise KeyboardInterrupt
    assert "1 of 4 second are kept." in capsys.readouterr().err


def test_before_the_first_step_nothing_is_kept_and_other_faults_say_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(KeyboardInterrupt), counting("runs", _kept):
        raise KeyboardInterrupt
    with pytest.raises(ValueError, match="other"), counting("runs", _kept) as count:
        count(1, 8)
        raise ValueError("other")
    assert "kept" not in capsys.readouterr().err


@pytest.mark.parametrize("total", [None, 0, 1, 5])
def test_any_total_will_do(total: int | None) -> None:
    with counting("rows") as count:
        count(0, total)
        count(1, total)


def test_without_a_terminal_a_line_now_and_then_says_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("worldclass.cli.progress.time.monotonic", lambda: now[0])
    with counting("files") as count:
        for done in range(1, 31):
            now[0] += SECONDS / 10
            count(done, 1200)
    assert capsys.readouterr().err.splitlines() == [
        "files: 10 of 1,200", "files: 20 of 1,200", "files: 30 of 1,200"
    ]  # fmt: skip
