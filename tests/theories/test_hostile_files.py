"""A theory file from a stranger is harmless: each attack is named and refused within a second."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from worldclass.core.errors import TheoryError
from worldclass.theories import Theory, check_theory, compile_theory, load_theory
from worldclass.theories.parse import parse_rule

SECOND = 1.0
HEAD = """
id = "test"
label = "A theory for a test"
version = "1"
description = "d"
citation = "c"
source_notes = "s"
lost = "l"
"""


@pytest.fixture(autouse=True, scope="module")
def parser_is_imported() -> None:
    """Import the parser before the clock starts."""
    parse_rule("status = 'employee'")


RULES = {
    "lower(status) = 'employee'": "LOWER",
    "read_csv('/etc/passwd') = 'a'": "READ_CSV",
    "read_text('/etc/passwd') = 'a'": "read_text",
    "getenv('HOME') = 'a'": "getenv",
    "(select 1) = 1": "subquery",
    "status in (select status from people)": "Subquery|subquery",
    "exists (select 1)": "EXISTS|subquery|Exists",
    "people.status = 'employee'": "qualified name",
    "a.b.c.status = 'employee'": "qualified name",
    "status = 'employee' -- and more": "comment",
    "status = 'employee' /* and more */": "comment",
    "status = 'employee' # and more": "comment",
    "labour_income > 1e400": "1e400",
    "labour_income > 1" + "0" * 400: "above 1e",
    "labour_income > 1e16": "above 1e",
    "attach 'file.db'": "statement 'ATTACH'",
    "attach 'file.db' as x": "statement 'ATTACH'",
    "copy people to 'file'": "statement ('Copy')",
    "drop table people": "statement ('Drop')",
    "status = 'employee'; drop table people": "statement separator",
    "insert into people values (1)": "Insert",
    "pragma database_list": "Pragma",
    "install httpfs": "alias 'httpfs'",
    "cast(labour_income as int) = 1": "CAST",
    "try_cast(labour_income as int) = 1": "CAST",
    "labour_income::int = 1": "cast",
    "labour_income + 1 > 2": "arithmetic",
    "labour_income - 1 > 2": "arithmetic",
    "labour_income * 2 > 2": "arithmetic",
    "labour_income / 2 > 2": "arithmetic",
    "labour_income % 2 = 0": "arithmetic",
    "status || 'x' = 'y'": "concatenation",
    "labour_income > welfare": "column with a column",
    "status = sector": "column with a column",
    "case when status = 'employee' then 1 end = 1": "CASE",
    "if(status = 'employee', 1, 0) = 1": "CASE|IF|function",
    "status like 'emp%'": "Like",
    "status ilike 'emp'": "ILike",
    "status similar to 'emp'": "SimilarTo|function|SIMILAR",
    "status == 'employee'": "==",
    "status != 'employee'": "!=",
    "\"status\" = 'employee'": "quoted name",
    "`status` = 'employee'": "quoted name",
    "status = 'employee' collate nocase": "COLLATE|Collate",
    "status[1] = 'e'": "bracket",
    "status = $1": "placeholder",
    "status = ?": "placeholder",
    "status = :name": "placeholder",
    "{{ 1 }} = 1": "brace",
    "status = true": "Boolean",
    "status is true": "Boolean",
    "status is distinct from 'employee'": "NullSafeNEQ",
    "labour_income between symmetric 1 and 2": "symmetric",
    "status in 'employee'": "field|Literal|parsed",
    "status in unnest(codes)": "unnest|UNNEST|Unnest",
    "status > all (select 1)": "All|ALL",
    "current_date = 1": "CURRENT_DATE|CurrentDate",
    "status = date '2020-01-01'": "CAST",
    "status = 'employee' as x": "alias",
    "status = 'a\\'": "backslash",
    "status = 'employee": "closing quote",
    "status = 'a\tb\x07'": "control character",
    "status = \N{FULLWIDTH APOSTROPHE}employee'": "character",
    "status": "where a comparison belongs",
    "'a'": "where a comparison belongs",
    "status = 'employee' status": "parsed|alias",
    "status, sector": "parsed|Tuple",
    "(status, sector) = ('a', 'b')": "Tuple",
    "": "String should|at least|parsed",
    "()": "Tuple|parsed",
    "status in ()": "empty IN list|parsed",
    "labour_income = null": "never true",
    "1 = 1": "names no column",
    "* = 1": "star",
    "(" * 60 + "status = 'employee'" + ")" * 60: "deep",
    "not " * 300 + "status = 'employee'": "deep",
    "labour_income > " + "- " * 300 + "1": "deep",
    "(not " * 13 + "status = 'employee'" + ")" * 13: "deep",
    "status in (" + ",".join(["'employee'"] * 600) + ")": "characters|words",
    "status in (" + ",".join(["1"] * 900) + ")": "words and signs",
    "status = 'employee'" + " or status = 'employee'" * 1000: "characters",
    "x" * 20_000: "characters",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule)[:40])
def test_a_hostile_rule_is_named_and_refused(rule: str, tmp_path: Path) -> None:
    body = f"""
