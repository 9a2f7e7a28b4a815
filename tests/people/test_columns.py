"""The columns that rules may name."""

from worldclass.people.columns import columns, shares


def test_statuses_are_the_four_of_icse_93_and_two_without_work() -> None:
    assert columns()["status"].codes == (
        "employer",
        "own-account",
        "employee",
        "family-worker",
        "unemployed",
        "outside",
    )


def test_incomes_have_a_unit_and_categories_have_codes() -> None:
    for column in columns().values():
        assert bool(column.unit) == (column.kind == "income")
        assert bool(column.codes) == (column.kind == "category")


def test_shares_describe_statuses_that_exist() -> None:
    for share in shares().values():
        assert set(share.status) <= set(columns()["status"].codes)
