"""The page of an adapter says all that its file says."""

from __future__ import annotations

import pytest

from worldclass.surveys.library import list_surveys, load_survey
from worldclass.surveys.page import survey_page


@pytest.mark.parametrize("name", list_surveys())
def test_every_variable_assumption_and_doubt_is_on_the_page(name: str) -> None:
    survey = load_survey(name)
    page = survey_page(survey)
    branches = [branch for column in survey.columns for branch in column.branches]
    for branch in branches:
        assert all(f"`{variable}`" in page for variable in branch.variable)
    assert all(f"`{assumption}`" in page for assumption in survey.assumptions)
    doubts = sum(not branch.verified for branch in branches) + (not survey.design.verified)
    assert page.count("Not verified") == doubts


def test_tables_are_not_broken_by_their_content() -> None:
    for name in list_surveys():
        rows = [line for line in survey_page(load_survey(name)).splitlines() if line[:1] == "|"]
        assert {row.replace("\\|", "").count("|") for row in rows} == {5}
