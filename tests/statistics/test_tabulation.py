"""Cross-tables, and the test that rows and columns are independent."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import chi2_contingency

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, cross_table, shares

DESIGN = SurveyDesign(weight="w", psu="psu", strata="stratum")


def test_cells_are_shares_of_what_is_asked(people: pl.DataFrame) -> None:
    for of, keys in (("row", ["class"]), ("column", ["sex"]), ("total", [])):
        table = cross_table(people, "class", "sex", of, design=DESIGN).table  # type: ignore[arg-type]
        sums = (
            table.group_by(keys).agg(pl.col("share").sum())
            if keys
            else table.select(pl.sum("share"))
        )
        assert sums["share"].to_list() == pytest.approx([1.0] * sums.height)
    with pytest.raises(UsageError, match="of = 'cell'"):
        cross_table(people, "class", "sex", "cell")  # type: ignore[arg-type]


def test_row_shares_are_shares_inside_groups(people: pl.DataFrame) -> None:
    crossed = cross_table(people, "sex", "class", "row", design=DESIGN).table
    grouped = shares(people, "class", by="sex", design=DESIGN)
    for name in ("share", "se", "n", "deff", "total"):
        assert crossed[name].to_list() == pytest.approx(grouped[name].to_list(), rel=1e-9)


def test_the_test_is_that_of_rao_and_scott_in_svy(people: pl.DataFrame) -> None:
    svy: Any = pytest.importorskip("svy")
    peer = svy.Sample(people, svy.Design(wgt="w", psu="psu", stratum="stratum"))
    expected = peer.categorical.tabulate("class", "sex").stats
    found = cross_table(people, "class", "sex", "total", design=DESIGN).tests.row(0, named=True)
    assert found["pearson"] == pytest.approx(expected.chisq.value, rel=1e-8)
    assert found["f"] == pytest.approx(expected.f.value, rel=1e-8)
    assert found["df1"] == pytest.approx(expected.f.df_num, rel=1e-8)
    assert found["df2"] == pytest.approx(expected.f.df_den, rel=1e-8)
    assert found["p"] == pytest.approx(expected.f.p_value, rel=1e-8)


def test_in_a_simple_random_sample_it_is_pearsons_test(people: pl.DataFrame) -> None:
    found = cross_table(people, "class", "sex").tests.row(0, named=True)
    table = people.pivot("sex", index="class", values="w", aggregate_function="len")
    statistic, p, degrees, _ = chi2_contingency(table.drop("class").to_numpy(), correction=False)
    assert found["pearson"] == pytest.approx(statistic)
    assert found["mean_deff"] == pytest.approx(1.0, abs=0.05)
    assert found["df1"] == pytest.approx(degrees, abs=0.05)
    assert found["p"] == pytest.approx(p, abs=0.03)


def test_every_group_has_its_test_and_empty_rows_are_no_harm() -> None:
    draw = np.random.default_rng(3)
    kind = pl.Enum(["a", "b", "never"])
    frame = pl.DataFrame(
        {
            "class": pl.Series(draw.choice(["a", "b"], 200), dtype=kind),
            "sex": draw.choice(["f", "m"], 200),
            "year": np.repeat([2000, 2010], 100),
        }
    )
    found = cross_table(frame, "class", "sex", by="year")
    assert found.tests["year"].to_list() == [2000, 2010]
    assert found.tests["p"].null_count() == 0
    assert found.table.filter(pl.col("class") == "never")["share"].null_count() == 4


def test_a_table_that_cannot_vary_has_no_test_but_a_note_and_harms_no_other_group() -> None:
    """Rows that follow from the columns: the association is the same in every sample."""
    draw = np.random.default_rng(6)
    same = ["a", "b"] * 20
    frame = pl.DataFrame(
        {
            "class": [*same, *draw.choice(["a", "b"], 40), *["a"] * 4],
            "copy": [*same, *draw.choice(["a", "b"], 40), *"abab"],
            "year": [2000] * 40 + [2010] * 40 + [2020] * 4,
        }
    )
    found = cross_table(frame, "class", "copy", by="year")
    assert found.tests["p"].is_null().to_list() == [True, False, True]
    first, second, third = found.tests["note"]
    assert "no sampling variance" in first
    assert second is None
    assert "fewer than two rows" in third
    assert found.table.filter(year=2010)["se"].null_count() == 0
    assert cross_table(frame.head(40), "class", "copy").tests["f"].item() is None


def test_units_that_are_all_alike_give_no_test() -> None:
    frame = pl.DataFrame({"class": [*"abab"], "sex": [*"fmfm"], "psu": [1, 1, 2, 2]})
    found = cross_table(frame, "class", "sex", design=SurveyDesign(psu="psu"))
    assert found.tests["pearson"].item() is None
