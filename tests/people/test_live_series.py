"""Series that only a live source gives take the place of assumptions and older series."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from worldclass.people.assumptions import Scores
from worldclass.people.pipeline import Tables, estimate
from worldclass.people.realise import make_basis, realise
from worldclass.sources.live import overlay

pytestmark = pytest.mark.mirror


def with_rows(tables: Tables, indicator: str, values: dict[str, float]) -> Tables:
    """The tables with one live value per sex for Brazil in 2015."""
    live = pl.DataFrame(
        {
            "iso3": ["BRA"] * len(values),
            "year": [2015] * len(values),
            "indicator": [indicator] * len(values),
            "sex": list(values),
            "value": list(values.values()),
            "source": ["live"] * len(values),
        },
        schema=tables.panel.schema,
    )
    return replace(tables, panel=overlay(tables.panel, live))


def test_reported_employers_replace_the_assumption_and_no_longer_move_with_it(
    tables: Tables,
) -> None:
    estimates, _ = estimate(with_rows(tables, "employer_share", {"female": 2.0, "male": 5.0}))
    here = estimates.select(["BRA"], [2015])
    for score in (-1.5, 0.0, 1.5):
        people = realise(make_basis(here), Scores({"employer_share": score}))
        shares = people.persons[:3].sum(axis=0) / people.persons[:15].sum(axis=0)
        assert shares[:, 0] == pytest.approx([0.02, 0.05], abs=1e-6)


def test_a_labour_force_survey_of_occupations_counts_as_measured(tables: Tables) -> None:
    estimates, _ = estimate(
        with_rows(tables, "manager_professional_share_reported", {"total": 25.0})
    )
    here = estimates.select(["BRA"], [2015])
    assert here["manager_imputed"].item() == 0
    assert here["manager_log_odds"].item() == pytest.approx(-1.098612, abs=1e-5)


def test_the_ilo_labour_share_takes_the_place_of_penn_world_table(tables: Tables) -> None:
    estimates, _ = estimate(with_rows(tables, "labour_income_share", {"total": 61.0}))
    assert estimates.select(["BRA"], [2015])["labour_share"].item() == pytest.approx(0.61)
