"""The classifications have the codes that their publishers and the reference tables list."""

import pytest

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import (
    classification,
    classifications,
    codes,
    known,
)

from .conftest import Reference


def numbers(listed: list[str], name: str) -> set[int]:
    """The numbers that stand for codes: their own, but for codes of five digits."""
    longer = classification(name).longer
    return {longer.get(int(code), int(code)) for code in listed}


@pytest.mark.parametrize("name", [n for n in classifications() if n != "isco68"])
def test_numbers_of_official_groups(name: str) -> None:
    isco = classification(name)
    found = [len({unit // step for unit in isco.unit_groups}) for step in (1000, 100, 10, 1)]
    assert tuple(found) == isco.counts


def test_isco_08_has_436_unit_groups_and_isco_88_has_390() -> None:
    assert classification("isco08").counts == (10, 43, 130, 436)
    assert classification("isco88").counts == (10, 28, 116, 390)


def test_isco_68_has_two_first_digits_for_one_major_group() -> None:
    isco = classification("isco68")
    assert not {0, 1000} & set(isco.codes)
    assert {100, 1100} <= set(isco.codes)
    assert isco.unit_digits == 3


@pytest.mark.mirror
@pytest.mark.parametrize("name", ["isco08", "isco88", "isco88com", "isco68"])
def test_codes_are_those_of_the_reference_lists(name: str, reference: Reference) -> None:
    listed = numbers(reference(f"labels_{name}").to_series(0).to_list(), name)
    isco = classification(name)
    extras = {code for extra in isco.extras for code in extra.codes}
    assert listed <= set(isco.codes)
    assert set(isco.codes) - listed == extras - set(isco.longer.values())


@pytest.mark.mirror
def test_isco_88_holds_the_codes_of_ganzeboom_and_treiman(reference: Reference) -> None:
    isco = classification("isco88")
    tables = [reference(f"labels_isco88{variant}").to_series(0) for variant in ("a", "b")]
    listed = {int(code) for table in tables for code in table}
    outside = {code for extra in isco.extras for code in extra.codes}
    assert listed <= set(isco.codes)
    assert listed & outside == set(isco.extras[0].codes)


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("isco08", "isco08_to_isei"),
        ("isco08", "isco08_to_oesch16"),
        ("isco08", "isco08_to_esec_three"),
        ("isco08", "isco08_to_ipics"),
        ("isco88", "isco88_to_egp11"),
        ("isco88", "isco88_to_isei"),
        ("isco88", "isco88_to_siops"),
        ("isco88", "isco88_to_oesch16"),
        ("isco88", "isco88_to_mps"),
        ("isco88", "isco88_to_ordc"),
        ("isco88", "isco88_to_ipics"),
        ("isco88", "isco88_4_to_oep88"),
        ("isco88com", "isco88com_to_esec_three"),
        ("isco88com", "isco88com_to_msec"),
        ("isco88com", "isco88com_to_msec_proto"),
        ("isco68", "isco68_to_egp11"),
        ("isco68", "isco68_to_isei"),
        ("isco68", "isco68_to_siops"),
    ],
)
def test_the_keys_of_class_tables_are_codes(name: str, table: str, reference: Reference) -> None:
    keys = numbers(reference(table).to_series(0).drop_nulls().to_list(), name)
    assert keys <= set(codes(name))


@pytest.mark.parametrize("name", classifications())
def test_groups_of_every_code_are_known_at_their_level(name: str) -> None:
    for code in set(codes(name)) - set(classification(name).longer.values()):
        assert all(known(code, name, digits) for digits in (1, 2, 3, 4))


def test_a_code_of_another_classification_is_unknown() -> None:
    assert known(2512, "isco08") and not known(2512, "isco88")
    assert known(2519, "isco08") and not known(2519, "isco88") and known(2519, "isco88", 1)


def test_every_extra_says_who_added_it_and_where() -> None:
    for name in classifications():
        assert all(extra.by and extra.source for extra in classification(name).extras)


def test_an_unknown_classification_is_refused_with_the_list() -> None:
    with pytest.raises(UsageError, match="isco08, isco88, isco88com, isco68, esco"):
        classification("isco58")


@pytest.mark.parametrize("digits", [0, 5, "4"])
def test_an_impossible_number_of_digits_is_refused(digits: int) -> None:
    with pytest.raises(UsageError, match="1, 2, 3 or 4"):
        codes("isco08", digits)
