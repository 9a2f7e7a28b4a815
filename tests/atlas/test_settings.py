"""Sizes at many settings are those of the atlas and of sweeps, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.atlas.areas import choose_areas
from worldclass.atlas.settings import Setting, sizes_at
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.snapshot import Snapshot
from worldclass.theories.compile import compile_theory
from worldclass.theories.library import load_theory

AREAS = ("WORLD", "SOUTH", "NGA", "USA")
ROWS = {"female": (0,), "male": (1,), "total": (0, 1)}
PARAMETERS: dict[str, dict[str, Sequence[float | str]]] = {
    "bromma": {
        "tau": [800, 2500],
        "threshold": ["absolute", "relative"],
        "tau_relative": [0.8, 1.7],
        "poor_own_account": ["lumpen", "middle-classes"],
        "manager_scale": [0.5, 1],
    },
    "sakai": {"capitalist_income": [2, 5]},
    "kharas": {"lower": [5, 11, 200.0]},
    "milanovic": {"lower": [0.5, 1.2], "upper": [0.7, 1.3]},
    "pew": {"poor": [1, 3]},
    "ilo-status": {},
    "classical-marxist": {},
}


def combined(values: dict[str, Sequence[float | str]]) -> list[dict[str, float | str]]:
    return [dict(zip(values, one, strict=True)) for one in product(*values.values())]


def everything(
    snapshot: Snapshot, theory: str | Path, parameters: dict[str, float | str], year: int
) -> dict[tuple[str, str, str], Setting]:
    """A setting for every class, area and sex, with the key of its row in the atlas."""
    loaded = load_theory(theory)
    compiled = compile_theory(loaded, parameters)
    areas = choose_areas(AREAS, snapshot.estimates.grid.countries)
    return {
        (rule.id, area.code, sex): Setting(compiled, (k,), area.members, year, rows)
        for k, rule in enumerate(loaded.classes)
        for area in areas
        for sex, rows in ROWS.items()
    }


def by_key(frame: pl.DataFrame, column: str = "persons") -> dict[tuple[str, str, str], float]:
    return {(r["class"], r["country"], r["sex"]): r[column] for r in frame.iter_rows(named=True)}


@pytest.mark.parametrize("theory", PARAMETERS)
def test_sizes_are_those_of_the_atlas(snapshot: Snapshot, theory: str) -> None:
    for setting in combined(PARAMETERS[theory])[::3]:
        asked = everything(snapshot, theory, setting, 2015)
        found = sizes_at(list(asked.values()), [CENTRAL], snapshot)[:, 0]
        frame = wc.atlas(theory, country=list(AREAS), year=2015, parameters=setting, draws=0)
        known = by_key(pl.DataFrame(frame))
        wanted = [known.get(key, 0.0) for key in asked]
        np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=0.5)


def test_sizes_are_those_of_a_sweep(snapshot: Snapshot) -> None:
    parameters = {"tau": [900, 1500, 2600], "manager_scale": [0.3, 1.0]}
    swept = wc.sweep("bromma", parameters, country=list(AREAS), year=2008)
    asked: dict[tuple[object, ...], Setting] = {}
    for setting in combined(parameters):  # type: ignore[arg-type]
        for key, one in everything(snapshot, "bromma", setting, 2008).items():
            asked[(*setting.values(), *key)] = one
    found = dict(zip(asked, sizes_at(list(asked.values()), [CENTRAL], snapshot)[:, 0], strict=True))
    for row in swept.iter_rows(named=True):
        key = (row["tau"], row["manager_scale"], row["class"], row["country"], "total")
        assert found[key] == pytest.approx(row["persons"], rel=1e-6, abs=0.5)


@pytest.mark.parametrize("anchor", [None, "national-accounts", "household-survey"])
@pytest.mark.parametrize("theory", ["bromma", "kharas", "sakai"])
def test_a_draw_is_a_draw_of_the_atlas(snapshot: Snapshot, theory: str, anchor: str | None) -> None:
    """The 5th and 95th percentile over draws are those that the atlas gives."""
    classes = load_theory(theory).classes
    compiled = compile_theory(load_theory(theory), {})
    areas = choose_areas(AREAS, snapshot.estimates.grid.countries)
    keys = [(k, rule.id, area) for k, rule in enumerate(classes) for area in areas]
    asked = [Setting(compiled, (k,), area.members, 2019, (0, 1), anchor) for k, _, area in keys]
    draws = [snapshot.draws.one(k) for k in range(20)]
    found = np.percentile(sizes_at(asked, draws, snapshot), [5, 95], axis=1)
    options = {} if anchor is None else {"anchor": anchor}
    frame = wc.atlas(theory, country=list(AREAS), year=2019, sex="total", draws=20, **options)
    rows = {(r["class"], r["country"]): r for r in pl.DataFrame(frame).iter_rows(named=True)}
    for position, (k, name, area) in enumerate(keys):
        row = rows.get((name, area.code))
        if row is not None and not classes[k].bounds:
            low, high = found[:, position]
            assert low == pytest.approx(row["persons_p05"], rel=1e-6, abs=1.0)
            assert high == pytest.approx(row["persons_p95"], rel=1e-6, abs=1.0)


def test_bounds_are_the_ends_of_the_splits(snapshot: Snapshot) -> None:
    compiled = compile_theory(load_theory("bromma"), {})
    lumpen = compiled.classes.index("lumpen")
    ends = [
        Setting(compiled, (lumpen,), ("BRA",), 2019, bound=bound)
        for bound in ("low", "central", "high")
    ]
    low, central, high = sizes_at(ends, [CENTRAL], snapshot)[:, 0]
    frame = wc.atlas("bromma", country="BRA", year=2019, sex="total", draws=0)
    row = pl.DataFrame(frame).filter(pl.col("class") == "lumpen").row(0, named=True)
    assert low == pytest.approx(row["persons_p05"], rel=1e-6)
    assert central == pytest.approx(row["persons"], rel=1e-6)
    assert high == pytest.approx(row["persons_p95"], rel=1e-6)


def test_no_value_depends_on_what_else_is_asked(snapshot: Snapshot) -> None:
    compiled = [compile_theory(load_theory("bromma"), {"tau": tau}) for tau in (900, 1500, 2000)]
    settings = [
        Setting(one, (5,), countries, year, (0,), anchor)
        for one in compiled
        for countries in (("USA",), ("CHN", "IND"))
        for year in (1991, 2023)
        for anchor in (None, "earnings-survey")
    ]
    draws = [Scores({}), snapshot.draws.one(7)]
    together = sizes_at(settings, draws, snapshot)
    for position in (0, 7, 23):
        alone = sizes_at([settings[position]], draws[1:], snapshot)
        np.testing.assert_allclose(alone[0, 0], together[position, 1], rtol=1e-12)


def test_all_classes_together_are_everybody(snapshot: Snapshot) -> None:
    countries = snapshot.estimates.grid.countries
    for theory in ("bromma", "kharas", "ilo-status"):
        compiled = compile_theory(load_theory(theory), {})
        whole = tuple(range(len(compiled.classes)))
        found = sizes_at([Setting(compiled, whole, countries, 2010)], [CENTRAL], snapshot)
        assert found[0, 0] == pytest.approx(snapshot_population(snapshot, 2010), rel=1e-6)


def snapshot_population(snapshot: Snapshot, year: int) -> float:
    chosen = snapshot.estimates.select(snapshot.estimates.grid.countries, (year,))
    return float(sum(chosen[n].sum() for n in ("children", "outside", "unemployed", "employed")))


@pytest.mark.parametrize("number", [30, 3000])
def test_thousands_of_thresholds_are_as_exact_as_a_few(snapshot: Snapshot, number: int) -> None:
    """Where cut points are many, sizes between tabulated ones are interpolated."""
    loaded = load_theory("bromma")
    taus = np.random.default_rng(1).uniform(300, 6000, number)
    compiled = [compile_theory(loaded, {"tau": float(tau)}) for tau in taus]
    areas = choose_areas(AREAS, snapshot.estimates.grid.countries)
    settings = [
        Setting(one, (k,), areas[n % len(areas)].members, 2019)
        for n, one in enumerate(compiled)
        for k in (4, 5, 7)
    ]
    draws = [CENTRAL, snapshot.draws.one(3)]
    many = sizes_at(settings, draws, snapshot)
    for start in range(0, len(settings), len(settings) // 20):
        few = sizes_at(settings[start : start + 6], draws, snapshot)
        np.testing.assert_allclose(many[start : start + 6], few, rtol=5e-6, atol=20)


def test_a_threshold_of_nothing_beside_others(
    theory_file: Callable[[str], Path], snapshot: Snapshot
) -> None:
    """Contributing family workers, whose income is 0, are not below 0 but below 1."""
    path = theory_file(
        """
