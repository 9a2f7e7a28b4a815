"""Labour of labour markets against the published workforce."""

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.labour.assumptions import CENTRAL, Scores
from worldclass.flows.labour.hours import hours_per_worker
from worldclass.flows.labour.supply import labour_supply
from worldclass.people.snapshot import Snapshot
from worldclass.sources.mirror import Mirror


def test_persons_agree_with_the_published_workforce_by_sector(
    mirror: Mirror, snapshot: Snapshot
) -> None:
    covered = snapshot.estimates.grid.countries
    found = labour_supply(snapshot.estimates, [(code,) for code in covered], 2008)
    rows = mirror.table("workforce_by_sector").filter(
        (pl.col("year") == 2008) & pl.col("sex").is_in(["female", "male"])
    )
    published = {(c, s, k): v for c, s, k, v in rows.select(
        "iso3", "sex", "sector", "persons_thousand").iter_rows()}  # fmt: skip
    sectors = ("agriculture", "industry", "services")
    wanted = np.array(
        [[[published.get((c, s, k), np.nan) for k in sectors] for c in covered]
         for s in ("female", "male")]
    )  # fmt: skip
    known = np.isfinite(wanted)
    assert known.mean() > 0.98
    gap = np.abs(found.persons - wanted)[known].sum() / wanted[known].sum()
    assert gap < 0.005
    assert np.isfinite(wanted[:, covered.index("TWN")]).all()


def test_a_region_is_the_sum_of_its_members(snapshot: Snapshot) -> None:
    people = snapshot.estimates
    apart = labour_supply(people, [("IND",), ("BGD",)], 2005)
    joint = labour_supply(people, [("IND", "BGD")], 2005)
    np.testing.assert_allclose(joint.persons[:, 0], apart.persons.sum(axis=1), rtol=1e-12)
    draws = CENTRAL.as_draws()
    assert joint.hours(draws)[0, 0] == pytest.approx(apart.hours(draws).sum(), rel=1e-12)
    assert min(apart.labour_share) < joint.labour_share[0] < max(apart.labour_share)


def test_hours_are_employment_times_hours_per_worker(snapshot: Snapshot) -> None:
    people, table = snapshot.estimates, hours_per_worker()
    at = (table.grid.countries.index("USA"), table.grid.years.index(2011))
    found = labour_supply(people, [("USA",)], 2011).hours(CENTRAL.as_draws())[0, 0]
    worked = people["employed"][:, *at].sum() * table.hours[at] / 1e6
    assert found == pytest.approx(worked, rel=1e-12)


def test_the_error_of_hours_is_larger_where_they_are_not_measured(snapshot: Snapshot) -> None:
    found = labour_supply(snapshot.estimates, [("USA",), ("CAF",)], 2011)
    high, centre = (s.as_draws() for s in (Scores({"hours": 1.645}), CENTRAL))
    ratio = np.log(found.hours(high) / found.hours(centre))[0]
    assert ratio[0] < 0.04 < ratio[1]


def test_what_rests_on_no_report_counts_as_imputed(snapshot: Snapshot) -> None:
    found = labour_supply(snapshot.estimates, [("USA",), ("CAF",), ("USA", "CAF")], 2011)
    assert found.imputed[:, 0].max() == 0.0
    assert found.imputed[:, 1].min() == 1.0
    assert ((found.imputed[:, 2] > 0) & (found.imputed[:, 2] < 1)).all()


def test_a_year_outside_the_population_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(UsageError, match="1990"):
        labour_supply(snapshot.estimates, [("USA",)], 1990)
