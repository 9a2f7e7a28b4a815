"""US consumer prices carry PPP dollars from one base year to another."""

import pytest

from worldclass.core.prices import BASE, DAYS_A_MONTH, to_base, us_prices


def test_a_dollar_of_the_base_year_is_a_dollar() -> None:
    assert to_base(BASE) == 1


def test_factors_are_ratios_of_annual_averages_of_the_consumer_price_index() -> None:
    assert to_base(2011) == pytest.approx(270.970 / 224.939)
    assert to_base(2017) == pytest.approx(270.970 / 245.120)


def test_prices_rose_in_every_year_that_is_listed() -> None:
    values = [us_prices()[year] for year in sorted(us_prices())]
    assert values == sorted(values)


def test_a_month_is_the_twelfth_part_of_a_year() -> None:
    assert pytest.approx(365) == DAYS_A_MONTH * 12
