"""What holds of quantities of the population table whatever is asked, in fact and in fancy."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.claims.data import Data
from worldclass.claims.quantities.class_size import QUANTITY as SIZE
from worldclass.claims.quantities.class_size import ClassSize
from worldclass.claims.quantities.indicator import QUANTITY as INDICATOR
from worldclass.claims.quantities.indicator import IndicatorOf
from worldclass.claims.quantities.inequality import QUANTITY as INEQUALITY
from worldclass.claims.quantities.inequality import Inequality
from worldclass.claims.quantities.mean_income import QUANTITY as MEAN
from worldclass.claims.quantities.mean_income import MeanIncome
from worldclass.claims.quantities.people_count import QUANTITY as COUNT
from worldclass.claims.quantities.people_count import PeopleCount
from worldclass.theories.library import load_theory

THEORIES = ("bromma", "sakai", "kharas", "pew", "milanovic", "ilo-status", "classical-marxist")
PLACES = st.sampled_from(["WORLD", "NORTH", "SOUTH", "CHN", "USA", "NGA", ("IND", "BRA")])
YEARS = st.integers(1991, 2023)
SEXES = st.sampled_from(["female", "male", "total"])
ANCHORS = st.sampled_from(["any", "national-accounts", "household-survey", "earnings-survey"])
WHOM = st.fixed_dictionaries({"country": PLACES, "year": YEARS, "sex": SEXES, "anchor": ANCHORS})
DRAWS = st.lists(st.integers(-1, 255), min_size=1, max_size=3)
SEED = st.integers(0, 2**32)
FEW = settings(max_examples=15, deadline=None, derandomize=True)
FEWER = settings(max_examples=6, deadline=None, derandomize=True)
WORLDS = 40


def size(theory: str, classes: Any, whom: dict[str, Any], **more: Any) -> ClassSize:
    return ClassSize.model_validate({"theory": theory, "class": classes, **whom, **more})


def classes_of(theory: str) -> list[str]:
    return [rule.id for rule in load_theory(theory).classes]


@FEW
@given(st.sampled_from(THEORIES), WHOM, DRAWS)
def test_the_classes_of_any_theory_are_everybody(
    theory: str, whom: dict[str, Any], draws: list[int]
) -> None:
    names = classes_of(theory)
    asked = [size(theory, name, whom) for name in names]
    together = SIZE.evaluate([*asked, size(theory, names, whom)], draws, Data())
    everybody = COUNT.evaluate([PeopleCount(**whom)], draws, Data())
    np.testing.assert_allclose(together[:-1].sum(axis=0), everybody[0], rtol=1e-5)
    np.testing.assert_allclose(together[-1], everybody[0], rtol=1e-5)


@FEW
@given(WHOM, st.floats(100, 2e4), st.floats(100, 2e4), DRAWS)
def test_a_higher_threshold_never_enlarges_the_elite(
    whom: dict[str, Any], one: float, other: float, draws: list[int]
) -> None:
    lower, higher = sorted([one, other])
    found = SIZE.evaluate(
        [size("bromma", "worker-elite", whom, parameters={"tau": tau}) for tau in (lower, higher)],
        draws,
        Data(),
    )
    assert (found[1] <= found[0] * (1 + 1e-6) + 1e-3).all()


@FEW
@given(SEED, st.sampled_from(THEORIES), st.lists(WHOM, min_size=1, max_size=3))
def test_imagined_classes_are_all_imagined_people(
    seed: int, theory: str, many: list[dict[str, Any]]
) -> None:
    """Quantities that are imagined from equal generators are imagined of the same people."""
    names = classes_of(theory)
    parts = [size(theory, name, whom) for whom in many for name in names]
    sizes = SIZE.imagine(parts, np.random.default_rng(seed), WORLDS)
    counts = [PeopleCount(**whom) for whom in many]
    people = COUNT.imagine(counts, np.random.default_rng(seed), WORLDS)
    assert (sizes >= 0).all()
    np.testing.assert_allclose(
        sizes.reshape(len(many), len(names), WORLDS).sum(axis=1), people, rtol=1e-9
    )


@FEW
@given(SEED, WHOM, st.lists(st.floats(50, 5e4), min_size=2, max_size=5))
def test_imagined_elites_are_coherent(seed: int, whom: dict[str, Any], taus: list[float]) -> None:
    """Higher thresholds, single countries and one sex never have more; equal settings are equal."""
    taus = sorted(taus)
    asked = [size("bromma", "worker-elite", whom, parameters={"tau": tau}) for tau in taus]
    wider = size("bromma", ["worker-elite", "peasantry"], whom, parameters={"tau": taus[0]})
    north = size("bromma", "worker-elite", {**whom, "country": "NORTH"})
    usa = size("bromma", "worker-elite", {**whom, "country": "USA"})
    both = size("bromma", "worker-elite", {**whom, "country": "USA", "sex": "total"})
    found = SIZE.imagine(
        [*asked, wider, asked[0], north, usa, both], np.random.default_rng(seed), WORLDS
    )
    number = len(taus)
    assert (np.diff(found[:number], axis=0) <= 1e-9 * found[: number - 1]).all()
    assert (found[number] >= found[0]).all()
    np.testing.assert_array_equal(found[number + 1], found[0])
    assert (found[-3] >= found[-2]).all() and (found[-1] >= found[-2]).all()


@FEWER
@given(SEED, st.integers(1991, 2022), st.integers(1, 30))
def test_imagined_years_rise_fall_and_stand_still(seed: int, first: int, later: int) -> None:
    last = min(first + later, 2023)
    asked = [size("bromma", "proletariat", {"year": year}) for year in (first, last)]
    before, after = SIZE.imagine(asked, np.random.default_rng(seed), 200)
    growth = after / before
    assert (growth > 2).any() and (growth < 0.5).any() and (growth == 1).any()


@FEW
@given(
    SEED, st.sampled_from(["mld", "theil"]), st.sampled_from(["welfare", "labour_income"]), YEARS
)
def test_imagined_inequality_falls_apart(seed: int, index: str, column: str, year: int) -> None:
    parts = [
        Inequality(index=index, part=part, column=column, year=year)  # type: ignore[arg-type]
        for part in ("within", "between", "global")
    ]
    within, between, whole = INEQUALITY.imagine(parts, np.random.default_rng(seed), WORLDS)
    np.testing.assert_allclose(within + between, whole, rtol=1e-9)
    assert (within > 0).all() and (between > 0).all()


@FEW
@given(SEED, st.floats(100, 1e4), YEARS)
def test_imagined_means_lie_between_their_parts(seed: int, line: float, year: int) -> None:
    where = (f"labour_income < {line:.2f}", f"labour_income >= {line:.2f}", "")
    asked = [MeanIncome(where=one, year=year) for one in where]
    low, high, whole = MEAN.imagine(asked, np.random.default_rng(seed), WORLDS)
    assert (low <= line).all() and ((high >= line * (1 - 1e-6)) | (high == 0)).all()
    assert (low <= whole * (1 + 1e-9)).all()


@FEW
@given(
    SEED, st.integers(1991, 2010), st.integers(1, 12), st.sampled_from(["gdp", "none", "median"])
)
def test_imagined_indicators_keep_their_order(
    seed: int, first: int, length: int, weight: str
) -> None:
    years = (first, first + length)
    asked = [
        IndicatorOf(indicator="exports_share_gdp", years=years, statistic=statistic, weight=weight)  # type: ignore[arg-type]
        for statistic in ("min", "mean", "max", "year-of-max", "max")
    ]
    low, mean, high, year, again = INDICATOR.imagine(asked, np.random.default_rng(seed), WORLDS)
    assert (low > 0).all() and (low <= mean + 1e-9).all() and (mean <= high + 1e-9).all()
    assert ((year >= years[0]) & (year <= years[1])).all()
    np.testing.assert_array_equal(high, again)
