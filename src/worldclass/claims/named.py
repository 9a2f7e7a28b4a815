"""Whether what a setting names exists: theories, classes, parameters, countries, sexes."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from worldclass.claims.problem import Problem
from worldclass.core.countries import aggregates, countries
from worldclass.core.errors import WorldclassError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from worldclass.theories.schema import Theory

PLACES = ("country", "without")
"""Fields that hold codes of countries or of aggregates."""


def unknown_names(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """A problem for each name in a setting that stands for nothing.

    Parameters
    ----------
    raw
        What a term says, placeholders filled.
    where
        Of which part of the file.
    """
    for field in PLACES:
        for code in _texts(raw.get(field)):
            if code not in countries() and code not in aggregates():
                yield _unknown("country or aggregate", code, (*countries(), *aggregates()), where)
    if "class" in raw or "parameters" in raw:
        yield from _theory_names(raw, where)


def _theory_names(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    from worldclass.theories.library import load_theory

    try:
        theory = load_theory(str(raw.get("theory", "")))
    except WorldclassError as error:
        yield Problem("refused", error.what, where, error.remedy)
        return
    classes = tuple(rule.id for rule in theory.classes)
    for name in _texts(raw.get("class")):
        if name not in classes:
            yield _unknown(f"class of {theory.id}", name, classes, where)
    parameters = raw.get("parameters")
    if isinstance(parameters, dict):
        yield from _parameter_problems(theory, parameters, where)


def _parameter_problems(
    theory: Theory, parameters: dict[str, Any], where: str
) -> Iterator[Problem]:
    from worldclass.theories.schema import NumberParameter

    for name, value in parameters.items():
        declared = theory.parameters.get(name)
        if declared is None:
            yield _unknown(f"parameter of {theory.id}", name, theory.parameters, where)
        elif isinstance(declared, NumberParameter):
            if isinstance(value, bool) or not isinstance(value, int | float):
                low, high = declared.range
                yield Problem(
                    "refused",
                    f"The parameter '{name}' of {theory.id} is a number, not {value!r:.40}.",
                    where,
                    f"Give {low:g} to {high:g} {declared.unit}.",
                )
        elif value not in declared.choices:
            yield _unknown(f"choice of '{name}'", str(value), declared.choices, where)


def beyond_ranges(settings: Iterable[Mapping[str, Any]], where: str) -> Iterator[Problem]:
    """A warning for each parameter that some settings put beyond what its theory allows for.

    Parameters
    ----------
    settings
        What terms say, placeholders filled, names known to exist.
    where
        Of which part of the file.
    """
    from worldclass.theories.library import load_theory
    from worldclass.theories.schema import NumberParameter

    given: dict[tuple[str, str], set[float]] = {}
    for raw in settings:
        parameters = raw.get("parameters")
        for name, value in parameters.items() if isinstance(parameters, dict) else ():
            if isinstance(value, int | float):
                given.setdefault((str(raw.get("theory")), name), set()).add(value)
    for (theory, name), values in given.items():
        declared = load_theory(theory).parameters[name]
        if not isinstance(declared, NumberParameter):
            continue
        low, high = declared.range
        outside = sorted(value for value in values if not low <= value <= high)
        if outside:
            ends = f"{outside[0]:g}" if len(outside) == 1 else f"{outside[0]:g} … {outside[-1]:g}"
            yield Problem(
                "warning",
                f"{len(outside)} of {len(values)} values of '{name}' lie beyond its range in the "
                f"theory {theory}: {ends}.",
                where,
                f"Its file gives {low:g} to {high:g} {declared.unit}; say why more is defensible.",
            )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def _unknown(kind: str, name: str, known: Iterable[str], where: str) -> Problem:
    options = list(known)
    near = get_close_matches(name, options, n=3) or get_close_matches(name.upper(), options, n=3)
    if near:
        remedy = f"Did you mean {' or '.join(near)}?"
    else:
        listed = ", ".join(options[:12]) or "none"
        remedy = f"There are: {listed}{', …' if len(options) > 12 else ''}."
    return Problem("refused", f"'{name[:60]}' is no {kind}.", where, remedy)
