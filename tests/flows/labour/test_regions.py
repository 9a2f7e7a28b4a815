"""Members of a table's countries and regions."""

import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.labour.regions import resolve_regions
from worldclass.people.snapshot import Snapshot

COVERED = ("BGD", "CHN", "DEU", "IND", "ROU")


def test_the_rest_of_the_world_is_every_country_that_the_table_does_not_list() -> None:
    found = resolve_regions(["CHN", "ROW", "ROM"], COVERED, "wiod2013")
    assert found.members[found.of["ROW"]] == ("BGD", "DEU", "IND")
    assert found.members[found.of["ROM"]] == ("ROU",)


def test_two_codes_of_one_country_share_its_labour() -> None:
    found = resolve_regions(["CN1", "CN2", "DEU"], COVERED, "icio")
    assert found.of["CN1"] == found.of["CN2"]
    assert found.members == (("CHN",), ("DEU",))
    assert found.names(0) == "CN1, CN2"


def test_the_regions_of_exiobase_cover_the_population_without_overlap(snapshot: Snapshot) -> None:
    covered = snapshot.estimates.grid.countries
    alpha2 = [
        *("AT", "AU", "BE", "BG", "BR", "CA", "CH", "CN", "CY", "CZ", "DE", "DK", "EE", "ES", "FI"),
        *("FR", "GB", "GR", "HR", "HU", "ID", "IE", "IN", "IT", "JP", "KR", "LT", "LU", "LV", "MT"),
        *("MX", "NL", "NO", "PL", "PT", "RO", "RU", "SE", "SI", "SK", "TR", "TW", "US", "ZA"),
        *("WA", "WE", "WF", "WL", "WM"),
    ]
    found = resolve_regions(alpha2, covered, "exiobase3")
    listed = [country for group in found.members for country in group]
    assert sorted(listed) == sorted(set(listed))
    assert set(covered) == set(listed)
    assert "MCO" in found.uncovered


def test_ones_own_regions_take_precedence_and_may_be_empty() -> None:
    found = resolve_regions(["ASIA", "MCO"], COVERED, "wiod2013", {"ASIA": ["BGD"], "MCO": []})
    assert found.members == (("BGD",), ())


@pytest.mark.parametrize(
    ("codes", "regions", "word"),
    [
        (["DEU", "ZZZ"], {}, "ZZZ"),
        (["DEU", "MCO"], {}, "MCO"),
        (["EU", "DEU"], {"EU": ["DEU", "ROU"]}, "DEU belongs to both 'EU' and 'DEU'"),
        (["EU"], {"EU": ["Germany"]}, "'Germany'"),
        (["EU"], {"EU": "others"}, "'others'"),
    ],
)
def test_a_code_without_labour_or_with_labour_twice_is_refused(
    codes: list[str], regions: dict[str, list[str] | str], word: str
) -> None:
    with pytest.raises(UsageError, match=word):
        resolve_regions(codes, COVERED, "wiod2013", regions)
