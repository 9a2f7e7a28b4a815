"""Years and sexes as people type them."""

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.people.choices import choose_sexes, choose_years

YEARS = tuple(range(1991, 2024))


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (None, YEARS),
        (2019, (2019,)),
        ("2019", (2019,)),
        ("2019:2021", (2019, 2020, 2021)),
        (":1992", (1991, 1992)),
        ("2022:", (2022, 2023)),
        ("2001, 1999", (1999, 2001)),
        ([2003, 2001, 2003], (2001, 2003)),
        (np.array([2003, 2001]), (2001, 2003)),
        (range(2000, 2002), (2000, 2001)),
    ],
)
def test_years_can_be_given_in_many_ways(wanted: object, chosen: tuple[int, ...]) -> None:
    assert choose_years(wanted, YEARS) == chosen  # type: ignore[arg-type]


def test_a_year_may_come_from_an_array() -> None:
    assert choose_years(np.arange(2019, 2020)[0], YEARS) == (2019,)


@pytest.mark.parametrize(
    "wanted", [1990, 2024, "2019:2030", "MMXIX", "1:99999999", "2021:2019", [], "", "2019:x"]
)
def test_years_that_the_data_do_not_cover_are_refused(wanted: object) -> None:
    with pytest.raises(UsageError) as caught:
        choose_years(wanted, YEARS)  # type: ignore[arg-type]
    assert caught.value.remedy


def test_a_range_that_starts_after_its_end_is_named() -> None:
    with pytest.raises(UsageError, match="starts after its end") as caught:
        choose_years("2008:1995", YEARS)
    assert "1995:2008" in caught.value.remedy


def test_sexes_are_female_male_and_total() -> None:
    assert choose_sexes(None) == ("female", "male", "total")
    assert choose_sexes("female") == ("female",)
    assert choose_sexes(["total", "male"]) == ("total", "male")
    with pytest.raises(UsageError, match="'women'") as caught:
        choose_sexes("women")
    assert "female, male, total" in caught.value.remedy
