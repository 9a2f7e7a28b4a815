"""A theory's file becomes words without loss."""

from __future__ import annotations

import pytest

from worldclass.explorer.theory_text import theory_text
from worldclass.theories import list_theories, load_theory


@pytest.mark.parametrize("name", list_theories())
def test_every_class_parameter_and_fraction_of_a_shipped_theory_is_told(name: str) -> None:
    theory = load_theory(name)
    words = theory_text(theory)
    assert [text.label for text in words.classes] == [rule.label for rule in theory.classes]
    assert [text.id for text in words.parameters] == list(theory.parameters)
    assert len(words.splits) == len(theory.splits)
    assert {style.id for style in words.styles() if style.bounds} == {
        rule.id for rule in theory.classes if rule.bounds
    }
    for rule, text in zip(theory.classes, words.classes, strict=True):
        assert text.rule == (rule.when or "everybody else")


def test_a_changed_parameter_is_told_with_its_default() -> None:
    words = theory_text(load_theory("bromma"), {"tau": 2000.0})
    (tau,) = [text for text in words.parameters if text.id == "tau"]
    assert tau.value.startswith("2,000 PPP dollars of 2021 a month (default 1500")
