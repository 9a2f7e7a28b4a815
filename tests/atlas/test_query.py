"""Asking the atlas: what is asked is answered, what cannot be meant is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import worldclass as wc
from worldclass.core.errors import SourceError, TheoryError, UsageError
from worldclass.people.assumptions import assumptions

WEALTHY = """
[[class]]
id = "well-paid"
label = "Well paid"
when = "labour_income >= 2000"
[[class]]
id = "rest"
label = "Rest"
"""
HOLE = """
[[class]]
id = "well-paid"
label = "Well paid"
when = "labour_income >= 2000"
"""


def test_a_part_of_the_atlas_is_the_same_as_that_part_of_the_whole(
    sizes: Callable[[str], pl.DataFrame],
) -> None:
    for theory in ("bromma", "sakai", "milanovic"):
        part = wc.atlas(theory, country=["KEN", "SOUTH_ASIA"], year=[1995, 2010], sex="female")
        rows = pl.col("country").is_in(["KEN", "SOUTH_ASIA"]) & pl.col("year").is_in([1995, 2010])
        whole = sizes(theory).filter(rows & (pl.col("sex") == "female"))
        key = ["class", "country", "year"]
        assert_frame_equal(pl.DataFrame(part).sort(key), whole.sort(key), rel_tol=1e-5)


def test_countries_can_be_named() -> None:
    by_code = wc.atlas("kharas", country="CIV", year=2019)
    assert wc.atlas("kharas", country="Côte d'Ivoire", year=2019).equals(by_code)


def test_without_draws_the_interval_is_the_centre() -> None:
    frame = wc.atlas("pew", country="BRA", year=2019, draws=0)
    assert frame["persons_p05"].equals(frame["persons"], check_names=False)
    assert frame["persons_p95"].equals(frame["persons"], check_names=False)


def test_without_draws_what_is_only_bounded_keeps_its_bounds() -> None:
    frame = wc.atlas("bromma", country="BRA", year=2019, draws=0, sex="total")
    lumpen = frame.filter(frame["class"] == "lumpen")
    assert lumpen["persons_p05"].item() < lumpen["persons"].item() < lumpen["persons_p95"].item()


def test_the_anchor_moves_incomes_and_by_default_the_centre_is_the_central_one() -> None:
    def elite(anchor: str | None) -> float:
        frame = wc.atlas("bromma", country="IND", year=2019, sex="total", draws=0, anchor=anchor)
        return float(frame.filter(frame["class"] == "worker-elite")["persons"].item())

    sizes = {anchor: elite(anchor) for anchor in assumptions()["anchor"].options}
    assert len(set(sizes.values())) == 3
    assert elite(None) == sizes[str(assumptions()["anchor"].central)]


def test_an_anchor_fixed_narrows_the_interval() -> None:
    def width(anchor: str | None) -> float:
        frame = wc.atlas("bromma", country="IND", year=2019, sex="total", draws=64, anchor=anchor)
        row = frame.filter(frame["class"] == "worker-elite")
        return float((row["persons_p95"] - row["persons_p05"]).item())

    assert max(width(a) for a in assumptions()["anchor"].options) < width(None)


def test_parameters_move_classes() -> None:
    def elite(tau: float) -> float:
        frame = wc.atlas("bromma", country="BRA", year=2019, sex="total", parameters={"tau": tau})
        return float(frame.filter(frame["class"] == "worker-elite")["persons"].item())

    assert elite(800) > elite(1500) > elite(3000)


def test_a_theory_of_one_s_own_runs_from_its_file(theory_file: Callable[[str], Path]) -> None:
    frame = wc.atlas(theory_file(WEALTHY), country="BRA", year=2019, draws=32)
    assert set(frame["class"]) == {"well-paid", "rest"}
    assert set(frame["theory"]) == {"own"}
    assert (frame["persons_p05"] < frame["persons_p95"]).all()


def test_draws_are_reported_as_they_are_done(theory_file: Callable[[str], Path]) -> None:
    done: list[int] = []
    wc.atlas(theory_file(WEALTHY), country="BRA", year=2019, draws=8, progress=done.append)
    assert done == list(range(1, 9))


def test_equal_questions_get_equal_answers(theory_file: Callable[[str], Path]) -> None:
    path = theory_file(WEALTHY)
    one, two = (wc.atlas(path, country="SOUTH", year=2019, draws=16) for _ in range(2))
    assert one.equals(two)


def test_more_draws_than_are_stored_can_be_asked_for(theory_file: Callable[[str], Path]) -> None:
    frame = wc.atlas(theory_file(WEALTHY), country="BRA", year=2019, draws=300, sex="total")
    assert (frame["persons_p05"] < frame["persons_p95"]).all()


def test_a_theory_with_a_hole_is_refused_with_a_person_who_falls_through(
    theory_file: Callable[[str], Path],
) -> None:
    with pytest.raises(TheoryError) as caught:
        wc.atlas(theory_file(HOLE), country="BRA", year=2019)
    assert "labour_income" in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"country": "Atlantis"}, UsageError, "Atlantis"),
        ({"country": "VAT"}, UsageError, "VAT"),
        ({"year": 1990}, UsageError, "1990"),
        ({"year": "soon"}, UsageError, "soon"),
        ({"sex": "both"}, UsageError, "both"),
        ({"anchor": "gold"}, UsageError, "gold"),
        ({"draws": 1}, UsageError, "1 draws"),
        ({"draws": -4}, UsageError, "-4 draws"),
        ({"parameters": {"tua": 1}}, TheoryError, "tua"),
        ({"parameters": {"tau": float("nan")}}, TheoryError, "nan"),
        ({"parameters": {"threshold": "high"}}, TheoryError, "high"),
        ({"theory": "weber"}, TheoryError, "weber"),
        ({"theory": Path("/no/such/theory.toml")}, TheoryError, "no such file"),
        ({"snapshot": "/no/such/folder"}, SourceError, "no snapshot"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(
    wrong: dict[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        wc.atlas(**({"country": "BRA", "year": 2019} | wrong))  # type: ignore[arg-type]