[parameters.line]
default = 100
unit = "ppp2021_month"
range = [0, 3000]
description = "d"
source = "s"
[[class]]
id = "below"
label = "Below"
when = "labour_income < line"
[[class]]
id = "rest"
label = "Rest"
"""
    )
    loaded = load_theory(path)
    settings = [
        Setting(compile_theory(loaded, {"line": line}), (0,), ("IND",), 2015)
        for line in (0.0, 1e-6, 500.0)
    ]
    nothing, hardly, some = sizes_at(settings, [CENTRAL], snapshot)[:, 0]
    assert nothing == 0 < hardly < some


def test_a_reference_country_without_data_is_refused(
    theory_file: Callable[[str], Path], snapshot: Snapshot
) -> None:
    path = theory_file(
        """
[incomes.welfare]
anchor = "household-survey"
[parameters.line]
default = 1
unit = "mean_welfare:ATA"
range = [0, 2]
description = "d"
source = "s"
[[class]]
id = "below"
label = "Below"
when = "welfare < line"
[[class]]
id = "rest"
label = "Rest"
"""
    )
    setting = Setting(compile_theory(load_theory(path), {}), (0,), ("BRA",), 2019)
    with pytest.raises(UsageError, match="ATA"):
        sizes_at([setting], [CENTRAL], snapshot)
