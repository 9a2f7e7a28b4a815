"""Linearised and replicated variances agree with textbooks, one another and peers."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from worldclass.statistics import SurveyDesign, shares

CLUSTERED = SurveyDesign(weight="w", psu="psu", strata="stratum")


def test_without_clusters_the_error_is_the_textbook_one(people: pl.DataFrame) -> None:
    """Cochran (1977), section 3.2: s² / n = p (1 − p) / (n − 1)."""
    found = shares(people, "class")
    p = found["share"].to_numpy()
    assert found["se"].to_numpy() == pytest.approx(np.sqrt(p * (1 - p) / 239), rel=1e-12)
    assert found["deff"].to_numpy() == pytest.approx(1.0, rel=1e-12)
    assert found["n_effective"].to_numpy() == pytest.approx(240.0, rel=1e-12)


def test_with_weights_alone_the_error_is_that_of_a_ratio(people: pl.DataFrame) -> None:
    """Särndal, Swensson and Wretman (1992), section 5.6."""
    weight = people["w"].to_numpy()
    found = shares(people, "class", design=SurveyDesign(weight="w"))
    for row in found.iter_rows(named=True):
        away = weight * ((people["class"] == row["class"]).to_numpy() - row["share"])
        squared = 240 / 239 * np.sum(away**2) / weight.sum() ** 2
        assert row["se"] == pytest.approx(np.sqrt(squared), rel=1e-10)


def test_drawing_all_units_leaves_no_variance(people: pl.DataFrame) -> None:
    design = SurveyDesign(weight="w", psu="psu", strata="stratum", fpc="units")
    units = people.with_columns(units=pl.lit(6))
    assert shares(units, "class", design=design)["se"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def jackknife(people: pl.DataFrame) -> tuple[pl.DataFrame, list[float]]:
    """Leave out one unit after another, the others of its stratum taking its place."""
    weight, unit = people["w"].to_numpy(), people["psu"].to_numpy()
    stratum = people["stratum"].to_numpy()
    replicates: dict[str, Any] = {}
    factors: list[float] = []
    for left in np.unique(unit):
        home = stratum == stratum[unit == left][0]
        number = np.unique(unit[home]).size
        raised = np.where(home, weight * number / (number - 1), weight)
        replicates[f"jk{left}"] = np.where(unit == left, 0.0, raised)
        factors.append((number - 1) / number)
    return people.with_columns(
        **{name: pl.Series(held) for name, held in replicates.items()}
    ), factors


def test_the_jackknife_agrees_with_linearisation(people: pl.DataFrame) -> None:
    frame, factors = jackknife(people)
    design = SurveyDesign(
        weight="w", replicates="jk*", method="jkn", rscales=factors, strata="stratum"
    )
    replicated, linear = (
        shares(frame, "class", design=design),
        shares(frame, "class", design=CLUSTERED),
    )
    assert replicated["se"].to_numpy() == pytest.approx(linear["se"].to_numpy(), rel=0.02)
    assert replicated["p05"].to_numpy() == pytest.approx(linear["p05"].to_numpy(), rel=0.01)


def test_balanced_halves_agree_with_linearisation_for_totals_of_pairs() -> None:
    """Two units a stratum: BRR of a total is exact (McCarthy 1969); Fay's variant as well."""
    hadamard = np.array([[1]])
    while hadamard.shape[0] < 8:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    draw = np.random.default_rng(5)
    frame = pl.DataFrame(
        {
            "class": draw.choice(["a", "b"], 140),
            "stratum": np.repeat(np.arange(7), 20),
            "psu": np.repeat(np.arange(14), 10),
        }
    ).with_columns(w=pl.lit(1.0))
    sign = np.where(frame["psu"].to_numpy() % 2 == 0, 1, -1)
    linear = shares(frame, "class", design=CLUSTERED)["se"].to_numpy()
    for method, kept in (("brr", 0.0), ("fay", 0.3)):
        halves = {
            f"r{at}": 1 + (1 - kept) * sign * hadamard[at, 1 + frame["stratum"].to_numpy()]
            for at in range(8)
        }
        design = SurveyDesign(weight="w", replicates="r*", method=method, fay=kept)  # type: ignore[arg-type]
        found = shares(
            frame.with_columns(**{k: pl.Series(v) for k, v in halves.items()}),
            "class",
            design=design,
        )
        # The sample has equal stratum sizes, so the denominator is constant and a share a total.
        assert found["se"].to_numpy() == pytest.approx(linear, rel=1e-10)


