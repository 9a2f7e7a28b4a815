"""Whatever the settings: nobody is lost and nobody is counted twice."""

from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import worldclass as wc
from worldclass.atlas.change import decompose

steady = settings(max_examples=25, deadline=None, derandomize=True)
places = st.sampled_from(["BRA", "CHN", "ETH", "IND", "NOR", "USA", "YEM"])
years = st.integers(1991, 2023)
bromma = st.fixed_dictionaries(
    {
        "tau": st.floats(750, 3000),
        "tau_relative": st.floats(0.75, 2),
        "capitalist_income": st.floats(2, 10),
        "manager_scale": st.floats(0, 1.2),
        "threshold": st.sampled_from(["absolute", "relative"]),
        "poor_own_account": st.sampled_from(["proletariat", "middle-classes", "lumpen"]),
    }
)
anchors = st.sampled_from([None, "national-accounts", "household-survey", "earnings-survey"])


@steady
@given(places, years, bromma, anchors)
def test_classes_add_up_to_the_population(
    country: str, year: int, parameters: dict[str, Any], anchor: str | None
) -> None:
    options: dict[str, Any] = {"parameters": parameters, "anchor": anchor, "draws": 0}
    frame = wc.atlas("bromma", country=country, year=year, **options)
    people = wc.people(country, year).group_by("sex").agg(pl.col("persons").sum())
    counted = dict(people.iter_rows())
    for sex in ("female", "male"):
        total = frame.filter(frame["sex"] == sex)["persons"].sum()
        np.testing.assert_allclose(total, counted[sex], rtol=1e-5)
    assert (frame["persons"] >= 0).all()
    assert frame["imputed"].is_between(0, 1).all()


@steady
@given(places, years, bromma, st.floats(1.001, 2))
def test_a_higher_threshold_never_adds_to_the_worker_elite(
    country: str, year: int, parameters: dict[str, Any], by: float
) -> None:
    higher = {
        **parameters,
        "tau": parameters["tau"] * by,
        "tau_relative": parameters["tau_relative"] * by,
    }
    sizes = [
        pl.DataFrame(
            wc.atlas("bromma", country=country, year=year, sex="total", parameters=p, draws=0)
        )
        .filter(pl.col("class") == "worker-elite")["persons"]
        .item()
        for p in (parameters, higher)
    ]
    assert sizes[1] <= sizes[0] * (1 + 1e-5) + 1


@steady
@given(*[st.floats(1, 1e9)] * 2, *[st.floats(0, 1)] * 2)
def test_components_of_a_change_always_add_up(a: float, b: float, s: float, t: float) -> None:
    population = np.array([a, b])
    persons = population * np.array([s, t])
    growth, composition, total = decompose(persons, population)
    np.testing.assert_allclose(growth + composition, total)
    np.testing.assert_allclose(total, persons[1] - persons[0], atol=1e-6 * population.max())
