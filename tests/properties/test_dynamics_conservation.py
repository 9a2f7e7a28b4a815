"""Whatever the parameters: coins and people are conserved, and equal seeds give equal runs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention
from worldclass.dynamics.run import run

economies = st.fixed_dictionaries(
    {
        "agents": st.integers(2, 120),
        "coins_each": st.integers(0, 500),
        "wage_low": st.integers(0, 100),
        "wage_high": st.integers(1, 200),
        "years": st.integers(1, 4),
        "hiring_rule": st.sampled_from(["above", "at-least"]),
        "rounding": st.sampled_from(["floor", "ceiling"]),
        "spending": st.floats(0, 1),
        "sampling": st.floats(0, 1),
    }
)


@settings(max_examples=60, deadline=None)
@given(economies, st.integers(0, 2**62))
def test_no_coin_and_no_person_is_lost_in_any_economy(economy: dict, seed: int) -> None:
    if economy["wage_low"] > economy["wage_high"]:
        economy["wage_low"], economy["wage_high"] = economy["wage_high"], economy["wage_low"]
    year = economy["years"]
    result = run("social-architecture", economy, seed, snapshots=[float(year)])
    assert result.snapshots is not None
    held = result.snapshots["money"]
    pool = result.table.filter(quantity="market_pool")["value"][-1]
    assert held.min() >= 0  # type: ignore[operator]
    assert held.sum() + pool == economy["agents"] * economy["coins_each"]
    shares = result.table.filter(quantity="class_share").group_by("time").agg("value")
    assert all(abs(sum(values) - 1) < 1e-12 for values in shares["value"].to_list())
    again = run("social-architecture", economy, seed, snapshots=[float(year)])
    assert result.table.equals(again.table)


debts = st.fixed_dictionaries(
    {
        "variant": st.sampled_from(["goodwin", "keen", "speculation"]),
        "wage_share": st.floats(0.01, 1.5),
        "employment": st.floats(0.01, 0.999),
        "debt": st.floats(0, 5),
        "interest": st.floats(0, 0.2),
        "volatility": st.floats(0, 0.1),
        "support": st.floats(0, 1),
        "purchases": st.floats(0, 0.5),
        "years": st.just(15.0),
    }
)


@settings(max_examples=40, deadline=None)
@given(debts, st.integers(0, 2**62), st.floats(0.5, 14))
def test_income_is_shared_out_and_employment_stays_a_share(
    economy: dict, seed: int, when: float
) -> None:
    change = Intervention(when, {"interest": 0.1})
    table = run("debt-crisis", economy, seed, interventions=[change]).table
    parts = table.filter(quantity="income_share").group_by("time").agg("value")
    scale = 1 + table["value"].abs().max()  # type: ignore[operator]
    assert all(abs(sum(values) - 1) < 1e-9 * scale for values in parts["value"].to_list())
    employment = table.filter(quantity="employment")["value"]
    assert employment.is_between(0, 1).all()


@given(st.text(max_size=30), st.one_of(st.text(max_size=10), st.floats(), st.none()))
def test_nonsense_is_refused_in_words(name: str, value: object) -> None:
    try:
        run("debt-crisis", {name: value, "years": 1})
    except UsageError as error:
        assert error.remedy
