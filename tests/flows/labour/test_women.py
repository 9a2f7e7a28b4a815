"""Women by industry: the ILO's totals, and the order of industries."""

import numpy as np
from scipy.special import logit

from tests.flows.labour.tables import YEAR, Table, employed
from worldclass.flows.labour.assumptions import CENTRAL, Scores
from worldclass.flows.labour.classes import industry_classes
from worldclass.people.assumptions import P95
from worldclass.people.snapshot import Snapshot


def test_women_and_men_of_each_broad_sector_are_the_ilos(table: Table, snapshot: Snapshot) -> None:
    found = table.satellite()
    here = table.of("CHN")
    broad = np.array([industry_classes()[name].sector for name in found.classes])
    mine = [found.persons[:, here & (broad == s)].sum(axis=1)
            for s in ("agriculture", "industry", "services")]  # fmt: skip
    np.testing.assert_allclose(np.array(mine).T, employed(snapshot, ["CHN"], YEAR), rtol=1e-12)


def test_log_odds_between_industries_are_the_same_in_every_country(table: Table) -> None:
    share = table.satellite(scores=CENTRAL).women_share
    classes = industry_classes()
    expected = logit(classes["textiles_clothing"].women) - logit(classes["construction"].women)
    for country in ("DEU", "CHN", "ROW"):
        gap = logit(share[table.at(country, "c4")]) - logit(share[table.at(country, "c18")])
        np.testing.assert_allclose(gap, expected, rtol=1e-9)


def test_the_most_women_work_in_clothing_the_fewest_in_construction(table: Table) -> None:
    share = table.satellite().women_share
    industry = [table.at("DEU", f"c{k}") for k in range(2, 19)]
    assert industry[int(np.argmax(share[industry]))] == table.at("DEU", "c4")
    assert industry[int(np.argmin(share[industry]))] == table.at("DEU", "c18")


def test_more_women_in_construction_mean_fewer_in_manufacturing(table: Table) -> None:
    low = table.satellite(scores=Scores({"women:construction": -P95})).persons[0]
    high = table.satellite(scores=Scores({"women:construction": P95})).persons[0]
    assert high[table.at("DEU", "c18")] > low[table.at("DEU", "c18")]
    assert high[table.at("DEU", "c15")] < low[table.at("DEU", "c15")]
