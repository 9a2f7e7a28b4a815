"""A small scheme of one's own, in files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from worldclass.schemes.library import load_scheme
from worldclass.schemes.schema import Scheme

HEAD = """\
id = "{id}"
label = "An example"
version = "1"
kind = "{kind}"
description = "For tests."
citation = "None."
source_notes = "Made up."
lost = "Nothing."
"""

SMALL = """
[[occupation]]
classification = "isco08"
digits = 2
table = "small.csv"
simplified = "plain"
source = "Made up."
[[position]]
id = "employee"
label = "Employee"
when = "self_employed = 0"
[[position]]
id = "small_employer"
label = "Self-employed, fewer than ten employees"
when = "self_employed = 1 AND employees < 10"
[[position]]
id = "large_employer"
label = "Self-employed, ten employees or more"
when = "self_employed = 1 AND employees >= 10"
[[class]]
id = "1"
label = "Owners"
[[class]]
id = "2"
label = "Experts"
[[class]]
id = "3"
label = "Others"
"""

TABLE = """\
codes,employee,small_employer,large_employer,plain
1,2,1,1,2
2,2,3,1,2
22,,,,
3 4 5 6 7 8 9,3,3,1,3
"""

Write = Callable[..., Scheme]


@pytest.fixture
def write_scheme(tmp_path: Path) -> Write:
    """Write a scheme with its table, and load it."""

    def write(
        body: str = SMALL, table: str = TABLE, *, name: str = "small", kind: str = "classes"
    ) -> Scheme:
        (tmp_path / "small.csv").write_text(table)
        path = tmp_path / f"{name}.toml"
        path.write_text(HEAD.format(id=name, kind=kind) + body)
        return load_scheme(path)

    return write
