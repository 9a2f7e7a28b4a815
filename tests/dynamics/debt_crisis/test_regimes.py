"""Where paths end: the published basins, and what support can and cannot do."""

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.debt_crisis.portrait import EQUILIBRIUM, portrait
from worldclass.dynamics.debt_crisis.regimes import basins, scan, support


def test_more_debt_and_less_employment_never_help() -> None:
    table = basins(DebtCrisis(), debts=6, rates=6)
    assert set(table["outcome"]) == {"recovers", "collapses"}
    for _, row in table.group_by("debt"):
        outcomes = row.sort("employment")["outcome"].to_list()
        assert outcomes == sorted(outcomes)  # "collapses" before "recovers"


def test_cheap_credit_takes_away_the_damping() -> None:
    """At r = 0 the good equilibrium neither attracts nor repels: the cycle does not fade."""
    table = scan(DebtCrisis(), values=3).filter(parameter="interest", quantity="damping")
    assert table["value"][0] == pytest.approx(0, abs=1e-9)
    assert table["value"][1] < -0.03


def test_interest_relief_alone_never_leads_back_to_the_good_equilibrium() -> None:
    table = support(DebtCrisis(employment=0.7, debt=0.5))
    relief = table.filter(purchases=0.0)
    assert "recovers" not in set(relief["outcome"])
    assert set(table.filter(purchases=0.05, support=0.0)["outcome"]) == {"recovers"}


def test_the_portrait_starts_where_it_says() -> None:
    table = portrait(DebtCrisis(years=20))
    assert table["path"].n_unique() == 5
    point = table.filter(path=EQUILIBRIUM).row(0, named=True)
    assert point["debt"] == pytest.approx(0.0702, abs=1e-4)
    first = table.filter(path="from wages 75 %, employment 70 %, debt 0.5").row(0, named=True)
    assert (first["wage_share"], first["employment"], first["debt"]) == pytest.approx(
        (0.75, 0.7, 0.5)
    )


@pytest.mark.parametrize("question", [basins, scan, support])
def test_goodwins_model_has_no_debt_to_ask_about(question: object) -> None:
    with pytest.raises(UsageError, match="no debt"):
        question(DebtCrisis(variant="goodwin"))  # type: ignore[operator]
