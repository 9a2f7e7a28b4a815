"""wc.plot draws what it is given, by its columns."""

from __future__ import annotations

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import UsageError
from worldclass.dynamics.scenarios import load_scenario


def test_a_filtered_frame_of_flows_draws_as_flows() -> None:
    frame = wc.flows(2008, by="pair", group=["NORTH", "SOUTH"], draws=0)
    chart = wc.plot(pl.DataFrame(frame.filter(frame["sex"] == "total")), "matrix")
    assert "Who works for whom" in str(chart.to_dict()["title"])


def test_a_frame_of_neither_is_refused_with_its_columns() -> None:
    with pytest.raises(UsageError, match="columns a has no picture"):
        wc.plot(pl.DataFrame({"a": [1]}))


def test_verdicts_are_drawn_as_a_board_also_after_filtering() -> None:
    from tests.claims.made_up import made_up_theory
    from worldclass.claims.frame import verdict_table

    verdicts = verdict_table(made_up_theory()).filter(pl.col("verdict") == "fails")
    chart = wc.plot(verdicts, title="What fails").to_dict()
    assert chart["title"]["text"] == ["What fails"]
    assert "fails (0 %)" in chart["description"]
    with pytest.raises(UsageError, match="no picture 'map'"):
        wc.plot(verdicts, "map")


def test_a_part_of_some_runs_is_drawn_as_the_runs_are() -> None:
    runs = wc.simulate("debt-crisis", {"years": 20}, seed=1)
    part = runs.filter(pl.col("time") <= 10)
    drawn = wc.plot(part).to_dict()
    assert drawn["title"] == runs.plot().to_dict()["title"]
    assert max(row["time"] for row in drawn["datasets"]["panel0"]) <= 10


def test_contributions_are_one_bar_an_assumption() -> None:
    found = wc.contributions("ilo-status", "employers", country="BRA", year=2023)
    rows = wc.plot(found).to_dict()["datasets"]["assumptions"]
    kept = found.filter(pl.col("kind") == "assumption", pl.col("assumption") != "together")
    assert {row["assumption"] for row in rows} == set(kept["assumption"])
    with pytest.raises(UsageError, match="Contributions have no picture 'map'"):
        wc.plot(found, "map")


def test_shares_are_dots_with_their_intervals() -> None:
    people = pl.DataFrame({"class": [*"aabb"] * 20, "sex": [*"fmmm"] * 20})
    found = wc.shares(people, "class")
    (row, _) = wc.plot(found).to_dict()["datasets"]["dots"]
    assert (row["share"], row["low"], row["high"]) == found.select("share", "p05", "p95").row(0)


def test_shares_by_group_are_drawn_with_the_words_of_their_scheme() -> None:
    people = pl.DataFrame({"class": [*"1122"] * 20, "sex": [*"fmmm"] * 20})
    found = wc.shares(people, "class", by="sex")
    drawn = wc.plot(found, labels="esec").to_dict()
    assert {row["group"] for row in drawn["datasets"]["dots"]} == {"F", "M"}
    assert "1 Large employers" in str(drawn)


def test_shares_within_several_groups_want_to_know_which_column_is_which() -> None:
    people = pl.DataFrame({"class": [*"aabb"] * 20, "sex": [*"fmmm"] * 20, "land": [*"AB"] * 40})
    found = wc.shares(people, "class", by=["land", "sex"])
    with pytest.raises(UsageError, match="column='class', by='land'"):
        wc.plot(found)


def test_a_mobility_table_its_cells_and_its_layer_effect_are_drawn() -> None:
    father, son, other = [*"111222333"] * 20, [*"112223331"] * 20, [*"111223331"] * 20
    cohort = ["old"] * 180 + ["new"] * 180
    people = pl.DataFrame({"father": father * 2, "son": son + other, "cohort": cohort})
    people = pl.concat([people, people.with_columns(pl.col("son").shuffle(seed=1))])
    table = wc.mobility(people, "father", "son", by="cohort")
    whole = wc.plot(table, labels="esec").to_dict()
    assert len(whole["datasets"]["cells"]) == 18
    part = wc.plot(table.table.filter(cohort="old")).to_dict()
    assert {row["layer"] for row in part["datasets"]["cells"]} == {"old"}
    effect = wc.plot(table.unidiff()).to_dict()
    assert [row["label"] for row in effect["datasets"]["estimates"]] == ["new", "old"]


def test_two_schemes_are_crossed_each_with_its_own_words() -> None:
    people = pl.DataFrame({"esec": [*"1122"] * 20, "oesch8": [*"1234"] * 20})
    crossed = wc.cross_table(people, "esec", "oesch8")
    drawn = str(wc.plot(crossed, labels="esec", column_labels="oesch8").to_dict())
    assert "1 Large employers" in drawn
    assert "4 Production workers" in drawn


def test_microdata_are_no_result() -> None:
    people = pl.DataFrame({"class": ["a"]}).to_pandas()
    with pytest.raises(UsageError, match="no pandas DataFrame"):
        wc.plot(people)


def test_a_frame_of_exploitation_is_no_atlas() -> None:
    found = wc.exploitation("bromma", 2008, country="WORLD", bands=None, draws=0)
    with pytest.raises(UsageError, match="has no picture"):
        wc.plot(found)


def test_contributions_say_of_which_class_place_and_year_they_are() -> None:
    found = wc.contributions("bromma", "lumpen", country="BRA", year=2019)
    title = wc.plot(found).to_dict()["title"]
    assert title["text"] == ["What the size of the class “Lumpen” hangs on: Brazil, 2019"]
    # The lumpen is only bounded: the middle of a bar is no estimate, and its split is drawn.
    assert "no estimate" in " ".join(title["subtitle"])
    rows = wc.plot(found).to_dict()["datasets"]["assumptions"]
    assert "detached" in {row["assumption"] for row in rows}


def test_a_picture_of_runs_has_the_scenario_and_its_interventions() -> None:
    runs = wc.simulate(scenario="kick-the-can", seed=1)
    story = load_scenario("kick-the-can")
    for chart in (runs.plot(), wc.plot(runs), runs.filter(pl.col("time") > 10).plot()):
        drawn = chart.to_dict()
        assert story.label[1:] in " ".join(drawn["title"]["text"])
        marked = [(row["time"], row["label"]) for row in drawn["datasets"]["marks"]]
        assert marked == [(one.time, one.label) for one in story.interventions]


def test_a_board_names_whose_claims_it_shows() -> None:
    verdicts = wc.claims("kharas")
    for chart in (verdicts.plot(), wc.plot(verdicts), wc.plot(pl.DataFrame(verdicts))):
        assert "(Kharas)" in " ".join(chart.to_dict()["title"]["text"])


@pytest.mark.parametrize("kind", ["atlas", "flows", "simulate", "claims", "contributions"])
def test_a_frame_without_rows_is_refused_whatever_it_was(kind: str) -> None:
    frame = {
        "atlas": lambda: wc.atlas("kharas", country="BRA", year=2019),
        "flows": lambda: wc.flows(year=2008),
        "simulate": lambda: wc.simulate("debt-crisis", {"years": 5}, seed=1),
        "claims": lambda: wc.claims("kharas"),
        "contributions": lambda: wc.contributions("kharas", "rich", country="BRA", year=2019),
    }[kind]()
    none = frame.filter(pl.lit(False))
    draws = [lambda: wc.plot(none)] + ([none.plot] if kind != "contributions" else [])
    for draw in draws:
        with pytest.raises(UsageError, match="no row") as caught:
            draw()
        assert "filtered" in caught.value.remedy
