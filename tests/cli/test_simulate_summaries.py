"""Running totals are summed up by their last value; larger classes are in the summary."""

from worldclass.cli.simulate_summaries import summarise
from worldclass.dynamics.library import load_model
from worldclass.dynamics.simulate import simulate


def test_a_running_total_is_summed_up_by_its_last_value() -> None:
    runs = simulate("protest-wave", {"days": 40}, runs=3, seed=2)
    found = summarise(runs, load_model("protest-wave"))
    last = found["last"]
    ends = runs.filter(quantity="total_events", time=runs["time"].max())["value"]
    assert last["quantity"].to_list() == ["total_events"]
    assert last["median"].to_list() == [ends.median()]
    assert "total_events" not in found["mean of later half"]["quantity"]


def test_a_single_event_is_no_mean() -> None:
    runs = simulate("ethnic-violence", {"periods": 5})
    found = summarise(runs, load_model("ethnic-violence"))
    assert found["last"]["quantity"].to_list() == ["extinction", "extinction_time"]
    assert not found["mean of later half"]["quantity"].str.starts_with("extinction").any()


def test_unrest_is_summed_up_for_all_and_for_larger_classes() -> None:
    runs = simulate("class-unrest", {"periods": 4})
    rows = summarise(runs, load_model("class-unrest"))["mean of later half"]
    size = dict(runs.filter(quantity="citizen_share").select("group", "value").iter_rows())
    for quantity in ("active_share", "jailed_share"):
        groups = set(rows.filter(quantity=quantity)["group"])
        assert "all" in groups and len(groups) > 2
        assert all(size[one] >= 0.02 for one in groups)
        assert not groups & {"female", "male", "dominant"}
