"""Inequality within and between countries: closed forms, simulated persons, published numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from tests.claims.worlds import SOUTH, Where, incomes, spread, world
from worldclass.atlas.settings import basis_of_year
from worldclass.claims.data import Data
from worldclass.claims.quantities.inequality import QUANTITY, Inequality
from worldclass.claims.quantities.national_distributions import (
    Distributions,
    labour_income_distributions,
    welfare_distributions,
)
from worldclass.core.errors import ClaimError
from worldclass.people import quantiles
from worldclass.people.cells import PAID
from worldclass.people.realise import realise
from worldclass.people.snapshot import Snapshot

INDICES = ("mld", "theil", "gini")
PARTS = ("within", "between", "global")


def lognormals(means: list[float], spreads: list[float], persons: list[float]) -> Distributions:
    """Countries with lognormal incomes, as log quantiles."""
    mean, sigma = np.array(means), np.array(spreads)
    middle = np.log(mean) - sigma**2 / 2
    logs = middle[:, None] + sigma[:, None] * quantiles.SCORES
    mean_log, unit_log = quantiles.log_means(logs)
    weights = np.array(persons)
    return Distributions(weights, quantiles.mean(logs), mean_log, unit_log, None, logs, None)


@pytest.mark.parametrize("sigma", [0.3, 0.7, 1.2])
def test_one_lognormal_country_has_the_closed_form(sigma: float) -> None:
    """L = T = σ²/2 and G = 2Φ(σ/√2) − 1 (Aitchison and Brown 1957)."""
    one = lognormals([12.0], [sigma], [5e6])
    for index in ("mld", "theil"):
        assert one.index(index, "within", [0], equal=False)[0] == pytest.approx(sigma**2 / 2)
        assert one.index(index, "between", [0], equal=False)[0] == pytest.approx(0, abs=1e-12)
    for part in ("within", "global"):
        gini = one.index("gini", part, [0], equal=False)[0]
        assert gini == pytest.approx(2 * ndtr(sigma / np.sqrt(2)) - 1, abs=1e-5)
    assert one.index("gini", "between", [0], equal=False)[0] == pytest.approx(0, abs=1e-12)


def test_equal_countries_of_different_wealth() -> None:
    """Two countries with hardly any inequality inside: between is nearly all there is."""
    two = replace(lognormals([1.0, 3.0], [0.03, 0.03], [3.0, 1.0]), step=0.001)
    mean = 1.5
    between = {
        "mld": 0.75 * np.log(mean / 1) + 0.25 * np.log(mean / 3),
        "theil": 0.5 * np.log(1 / mean) + 0.5 * np.log(3 / mean),
        "gini": 0.75 * 0.25 * 2 / mean,
    }
    for index in INDICES:
        assert two.index(index, "between", [0, 1], equal=False)[0] == pytest.approx(between[index])
        whole = two.index(index, "global", [0, 1], equal=False)[0]
        assert whole == pytest.approx(between[index], abs=1e-2)


def simulated(people: np.ndarray) -> dict[str, float]:
    """The three indices of persons, by their definitions."""
    ordered = np.sort(people)
    mean = ordered.mean()
    rank = (np.arange(len(ordered)) + 0.5) / len(ordered)
    return {
        "mld": float(np.log(mean) - np.log(ordered).mean()),
        "theil": float((ordered / mean * np.log(ordered / mean)).mean()),
        "gini": float(2 * (ordered * rank).mean() / mean - 1),
    }


def test_the_world_is_what_simulated_persons_make_it() -> None:
    means, spreads, persons = [3.0, 9.0, 50.0], [0.7, 0.9, 0.6], [2.0, 5.0, 1.0]
    three = lognormals(means, spreads, persons)
    random = np.random.default_rng(3)
    drawn = np.concatenate([
        m * np.exp(s * random.standard_normal(int(400_000 * p)) - s**2 / 2)
        for m, s, p in zip(means, spreads, persons, strict=True)
    ])  # fmt: skip
    for index, value in simulated(drawn).items():
        found = three.index(index, "global", [0, 1, 2], equal=False)[0]  # type: ignore[arg-type]
        assert found == pytest.approx(value, rel=6e-3)


def test_labour_income_is_what_simulated_workers_make_it(snapshot: Snapshot) -> None:
    people = realise(basis_of_year(snapshot, 2019))
    found = labour_income_distributions(people)
    row = snapshot.estimates.grid.countries.index("BRA")
    random = np.random.default_rng(0)
    persons = people.persons[:PAID, :, row].astype(float).ravel()
    numbers = (2_000_000 * persons / persons.sum()).astype(int)
    means = np.exp(people.income.log_mean()[:, :, row]).ravel()
    sigma = float(people.income.sigma[row])
    drawn = np.concatenate([
        mean * np.exp(sigma * random.standard_normal(n) - sigma**2 / 2)
        for mean, n in zip(means, numbers, strict=True)
    ])  # fmt: skip
    for index, value in simulated(drawn).items():
        assert found.index(index, "global", [row], equal=False)[0] == pytest.approx(value, rel=1e-2)  # type: ignore[arg-type]


def terms(**changes: Any) -> list[Inequality]:
    return [Inequality(**({"year": 2013, "part": part} | changes)) for part in PARTS]  # type: ignore[arg-type]


def values(asked: list[Inequality], draws: tuple[int, ...] = (-1, 0, 5), data: Any = None) -> Any:
    return QUANTITY.evaluate(asked, draws, data or Data())


@pytest.mark.parametrize("column", ["welfare", "labour_income"])
@pytest.mark.parametrize("average", ["population", "countries"])
@pytest.mark.parametrize("index", ["mld", "theil"])
def test_parts_add_up(index: str, average: str, column: str) -> None:
    within, between, whole = values(terms(index=index, average=average, column=column))
    np.testing.assert_allclose(within + between, whole, rtol=1e-12)
    assert (within > 0).all() and (between > 0).all()


def test_the_global_gini_lies_above_its_part_between() -> None:
    within, between, whole = values(terms(index="gini"))
    assert (whole > between).all() and (whole > within).all() and (whole < within + between).all()


def test_a_country_alone_has_no_part_between() -> None:
    for index in INDICES:
        within, between, whole = values(terms(index=index, country="BRA"))
        np.testing.assert_allclose(between, 0, atol=1e-12)
        np.testing.assert_allclose(whole, within, rtol=1e-9)


def test_national_ginis_are_those_of_the_surveys(mirror: Any) -> None:
    """Indices of published distributions, within the error of seventeen quantiles."""
    table = mirror.table("income_distribution_summary")
    sound = table.filter((table["year"] == 2013) & (table["quality"] == "ok"))
    rows = {r["iso3"]: r["gini"] for r in sound.iter_rows(named=True) if r["coverage"] == "N"}
    rows = {code: gini for code, gini in rows.items() if gini is not None}
    codes = sorted(set(rows) & set(Data().open_snapshot().estimates.grid.countries))
    asked = [Inequality(index="gini", part="within", country=c, year=2013) for c in codes]
    found = values(asked, (-1,))[:, 0]
    gap = found - np.array([rows[code] for code in codes])
    assert len(codes) > 60
    assert np.abs(np.median(gap)) < 0.005
    assert np.quantile(np.abs(gap), 0.9) < 0.02


def test_the_middle_of_the_world_moved_as_published() -> None:
    """Global Gini index 70.5 in 2008 and 62.5 to 65 in 2013 (Lakner and Milanovic 2016; Lakner
    2019), in dollars of other years; between countries two thirds of the mean log deviation."""
    asked = [Inequality(index="gini", year=year) for year in (1991, 2008, 2013)]
    first, middle, last = 100 * values(asked, (-1,))[:, 0]
    assert 68 < first < 73 and 65 < middle < 71 and 61 < last < 65.5
    assert first > middle > last
    _, between, whole = values(terms(index="mld"), (-1,))[:, 0]
    assert between / whole == pytest.approx(2 / 3, abs=0.04)


def test_anchors_move_the_part_between(tmp_path: Path) -> None:
    asked = [
        Inequality(index="theil", part="between", year=2013, anchor=anchor)  # type: ignore[arg-type]
        for anchor in ("household-survey", "national-accounts", "any")
    ]
    survey, accounts, any_ = values(asked, (-1,))[:, 0]
    assert survey == any_ != accounts


def test_worlds_that_converge_and_that_diverge(tmp_path: Path) -> None:
    where = Where(countries=SOUTH, years=(2019,))
    asked = [Inequality(index="mld", part=p, year=y) for p in PARTS[:2] for y in (2010, 2019)]  # type: ignore[arg-type]
    near = values(asked, data=world(tmp_path / "near", incomes(2.5, where), spread(1.2, where)))
    far = values(asked, data=world(tmp_path / "far", incomes(0.3, where), spread(0.8, where)))
    assert (near[1] > near[0]).all() and (near[3] < near[2]).all()
    assert (far[1] < far[0]).all() and (far[3] > far[2]).all()


def test_earnings_surveys_are_no_anchor_of_welfare() -> None:
    with pytest.raises(ClaimError, match="household-survey or national-accounts"):
        values(terms(anchor="earnings-survey"))
    assert values(terms(anchor="earnings-survey", column="labour_income")).shape == (3, 3)


def test_a_finer_integral_is_the_same(snapshot: Snapshot) -> None:
    people = realise(basis_of_year(snapshot, 2019))
    rows = range(len(snapshot.estimates.grid.countries))
    for found in (
        welfare_distributions(people, "household-survey"),
        labour_income_distributions(people),
    ):
        for part in ("within", "global"):
            usual = found.index("gini", part, rows, equal=False)[0]  # type: ignore[arg-type]
            fine = replace(found, step=0.01).index("gini", part, rows, equal=False)[0]  # type: ignore[arg-type]
            assert usual == pytest.approx(fine, abs=1e-5)
