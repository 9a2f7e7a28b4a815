"""The page has every parameter as it is declared, and a result of every hypothesis."""

from __future__ import annotations

import re
from pathlib import Path

from worldclass.dynamics.class_unrest.hypotheses import DRAWS, list_hypotheses, varied, wilson
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.parameters import Declaration, declarations
from worldclass.dynamics.scenarios import load_scenario

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


def test_every_hypothesis_has_a_result_on_the_page_with_the_interval_of_its_share() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for one in list_hypotheses():
        start = re.escape(f"| {one.id} | {one.group} | {one.direction} |")
        found = re.search(rf"{start} (\d+) % \((\d+)–(\d+)\) \|", page)
        assert found, one.id
        share, *ends = (int(text) for text in found.groups())
        holding = round(share / 100 * DRAWS)
        assert round(100 * holding / DRAWS) == share
        assert ends == [round(100 * end) for end in wilson(holding, DRAWS)], one.id


def test_the_page_names_what_is_drawn_and_what_is_not() -> None:
    page = PAGE.read_text(encoding="utf-8")
    section = page.split("*Drawn*:")[1].split("keep their defaults")[0]
    drawn, fixed = (set(re.findall(r"`(\w+)`", part)) for part in section.split("*Not drawn*:"))
    somewhere = {name for one in list_hypotheses() for name in varied(load_scenario(one.scenario))}
    assert drawn == somewhere
    assert fixed == {one.name for one in declarations(ClassUnrest)} - somewhere
