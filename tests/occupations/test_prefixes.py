"""Prefix encodings say what they were made from, with as few prefixes as there can be."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.occupations.prefixes import shortest_prefixes

CODES = ["00", "01", "10", "11", "12", "20"]
HEADS = [*dict.fromkeys(code[0] for code in CODES), *CODES]
VALUES = st.sampled_from([("",), ("a",), ("b",)])


def decode(prefixes: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The values of each code by its longest prefix."""
    return {code: prefixes.get(code, prefixes.get(code[0], ("",))) for code in CODES}


def decodes(heads: tuple[str, ...], wanted: dict[str, tuple[str, ...]]) -> bool:
    """Whether some values of these prefixes give every code what is wanted."""
    given_by: dict[str, tuple[str, ...]] = {}
    for code, values in wanted.items():
        head = code if code in heads else code[0] if code[0] in heads else ""
        expected = ("",) if not head else given_by.setdefault(head, values)
        if expected != values:
            return False
    return True


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(CODES, VALUES)))
def test_no_smaller_set_of_prefixes_says_the_same(wanted: dict[str, tuple[str, ...]]) -> None:
    found = shortest_prefixes(wanted, ("",))
    assert decode(found) == wanted
    fewer = (heads for size in range(len(found)) for heads in combinations(HEADS, size))
    assert not any(decodes(heads, wanted) for heads in fewer)


def test_a_prefix_of_a_single_code_is_written_as_that_code() -> None:
    assert shortest_prefixes({"0110": ("a",), "0210": ("",)}, ("",)) == {"0110": ("a",)}


def test_what_is_outside_inside_a_prefix_is_listed() -> None:
    leaves = {"11": ("a",), "12": ("a",), "13": ("",)}
    assert shortest_prefixes(leaves, ("",)) == {"1": ("a",), "13": ("",)}