@pytest.fixture(scope="module")
def svy() -> Any:
    """The library svy (MIT licence), a peer for the same estimates."""
    return pytest.importorskip("svy")


@pytest.mark.parametrize(
    ("design", "theirs"),
    [
        (SurveyDesign(weight="w", psu="psu", strata="stratum"), {}),
        (SurveyDesign(weight="w", psu="psu", strata="stratum", fpc="units"), {"pop_size": "units"}),
        (
            SurveyDesign(weight="w", psu="psu", strata="lone", single_psu="centered"),
            {"stratum": "lone", "singleton": "center"},
        ),
        (
            SurveyDesign(weight="w", psu="psu", strata="lone", single_psu="certainty"),
            {"stratum": "lone", "singleton": "skip"},
        ),
    ],
)
def test_linearised_shares_agree_with_svy(
    people: pl.DataFrame, svy: Any, design: SurveyDesign, theirs: dict[str, Any]
) -> None:
    lone = pl.when(pl.col("psu") == 47).then(99).otherwise("stratum")
    frame = people.with_columns(units=pl.lit(20), lone=lone)
    peer = svy.Sample(
        frame, svy.Design(**({"wgt": "w", "psu": "psu", "stratum": "stratum"} | theirs))
    )
    expected = peer.estimation.prop("class").to_polars()
    found = shares(frame, "class", design=design, level=0.95)
    for ours, name in (("share", "est"), ("se", "se")):
        assert found[ours].to_numpy() == pytest.approx(expected[name].to_numpy(), rel=1e-8)
    if design.single_psu == "error":
        for ours, name in (("p025", "lci"), ("p975", "uci")):
            assert found[ours].to_numpy() == pytest.approx(expected[name].to_numpy(), rel=1e-8)


@pytest.mark.parametrize(
    ("method", "kind", "more"),
    [
        ("brr", "BrrWgts", {}),
        ("fay", "BrrWgts", {"fay_coef": 0.3}),
        ("jk1", "JackknifeWgts", {}),
        ("bootstrap", "BootstrapWgts", {}),
    ],
)
@pytest.mark.parametrize("centre", ["estimate", "mean"])
def test_replicated_shares_agree_with_svy(
    people: pl.DataFrame, svy: Any, method: Any, kind: str, more: dict[str, float], centre: Any
) -> None:
    draw = np.random.default_rng(2)
    weight = people["w"].to_numpy()
    frame = people.with_columns(
        **{f"r{at}": pl.Series(weight * draw.uniform(0.5, 1.5, 240)) for at in range(1, 21)}
    )
    made = getattr(svy, kind)(prefix="r", n_reps=20, **more)
    peer = svy.Sample(frame, svy.Design(wgt="w", rep_wgts=made))
    about = {"estimate": "estimate", "mean": "rep_mean"}[centre]
    expected = peer.estimation.prop(
        "class", method="replication", variance_center=about
    ).to_polars()
    design = SurveyDesign(weight="w", replicates="r*", method=method, fay=0.3, centre=centre)
    found = shares(frame, "class", design=design, level=0.95)
    assert found["se"].to_numpy() == pytest.approx(expected["se"].to_numpy(), rel=1e-8)
    assert found["p025"].to_numpy() == pytest.approx(expected["lci"].to_numpy(), rel=1e-8)
