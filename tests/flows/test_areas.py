"""Groups of countries: named, one's own, never overlapping, never losing a country."""

from __future__ import annotations

import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.areas import choose_areas, membership

TABLE = ("BGR", "BRA", "CHN", "DEU", "IND", "USA", "ROW")


def test_north_and_south_hold_the_whole_table() -> None:
    areas = choose_areas(["NORTH", "SOUTH"], TABLE)
    assert [area.members for area in areas] == [
        ("DEU", "USA"),
        ("BGR", "BRA", "CHN", "IND", "ROW"),
    ]


def test_what_no_group_holds_is_the_rest() -> None:
    areas = choose_areas({"BRICS": ["Brazil", "China", "India"], "US": "USA"}, TABLE)
    assert [area.code for area in areas] == ["BRICS", "US", "REST"]
    assert areas[2].members == ("BGR", "DEU", "ROW")
    assert membership(areas, TABLE).sum(axis=0).tolist() == [1.0] * 7


def test_the_rest_of_the_world_can_be_named() -> None:
    assert choose_areas({"poor": ["ROW", "IND"]}, TABLE)[0].members == ("ROW", "IND")


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"A": ["Kenya"]}, "Kenya .KEN. is not a country of the table.*part of ROW"),
        ({"A": ["USA"], "B": ["NORTH"]}, "USA is in both A and B"),
        (["SUB_SAHARAN_AFRICA"], "no country of SUB_SAHARAN_AFRICA"),
        (["Atlantis"], "no country or aggregate 'Atlantis'"),
        ([], "No group is left"),
    ],
)
def test_a_group_that_cannot_be_meant_is_refused(groups: object, message: str) -> None:
    with pytest.raises(UsageError, match=f"(?s){message}"):
        choose_areas(groups, TABLE)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["WORLD", "ABROAD", "REST"])
def test_a_group_cannot_bear_a_name_that_rows_have(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} cannot name a group"):
        choose_areas({name: ["USA"], "east": ["IND"]}, ("USA", "IND", "CHN"))
