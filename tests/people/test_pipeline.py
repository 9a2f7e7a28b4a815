"""The whole pipeline on the mirror: what it keeps, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import MarginError, SourceError
from worldclass.people.estimates import Estimates
from worldclass.people.grid import SEXES, PanelOnGrid
from worldclass.people.pipeline import INDICATORS, Tables, check_series, estimate, make_grid

pytestmark = pytest.mark.mirror
STEPS = (
    "labour force", "status and sector", "national accounts", "occupations", "earnings",
    "household welfare", "collecting",
)  # fmt: skip
INDICATOR, YEAR, CODE, SEX = (pl.col(c) for c in ("indicator", "year", "iso3", "sex"))


@pytest.fixture
def change(tables: Tables) -> Callable[..., Tables]:
    """The tables with the values of some rows of the panel replaced."""

    def changed(rows: pl.Expr, values: pl.Expr | None) -> Tables:
        panel = tables.panel
        if values is None:
            return replace(tables, panel=panel.filter(~rows))
        new = pl.when(rows).then(values).otherwise("value").alias("value")
        return replace(tables, panel=panel.with_columns(new))

    return changed


def test_persons_add_up_to_the_united_nations_population_by_sex(
    tables: Tables, estimates: Estimates
) -> None:
    panel = PanelOnGrid(make_grid(tables.panel), tables.panel)
    counted = panel.by_sex("population")
    e = estimates
    everybody = e["children"] + e["outside"].sum(axis=0) + e["unemployed"] + e["employed"]
    np.testing.assert_allclose(everybody, counted, rtol=0.01)
    np.testing.assert_allclose(everybody.sum(axis=(0, 1)), counted.sum(axis=(0, 1)), rtol=1e-3)


def test_published_rates_are_kept_wherever_they_were_published(
    tables: Tables, estimates: Estimates
) -> None:
    panel = PanelOnGrid(make_grid(tables.panel), tables.panel)
    adults = estimates["outside"].sum(axis=0) + estimates["unemployed"] + estimates["employed"]
    for name, persons in (
        ("employment_rate_15plus", estimates["employed"]),
        ("lfpr_15plus", estimates["employed"] + estimates["unemployed"]),
    ):
        gap = np.abs(100 * persons / adults - panel.by_sex(name))
        assert np.nanmax(gap) < 0.1, name


def test_participation_of_every_age_lies_between_none_and_all(estimates: Estimates) -> None:
    assert estimates["outside"].min() >= 0
    assert estimates["outside"].shape[:2] == (4, len(SEXES))


@pytest.mark.parametrize(
    ("rows", "said", "where"),
    [
        (
            (INDICATOR == "employment_share_services") & (SEX == "male"),
            "employment shares",
            "100 %",
        ),
        ((INDICATOR == "population") & (SEX == "female"), "women and men", "the population"),
        ((INDICATOR == "population_0_14") & (SEX == "male"), "age groups", "the population"),
    ],
)
def test_margins_that_do_not_add_up_are_refused_with_country_and_year(
    change: Callable[..., Tables], rows: pl.Expr, said: str, where: str
) -> None:
    wrong = change(rows & (CODE == "KEN") & (YEAR == 2007), pl.col("value") * 1.3 + 5)
    with pytest.raises(MarginError, match=said) as caught:
        estimate(wrong)
    assert where in caught.value.what
    assert caught.value.where == "KEN, 2007"
    assert "In 1 country-years" in caught.value.what


def test_more_family_workers_than_self_employed_are_refused(change: Callable[..., Tables]) -> None:
    rows = (INDICATOR == "family_worker_share") & (CODE == "KEN") & (YEAR == 2007)
    with pytest.raises(MarginError, match="family workers"):
        estimate(change(rows, pl.lit(99.0)))


def test_a_margin_within_rounding_is_accepted(
    tables: Tables, change: Callable[..., Tables]
) -> None:
    from worldclass.people.pipeline import check_margins

    rows = (INDICATOR == "employment_share_services") & (CODE == "KEN") & (YEAR == 2007)
    nearly = change(rows, pl.col("value") + 0.1)
    check_margins(PanelOnGrid(make_grid(nearly.panel), nearly.panel))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_series_that_is_wholly_absent_is_named_before_anything_is_estimated(
    change: Callable[..., Tables], indicator: str
) -> None:
    begun: list[str] = []
    with pytest.raises(SourceError, match=rf"no rows of {indicator}\.") as caught:
        estimate(change(indicator == INDICATOR, None), progress=begun.append)
    assert caught.value.remedy
    assert not begun


@pytest.mark.parametrize("sex", ["female", "male"])
def test_a_series_that_is_absent_for_one_sex_is_a_source_error(
    change: Callable[..., Tables], sex: str
) -> None:
    with pytest.raises(SourceError):
        estimate(change((INDICATOR == "employment_rate_15plus") & (sex == SEX), None))


def test_all_absent_series_are_named_at_once(change: Callable[..., Tables]) -> None:
    absent = ("population", "lfpr_15plus", "gini")
    with pytest.raises(SourceError, match="no rows of population, lfpr_15plus, gini"):
        check_series(change(INDICATOR.is_in(absent), None).panel)


def test_a_country_that_leaves_the_panel_leaves_the_grid(change: Callable[..., Tables]) -> None:
    grid = make_grid(change(CODE == "KEN", None).panel)
    assert "KEN" not in grid.countries
    assert len(grid.countries) == 187


def test_a_code_that_is_no_country_is_left_out(tables: Tables) -> None:
    extra = tables.panel.filter(CODE == "KEN").with_columns(iso3=pl.lit("ZZZ"))
    assert make_grid(pl.concat([tables.panel, extra])) == make_grid(tables.panel)


def test_the_steps_are_announced_as_they_begin(tables: Tables) -> None:
    said: list[str] = []
    estimate(tables, progress=said.append)
    assert said == list(STEPS)


def test_a_step_is_announced_before_it_can_fail(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SourceError("No accounts.", where="here", remedy="None.")

    monkeypatch.setattr("worldclass.people.pipeline.estimate_accounts", fail)
    said: list[str] = []
    with pytest.raises(SourceError, match="No accounts"):
        estimate(tables, progress=said.append)
    assert said == list(STEPS[:3])
