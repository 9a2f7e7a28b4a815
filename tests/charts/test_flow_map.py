"""Countries have the colour of their own balance; those not in the tables that of the rest."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.charts.synthetic_flows import PLACES, areas_of, pairs_of
from tests.charts.test_palette import SIGHT, lab
from worldclass.charts.flow_map import FACTORS, STEPS, flow_map, step_of
from worldclass.charts.palette import DIVERGING_DARK, DIVERGING_LIGHT, dark_colours
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError


def test_every_country_has_a_row_its_own_or_that_of_the_rest() -> None:
    rows = {row["code"]: row for row in flow_map(areas_of(pairs_of([2008]))).data["map"]}
    assert set(rows) == set(countries())
    own = {code for code, row in rows.items() if not row["rest"]}
    assert own == set(PLACES) - {"ROW"}
    outside = [row for row in rows.values() if row["rest"]]
    assert len({row["ratio"] for row in outside}) == 1
    assert {row["of"] for row in outside} == {"Rest of the world (not in the tables)"}
    # Grey, so that none of them seems to gain or to give.
    assert {row["step"] for row in outside} == {None}


def test_the_ratio_is_commanded_over_worked() -> None:
    frame = pairs_of([2008])
    rows = {row["code"]: row for row in flow_map(frame).data["map"]}
    total = frame.filter(frame["sex"] == "total")
    worked = total.filter(total["producer"] == "IND")["value"].sum()
    commanded = total.filter(total["consumer"] == "IND")["value"].sum()
    assert rows["IND"]["ratio"] == pytest.approx(commanded / worked - 1)
    assert rows["IND"]["step"] == step_of(commanded / worked - 1)


def test_the_rest_is_hatched_and_the_note_says_so() -> None:
    picture = flow_map(pairs_of([2008]))
    assert len(picture.data["hatching"]) > 50
    rest = [row for row in picture.data["map"] if row["rest"]]
    amount = rest[0]["amount"].replace(" ", "\u00a0")
    assert (
        f"Hatched: {len(rest)} countries and territories that the tables do not name; as one, "
        f"Rest of the world: {amount}." in picture.caption.footnote
    )
    assert "no opinion" in picture.caption.footnote
    wide = picture.chart.to_dict()["width"]
    assert all(0 <= row["x"] <= row["x2"] <= wide for row in picture.data["hatching"])


def test_without_a_rest_other_countries_stay_without_a_colour() -> None:
    picture = flow_map(pairs_of([2008], ["USA", "CHN"]))
    assert {row["code"] for row in picture.data["map"]} == {"USA", "CHN"}
    assert "Hatched" not in picture.caption.footnote


def test_steps_go_up_and_down_by_the_same_factors() -> None:
    assert len(FACTORS) == len(STEPS) - 1
    assert [1 / factor for factor in reversed(FACTORS)] == pytest.approx(list(FACTORS))
    assert step_of(0.0) == STEPS[len(STEPS) // 2]


def test_groups_cannot_be_mapped() -> None:
    with pytest.raises(UsageError, match="only groups"):
        flow_map(pairs_of([2008], ["NORTH", "SOUTH"]))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("colours", [DIVERGING_LIGHT, DIVERGING_DARK])
def test_the_two_sides_differ_for_every_kind_of_sight(colours: tuple[str, ...], sight: str) -> None:
    seen = [lab(colour, sight) for colour in colours]
    for step in range(3):
        assert np.linalg.norm(seen[step] - seen[6 - step]) >= 0.09
    for one, other in pairwise(seen):
        assert np.linalg.norm(one - other) >= 0.07


@pytest.mark.parametrize(("colours", "sign"), [(DIVERGING_LIGHT, 1), (DIVERGING_DARK, -1)])
def test_more_is_further_from_the_paper_on_both_sides(colours: tuple[str, ...], sign: int) -> None:
    lightness = [lab(colour, "normal")[0] for colour in colours]
    assert all(sign * step > 0.05 for step in np.diff(lightness[:4]))
    assert all(sign * step < -0.05 for step in np.diff(lightness[3:]))


def test_every_step_has_its_colour_on_a_dark_page() -> None:
    assert set(DIVERGING_LIGHT) <= set(dark_colours())
