"""The page has every parameter as it is declared, and a result of every hypothesis."""

from __future__ import annotations

from pathlib import Path

from worldclass.dynamics.class_unrest.hypotheses import list_hypotheses
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.parameters import Declaration, declarations

PAGE = Path(__file__).parents[3] / "docs" / "class-unrest.md"


def line(one: Declaration) -> str:
    """A parameter's line in the table."""
    default = f"{one.default:g}" if isinstance(one.default, float) else str(one.default)
    span = f"{one.range[0]:g} to {one.range[1]:g}" if one.range else ", ".join(one.choices) or "–"
    varies = " ⏱" if one.varies else ""
    cells = (f"`{one.name}`", default + varies, span, one.unit, one.meaning, one.source)
    return f"| {' | '.join(cells)} |"


def test_every_parameter_stands_on_the_page_as_declared() -> None:
    page = PAGE.read_text(encoding="utf-8")
    absent = [line(one) for one in declarations(ClassUnrest) if line(one) not in page]
    assert not absent, "\n".join(absent)


def test_every_hypothesis_has_a_result_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| {one.id} | {one.group} | {one.direction} |" in page for one in list_hypotheses())
