"""Theories made for a test, from a few lines that matter to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from worldclass.theories import Theory, load_theory

HEAD = """
id = "test"
label = "A theory for a test"
version = "1"
description = "d"
citation = "c"
source_notes = "s"
lost = "l"
"""


@pytest.fixture
def make_theory(tmp_path: Path) -> Callable[[str], Theory]:
    """A function from the body of a theory file to the theory."""

    def make(body: str) -> Theory:
        path = tmp_path / "test.toml"
        path.write_text(HEAD + body, encoding="utf-8")
        return load_theory(path)

    return make


@pytest.fixture
def one_rule(make_theory: Callable[[str], Theory]) -> Callable[[str], Theory]:
    """A function from one rule to a theory with it, and with one of each kind of name."""

    def make(rule: str) -> Theory:
        return make_theory(
            f'''
[incomes.labour_income]
anchor = "any"
[incomes.welfare]
anchor = "any"
[parameters.tau]
default = 1500
unit = "ppp2021_month"
range = [750, 3000]
description = "d"
source = "s"
[parameters.daily]
default = 10
unit = "ppp2011_day"
range = [5, 20]
description = "d"
source = "s"
[parameters.mode]
default = "wide"
choices = ["wide", "narrow"]
description = "d"
source = "s"
[parameters.half]
default = 0.5
unit = "fraction"
range = [0, 1]
description = "d"
source = "s"
[[split]]
id = "detached"
when = "status = 'outside'"
low = 0
central = 0.5
high = 1
scale = "half"
source = "s"
[[class]]
id = "first"
label = "First"
when = """{rule}"""
[[class]]
id = "rest"
label = "Rest"
'''
        )

    return make
