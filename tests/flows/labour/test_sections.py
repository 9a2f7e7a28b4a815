"""Published employment by section in place of the rule."""

import numpy as np
import polars as pl
import pytest

from tests.flows.labour.tables import YEAR, Table, employed
from worldclass.core.errors import UsageError
from worldclass.flows.labour.sections import (
    SectionEmployment,
    block_persons,
    broad_sector,
    join_sections,
    section_employment,
)
from worldclass.people.snapshot import Snapshot

GERMANY = {"A": (2, 4), "B": (1, 9), "C": (20, 60), "DE": (3, 7), "F": (3, 22), "G": (30, 25),
           "HJ": (15, 30), "I": (9, 6), "K": (8, 8), "LMN": (28, 30), "O": (15, 16), "P": (17, 8),
           "Q": (38, 11), "RSTU": (17, 9)}  # fmt: skip
"""Women and men: round figures in the proportions of a German labour force survey."""


def frame(
    figures: dict[str, tuple[float, float]], country: str = "DEU", year: int = YEAR
) -> pl.DataFrame:
    rows = [(country, year, letters, sex, float(count))
            for letters, both in figures.items()
            for sex, count in zip(("female", "male"), both, strict=True)]  # fmt: skip
    columns = ["iso3", "year", "sections", "sex", "persons_thousand"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def sections(**changed: tuple[float, float]) -> SectionEmployment:
    return section_employment(frame({**GERMANY, **changed}))


def shares(table: Table, industries: tuple[str, ...], given: SectionEmployment | None):
    """Women and men of some industries of Germany, parts of all its workers of that sex."""
    found = table.satellite(sections=given).persons
    here = found[:, [table.at("DEU", code) for code in industries]].sum(axis=1)
    return here, found[:, table.of("DEU")].sum(axis=1)


def test_sections_are_met_within_the_totals_of_the_broad_sectors(
    table: Table, snapshot: Snapshot
) -> None:
    industry = employed(snapshot, ["DEU"], YEAR)[:, 1]
    women, men = 1 + 20 + 3 + 3, 9 + 60 + 7 + 22
    built, everyone = shares(table, ("c18",), sections())
    np.testing.assert_allclose(built, industry * np.array([3 / women, 22 / men]), rtol=1e-9)
    made, _ = shares(table, tuple(f"c{k}" for k in range(3, 17)), sections())
    np.testing.assert_allclose(made, industry * np.array([20 / women, 60 / men]), rtol=1e-9)
    np.testing.assert_allclose(everyone, employed(snapshot, ["DEU"], YEAR).sum(axis=1), rtol=1e-9)


def test_industries_that_cut_across_sections_share_a_block(
    table: Table, snapshot: Snapshot
) -> None:
    """Post with telecommunications (H, J) and business services (J, M, N) join HJ and LMN."""
    services = employed(snapshot, ["DEU"], YEAR)[:, 2]
    women, men = (sum(GERMANY[k][s] for k in list(GERMANY)[5:]) for s in (0, 1))
    found, _ = shares(table, ("c23", "c24", "c25", "c26", "c27", "c29", "c30"), sections())
    np.testing.assert_allclose(found, services * np.array([43 / women, 60 / men]), rtol=1e-9)


def test_within_a_section_clothing_still_holds_more_women_than_cars(table: Table) -> None:
    share = table.satellite(sections=sections()).women_share
    assert share[table.at("DEU", "c4")] > share[table.at("DEU", "c15")]


def test_countries_without_published_sections_keep_the_rule(table: Table) -> None:
    ruled, given = table.satellite(), table.satellite(sections=sections())
    others = ~table.of("DEU")
    np.testing.assert_array_equal(given.persons[:, others], ruled.persons[:, others])
    assert not np.allclose(given.persons[:, ~others], ruled.persons[:, ~others])
    np.testing.assert_array_equal(given.imputed, ruled.imputed)


def test_other_years_keep_the_rule(table: Table) -> None:
    late = section_employment(frame(GERMANY, year=YEAR + 1))
    np.testing.assert_array_equal(table.satellite(sections=late).persons, table.satellite().persons)


def test_workers_of_a_section_without_output_go_to_the_others(
    table: Table, snapshot: Snapshot
) -> None:
    table.output[table.at("DEU", "c32")] = 0
    found = table.satellite(sections=sections())
    assert found.persons[:, table.at("DEU", "c32")].sum() == 0
    here = found.persons[:, table.of("DEU")].sum(axis=1)
    np.testing.assert_allclose(here, employed(snapshot, ["DEU"], YEAR).sum(axis=1), rtol=1e-9)


def test_a_region_needs_figures_of_all_its_members() -> None:
    both = section_employment(pl.concat([frame(GERMANY), frame(GERMANY, "FRA")]))
    found = both.of(["DEU", "FRA"], YEAR)
    assert found is not None and found["C"].tolist() == [40.0, 120.0]
    assert both.of(["DEU", "ITA"], YEAR) is None
    assert both.of([], YEAR) is None


def test_a_sex_without_figures_where_it_works_leaves_the_rule() -> None:
    blocks = join_sections(["A", "BCDEF", "G"])
    published = {"A": np.array([1.0, 1.0]), "BCDEF": np.array([0.0, 1.0]), "G": np.array([1.0, 1])}
    output = dict.fromkeys(blocks.values(), 1.0)
    assert block_persons(published, blocks, output, np.ones((2, 3))) is None


@pytest.mark.parametrize(
    ("figures", "word"),
    [
        ({"AB": (1.0, 1.0)}, "'AB'"),
        ({"Z": (1.0, 1.0)}, "'Z'"),
        ({"": (1.0, 1.0)}, "''"),
        ({"C": (-1.0, 1.0)}, "-1"),
        ({"C": (float("nan"), 1.0)}, "nan"),
        ({"C": (1.0, 1.0), "CF": (2.0, 2.0)}, "overlap"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    figures: dict[str, tuple[float, float]], word: str
) -> None:
    with pytest.raises(UsageError, match=word):
        section_employment(frame(figures))


def test_a_missing_column_is_named_and_sectors_are_known() -> None:
    with pytest.raises(UsageError, match="persons_thousand"):
        section_employment(frame(GERMANY).drop("persons_thousand"))
    assert broad_sector("RSTU") == "services"
