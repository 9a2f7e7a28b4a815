"""New columns as Stata and SPSS know classes: numbers with labels, and names of variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldclass.schemes.schema import Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from worldclass.theories.schema import Theory

LONGEST_NAME = {".dta": 80, ".sav": 255, ".zsav": 255}
"""Characters of a variable's label that the format holds."""
LONGEST_LABEL = 120
"""Bytes of a value's label that SPSS holds; Stata holds more."""


@dataclass(frozen=True, eq=False)
class Labelled:
    """Columns to be written, with their labels.

    Parameters
    ----------
    columns
        The class, as a number where the theory's own words for its classes are numbers; and, of
        a scheme, the reasons.
    names
        Labels of the variables.
    values
        Of the class: the label of each number.
    """

    columns: pl.DataFrame
    names: Mapping[str, str]
    values: Mapping[str, Mapping[int | float, str]]


def labelled(made: pl.DataFrame, theory: Scheme | Theory, suffix: str) -> Labelled:
    """The new columns of a file in the form in which its program tabulates and models classes.

    Parameters
    ----------
    made
        The new columns: the class first, then the reasons.
    theory
        What they were coded by.
    suffix
        Of the file: .dta, .sav or .zsav. Stata labels whole numbers only.
    """
    import polars as pl  # takes 0.2 s to import

    first, *others = made.columns
    names = {first: theory.label} | dict.fromkeys(others, f"Why there is no {first}")
    numbers = _numbers(theory)
    if not numbers or made[first].dtype != pl.String:
        return Labelled(made, _cut(names, suffix), {})
    column = made[first].replace_strict(numbers, return_dtype=pl.Float64)
    labels = {
        int(number) if number.is_integer() else number: _short(entry.label)
        for entry in theory.classes
        for number in [numbers[entry.id]]
        if number.is_integer() or suffix != ".dta"
    }
    return Labelled(made.with_columns(column), _cut(names, suffix), {first: labels})


def _numbers(theory: Scheme | Theory) -> dict[str, float]:
    """The number that each class is called by; none where one of them has a word."""
    try:
        return {entry.id: float(entry.id) for entry in theory.classes}
    except ValueError:
        return {}


def _cut(names: Mapping[str, str], suffix: str) -> dict[str, str]:
    return {name: text[: LONGEST_NAME[suffix]] for name, text in names.items()}


def _short(label: str) -> str:
    """A label that SPSS does not refuse, cut between characters."""
    return label.encode()[:LONGEST_LABEL].decode(errors="ignore")
