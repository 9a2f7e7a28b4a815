"""Traits follow from place: hardship, legitimacy, nation, organisation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from worldclass.dynamics.class_unrest.citizens import Pool, draw_pool
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.class_unrest.standing import Standing, place_citizens

GIVEN = ClassUnrest()
NUMBER = 20_000


@pytest.fixture(scope="module")
def pool() -> Pool:
    """Adults of the USA."""
    return draw_pool("bromma", "USA", 2023)


def placed(pool: Pool, given: ClassUnrest) -> Standing:
    """Many citizens."""
    return place_citizens(pool, given, NUMBER, np.random.default_rng(1))


def test_hardship_is_one_less_the_rank_of_the_class(pool: Pool) -> None:
    standing = placed(pool, replace(GIVEN, hardship_spread=0.0))
    traits = standing.traits
    for place in range(len(pool.classes)):
        own = traits.hardship[traits.group // 4 == place]
        assert np.allclose(own, 1 - pool.class_rank[place])


def test_hardship_by_chance_knows_no_class(pool: Pool) -> None:
    traits = placed(pool, replace(GIVEN, hardship_from="chance")).traits
    means = [traits.hardship[traits.group // 4 == k].mean() for k in (2, 3, 5)]
    assert np.ptp(means) < 0.03
    assert abs(np.mean(means) - 0.5) < 0.02


def test_the_oppressed_nation_has_its_share_and_ranks_lower(pool: Pool) -> None:
    standing = placed(pool, replace(GIVEN, nation_share=0.3, nation_tilt=2.0))
    traits = standing.traits
    assert abs(traits.oppressed.mean() - 0.3) < 0.01
    elite = traits.group // 4 == pool.classes.index("worker-elite")
    proletariat = traits.group // 4 == pool.classes.index("proletariat")
    assert traits.oppressed[elite].mean() < 0.3 < traits.oppressed[proletariat].mean()
    odds = [s / (1 - s) for s in (traits.oppressed[k].mean() for k in (elite, proletariat))]
    distance = np.diff(pool.class_rank[[3, 5]])[0]
    assert np.log(odds[1] / odds[0]) == pytest.approx(-2.0 * distance, abs=0.15)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_one_nation_only(pool: Pool, share: float) -> None:
    assert (placed(pool, replace(GIVEN, nation_share=share)).traits.oppressed == share).all()


def test_groups_name_class_sex_and_nation(pool: Pool) -> None:
    standing = placed(pool, replace(GIVEN, nation_share=0.4))
    groups = np.array(standing.groups)[standing.traits.group]
    assert np.array_equal(groups[:, 2], standing.traits.oppressed)
    assert np.array_equal(groups[:, 0], standing.traits.group // 4)
    privileged = standing.privileged[groups[:, 0]]
    assert np.array_equal(privileged, standing.traits.privileged == 1)


def test_leaders_are_bolder_and_few(pool: Pool) -> None:
    traits = placed(pool, replace(GIVEN, leaders=0.03, leader_boldness=0.5)).traits
    leader = traits.leader == 1
    assert abs(leader.mean() - 0.03) < 0.005
    assert traits.risk_aversion[leader].max() <= 0.5 < traits.risk_aversion[~leader].max()
