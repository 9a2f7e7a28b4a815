"""`worldclass claims` and `worldclass report`: list, show, run, check, new, compare, report."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.claims.gauges import TOML, write_claim
from tests.conftest import Ended
from worldclass.claims.data import NAMES, remedy_of
from worldclass.claims.library import list_claims
from worldclass.cli.claims_options import DATA

Command = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLDCLASS_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two claims about gauges, of two theories, on one question."""
    place = tmp_path / "claims"
    place.mkdir()
    write_claim(place)
    other = TOML.replace('"own-claim"', '"other-claim"').replace("number = 1", "number = 2")
    write_claim(place, other.replace("level = 2.5", "level = 0.5"), name="other-claim")
    return place


def test_claims_are_listed_by_theory(command: Command) -> None:
    everything = command("claims", "list")
    assert everything.code == 0
    assert all(name in everything.out for name in list_claims())
    some = command("claims", "list", "bromma")
    assert "worker-elite-grew" in some.out and "Claims of kharas" not in some.out
    ended = command("claims", "list", "broma")
    assert ended.code == 9 and "Did you mean 'bromma'?" in ended.err


def test_quantities_and_shared_choices_are_listed_with_what_they_take(command: Command) -> None:
    shown = command("claims", "quantities").out
    assert "class-size" in shown and "country (WORLD)" in shown and "class" in shown
    shown = command("claims", "choices").out
    assert "first_year" in shown and "$first_year" in shown


