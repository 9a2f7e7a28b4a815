"""An ensemble is the same table on any number of workers, and after any interruption."""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from worldclass.core.errors import OutputError, SimulationError, UsageError
from worldclass.dynamics import workers as hands
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.course import Intervention
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.ensemble import Ensemble, code_hash, run_part
from worldclass.dynamics.model import Model
from worldclass.dynamics.simulate import simulate
from worldclass.dynamics.workers import _work
from worldclass.people.snapshot import open_snapshot

SMALL = {"agents": 100, "years": 3}


def test_two_workers_give_the_table_of_one() -> None:
    sweep = {"coins_each": [90, 120]}
    one = simulate("social-architecture", SMALL, seed=4, runs=3, sweep=sweep, workers=1)
    two = simulate("social-architecture", SMALL, seed=4, runs=3, sweep=sweep, workers=2)
    assert one.equals(two)
    assert one.columns[:2] == ["point", "coins_each"]


def test_more_runs_begin_with_the_fewer() -> None:
    few = simulate("social-architecture", SMALL, seed=4, runs=2)
    more = simulate("social-architecture", SMALL, seed=4, runs=5)
    assert pl.DataFrame(few).equals(more.filter(pl.col("run") < 2))


def test_points_of_a_sweep_share_their_luck() -> None:
    table = simulate("debt-crisis", {"years": 5, "volatility": 0.01}, sweep={"debt": [0.1, 0.4]})
    shocks = table.filter(pl.col("quantity") == "productivity_growth")
    first, second = shocks.partition_by("point")
    assert first["value"].equals(second["value"])


def test_finished_parts_are_not_computed_again(tmp_path: Path) -> None:
    first = simulate("social-architecture", SMALL, runs=4, checkpoint=tmp_path)
    seen: list[int] = []
    again = simulate(
        "social-architecture",
        SMALL,
        runs=4,
        checkpoint=tmp_path,
        progress=lambda done, total: seen.append(done),
    )
    assert first.equals(again)
    assert seen == [4]


def test_a_damaged_part_is_computed_again(tmp_path: Path) -> None:
    first = simulate("social-architecture", SMALL, runs=3, checkpoint=tmp_path)
    damaged = sorted(tmp_path.iterdir())[0]
    damaged.write_bytes(damaged.read_bytes()[:100])
    assert first.equals(simulate("social-architecture", SMALL, runs=3, checkpoint=tmp_path))


def test_parts_of_another_question_are_left_alone(tmp_path: Path) -> None:
    simulate("social-architecture", SMALL, runs=2, checkpoint=tmp_path)
    other = simulate("social-architecture", SMALL, runs=2, seed=9, checkpoint=tmp_path)
    assert other["seed"].unique().to_list() == [9]
    assert len(list(tmp_path.iterdir())) == 4


def test_agents_survive_a_checkpoint(tmp_path: Path) -> None:
    def ask() -> pl.DataFrame | None:
        return simulate(
            "social-architecture", SMALL, runs=2, snapshots=[1, 3], checkpoint=tmp_path
        ).snapshots

    first, again = ask(), ask()
    assert first is not None and again is not None
    assert first.equals(again)
    assert first.height == 2 * 2 * 100


