"""Workers and women by industry against censuses and surveys (validation/labour)."""

from pathlib import Path

import pytest

from validation.labour import spread, women
from validation.labour.__main__ import checks
from validation.marked import text_between
from worldclass.sources.mirror import Mirror


def test_the_rule_misplaces_few_workers_of_industry_and_beats_value_added_alone(
    mirror: Mirror,
) -> None:
    rows = {
        str(row[0]): [float(str(cell)) for cell in row[1:]] for row in spread.rules(mirror).rows
    }
    central, alone = rows["relative productivity, power 0.85"], rows["value added"]
    industry = (0, 2, 4)  # China 2010, Japan 2010, India 2011
    assert all(central[k] < 8 and alone[k] > 2 * central[k] for k in industry)
    assert all(central[k] < 21 for k in range(6))


def test_the_us_accounts_of_one_year_place_the_workers_of_another(mirror: Mirror) -> None:
    for name, full, *_, alone in spread.united_states(mirror).rows:
        assert float(str(full)) < 7 < 20 < float(str(alone)), name


def test_clothing_of_bangladesh_comes_near_its_surveys_where_industry_as_a_whole_does_not() -> None:
    shares = {str(row[0]): float(str(row[2])) for row in women.bangladesh().rows}
    assert shares["Industry (ILO)"] == pytest.approx(26.3, abs=0.1)
    # 46 % in 2017 (World Bank 2022, table 1.1); 53 % measured in garment works
    assert 44 < shares["Wearing apparel"] < 53


def test_women_of_indian_construction_lie_within_the_interval(mirror: Mirror) -> None:
    for country, name, _, interval, published, _ in women.shares(mirror).rows:
        if str(name).startswith("construction") and country == "IND":
            low, high = (float(end) for end in str(interval).split("–"))
            assert low <= float(str(published)) <= high


def test_the_ilo_counts_more_women_outside_agriculture_in_china_than_its_census_did() -> None:
    (_, modelled), (_, census) = women.china().rows
    assert float(str(modelled)) - float(str(census)) == pytest.approx(11.3, abs=0.5)


def test_the_page_shows_what_the_checks_find(mirror: Mirror) -> None:
    page = Path(__file__).parents[2] / "docs" / "flows-labour.md"
    assert text_between(page, "checks") == checks(mirror)
