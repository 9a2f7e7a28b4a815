"""`worldclass simulate` lists, shows, runs, sweeps, asks, and says what is wrong."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Ended

Command = Callable[..., Ended]
SMALL = ("--set", "agents=100", "--set", "years=2")


def test_list_and_show_name_models_scenarios_and_sources(command: Command) -> None:
    listed = command("simulate", "list")
    assert "social-architecture" in listed.out and "kick-the-can" in listed.out
    shown = command("simulate", "show", "debt-crisis")
    assert "early-warning" in shown.out and "Grasselli" in shown.out
    story = command("simulate", "show", "kick-the-can")
    assert "support ends" in story.out
    assert all("Mechanism, not forecast" in one.out for one in (listed, shown, story))


def test_a_run_is_written_as_a_tidy_table(command: Command, tmp_path: Path) -> None:
    out, agents = tmp_path / "runs.parquet", tmp_path / "agents.csv"
    ended = command(
        "simulate", "social-architecture", *SMALL, "--seed", 3, "--runs", 2, "--out", out,
        "--snapshots", "1,2", "--agents", agents,
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert "Mechanism, not forecast" in ended.out
    table = pl.read_parquet(out)
    assert table.columns == ["model", "run", "seed", "time", "group", "quantity", "value"]
    assert set(table.filter(quantity="class_share")["group"]) == {
        "workers",
        "capitalists",
        "unemployed",
    }
    assert pl.read_csv(agents).height == 2 * 2 * 100


def test_the_same_command_gives_the_same_file(command: Command, tmp_path: Path) -> None:
    first, again = tmp_path / "a.csv", tmp_path / "b.csv"
    for out in (first, again):
        command("simulate", "debt-crisis", "--scenario", "shocks", "--set", "years=5", "--out", out)
    assert first.read_bytes() == again.read_bytes()


def test_a_grid_and_a_sample(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "sweep.parquet"
    grid = command(
        "simulate", "debt-crisis", "--set", "years=2", "--sweep", "debt=0.1:0.3:0.1",
        "--sweep", "variant=keen,speculation", "--out", out,
    )  # fmt: skip
    assert grid.code == 0, grid.err
    table = pl.read_parquet(out)
    assert table.columns[:3] == ["point", "debt", "variant"]
    assert table["debt"].unique().sort().to_list() == [0.1, 0.2, 0.3]
    sample = command(
        "simulate", "debt-crisis", "--set", "years=2", "--sweep", "debt=0:1", "--sweep", "interest",
        "--design", "sobol", "--points", 8, "--out", out,
    )  # fmt: skip
    assert sample.code == 0, sample.err
    assert pl.read_parquet(out)["point"].n_unique() == 8


@pytest.mark.parametrize(
    ("arguments", "size"),
    [
        (("social-architecture", *SMALL, "--runs", 2), 10_000),
        (("social-architecture", *SMALL, "--kind", "firm-sizes"), 10_000),
        (("social-architecture", *SMALL, "--sweep", "coins_each=100,150", "--runs", 2), 10_000),
        (("debt-crisis", "--scenario", "kick-the-can", "--set", "years=50"), 10_000),
        (("debt-crisis", "--set", "years=20", "--kind", "orbits"), 10_000),
        (("debt-crisis", "--set", "years=20", "--analysis", "portrait"), 10_000),
    ],
)
def test_pictures(
    command: Command, tmp_path: Path, arguments: tuple[str | int, ...], size: int
) -> None:
    picture = tmp_path / "picture.svg"
    ended = command("simulate", *arguments, "--picture", picture)
    assert ended.code == 0, ended.err
    text = picture.read_text(encoding="utf-8")
    assert "Mechanism, not forecast" in text
    assert len(text) > size


def test_a_grid_moves_as_a_gif(command: Command, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "grid.gif"
    ended = command(
        "simulate", "civil-violence", "--set", "width=20", "--set", "height=20",
        "--set", "periods=4", "--snapshots", "0,1,2", "--kind", "grid", "--picture", picture,
    )  # fmt: skip
    assert ended.code == 0, ended.err
    with Image.open(picture) as image:
        assert (image.format, image.n_frames) == ("GIF", 3)  # type: ignore[attr-defined]


def test_an_analysis_prints_and_writes_its_table(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "equilibria.json"
    ended = command("simulate", "debt-crisis", "--analysis", "equilibria", "--out", out)
    assert ended.code == 0, ended.err
    found = pl.read_json(out).filter(equilibrium="good", quantity="state", group="debt")
    assert found["value"][0] == pytest.approx(0.0702, abs=1e-4)


def test_sensitivity_of_a_result(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "indices.csv"
    ended = command(
        "simulate", "debt-crisis", "--sensitivity", "employment:all", "--set", "years=3",
        "--sweep", "interest", "--sweep", "debt", "--points", 4, "--method", "morris",
        "--out", out,
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert set(pl.read_csv(out)["parameter"]) == {"interest", "debt"}


def test_a_checkpoint_is_continued(command: Command, tmp_path: Path) -> None:
    arguments = ("simulate", "social-architecture", *SMALL, "--runs", 2, "--checkpoint", tmp_path)
    assert command(*arguments).code == 0
    parts = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(parts) == 2
    assert command(*arguments).code == 0
    assert parts == {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [(signal.SIGINT, 130, "Interrupted"), (signal.SIGTERM, 143, "Stopped by SIGTERM")],
)
def test_an_interruption_says_what_is_kept_and_how_to_go_on(
    tmp_path: Path, number: signal.Signals, code: int, words: str
) -> None:
    command = [Path(sys.executable).with_name("worldclass"), "simulate", "social-architecture"]
    options = ["--runs", "200", "--workers", "1", "--checkpoint", tmp_path]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert re.search(r"\d+ of 200 runs are kept in .*the same command continues", said, re.S), said
    assert words in said
    assert "Traceback" not in said
    assert not list(tmp_path.glob(".*.part"))


def test_what_cannot_be_drawn_or_written_is_refused_before_the_run(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from worldclass.dynamics import simulate

    def never(*_: object, **__: object) -> None:
        raise AssertionError("The model ran.")

    monkeypatch.setattr(simulate, "simulate", never)
    picture = tmp_path / "x.png"
    ended = command("simulate", "debt-crisis", "--picture", picture, "--kind", "nonsense")
    assert ended.code == 2 and "no picture 'nonsense'" in ended.err
    for option in ("--out", "--picture"):
        ended = command("simulate", "debt-crisis", option, tmp_path / "absent" / "x.json")
        assert ended.code == 6 and "folder does not exist" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("utopia",), 2, "no model 'utopia'"),
        (("social-architecure",), 2, "Did you mean 'social-architecture'"),
        (("show",), 2, "Nothing to show"),
        (("show", "utopia"), 2, "no model 'utopia'"),
        (("debt-crisis", "surplus"), 2, "one argument too many"),
        (("debt-crisis", "--set", "dept=1"), 2, "Did you mean 'debt'"),
        (("debt-crisis", "--set", "debt=much"), 2, "is a number"),
        (("debt-crisis", "--set", "debt=1e300"), 2, "outside its limits"),
        (("debt-crisis", "--set", "debt=nan"), 2, "outside its limits"),
        (("debt-crisis", "--set", "debt"), 2, "sets nothing"),
        (("debt-crisis", "--scenario", "utopia"), 2, "no scenario"),
        (("debt-crisis", "--scenario", "wright-2005"), 2, "belongs to"),
        (("debt-crisis", "--sweep", "debt=a:b:c"), 2, "'a' is no number"),
        (("debt-crisis", "--sweep", "debt=0:1:0"), 2, "is no sweep: its step is 0"),
        (("debt-crisis", "--sweep", "debt=0:1:-1"), 2, "its step is below 0"),
        (("debt-crisis", "--sweep", "debt=1:0:0.1"), 2, "descends from 1 to 0"),
        (("debt-crisis", "--sweep", "debt=0:1"), 2, "its step is missing"),
        (("debt-crisis", "--sweep", "debt=0:1:1e-9"), 2, "more than 1,000,000 points"),
        (("debt-crisis", "--sweep", "debt=0.1,0.2", "--set", "debt=1"), 2, "both set and swept"),
        (("debt-crisis", "--sweep", "debt=0:1", "--design", "chaos"), 2, "no design"),
        (("debt-crisis", "--analysis", "destiny"), 2, "no analysis"),
        (("debt-crisis", "--analysis", "early-warning"), 2, "needs a panel"),
        (("debt-crisis", "--data", "x.csv"), 2, "belongs to an analysis"),
        (("debt-crisis", "--analysis", "basins", "--data", "x.csv"), 2, "reads no data"),
        (("debt-crisis", "--analysis", "basins", "--seed", "3"), 2, "--seed has no effect"),
        (("debt-crisis", "--analysis", "basins", "--runs", "3"), 2, "--runs has no effect"),
        (
            ("debt-crisis", "--sensitivity", "debt:firms", "--picture", "x.png"),
            2,
            "--picture has no effect",
        ),
        (("debt-crisis", "--sensitivity", "employmnt:all"), 2, "Did you mean 'employment'"),
        (("debt-crisis", "--sensitivity", "debt:firm"), 2, "Did you mean 'firms'"),
        (("debt-crisis", "--kind", "orbits"), 2, "Give --picture"),
        (("debt-crisis", "--kind", "sweep", "--picture", "x.png"), 2, "No parameter was swept"),
        (("debt-crisis", "--points", "8"), 2, "of a sampled design"),
        (("debt-crisis", "--points", "8", "--sweep", "debt=1,2"), 2, "of a sampled design"),
        (("debt-crisis", "--snapshots", "1"), 2, "no agents"),
        (("social-architecture", "--snapshots", "soon"), 2, "are no times"),
        (("social-architecture", "--agents", "x.csv"), 2, "what --snapshots asks for"),
        (("debt-crisis", "--out", "x.docx"), 6, "cannot be written|can be written"),
        (("debt-crisis", "--picture", "x.gif"), 6, "cannot be written"),
        (("debt-crisis", "--out", "/dev/null/x.csv"), 6, "part of its path is a file"),
        (("debt-crisis", "--out", "x.json", "--picture", "x.json"), 2, "cannot hold two results"),
        (("debt-crisis", "--analysis", "equilibria", "--picture", "x.svg"), 2, "has no picture"),
        (("civil-violence", "--picture", "x.svg", "--kind", "grid"), 6, "Grids cannot be written"),
        (("debt-crisis", "--picture", "x.png", "--kind", "cube"), 2, "no picture 'cube'"),
        (("debt-crisis", "--dask", "tcp://127.0.0.1:9"), 2, "no Dask scheduler"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_message(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = command("simulate", *arguments)
    assert ended.code == code, ended.err
    assert re.search(complaint, ended.err), ended.err
    assert "Traceback" not in ended.err
    assert not list(tmp_path.iterdir())