def test_a_run_prints_and_writes_verdicts_curves_and_conditions(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    out, curves = tmp_path / "v.csv", tmp_path / "s.parquet"
    parts, page, picture = tmp_path / "p.json", tmp_path / "c.html", tmp_path / "c.svg"
    ended = command(
        "claims", "run", folder, "--draws", "4", "--out", out, "--specifications", curves,
        "--parts", parts, "--html", page, "--picture", picture,
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert re.search(r"depends +50 %", ended.out) and re.search(r"holds +100 %", ended.out)
    verdicts = pl.read_csv(out)
    wanted = ["claim", "theory", "kind", "origin", "verdict", "share_holding"]
    assert set(wanted) | {"estimate", "p05", "p95"} <= set(verdicts.columns)
    assert verdicts["verdict"].to_list() == ["depends", "holds"]
    assert pl.read_parquet(curves).columns[:3] == ["claim", "specification", "level"]
    assert pl.read_json(parts).height == 8
    assert "own-claim" in page.read_text("utf-8")
    assert "not testable" not in picture.read_text("utf-8")
    assert "Wrote 2 verdicts" in ended.err and "Wrote" not in ended.out


def test_one_claim_is_told_with_its_reason_and_its_curve(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "curve.svg"
    ended = command("claims", "run", folder / "own-claim.toml", "--picture", picture)
    assert ended.code == 0, ended.err
    assert "The rule is met in 50 % of" in ended.out
    assert "holds above 0" in picture.read_text("utf-8")


def test_a_receipt_is_shown_and_printed_as_markdown(command: Command, folder: Path) -> None:
    file = folder / "own-claim.toml"
    shown = command("claims", "show", file)
    assert shown.code == 0, shown.err
    for words in ("What decides it", "Limits", f"worldclass claims run {file} --fresh"):
        assert words in shown.out
    assert "one of" not in shown.out  # a claim of one's own stands alone
    markdown = command("claims", "show", file, "--markdown").out
    assert markdown.startswith("## 1. One gauge is higher") and "### Verdict" in markdown


def test_a_new_claim_is_sound_and_is_not_written_twice(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "My claim.toml"
    ended = command("claims", "new", file, "--theory", "ilo-status")
    assert ended.code == 0 and "claims check" in ended.err
    checked = command("claims", "check", file)
    assert (checked.code, checked.out) == (0, f"{file}: sound; conditions 1, choices 3\n")
    again = command("claims", "new", file)
    assert again.code == 6 and "already" in again.err
    assert command("claims", "new", tmp_path / "x.yaml").code == 6
    assert command("claims", "new", tmp_path / "x.toml", "--theory", "weber").code == 9


def test_check_teaches_and_goes_on_after_a_bad_file(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    misspelt = write_claim(tmp_path, TOML.replace("holds =", "hold ="), name="misspelt")
    always = write_claim(
        tmp_path, TOML.replace('"high - low"', '"abs(high - low) + 1"'), name="always"
    )
    ended = command("claims", "check", misspelt, always, folder / "own-claim.toml")
    assert ended.code == 9
    assert "'part[1].hold' is not known" in ended.out
    assert re.search(rf"{always}: refused; .*\n +refused: .*cannot fail", ended.out)
    assert "own-claim.toml: sound" in ended.out
    assert "Remedy: " in ended.err and "docs/claims.md" in ended.err


def test_two_theories_are_compared_on_shared_questions(command: Command, tmp_path: Path) -> None:
    sides: list[Path] = []
    for theory in ("bromma", "kharas"):
        place = tmp_path / theory
        place.mkdir()
        text = TOML.replace('"bromma"', f'"{theory}"').replace("own-claim", f"{theory}-claim")
        write_claim(place, text, name=theory)
        sides.append(place)
    out, picture = tmp_path / "pairs.csv", tmp_path / "pairs.svg"
    ended = command("claims", "compare", *sides, "--out", out, "--picture", picture)
    assert ended.code == 0, ended.err
    assert "Which is higher?" in ended.out
    pairs = pl.read_csv(out)
    assert pairs.height == 1 and pairs["other_theory"][0] == "kharas"
    assert "Which is higher?" in picture.read_text("utf-8")
    text = TOML.replace("which-is-higher", "which-is-lower")
    write_claim(sides[1], text, name="kharas")
    ended = command("claims", "compare", *sides)
    assert ended.code == 9 and "which-is-lower" in ended.err


def test_a_report_is_one_page(command: Command, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    ended = command("report", folder, "--out", page, "--draws", "4")
    assert ended.code == 0, ended.err
    assert "1 holds and 1 depends" in ended.out
    text = page.read_text("utf-8")
    assert "<script" not in text and "One gauge is higher" in text
    assert f"worldclass report {folder} --out {page}" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("claims", "run", "no-such-claim"), 9),
        (("claims", "run", "/no/such/claim.toml"), 9),
        (("claims", "run", "bromma", "--draws", "1"), 2),
        (("claims", "run", "bromma", "--out", "x.xlsx"), 6),
        (("claims", "run", "bromma", "--specifications", "/no/such/folder/x.csv"), 6),
        (("claims", "run", "bromma", "--picture", "x.bmp"), 6),
        (("claims", "run", "bromma", "--picture", "/no/such/folder/x.png"), 6),
        (("claims", "run", "bromma", "--html", "x.pdf"), 6),
        (("report", "bromma"), 2),
        (("report", "bromma", "--out", "x.txt"), 6),
        (("report", "no-such-theory", "--out", "x.html"), 9),
        (("claims", "compare", "bromma", "no-such-theory"), 9),
    ],
)
def test_mistakes_are_refused_before_anything_is_computed(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int
) -> None:
    from worldclass.claims import evaluate

    def never(*_: object, **__: object) -> None:
        raise AssertionError("A claim was evaluated.")

    monkeypatch.setattr(evaluate, "evaluate", never)
    ended = command(*arguments)
    assert ended.code == code
    assert "Error: " in ended.err and "Remedy: " in ended.err


@pytest.mark.parametrize("arguments", [("claims", "run"), ("claims", "show"), ("report",)])
def test_every_remedy_for_absent_data_names_an_option_that_there_is(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = command(*arguments, "--help").out
    for name in NAMES:
        for option in re.findall(r"--[a-z]+", remedy_of(name)):
            assert f"{option} " in told, (name, option)


@pytest.mark.parametrize("option", [f"--{name}" for name in DATA])
def test_data_of_ones_own_are_read(command: Command, option: str) -> None:
    claims = {"--events": "protest-wave-faded", "--crises": "debt-and-crises",
              "--flows": "labour-flows-north", "--indicators": "trade-openness-peaked",
              "--pay": "pay-below-every-threshold", "--mirror": "protest-wave-faded"}  # fmt: skip
    ended = command("claims", "run", claims.get(option, "worker-elite-grew"), option, "/no/such")
    assert ended.code == 4 and "/no/such" in ended.err


def test_ctrl_c_says_what_is_kept_and_the_same_command_continues(tmp_path: Path) -> None:
    gauges = Path(__file__).parents[1] / "claims"
    file = write_claim(tmp_path, TOML.replace("test-gauge", "test-slow"))
    program = (
        f"import sys; sys.path.insert(0, {str(gauges)!r}); import gauges; "
        f"sys.argv = ['worldclass', 'claims', 'run', {str(file)!r}]; "
        "from worldclass.cli.main import main; main()"
    )
    environment = {
        **os.environ,
        "GAUGE_LOG": str(tmp_path / "log"),
        "GAUGE_PAUSE": "0.3",
        "WORLDCLASS_CACHE": str(tmp_path / "cache"),
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.rglob("*.npy"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(r"Stopped in the claim 'own-claim', at [\d,]+ of [\d,]+ values", said), said
    assert "the same command continues" in said and "Traceback" not in said
    environment["GAUGE_PAUSE"] = "0"
    again = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    whole = 1 + 64 // 8  # the centre, and blocks of eight draws
    assert whole <= len((tmp_path / "log").read_text().split()) <= whole + 1
