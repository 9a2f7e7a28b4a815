"""The shipped theories are sound, cite their sources, and place known persons as they should."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from worldclass.core.errors import TheoryError
from worldclass.theories import (
    check_theory,
    classify_frame,
    compile_theory,
    list_theories,
    load_theory,
)

REFERENCES = {
    "national_mean_labour_income": 1000.0,
    "world_mean_labour_income": 1200.0,
    "mean_welfare:BRA": 20.0,
    "mean_welfare:ITA": 50.0,
}
CHILD = {"status": "outside", "age": "0-14"}
PENSIONER = {"status": "outside", "age": "65+"}
HOMEMAKER = {"status": "outside", "age": "25-54", "sex": "female"}
SEEKER = {"status": "unemployed", "age": "15+"}
OWNER = {"status": "employer", "sector": "industry", "labour_income": 3000.0}
SMALL_EMPLOYER = {**OWNER, "labour_income": 2999.0}
ENGINEER = {
    "status": "employee",
    "sector": "industry",
    "occupation": "manager-professional",
    "labour_income": 5000.0,
    "counts_as_manager": 1,
}
AUTOWORKER = {**ENGINEER, "occupation": "other", "labour_income": 1500.0, "counts_as_manager": 0}
SEAMSTRESS = {**AUTOWORKER, "sex": "female", "labour_income": 640.0}
VENDOR = {"status": "own-account", "sector": "services", "labour_income": 200.0}
SHOPKEEPER = {**VENDOR, "labour_income": 1500.0}
FARMER = {"status": "own-account", "sector": "agriculture", "labour_income": 150.0}
RICH_FARMER = {**FARMER, "labour_income": 9000.0}
FARM_HELPER = {"status": "family-worker", "sector": "agriculture", "labour_income": 0.0}
SHOP_HELPER = {"status": "family-worker", "sector": "services", "labour_income": 0.0}
DETACHED = {"status": "outside", "age": "25-54", "detached": 1, "fallen_out": 1}
UNKNOWN_PAY = {**AUTOWORKER, "labour_income": None}

PLACES: dict[str, list[tuple[dict[str, Any], str]]] = {
    "bromma": [
        (CHILD, "dependants"),
        (PENSIONER, "dependants"),
        (HOMEMAKER, "dependants"),
        (SEEKER, "proletariat"),
        ({**SEEKER, "detached": 1}, "lumpen"),
        (DETACHED, "lumpen"),
        (OWNER, "capitalists"),
        (SMALL_EMPLOYER, "middle-classes"),
        (ENGINEER, "middle-classes"),
        ({**ENGINEER, "counts_as_manager": 0}, "worker-elite"),
        (AUTOWORKER, "worker-elite"),
        (SEAMSTRESS, "proletariat"),
        (VENDOR, "proletariat"),
        (SHOPKEEPER, "middle-classes"),
        (FARMER, "peasantry"),
        (RICH_FARMER, "peasantry"),
        (FARM_HELPER, "peasantry"),
        (SHOP_HELPER, "proletariat"),
        (UNKNOWN_PAY, "not-classified"),
        ({**FARMER, "sector": None}, "not-classified"),
    ],
    "sakai": [
        (CHILD, "dependants"),
        (DETACHED, "lumpen"),
        ({**SEEKER, "fallen_out": 1}, "lumpen"),
        (OWNER, "capitalists"),
        (ENGINEER, "middle-classes"),
        (AUTOWORKER, "labour-aristocracy"),
        (SEAMSTRESS, "proletariat"),
        (FARMER, "peasantry"),
        (UNKNOWN_PAY, "not-classified"),
    ],
    "classical-marxist": [
        (OWNER, "bourgeoisie"),
        (SMALL_EMPLOYER, "bourgeoisie"),
        (VENDOR, "petty-bourgeoisie"),
        (FARM_HELPER, "petty-bourgeoisie"),
        (ENGINEER, "proletariat"),
        (SEAMSTRESS, "proletariat"),
        (SEEKER, "proletariat"),
        (PENSIONER, "dependants"),
    ],
    "ilo-status": [
        (OWNER, "employers"),
        (VENDOR, "own-account"),
        (ENGINEER, "employees"),
        (FARM_HELPER, "family-workers"),
        (SEEKER, "unemployed"),
        (CHILD, "outside"),
    ],
    # 11 PPP dollars of 2011 are 13.25 of 2021, 110 are 132.5
    "kharas": [
        ({"welfare": 13.2}, "poor-or-vulnerable"),
        ({"welfare": 13.3}, "middle-class"),
        ({"welfare": 132.5}, "middle-class"),
        ({"welfare": 132.6}, "rich"),
        ({"welfare": None}, "not-classified"),
        ({"welfare": float("nan")}, "not-classified"),
    ],
    # 2, 10, 20 and 50 PPP dollars of 2011 are 2.409, 12.05, 24.09 and 60.23 of 2021
    "pew": [
        ({"welfare": 0.0}, "poor"),
        ({"welfare": 2.41}, "low-income"),
        ({"welfare": 12.1}, "middle-income"),
        ({"welfare": 24.1}, "upper-middle-income"),
        ({"welfare": 60.3}, "high-income"),
        ({"welfare": None}, "not-classified"),
    ],
    "milanovic": [
        ({"welfare": 19.9}, "poor"),
        ({"welfare": 20.0}, "middle-class"),
        ({"welfare": 50.0}, "middle-class"),
        ({"welfare": 50.1}, "rich"),
        ({"welfare": None}, "not-classified"),
    ],
}


def person(**given: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "sex": "male",
        "age": "15+",
        "status": "employee",
        "sector": None,
        "occupation": None,
        "labour_income": None,
        "welfare": 10.0,
        "detached": 0,
        "fallen_out": 0,
        "counts_as_manager": 0,
    }
    return {**empty, **given}


def place(rows: list[dict[str, Any]], theory: str, **parameters: float | str) -> list[str]:
    frame = pl.DataFrame([person(**row) for row in rows], infer_schema_length=None)
    compiled = compile_theory(load_theory(theory), parameters)
    return classify_frame(frame, compiled, REFERENCES)["class"].to_list()


def test_every_shipped_theory_has_persons_placed_by_hand() -> None:
    assert list_theories() == sorted(PLACES)


@pytest.mark.parametrize("theory", PLACES)
def test_known_persons_get_the_class_that_the_source_gives_them(theory: str) -> None:
    rows = [row for row, _ in PLACES[theory]]
    assert place(rows, theory) == [expected for _, expected in PLACES[theory]]


@pytest.mark.parametrize("theory", PLACES)
def test_a_shipped_theory_is_sound(theory: str) -> None:
    assert check_theory(load_theory(theory)).problems == ()


@pytest.mark.parametrize("theory", PLACES)
def test_a_shipped_theory_says_where_it_comes_from_and_what_it_lost(theory: str) -> None:
    found = load_theory(theory)
    assert found.id == theory
    for text in (found.citation, found.source_notes, found.lost, found.description):
        assert len(text) > 50
    for rule in found.classes:
        assert rule.description


def test_poor_own_account_workers_go_where_the_switch_sends_them() -> None:
    found = {
        word: place([VENDOR, SHOPKEEPER, FARMER], "bromma", poor_own_account=word)
        for word in ("proletariat", "middle-classes", "lumpen")
    }
    assert found == {
        "proletariat": ["proletariat", "middle-classes", "peasantry"],
        "middle-classes": ["middle-classes", "middle-classes", "peasantry"],
        "lumpen": ["lumpen", "middle-classes", "peasantry"],
    }


def test_the_relative_threshold_follows_the_world_mean() -> None:
    rows = [{**AUTOWORKER, "labour_income": income} for income in (1199.0, 1200.0)]
    relative = place(rows, "bromma", threshold="relative")
    assert relative == ["proletariat", "worker-elite"]
    double = place(rows, "bromma", threshold="relative", tau_relative=2)
    assert double == ["proletariat", "proletariat"]


def test_the_warehouse_wage_of_the_interview_lies_below_every_threshold_in_the_range() -> None:
    """186 US dollars a month in India are about 620 to 670 PPP dollars."""
    rows = [{**AUTOWORKER, "labour_income": income} for income in (620.0, 670.0)]
    assert place(rows, "bromma", tau=750) == ["proletariat", "proletariat"]


def test_the_lumpen_is_marked_as_only_bounded() -> None:
    """Sakai's file takes the high bound itself as the size, and so has a number to show."""
    assert [rule.id for rule in load_theory("bromma").classes if rule.bounds] == ["lumpen"]
    assert not [rule.id for rule in load_theory("sakai").classes if rule.bounds]


def test_an_unknown_theory_is_guessed_at() -> None:
    with pytest.raises(TheoryError, match="Did you mean 'bromma'"):
        load_theory("broma")


def test_a_theory_is_loaded_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    shipped = Path(__file__).parents[2] / "src/worldclass/theories/files/kharas.toml"
    path.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_theory(str(path)) == load_theory(path) == load_theory("kharas")
    assert load_theory(path).digest == load_theory("kharas").digest
