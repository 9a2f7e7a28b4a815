"""What a reader is told about a theory: words, rules, parameters and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldclass.atlas.deviations import deviations, named_with
from worldclass.charts.palette import ClassStyle, class_styles

if TYPE_CHECKING:
    from worldclass.theories.schema import Theory


@dataclass(frozen=True)
class ClassText:
    """A class: its name, its rule in words and as a predicate.

    Parameters
    ----------
    id, label, description
        As in the theory's file.
    rule
        The predicate, or "everybody else".
    bounds
        True when data only bound the class.
    """

    id: str
    label: str
    description: str = ""
    rule: str = ""
    bounds: bool = False


@dataclass(frozen=True)
class ParameterText:
    """A parameter as used: value and unit, range, what it is, who says so."""

    id: str
    value: str
    range: str
    description: str
    source: str


@dataclass(frozen=True)
class SplitText:
    """A latent fraction: which persons, low, central and high, who says so."""

    id: str
    when: str
    fractions: str
    source: str


@dataclass(frozen=True)
class TheoryText:
    """A theory for readers; `theory_text` makes it from a checked theory.

    Parameters
    ----------
    id, label, version, description, citation
        As in the theory's file.
    source_notes
        How the author's words became rules.
    lost
        What was lost on the way.
    classes, parameters, splits
        In the order of the file.
    """

    id: str
    label: str
    version: str = ""
    description: str = ""
    citation: str = ""
    source_notes: str = ""
    lost: str = ""
    classes: tuple[ClassText, ...] = ()
    parameters: tuple[ParameterText, ...] = ()
    splits: tuple[SplitText, ...] = ()

    def styles(self, *, ordered: bool = False) -> tuple[ClassStyle, ...]:
        """Names and colours of all classes of the theory, for its pictures."""
        return class_styles(
            [text.id for text in self.classes],
            labels={text.id: text.label for text in self.classes},
            bounds=[text.id for text in self.classes if text.bounds],
            ordered=ordered,
        )


def theory_text(
    theory: Theory, parameters: Mapping[str, float | str] | None = None, anchor: str | None = None
) -> TheoryText:
    """Turn a checked theory into words.

    Parameters
    ----------
    theory
        From `worldclass.theories.load_theory`.
    parameters
        Values that replace the defaults, by name.
    anchor
        An anchor of incomes that replaces the theory's own. The label says both.
    """
    chosen = dict(parameters or {})
    return TheoryText(
        id=theory.id,
        label=named_with(theory.label, deviations(theory, parameters, anchor)),
        version=theory.version,
        description=theory.description,
        citation=theory.citation,
        source_notes=theory.source_notes,
        lost=theory.lost,
        classes=tuple(
            ClassText(
                rule.id, rule.label, rule.description, rule.when or "everybody else", rule.bounds
            )
            for rule in theory.classes
        ),
        parameters=_parameters(theory, chosen),
        splits=_splits(theory),
    )


def _parameters(theory: Theory, chosen: Mapping[str, float | str]) -> tuple[ParameterText, ...]:
    """Parameters with the values in use."""
    texts: list[ParameterText] = []
    for name, entry in theory.parameters.items():
        value = chosen.get(name, entry.default)
        if hasattr(entry, "choices"):
            written, allowed = str(value), ", ".join(getattr(entry, "choices", ()))
        else:
            unit = unit_words(getattr(entry, "unit", ""))
            low, high = getattr(entry, "range", (0.0, 0.0))
            written, allowed = f"{value:,g} {unit}", f"{low:,g} to {high:,g}"
        if value != entry.default:
            written += f" (default {entry.default})"
        texts.append(ParameterText(name, written, allowed, entry.description, entry.source))
    return tuple(texts)


def unit_words(unit: str) -> str:
    """Unit of a parameter for readers.

    Examples
    --------
    >>> unit_words("ppp2011_day"), unit_words("world_mean_labour_income")
    ('PPP dollars of 2011 a day', 'world mean labour income')
    """
    return re.sub(r"^ppp(\d{4})_(day|month)$", r"PPP dollars of \1 a \2", unit).replace("_", " ")


def _splits(theory: Theory) -> tuple[SplitText, ...]:
    """Latent fractions with their ends."""
    return tuple(
        SplitText(
            entry.id,
            entry.when,
            f"{_end(entry.low)} / {entry.share or _end(entry.central)} / {_end(entry.high)}",
            entry.source,
        )
        for entry in theory.splits
    )


def _end(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