KILLED = """
import sys
from worldclass.dynamics.simulate import simulate
if __name__ == "__main__":
    simulate("social-architecture", {"agents": 500, "years": 20}, seed=8, runs=12,
             sweep={"coins_each": [90, 120]}, workers=WORKERS, checkpoint=sys.argv[1])
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_in_the_middle_and_resumed_it_is_the_same_table(
    tmp_path: Path, workers: int
) -> None:
    script, parts = tmp_path / "ensemble.py", tmp_path / "parts"
    script.write_text(KILLED.replace("WORKERS", str(workers)))
    process = subprocess.Popen([sys.executable, script, parts], start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(parts.glob("*.runs.parquet"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    kept = len(list(parts.glob("*.runs.parquet")))
    assert 3 <= kept < 24
    question = {"seed": 8, "runs": 12, "sweep": {"coins_each": [90, 120]}}
    settings = {"agents": 500, "years": 20}
    done: list[int] = []
    resumed = simulate(
        "social-architecture",
        settings,
        **question,
        checkpoint=parts,
        progress=lambda finished, _: done.append(finished),
    )
    assert done[0] == kept
    assert resumed.equals(simulate("social-architecture", settings, **question))


def test_a_model_of_ones_own_resumes(own_model: Model, tmp_path: Path) -> None:
    first = simulate(own_model, {"noise": 1.0}, runs=6, checkpoint=tmp_path)
    again = simulate(own_model, {"noise": 1.0}, runs=6, checkpoint=tmp_path)
    assert first.equals(again)
    assert first["value"].n_unique() == 7


def test_a_worker_with_other_code_is_refused() -> None:
    ensemble = Ensemble("debt-crisis", DebtCrisis(years=1.0))
    part = ensemble.parts()[0]
    assert _work(ensemble, 0, part, code_hash())[0] == 0
    with pytest.raises(SimulationError, match="another version"):
        _work(ensemble, 0, part, "of another version")


def test_a_part_has_another_address_when_anything_differs() -> None:
    base = Ensemble("debt-crisis", DebtCrisis(years=1.0))
    change = Intervention(0.5, {"interest": 0.1})
    others = [
        replace(base, seed=1),
        replace(base, parameters=DebtCrisis(years=1.0, debt=0.2)),
        replace(base, interventions=(change,)),
        replace(base, points=({"debt": 0.3},), swept=("debt",)),
        replace(base, snapshots=(1.0,)),
    ]
    keys = {one.key(one.parts()[0]) for one in (base, *others)}
    assert len(keys) == 6
    assert base.key(base.parts()[0]) in keys


def test_a_part_has_another_address_when_a_file_that_it_reads_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theory = tmp_path / "theory.toml"
    theory.write_text("first")
    one = Ensemble("class-unrest", ClassUnrest(theory=str(theory)))
    two = Ensemble("class-unrest", ClassUnrest(), points=({"theory": str(theory)},))
    keys = [ensemble.key(ensemble.parts()[0]) for ensemble in (one, two)]
    assert keys == [ensemble.key(ensemble.parts()[0]) for ensemble in (one, two)]
    theory.write_text("second")
    changed = [ensemble.key(ensemble.parts()[0]) for ensemble in (one, two)]
    own = tmp_path / "snapshot"
    shutil.copytree(open_snapshot().folder, own)
    provenance = json.loads((own / "provenance.json").read_text())
    (own / "provenance.json").write_text(json.dumps(provenance | {"note": "built anew"}))
    monkeypatch.setenv("WORLDCLASS_SNAPSHOT", str(own))
    renewed = [ensemble.key(ensemble.parts()[0]) for ensemble in (one, two)]
    assert len({*keys, *changed, *renewed}) == 6


def test_no_more_workers_start_than_there_are_cores_or_parts(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    started: list[int] = []

    def here(ensemble: Ensemble, parts: Sequence[hands.Numbered], workers: int, _: str) -> Any:
        started.append(workers)
        return [(place, run_part(ensemble, part)) for place, part in parts]

    monkeypatch.setattr(hands, "_parallel", here)
    for cores, runs in ((3, 5), (8, 2), (1, 2)):
        monkeypatch.setattr(hands, "cores", lambda cores=cores: cores)
        simulate("social-architecture", SMALL, runs=runs, workers=500)
    assert started == [3, 2]
    assert "3 of 500 workers: cores 3, parts to compute 5." in caplog.messages
    caplog.clear()
    monkeypatch.setattr(hands, "cores", lambda: 2)
    simulate("social-architecture", SMALL, runs=3, workers=2)
    assert not caplog.messages


def test_workers_get_the_settings_of_their_part_only() -> None:
    points = tuple({"debt": k / 1000} for k in range(500))
    ensemble = Ensemble("debt-crisis", DebtCrisis(years=1.0), points=points, swept=("debt",))
    part = ensemble.parts()[7]
    sent = pickle.dumps((ensemble.without_points(), part))
    assert len(sent) < len(pickle.dumps(ensemble)) / 3
    there, tasks = pickle.loads(sent)
    assert run_part(there, tasks).table.equals(run_part(ensemble, part).table)


def test_a_model_that_workers_cannot_import_is_refused(
    own_model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "cores", lambda: 2)
    with pytest.raises(UsageError, match="cannot be sent to worker"):
        simulate(own_model, runs=3, workers=2)


def test_what_cannot_be_run(tmp_path: Path, own_model: Model) -> None:
    with pytest.raises(UsageError, match="0 workers"):
        simulate(own_model, workers=0)
    with pytest.raises(UsageError, match="0 runs"):
        simulate(own_model, runs=0)
    with pytest.raises(UsageError, match="cannot be used"):
        simulate(own_model, runs=3, workers=2, backend="carrier-pigeon")
    with pytest.raises(UsageError, match="No model"):
        simulate()
    with pytest.raises(UsageError, match="belongs to 'debt-crisis'"):
        simulate("social-architecture", scenario="keen-recovery")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="a file, not a folder"):
        simulate(own_model, checkpoint=tmp_path / "file")
