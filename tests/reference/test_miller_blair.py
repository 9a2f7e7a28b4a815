"""Examples of Miller and Blair, Input-Output Analysis, second edition (2009)."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.flows.decomposition import decompose
from worldclass.flows.economy import Economy
from worldclass.flows.solve import multipliers, requirements
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.raw import RawTable


def textbook(
    transactions: list[list[float]], demand: list[float], sectors: list[tuple[str, str]]
) -> Economy:
    """A table of the book; output is the sum of each row."""
    raw = RawTable(
        "Miller and Blair (2009)",
        "in this file",
        2009,
        "dollars",
        "current",
        tuple(sectors),
        tuple(sectors),
        np.array(transactions),
        (("book", "final demand"),),
        np.array(demand)[:, None],
    )
    return make_economy(raw)[0]


@pytest.fixture
def two_sectors() -> Economy:
    """Table 2.3: agriculture and manufacturing."""
    return textbook(
        [[150, 500], [200, 100]], [350, 1700], [("A", "agriculture"), ("A", "manufacturing")]
    )


@pytest.fixture
def two_regions() -> Economy:
    """Section 3.3: two regions with three and two sectors."""
    return textbook(
        [
            [150, 500, 50, 25, 75],
            [200, 100, 400, 200, 100],
            [300, 500, 50, 60, 40],
            [75, 100, 60, 200, 250],
            [50, 25, 25, 150, 100],
        ],
        [200, 1000, 50, 515, 450],
        [("r", "1"), ("r", "2"), ("r", "3"), ("s", "1"), ("s", "2")],
    )


def test_two_sectors_have_the_printed_inverse(two_sectors: Economy) -> None:
    assert two_sectors.output.tolist() == [1000, 2000]
    found = requirements(two_sectors, np.eye(2)).values
    np.testing.assert_allclose(found, [[1.2541, 0.3300], [0.2640, 1.1221]], atol=5e-5)


def test_a_new_final_demand_requires_the_printed_output(two_sectors: Economy) -> None:
    """Section 2.3.2: f = (600, 1500) needs x = (1247.52, 1841.58)."""
    found = requirements(two_sectors, np.array([[600.0], [1500.0]])).values[:, 0]
    np.testing.assert_allclose(found, [1247.52, 1841.58], atol=5e-3)


def test_output_multipliers_are_the_column_sums(two_sectors: Economy) -> None:
    """Section 6.2.1: 1.5181 and 1.4521."""
    found = multipliers(two_sectors, two_sectors.output[None, :]).values[0]
    np.testing.assert_allclose(found, [1.2541 + 0.2640, 0.3300 + 1.1221], atol=1e-4)


def test_two_regions_have_the_printed_interregional_inverse(two_regions: Economy) -> None:
    printed = [
        [1.4234, 0.4652, 0.2909, 0.1917, 0.3041],
        [0.6346, 1.4237, 0.6707, 0.4092, 0.4558],
        [0.6383, 0.5369, 1.3363, 0.2501, 0.3108],
        [0.2672, 0.2000, 0.1973, 1.3406, 0.5473],
        [0.1468, 0.0908, 0.0926, 0.2155, 1.2538],
    ]
    assert two_regions.output.tolist() == [1000, 2000, 1000, 1200, 800]
    np.testing.assert_allclose(requirements(two_regions, np.eye(5)).values, printed, atol=5.1e-5)


def test_a_change_of_output_is_split_into_technology_and_demand() -> None:
    """Section 13.1.1: the two polar forms and their mean (equations 13.3, 13.4, 13.7)."""
    sectors = [("A", str(number)) for number in (1, 2, 3)]
    old = textbook([[10, 20, 25], [15, 5, 30], [30, 40, 5]], [45, 30, 25], sectors)
    new = textbook([[12, 15, 35], [24, 11, 30], [36, 50, 8]], [50, 35, 26], sectors)
    assert old.output.tolist() == [100, 80, 100]
    assert new.output.tolist() == [112, 100, 120]

    def output(late: tuple[bool, ...]) -> np.ndarray:
        technique, demand = ((old, new)[one] for one in late)
        return requirements(technique, demand.final_demand).values[:, 0]

    found = decompose(("technology", "demand"), output)
    np.testing.assert_allclose(found.change, [12, 20, 20])
    inverse = [np.linalg.inv(np.eye(3) - one.transactions / one.output) for one in (old, new)]
    f = [one.final_demand[:, 0] for one in (old, new)]
    first = (inverse[1] - inverse[0]) @ f[0]
    last = (inverse[1] - inverse[0]) @ f[1]
    np.testing.assert_allclose(found.effects[0], (first + last) / 2)
    np.testing.assert_allclose(found.lowest[0], np.minimum(first, last))
    np.testing.assert_allclose(found.highest[0], np.maximum(first, last))
    np.testing.assert_allclose(found.effects[0], [0.84, 9.14, 9.49], atol=5e-3)
    np.testing.assert_allclose(found.effects[1], [11.16, 10.86, 10.51], atol=5e-3)
