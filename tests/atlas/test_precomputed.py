"""Stored intervals: the same as fresh ones, and used for nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from worldclass.atlas.areas import choose_areas, needed
from worldclass.atlas.precomputed import stored_intervals
from worldclass.atlas.run import run_theory
from worldclass.atlas.sizes import sizes_of
from worldclass.people.draws import DEFAULT
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.theories import compile_theory, list_theories, load_theory

YEARS = (1991, 2023)


def ask(shot: Snapshot, theory: str = "bromma", **changes: Any):
    asked: dict[str, Any] = {"anchor": None, "draws": DEFAULT, "parameters": None} | changes
    compiled = compile_theory(load_theory(theory), asked.pop("parameters"))
    areas = choose_areas("BRA", shot.estimates.grid.countries)
    return stored_intervals(shot, compiled, areas, YEARS, **asked)


@pytest.mark.parametrize("theory", list_theories())
def test_stored_intervals_are_the_fresh_ones_to_four_digits(
    theory: str, snapshot: Snapshot
) -> None:
    compiled = compile_theory(load_theory(theory))
    areas = choose_areas(["ETH", "DEU", "SOUTH_ASIA"], snapshot.estimates.grid.countries)
    run = run_theory(
        snapshot.estimates,
        compiled,
        countries=needed(areas),
        years=YEARS,
        draws=snapshot.draws.take(DEFAULT),
    )
    fresh = sizes_of(run, areas)
    stored = stored_intervals(snapshot, compiled, areas, YEARS, anchor=None, draws=DEFAULT)
    assert stored is not None
    for one, other in zip(stored, (fresh.low, fresh.high), strict=True):
        np.testing.assert_allclose(one, other, rtol=1.01e-3, atol=0.01)
    slack = 1e-6 * fresh.persons + 0.01  # single precision
    assert (stored[0] <= fresh.low + slack).all()
    assert (stored[1] >= fresh.high - slack).all()


def test_stored_world_draws_have_the_stored_intervals(snapshot: Snapshot) -> None:
    draws = snapshot.table("atlas_draws").filter(
        theory="ilo-status", sex="female", year=2010, **{"class": "employers"}
    )
    stored = snapshot.table("atlas").filter(
        theory="ilo-status", sex="female", year=2010, country="WORLD", **{"class": "employers"}
    )
    ends = np.percentile(draws["persons"], [5, 95])
    np.testing.assert_allclose(ends, stored.select("persons_p05", "persons_p95").row(0), rtol=1e-3)
    assert draws.height == DEFAULT


def test_they_are_used_for_a_theory_as_shipped(snapshot: Snapshot) -> None:
    for theory in list_theories():
        assert ask(snapshot, theory) is not None


@pytest.mark.parametrize(
    "other",
    [
        {"parameters": {"tau": 1499}},
        {"parameters": {"threshold": "relative"}},
        {"anchor": "earnings-survey"},
        {"draws": 100},
    ],
)
def test_they_are_not_used_for_other_questions(snapshot: Snapshot, other: dict[str, Any]) -> None:
    assert ask(snapshot, **other) is None


def test_they_are_used_where_parameters_are_set_to_their_defaults(snapshot: Snapshot) -> None:
    assert ask(snapshot, parameters={"tau": 1500}) is not None


def test_a_theory_that_was_changed_but_kept_its_name_is_computed_afresh(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    import worldclass.theories.library as library

    shipped = Path(library.__file__).parent / "files" / "kharas.toml"
    mine = tmp_path / "kharas.toml"
    mine.write_text(
        shipped.read_text(encoding="utf-8").replace("default = 11\n", "default = 12\n"),
        encoding="utf-8",
    )
    compiled = compile_theory(load_theory(mine))
    assert compiled.theory.id == "kharas"
    areas = choose_areas("BRA", snapshot.estimates.grid.countries)
    assert stored_intervals(snapshot, compiled, areas, YEARS, anchor=None, draws=DEFAULT) is None


def test_a_snapshot_built_with_another_number_of_draws_does_not_answer_for_200(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    folder = shutil.copytree(snapshot.folder, tmp_path / "few")
    file = folder / "provenance.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    said["draws"]["number"] = 8
    file.write_text(json.dumps(said), encoding="utf-8")
    assert ask(open_snapshot(folder)) is None


def test_every_shipped_theory_is_stored_for_every_area_and_year(snapshot: Snapshot) -> None:
    grid = snapshot.estimates.grid
    areas = choose_areas(None, grid.countries)
    counts = snapshot.table("atlas").group_by("theory", "class").agg(pl.len())
    assert set(counts["theory"]) == set(list_theories())
    assert set(counts["len"]) == {len(areas) * len(grid.years) * 3}
