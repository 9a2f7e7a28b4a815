"""What a run reports: shares of groups that add up, and waves drawn by class."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import TheoryError, UsageError
from worldclass.dynamics.class_unrest.pictures import draw_range, draw_waves
from worldclass.dynamics.model import MECHANISM

SETTINGS = {"periods": 40, "legitimacy": 0.75, "nation_share": 0.3}


@pytest.fixture(scope="module")
def runs() -> pl.DataFrame:
    """Two runs on the classes of the USA."""
    return wc.simulate("class-unrest", SETTINGS, seed=2, runs=2, workers=1)


@pytest.mark.parametrize("parts", [("female", "male"), ("dominant", "oppressed"), ()])
def test_shares_of_groups_add_up_to_that_of_all(runs: pl.DataFrame, parts: tuple[str, ...]) -> None:
    """For sexes, nations and classes alike: Σ share of citizens × active share = active share."""
    run = runs.filter(pl.col("run") == 1)
    named = ("all", "female", "male", "dominant", "oppressed")
    groups = parts or [one for one in run["group"].unique() if one not in named]
    sizes = dict(
        run.filter(pl.col("quantity") == "citizen_share").select("group", "value").iter_rows()
    )
    assert sum(sizes[group] for group in groups) == pytest.approx(1)

    def share(group: str) -> np.ndarray:
        rows = run.filter(pl.col("quantity") == "active_share", pl.col("group") == group)
        return rows["value"].to_numpy()

    total = sum(sizes[group] * share(group) for group in groups)
    assert total == pytest.approx(share("all"))
    size = run.filter(pl.col("quantity") == "wave_size", pl.col("group") == "all")["value"][0]
    assert size == pytest.approx(share("all").sum())


def test_waves_are_drawn_for_the_larger_classes_only(runs: pl.DataFrame) -> None:
    picture = draw_waves(runs, "Title")
    assert picture.caption.footnote == MECHANISM
    assert "median of 2 runs" in picture.caption.subtitle
    drawn = {row["label"] for row in picture.data["panel0"]}
    assert {"All", "Proletariat", "Worker elite", "Middle classes"} <= drawn
    assert "Capitalists" not in drawn
    assert {row["label"] for row in draw_range(runs, "Title").data["panel0"]} == {"All"}


def test_another_theory_and_country_have_other_classes() -> None:
    table = wc.simulate(
        "class-unrest",
        {"theory": "classical-marxist", "country": "Bangladesh", "periods": 5},
        workers=1,
    )
    assert {"bourgeoisie", "petty-bourgeoisie", "proletariat"} <= set(table["group"])


def test_unknown_theories_and_places_are_refused() -> None:
    with pytest.raises(TheoryError, match="astrology"):
        wc.simulate("class-unrest", {"theory": "astrology"}, workers=1)
    with pytest.raises(UsageError, match="Atlantis"):
        wc.simulate("class-unrest", {"country": "Atlantis"}, workers=1)
