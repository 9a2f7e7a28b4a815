"""What rules mean, and comparisons that mean nothing."""

from collections.abc import Callable

import pytest

from worldclass.core.errors import TheoryError
from worldclass.theories import Theory, compile_theory

Make = Callable[[str], Theory]


def same(one_rule: Make, first: str, second: str) -> bool:
    """Whether two rules compile to the same formula."""
    one, two = (compile_theory(one_rule(text)).structure.rules[0] for text in (first, second))
    return one == two


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("labour_income between 1 and 5", "labour_income >= 1 and labour_income <= 5"),
        ("not labour_income between 1 and 5", "labour_income < 1 or labour_income > 5"),
        ("not labour_income < 5", "labour_income >= 5"),
        ("5 <= labour_income", "labour_income >= 5"),
        ("tau > labour_income", "labour_income < tau"),
        ("'employee' = status", "status = 'employee'"),
        ("not (sex = 'male' and welfare > 5)", "sex = 'female' or welfare <= 5"),
        ("sex <> 'male'", "sex = 'female'"),
        ("sector not in ('industry')", "sector in ('agriculture', 'services')"),
        ("sector = 'industry' or sector = 'services'", "sector in ('industry', 'services')"),
        ("sector is not null", "not sector is null"),
        ("detached <> 1", "detached = 0"),
        ("mode = 'wide' and sex = 'male'", "sex = 'male'"),
        ("mode <> 'wide' or sex = 'male'", "sex = 'male'"),
        ("mode in ('wide') and sex = 'male'", "sex = 'male'"),
        ("welfare > -0.0", "welfare > 0"),
        ("welfare > 1e2", "welfare > 100"),
        ("SEX = 'male'".lower(), "sex   =\n'male'"),
    ],
)
def test_two_ways_to_say_the_same(one_rule: Make, first: str, second: str) -> None:
    assert same(one_rule, first, second)


def test_and_binds_closer_than_or(one_rule: Make) -> None:
    text = "sex = 'male' or sex = 'female' and welfare > 5"
    assert same(one_rule, text, "sex = 'male' or (sex = 'female' and welfare > 5)")
    assert not same(one_rule, text, "(sex = 'male' or sex = 'female') and welfare > 5")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("status > 'employee'", "orders 'status'"),
        ("status between 'a' and 'b'", "orders 'status'"),
        ("status = 3", "something other than a text"),
        ("status = tau", "something other than a text"),
        ("labour_income = 'high'", "something other than a number"),
        ("labour_income > mode", "is not an amount"),
        ("labour_income > half", "is not an amount"),
        ("labour_income > detached", "column with a column"),
        ("tau > 5", "compares a parameter"),
        ("tau = tau", "compares a parameter"),
        ("mode > 'wide'", "orders 'mode'"),
        ("mode = 'broad'", "no code of 'mode'"),
        ("detached > 0", "orders a split"),
        ("detached = 2", "0 or 1"),
        ("detached is null", "no column 'detached'"),
        ("mode is null", "no column 'mode'"),
        ("nation = 'x'", "no column 'nation'"),
        ("STATUS = 'employee'", "no column 'STATUS'"),
        ("labour_income > threshold", "no parameter"),
        ("status = null", "IS NULL"),
        ("sector in ('industry', null)", "never true"),
        ("labour_income > --5", "comment"),
        ("status is 'employee'", "IS is followed"),
        ("sex = 'male' and 'male'", "where a comparison belongs"),
    ],
)
def test_a_comparison_without_meaning_is_refused(one_rule: Make, rule: str, said: str) -> None:
    with pytest.raises(TheoryError) as caught:
        compile_theory(one_rule(rule))
    assert said in str(caught.value)
    assert "class 'first'" in caught.value.where
    assert caught.value.remedy


def test_a_split_cannot_depend_on_an_income(make_theory: Make) -> None:
    body = """
[incomes.welfare]
anchor = "any"
[[split]]
id = "s"
when = "welfare > 5"
low = 0
central = 0
high = 1
source = "s"
[[class]]
id = "a"
label = "A"
when = "s = 1"
[[class]]
id = "b"
label = "B"
"""
    with pytest.raises(TheoryError, match="uses an income or another split"):
        compile_theory(make_theory(body))