[incomes.labour_income]
anchor = "any"
[incomes.welfare]
anchor = "any"
[[class]]
id = "a"
label = "A"
when = {json.dumps(rule)}
[[class]]
id = "b"
label = "B"
"""
    path = tmp_path / "hostile.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    start = time.perf_counter()
    with pytest.raises(TheoryError) as caught:
        compile_theory(load_theory(path))
    assert time.perf_counter() - start < SECOND
    said = caught.value.what
    assert any(word in said for word in RULES[rule].split("|")), said


FILES = {
    "10 MB of spaces": (b" " * 10_000_000, "larger than"),
    "10 MB of one rule": (
        HEAD.encode() + b"[[class]]\nid='a'\nlabel='a'\nwhen=\"" + b"a and " * 1_700_000 + b'"',
        "larger than",
    ),
    "thousands of dotted keys": (
        HEAD.encode() + b"".join(b"a.b.c%d = 1\n" % number for number in range(3000)),
        "keys",
    ),
    "one key of thousands of parts": (b".".join([b"a"] * 30_000) + b" = 1", "parts"),
    "one quoted key of many parts": (b".".join([b'"a"'] * 10_000) + b" = 1", "parts"),
    "a header of many parts": (b"[" + b".".join([b"a"] * 30_000) + b"]", "parts"),
    "spaces between the parts": (b" . ".join([b"a"] * 10_000) + b" = 1", "parts"),
    "one key as long as the file": (b"a" * 63_000, "TOML"),
    "only dots": (b"." * 63_000, "TOML"),
    "only quotes": (b'"' * 63_000, "TOML"),
    "thousands of classes": (HEAD.encode() + b"[[class]]\nid='a'\nlabel='a'\n" * 900, "keys"),
    "hundreds of classes": (
        HEAD.encode()
        + b"".join(b"[[class]]\nid='a%d'\nlabel='a'\nwhen='a'\n" % n for n in range(200)),
        "class",
    ),
    "nested arrays": (b"id = " + b"[" * 30_000, "nested too deeply"),
    "nested tables": (b"id = " + b"{a=" * 1_900, "nested too deeply|keys"),
    "Latin-1": (HEAD.encode() + b'[x]\ny = "caf\xe9"', "UTF-8"),
    "UTF-16": (HEAD.encode("utf-16"), "UTF-8"),
    "a NUL byte": (HEAD.encode() + b"\0", "NUL"),
    "an escaped NUL in a rule": (
        HEAD.encode() + b'[[class]]\nid="a"\nlabel="a"\nwhen="status = \'\\u0000\'"',
        "control character",
    ),
    "a program": (b"\x7fELF\x02\x01\x01\x00", "NUL"),
    "nothing": (b"", "missing"),
    "an unknown key": (HEAD.encode() + b'eval = "1"\n[[class]]\nid="a"\nlabel="a"', "eval"),
    "infinity": (
        HEAD.encode() + b'[parameters.t]\ndefault=inf\nunit="ppp2021_day"\nrange=[0,inf]\n'
        b'description="d"\nsource="s"\n[[class]]\nid="a"\nlabel="a"',
        "finite",
    ),
    "an integer of thousands of digits": (
        HEAD.encode() + b"[parameters.t]\ndefault=" + b"9" * 5000,
        "TOML",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_named_and_refused(name: str, tmp_path: Path) -> None:
    content, said = FILES[name]
    path = tmp_path / "hostile.toml"
    path.write_bytes(content)
    start = time.perf_counter()
    with pytest.raises(TheoryError) as caught:
        compile_theory(load_theory(path))
    assert time.perf_counter() - start < SECOND
    assert any(word in str(caught.value) for word in said.split("|")), str(caught.value)


def test_too_many_cut_points_are_refused(make_theory: Callable[[str], Theory]) -> None:
    rule = " or ".join(f"welfare = {number}" for number in range(9))
    theory = make_theory(
        f'[incomes.welfare]\nanchor="any"\n[[class]]\nid="a"\nlabel="A"\nwhen="{rule}"\n'
        '[[class]]\nid="b"\nlabel="B"\n'
    )
    with pytest.raises(TheoryError, match="9 cut points"):
        compile_theory(theory)


def test_too_large_a_table_is_refused(make_theory: Callable[[str], Theory]) -> None:
    cuts = " or ".join(f"welfare = {number}" for number in range(8))
    codes = (
        "sex='male' and age='15+' and status='employee' and sector='industry' and "
        "occupation='other'"
    )
    theory = make_theory(
        f'[incomes.welfare]\nanchor="any"\n[[class]]\nid="a"\nlabel="A"\nwhen="{cuts} or {codes}"\n'
        '[[class]]\nid="b"\nlabel="B"\n'
    )
    with pytest.raises(TheoryError, match="56,623,104 entries"):
        compile_theory(theory)


def test_too_many_settings_are_refused(make_theory: Callable[[str], Theory]) -> None:
    choices = "".join(
        f'[parameters.p{number}]\ndefault="a"\nchoices=["a","b","c","d"]\ndescription="d"\n'
        'source="s"\n'
        for number in range(8)
    )
    theory = make_theory(choices + '[[class]]\nid="a"\nlabel="A"\n')
    start = time.perf_counter()
    with pytest.raises(TheoryError, match="65,536 combinations of choices"):
        check_theory(theory)
    assert time.perf_counter() - start < SECOND


def test_the_largest_theory_is_proved_in_seconds(make_theory: Callable[[str], Theory]) -> None:
    cuts = [f"welfare = {number}" for number in range(8)]
    codes = ["sex = 'male'", "status = 'employee'", "occupation = 'other'"]
    classes = "".join(
        f'[[class]]\nid="c{number}"\nlabel="C"\nwhen="{cuts[number % 8]} and {codes[number % 2]}"\n'
        for number in range(59)
    )
    theory = make_theory(
        '[incomes.welfare]\nanchor="any"\n' + classes + '[[class]]\nid="z"\nlabel="Z"'
    )
    start = time.perf_counter()
    report = check_theory(theory)
    assert time.perf_counter() - start < 5 * SECOND
    assert not report.sound
    assert "Overlaps are not listed" in report.notes[0]


def test_too_many_tables_to_visit_are_refused(make_theory: Callable[[str], Theory]) -> None:
    """Eight parameters on one income, with ranges that all cross, give thousands of orders."""
    parameters = "".join(
        f'[parameters.p{number}]\ndefault=5\nunit="ppp2021_day"\n'
        f"range=[{number / 2},{20 - number}]\n"
        'description="d"\nsource="s"\n'
        for number in range(8)
    )
    rule = " or ".join(f"welfare = p{number}" for number in range(8))
    theory = make_theory(
        f'[incomes.welfare]\nanchor="any"\n{parameters}[[class]]\nid="a"\nlabel="A"\n'
        f'when="({rule}) and sex=\'male\' and status=\'employee\'"\n[[class]]\nid="b"\nlabel="B"\n'
    )
    start = time.perf_counter()
    with pytest.raises(TheoryError, match="too large to prove"):
        check_theory(theory)
    assert time.perf_counter() - start < 5 * SECOND
