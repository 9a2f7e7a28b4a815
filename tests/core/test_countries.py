"""The world is divided once into regions, and once into North and South."""

import csv
import os
from pathlib import Path

import pytest

from worldclass.core.countries import (
    INCOME_GROUPS,
    aggregates,
    countries,
    frame,
    label,
    members,
    regions,
    resolve,
    schema,
)
from worldclass.core.errors import UsageError


def test_regions_and_hemispheres_each_cover_every_country_once():
    everyone = sorted(countries())
    assert list(aggregates()["WORLD"]) == everyone
    assert sorted(c for region in regions() for c in members(region)) == everyone
    assert sorted(members("NORTH") + members("SOUTH")) == everyone


def test_codes_of_aggregates_cannot_be_codes_of_countries():
    assert all(len(code) == 3 and code.isupper() for code in countries())
    for code in aggregates():
        assert len(code) > 3 and code == code.upper()


def test_the_north_is_the_41_advanced_economies_of_the_imf():
    north = set(members("NORTH"))
    assert len(north) == 41
    assert {"USA", "JPN", "DEU", "KOR", "TWN", "PRI", "HRV", "AND"} <= north
    assert not {"CHN", "RUS", "POL", "HUN", "SAU", "CHL", "TUR"} & north


@pytest.mark.parametrize(
    ("iso3", "region", "income"),
    [
        ("NGA", "SUB_SAHARAN_AFRICA", "lower-middle"),
        ("IND", "SOUTH_ASIA", "lower-middle"),
        ("CHN", "EAST_ASIA_PACIFIC", "upper-middle"),
        ("EGY", "MIDDLE_EAST_NORTH_AFRICA", "lower-middle"),
        ("USA", "AMERICAS", "high"),
        ("XKX", "EUROPE_CENTRAL_ASIA", "upper-middle"),
        ("COD", "SUB_SAHARAN_AFRICA", "low"),
    ],
)
def test_countries_are_where_they_are(iso3, region, income):
    country = countries()[iso3]
    assert (country.region, country.income_group) == (region, income)


def test_every_code_used_has_a_name():
    for country in countries().values():
        assert country.region in schema()["region"]
        assert country.subregion in schema()["subregion"]
        assert country.income_group in (*INCOME_GROUPS, None)
    assert all(label(code) for code in (*countries(), *aggregates()))


def test_former_states_and_empty_islands_are_left_out():
    assert not {"SUN", "YUG", "CSK", "DDR", "ATA", "HMD", "CHI"} & set(countries())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BRA", "BRA"),
        ("bra", "BRA"),
        ("Brazil", "BRA"),
        (" côte d'ivoire ", "CIV"),
        ("world", "WORLD"),
        ("Sub-Saharan Africa", "SUB_SAHARAN_AFRICA"),
        ("south", "SOUTH"),
    ],
)
def test_codes_and_names_are_understood_in_any_case(text, code):
    assert resolve(text) == code


def test_two_countries_never_share_a_spelling():
    names = [country.name.casefold() for country in countries().values()]
    assert len(set(names)) == len(names)
    for iso3, country in countries().items():
        assert resolve(country.name) == iso3


@pytest.mark.parametrize("use", [resolve, members, label])
def test_an_unknown_country_is_answered_with_the_nearest(use):
    with pytest.raises(UsageError, match="no country or aggregate 'Germny'") as caught:
        use("Germny")
    assert "DEU (Germany)" in caught.value.remedy


def test_the_frame_has_a_row_a_country():
    table = frame()
    assert table.columns == ["iso3", "name", "region", "subregion", "income_group", "north"]
    assert table.height == len(countries())
    assert table["north"].sum() == 41


@pytest.mark.mirror
def test_the_table_agrees_with_its_origin():
    beside = Path(__file__).parents[3] / "shared" / "data"
    origin = Path(os.environ.get("WORLDCLASS_MIRROR") or beside) / "world" / "countries.csv"
    if not origin.is_file():
        pytest.skip("no data mirror: set WORLDCLASS_MIRROR")
    with origin.open(encoding="utf-8") as handle:
        published = {row["iso3"]: row for row in csv.DictReader(handle)}
    for iso3, country in countries().items():
        if (row := published.get(iso3)) is None:
            assert iso3 == "BES"
            continue
        assert country.name == row["name"]
        if row["world_6region"]:
            code = row["world_6region"].upper()
            assert country.region == ("AMERICAS" if code == "AMERICA" else code)
        group = row["wb_income_group"].lower().removesuffix(" income")
        if group:
            assert country.income_group == group
