"""Citizens are those of the country, in the theory's classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.core.datafile import package_file
from worldclass.core.errors import TheoryError, UsageError
from worldclass.dynamics.class_unrest.citizens import LEFT_OUT, POOL, draw_pool


@pytest.mark.parametrize(
    ("theory", "country"),
    [("bromma", "USA"), ("bromma", "IND"), ("sakai", "USA"), ("classical-marxist", "BRA")],
)
def test_classes_and_sexes_are_as_large_as_in_the_atlas(theory: str, country: str) -> None:
    """Within five standard errors of sampling, for every class and sex."""
    pool = draw_pool(theory, country, 2023)
    atlas = wc.atlas(theory, country=country, year=2023, draws=0, anchor=_anchor(theory))
    atlas = atlas.filter(~pl.col("class").is_in(LEFT_OUT), pl.col("sex") != "total")
    whole = atlas["persons"].sum()
    for name, sex, persons in atlas.select("class", "sex", "persons").iter_rows():
        inside = np.zeros(len(pool.place), bool)
        if name in pool.classes:
            male = pool.sex == (sex == "male")
            inside = (pool.place == pool.classes.index(name)) & male
        share = persons / whole
        error = np.sqrt(share * (1 - share) / len(inside)) + 2e-4
        assert abs(inside.mean() - share) < 5 * error, (name, sex)


def _anchor(theory: str) -> str | None:
    return None if theory == "classical-marxist" else "earnings-survey"


def test_a_theory_of_welfare_classes_all_adults() -> None:
    pool = draw_pool("pew", "IND", 2019)
    assert len(pool.place) == POOL
    assert (np.diff(pool.class_rank) > 0).all()  # from poor to rich


def test_the_worker_elite_ranks_above_the_proletariat() -> None:
    pool = draw_pool("bromma", "USA", 2023)
    ranks = dict(zip(pool.classes, pool.class_rank.tolist(), strict=True))
    assert ranks["lumpen"] < ranks["proletariat"] < ranks["worker-elite"] < ranks["capitalists"]
    assert abs(pool.rank.mean() - 0.5) < 1e-9


def test_an_edited_theory_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "theory.toml"
    text = package_file("worldclass.theories", "files", "bromma.toml").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    before = draw_pool(str(file), "USA", 2023)
    assert draw_pool(str(file), "USA", 2023) is before
    file.write_text(text.replace("worker-elite", "labour-gentry"), encoding="utf-8")
    after = draw_pool(str(file), "USA", 2023)
    assert "worker-elite" in before.classes
    assert "labour-gentry" in after.classes


def test_unknown_places_and_theories_are_refused() -> None:
    with pytest.raises(UsageError, match="Atlantis"):
        draw_pool("bromma", "Atlantis", 2023)
    with pytest.raises(UsageError, match="1815"):
        draw_pool("bromma", "USA", 1815)
    with pytest.raises(TheoryError, match="no theory"):
        draw_pool("astrology", "USA", 2023)
