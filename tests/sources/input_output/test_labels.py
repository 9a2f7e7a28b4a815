"""Labels of providers: every code leads to a country we know or to a region that is named."""

import pytest

from worldclass.core.countries import countries
from worldclass.sources.input_output.labels import labels_of
from worldclass.sources.input_output.labour_rows import row_name, row_names, sex_and_skill

PROVIDERS = ("wiod2013", "wiod2016", "icio", "exiobase", "eora26", "gloria")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_codes_lead_to_countries_or_named_regions(provider):
    labels = labels_of(provider)
    assert {*labels.countries.values()} <= {*countries(), *labels.regions}
    assert not set(labels.regions) & set(countries()), "a region must not look like a country"


def test_wiod_names_demand_as_the_mirror_does():
    names = labels_of("wiod2013").categories.values()
    assert list(names) == [
        "household_consumption",
        "npish_consumption",
        "government_consumption",
        "gross_fixed_capital_formation",
        "inventories_and_valuables",
    ]


@pytest.mark.parametrize("sex", ["female", "male", "total"])
@pytest.mark.parametrize("skill", ["low", "medium", "high", "total"])
def test_a_row_s_name_says_whom_it_counts(sex, skill):
    assert sex_and_skill(row_name("hours", sex, skill)) == (sex, skill)


def test_rows_that_would_share_a_name_keep_their_own():
    assert row_names("persons", ("Men, urban", "Men, rural")) == (
        "persons: Men, urban",
        "persons: Men, rural",
    )
    assert row_names("persons", ("Women", "Men")) == ("persons: female", "persons: male")
