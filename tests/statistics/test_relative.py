"""Odds ratios."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, mobility


def test_the_error_of_a_log_odds_ratio_is_woolfs(duncan: pl.DataFrame) -> None:
    """Woolf (1955): √(1/a + 1/b + 1/c + 1/d)."""
    found = mobility(duncan, "father", "son", count="n").odds_ratios().row(0, named=True)
    assert found["log_odds_ratio"] == pytest.approx(np.log(50 * 40 / (19 * 16)))
    by_hand = np.sqrt(1 / 50 + 1 / 40 + 1 / 19 + 1 / 16)
    assert found["se"] == pytest.approx(by_hand, rel=2e-4)


def test_an_empty_cell_gives_no_odds_ratio_unless_a_constant_is_added(duncan: pl.DataFrame) -> None:
    table = mobility(duncan, "father", "son", count="n")
    assert table.odds_ratios("local")["odds_ratio"].null_count() == 2
    filled = table.odds_ratios("local", continuity=0.5)
    assert filled.select("odds_ratio", "se", "p05", "p95").null_count().sum_horizontal().item() == 0


def test_doubling_a_class_changes_no_odds_ratio(yamaguchi: pl.DataFrame) -> None:
    """What makes odds ratios measures of fluidity: they do not depend on the margins."""
    grown = pl.when(pl.col("father") == "farm").then(2 * pl.col("n")).otherwise("n")
    before = mobility(yamaguchi, "father", "son", "country", count="n")
    after = mobility(yamaguchi.with_columns(n=grown), "father", "son", "country", count="n")
    for kind in ("pairs", "local", "reference"):
        assert after.odds_ratios(kind)["odds_ratio"].to_list() == pytest.approx(
            before.odds_ratios(kind)["odds_ratio"].to_list()
        )


def test_all_odds_ratios_against_a_class_follow_from_local_ones(duncan: pl.DataFrame) -> None:
    table = mobility(duncan, "father", "son", count="n")
    local = table.odds_ratios("local", continuity=0.5)["log_odds_ratio"].to_numpy().reshape(7, 7)
    reference = table.odds_ratios("reference", continuity=0.5)["log_odds_ratio"].to_numpy()
    assert reference.reshape(7, 7)[3, 5] == pytest.approx(local[:4, :6].sum())


def test_clusters_widen_the_interval(people: pl.DataFrame) -> None:
    wide = mobility(people, "father", "class", design=SurveyDesign(psu="psu")).odds_ratios()
    narrow = mobility(people, "father", "class").odds_ratios()
    assert wide["odds_ratio"].to_list() == pytest.approx(narrow["odds_ratio"].to_list())
    assert wide["se"].mean() != narrow["se"].mean()
    with pytest.raises(UsageError, match="not a class"):
        mobility(people, "father", "class").odds_ratios("reference", reference="z")
