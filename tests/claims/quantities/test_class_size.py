"""Sizes of classes as a quantity: the atlas's numbers, and refusals of what means nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from tests.claims.worlds import SOUTH, Where, incomes, world
from worldclass.claims.data import Data
from worldclass.claims.quantities.class_size import QUANTITY, ClassSize
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError, WorldclassError

BASE: dict[str, Any] = {"theory": "bromma", "class": "worker-elite", "year": 2019}


def term(**changes: Any) -> ClassSize:
    return ClassSize.model_validate(BASE | changes)


def values(*terms: ClassSize, draws: tuple[int, ...] = (CENTRE,), data: Data | None = None) -> Any:
    return QUANTITY.evaluate(terms, draws, data or Data())


def test_a_size_is_the_atlas_s() -> None:
    frame = pl.DataFrame(wc.atlas("bromma", country=["CHN", "NORTH"], year=2019, draws=0))
    for row in frame.iter_rows(named=True):
        found = values(term(**{"class": row["class"]}, country=row["country"], sex=row["sex"]))
        assert found[0, 0] == pytest.approx(row["persons"], rel=1e-6)


def test_classes_and_countries_add_up() -> None:
    both, elite, others = values(
        term(**{"class": ["worker-elite", "proletariat"]}), term(), term(**{"class": "proletariat"})
    )[:, 0]
    assert both == pytest.approx(elite + others, rel=1e-9)
    union, north, brazil = values(
        term(country=["NORTH", "BRA", "DEU"]), term(country="NORTH"), term(country="BRA")
    )[:, 0]
    assert union == pytest.approx(north + brazil, rel=1e-9)
    world_, south = values(term(), term(country="WORLD", without="NORTH"))[:, 0]
    assert world_ == pytest.approx(north + south, rel=1e-9)


def test_the_same_draw_moves_all_settings_by_the_same_assumptions() -> None:
    """Draws do not depend on which others, or which settings, are asked for."""
    terms = (term(), term(year=1991), term(country="CHN"))
    all_ = values(*terms, draws=(CENTRE, 0, 1, 2, 3))
    np.testing.assert_array_equal(all_[1:2, [3]], values(terms[1], draws=(2,)))
    assert len(set(all_[0].tolist())) == 5


def test_parameters_change_the_size() -> None:
    taus = [500.0, 1000.0, 2000.0, 4000.0]
    found = values(*(term(parameters={"tau": tau}) for tau in taus))[:, 0]
    assert (np.diff(found) < 0).all()
    relative = values(term(parameters={"threshold": "relative", "tau_relative": 1}))[0, 0]
    assert relative not in found


def test_bounds_enclose_the_centre() -> None:
    low, central, high = values(
        *(term(**{"class": "lumpen"}, bound=bound) for bound in ("low", "central", "high"))
    )[:, 0]
    assert low < central < high


def test_another_theory_may_be_measured_than_the_claim_s() -> None:
    found = values(ClassSize.model_validate(
        {"theory": "kharas", "class": "middle-class", "year": 2017, "anchor": "national-accounts"}
    ))  # fmt: skip
    assert 3.0e9 < found[0, 0] < 4.2e9  # Kharas 2017: 3.2 billion at the end of 2016


def test_a_world_in_which_the_south_grew_rich_has_a_larger_elite(tmp_path: Path) -> None:
    richer = incomes(3.0, Where(countries=SOUTH, years=(2023,)))
    pairs = [term(year=year, country="SOUTH") for year in (2019, 2023)]
    draws = (CENTRE, 0, 1, 2)
    grown = values(*pairs, draws=draws, data=world(tmp_path / "rich", richer))
    poorer = incomes(0.3, Where(countries=SOUTH, years=(2023,)))
    shrunk = values(*pairs, draws=draws, data=world(tmp_path / "poor", poorer))
    assert (grown[1] > grown[0]).all() and (shrunk[1] < shrunk[0]).all()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class": "worker-elites"}, "worker-elite, peasantry, proletariat"),
        ({"class": []}, "No class is named"),
        ({"year": 1980}, "from 1991 to 2023"),
        ({"country": "ATLANTIS"}, "ATLANTIS"),
        ({"country": "BRA", "without": "BRA"}, "No country is left"),
        ({"theory": "brommma"}, "Did you mean 'bromma'"),
        ({"parameters": {"tua": 3}}, "There is no parameter 'tua'"),
        ({"parameters": {"tau": -1}}, "'tau' cannot be -1"),
        ({"parameters": {"threshold": "none"}}, "absolute, relative"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_setting(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(ClaimError) as error:
        values(term(**changes))
    assert words in str(error.value) and "class" in str(error.value)
    assert isinstance(error.value, WorldclassError) and error.value.exit_code == 9


@pytest.mark.parametrize(
    "changes", [{"sex": "both"}, {"bound": "middle"}, {"anchor": "gdp"}, {"klass": 1}]
)
def test_fields_are_checked(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        term(**changes)


def test_equal_terms_are_one_key() -> None:
    one = term(parameters={"tau": 900, "threshold": "absolute"})
    other = term(parameters={"threshold": "absolute", "tau": 900})
    assert one == other and hash(one) == hash(other)


def test_evidence_is_the_atlas_s_imputed_share() -> None:
    evidence = QUANTITY.evidence([term(country="IND")], Data())
    row = pl.DataFrame(wc.atlas("bromma", country="IND", year=2019, sex="total", draws=0)).filter(
        pl.col("class") == "worker-elite"
    )
    assert evidence.imputed == pytest.approx(row["imputed"][0], rel=1e-5)
    assert any("World Bank" in line for line in evidence.sources)


def test_an_edited_theory_is_read_anew(tmp_path: Path) -> None:
    import os

    from worldclass.core.datafile import package_file

    text = package_file("worldclass.theories", "files", "bromma.toml").read_text("utf-8")
    file = tmp_path / "own.toml"
    found: list[float] = []
    for number, tau in enumerate(("1500", "1400")):
        file.write_text(text.replace("default = 1500", f"default = {tau}"), encoding="utf-8")
        os.utime(file, ns=(number, number))
        found.append(float(values(term(theory=str(file)))[0, 0]))
    assert found[0] == pytest.approx(values(term())[0, 0], rel=1e-12)
    assert found[1] > found[0]
