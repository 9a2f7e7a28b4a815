"""Log-linear models against the tables that their authors printed."""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, mobility

pytest.importorskip("statsmodels")


def fit(models: pl.DataFrame, name: str) -> tuple[float, int]:
    row = models.row(by_predicate=pl.col("model") == name, named=True)
    return row["deviance"], row["df"]


def test_duncan_1979(duncan: pl.DataFrame) -> None:
    """Duncan (1979): quasi-independence 446.84 with 41, uniform association off the diagonal
    58.44 with 40 degrees of freedom (quoted from memory of the article, table at hand)."""
    models = mobility(duncan, "father", "son", count="n").models()
    assert fit(models, "quasi-independence") == (pytest.approx(446.84, abs=0.005), 41)
    assert fit(models, "quasi-uniform association") == (pytest.approx(58.44, abs=0.005), 40)


def test_xie_1992_table_1(yamaguchi: pl.DataFrame) -> None:
    """Xie (1992), table 1, off the diagonal: null 1336.20 (33), full interaction homogeneous
    36.22 (22) and log-multiplicative 30.94 (20), quoted from memory. Documentation of vcdExtra:
    5592 (48) and 1336 (33) with and without stayers' parameters."""
    table = mobility(yamaguchi, "father", "son", "country", count="n")
    assert fit(table.models(), "independence") == (pytest.approx(5592, abs=0.5), 48)
    assert fit(table.models(), "quasi-independence") == (pytest.approx(1336, abs=0.5), 33)
    off = table.models(diagonal=False)
    assert fit(off, "independence") == (pytest.approx(1336.20, abs=0.01), 33)
    assert fit(off, "constant fluidity") == (pytest.approx(36.22, abs=0.01), 22)
    assert fit(off, "unidiff") == (pytest.approx(30.94, abs=0.01), 20)


def test_independence_is_pearsons_expectation(people: pl.DataFrame) -> None:
    """Its deviance from the products of margins, by hand."""
    table = mobility(people, "father", "class")
    cells = table.counts[0]
    under = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    by_hand = 2 * np.sum(cells * np.log(cells / under))
    row = table.models().row(0, named=True)
    assert (row["deviance"], row["df"]) == (pytest.approx(by_hand), 4)
    assert row["dissimilarity"] == pytest.approx(np.abs(cells - under).sum() / 2 / cells.sum())


def test_the_beta_of_uniform_association_is_every_local_log_odds_ratio() -> None:
    """Goodman (1979): a table made of one odds ratio of 2 has β = log 2 and fits exactly."""
    cells = [(i, j, 2 ** (i * j)) for i in range(4) for j in range(4)]
    frame = pl.DataFrame(cells, schema=["o", "d", "n"], orient="row")
    row = mobility(frame, "o", "d", count="n").models().row(2, named=True)
    assert row["association"] == pytest.approx(np.log(2))
    assert row["deviance"] == pytest.approx(0, abs=1e-6)


def test_weights_leave_no_probability_and_a_note(people: pl.DataFrame) -> None:
    weighted = mobility(people, "father", "class", design=SurveyDesign(weight="w")).models()
    assert weighted["p"].null_count() == weighted.height
    assert "no likelihood ratio" in weighted["note"][0]
    larger = people.with_columns(pl.col("w") * 1000)
    again = mobility(larger, "father", "class", design=SurveyDesign(weight="w")).models()
    assert again["deviance"].to_list() == pytest.approx(weighted["deviance"].to_list())


def test_without_statsmodels_the_error_names_the_extra(
    people: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.genmod.families", None)
    with pytest.raises(UsageError, match=r"worldclass\[statistics\]"):
        mobility(people, "father", "class").models()
