"""A theory for those who ask over the network: its words, its rules as SQL, its check."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from worldclass.explorer.theory_text import theory_text
from worldclass.theories.check import check_theory
from worldclass.theories.compile import compile_theory
from worldclass.theories.library import load_theory, read_theory
from worldclass.theories.rows import row_text
from worldclass.theories.sql import case_sql

if TYPE_CHECKING:
    from worldclass.theories.report import CheckReport
    from worldclass.theories.schema import Theory


def theory_answer(name: str) -> dict[str, Any]:
    """Words, parameters, splits and SQL of a shipped theory.

    Raises
    ------
    TheoryError
        There is no such theory.
    """
    theory = load_theory(name)
    return asdict(theory_text(theory)) | {"sql": case_sql(compile_theory(theory), "duckdb")}


def check_answer(raw: bytes) -> dict[str, Any]:
    """What `worldclass theory check` finds in a file that a visitor sent.

    Raises
    ------
    TheoryError
        The file is malformed or unsafe.
    """
    theory = read_theory(raw)
    return _report(theory, check_theory(theory))


def _report(theory: Theory, report: CheckReport) -> dict[str, Any]:
    found: dict[str, Any] = {
        "theory": report.theory,
        "sound": report.sound,
        "combinations": report.combinations,
        "settings": report.settings,
        "problems": [str(problem) for problem in report.problems],
        "overlaps": [
            {"takes": one.first, "would_fit": one.second, "example": row_text(one.row)}
            for one in report.overlaps
        ],
        "classes": [{"id": rule.id, "label": rule.label} for rule in theory.classes],
    }
    if report.sound:
        found["sql"] = case_sql(compile_theory(theory), "duckdb")
    return found
