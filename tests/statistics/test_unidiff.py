"""The log-multiplicative layer effect against published fits."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, mobility


def test_the_fit_of_the_israeli_table_is_that_of_gnm(yaish: pl.DataFrame) -> None:
    """Output kept in the tests of the R package gnm (Turner and Firth): deviance 200.3259229
    with 116 degrees of freedom, contrasts of log φ and their standard errors."""
    found = mobility(yaish, "origin", "destination", "education", count="n").unidiff()
    assert found.deviance == pytest.approx(200.3259229, abs=1e-7)
    assert found.df == 116
    contrasts = [0.0, -0.2253718, -0.7434235, -1.0389384, -2.2495023]
    assert found.table["log_phi"].to_list() == pytest.approx(contrasts, abs=2e-6)
    errors = [0.0, 0.1611874, 0.2335083, 0.3434256, 0.9453761]
    assert found.table["model_se"].to_list() == pytest.approx(errors, abs=2e-6)


def test_the_pattern_of_the_israeli_table_is_that_of_lem(yaish: pl.DataFrame) -> None:
    """Interactions by LEM (Vermunt), centred, as kept in the documentation of the R package
    logmult: six destinations of the first origin, then of the second …"""
    lem = """
    0.7084 -0.5925 -0.1608 0.9028 -0.5433 -0.3146  1.1473 0.2729 -0.3248 -1.4509 0.3526 0.0029
    -0.1734 0.1755 0.5605 -0.2185 -0.1669 -0.1772  -0.4809 -0.9644 0.0862 1.9604 -0.6909 0.0896
    -0.9153 -0.0035 0.2453 -0.414 0.7927 0.2948  -0.3342 0.3295 0.0612 -0.5712 0.2573 0.2574
    0.0482 0.7824 -0.4677 -0.2085 -0.0015 -0.153
    """
    found = mobility(yaish, "origin", "destination", "education", count="n").unidiff()
    expected = [float(number) for number in lem.split()]
    assert found.association[:, :6].ravel() == pytest.approx(expected, abs=1e-4)
    assert np.isnan(found.association[:, 6]).all()


def test_constant_fluidity_and_the_margins_are_reproduced(yamaguchi: pl.DataFrame) -> None:
    table = mobility(yamaguchi, "father", "son", "country", count="n")
    found = table.unidiff()
    for axis in (1, 2):
        assert found.fitted.sum(axis=axis) == pytest.approx(table.counts.sum(axis=axis), rel=1e-6)
    assert found.constant_df == found.df + 2 == 32
    assert found.constant_deviance > found.deviance


def test_a_table_made_by_the_model_gives_its_layer_effects() -> None:
    draw = np.random.default_rng(4)
    psi, phi = draw.normal(size=(4, 4)), np.array([1.0, 0.5, 1.6])
    cells = np.rint(np.exp(9 + phi[:, None, None] * psi)).astype(int)
    rows = [(k, i, j, int(cells[k, i, j])) for k in range(3) for i in range(4) for j in range(4)]
    frame = pl.DataFrame(rows, schema=["k", "o", "d", "n"], orient="row")
    found = mobility(frame, "o", "d", "k", count="n").unidiff()
    assert found.table["phi"].to_list() == pytest.approx(phi.tolist(), rel=2e-3)
    assert found.deviance < 0.5
    assert found.table["se"].to_list()[1:] == pytest.approx(
        found.table["model_se"].to_list()[1:], rel=0.02
    )


def test_weights_and_clusters_give_errors_of_their_own(people: pl.DataFrame) -> None:
    design = SurveyDesign(weight="w", psu="psu", strata="stratum")
    found = mobility(people, "father", "class", "cohort", design=design).unidiff()
    scaled = people.with_columns(pl.col("w") * 50)
    again = mobility(scaled, "father", "class", "cohort", design=design).unidiff()
    assert again.table["se"].to_list() == pytest.approx(found.table["se"].to_list(), rel=1e-6)
    assert found.table["se"][1] != pytest.approx(found.table["model_se"][1], rel=0.01)


def test_one_layer_cannot_be_compared(people: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="two layers"):
        mobility(people, "father", "class").unidiff()


def test_an_association_of_the_other_sign_has_no_layer_effect() -> None:
    """φ is positive: where sons shun what they seek elsewhere, it runs to 0 and is not given."""
    pytest.importorskip("statsmodels")
    for stayed in (80, 90):
        here = {True: stayed, False: 100 - stayed}
        there = {True: 20, False: 80}
        cells = [
            (k, i, j, n[i == j]) for k, n in ((1, here), (2, there)) for i in "ab" for j in "ab"
        ]
        frame = pl.DataFrame(cells, schema=["k", "o", "d", "n"], orient="row")
        table = mobility(frame, "o", "d", "k", count="n")
        with pytest.raises(UsageError, match="other sign in some layer"):
            table.unidiff()
    row = table.models().row(-1, named=True)
    assert row["deviance"] is None
    assert "run to 0 or without end" in row["note"]
