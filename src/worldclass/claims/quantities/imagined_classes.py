"""Imagined worlds of labour given and commanded, jointly over settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.claims.quantities.imagined_flows import countries_of, cut, texts_of
from worldclass.people.grid import SEXES
from worldclass.theories.compile import compile_theory
from worldclass.theories.library import load_theory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

SPREAD = 1.5


def imagine_classes(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Measures of imagined worlds, shape (settings, number).

    Persons and the hours they give depend on theory, parameters, unit and year; what they command
    also on definition and anchor. Over all classes and places of a world hours commanded sum to
    those given, as every definition has it; the surplus of a class is no less than what it gives
    beyond what it commands, and no more than what it gives.
    """
    places = [countries_of(one.country) - countries_of(one.without) for one in settings]
    parts = cut([countries_of("WORLD"), *places])
    people: dict[Any, dict[str, Values]] = {}
    worlds: dict[Any, dict[str, Values]] = {}
    out = np.empty((len(settings), number))
    for row, one in enumerate(settings):
        classes = compile_theory(load_theory(one.theory), dict(one.parameters) or None).classes
        own = (one.theory, one.parameters, one.unit, one.year)
        if own not in people:
            people[own] = _people(random, (number, len(classes), len(SEXES), len(parts)))
        if one.key not in worlds:
            worlds[one.key] = _commanded(random, people[own])
        wanted = texts_of(one.class_) or classes
        sexes = SEXES if one.sex == "total" else (one.sex,)
        inside = (
            np.array([name in wanted for name in classes])[:, None, None]
            & np.array([name in sexes for name in SEXES])[:, None]
            & np.array([part <= places[row] for part in parts])
        )
        out[row] = worlds[one.key][one.measure][:, inside].sum(axis=1)
    return out


def _people(random: np.random.Generator, shape: tuple[int, ...]) -> dict[str, Values]:
    """Persons and million hours given by class, sex and part of the world."""
    number, classes, sexes, parts = shape
    persons = 1e6 * np.exp(
        SPREAD * random.standard_normal((number, classes, 1, 1))
        + SPREAD * random.standard_normal((number, 1, sexes, 1))
        + SPREAD * random.standard_normal((number, 1, 1, parts))
        + random.standard_normal(shape)
    )
    return {"persons": persons, "hours_given": persons * random.uniform(0, 4e-3, shape)}


def _commanded(random: np.random.Generator, people: dict[str, Values]) -> dict[str, Values]:
    """The same people with what they command, who of them is exploited, and the surplus."""
    given = people["hours_given"]
    number, classes, _, parts = given.shape
    weight = given * np.exp(
        SPREAD * random.standard_normal((number, classes, 1, 1))
        + SPREAD * random.standard_normal((number, 1, 1, parts))
        + random.standard_normal(given.shape)
    )
    rest = (1, 2, 3)
    total = given.sum(axis=rest, keepdims=True)
    commanded = weight / weight.sum(axis=rest, keepdims=True) * total
    least = np.maximum(given - commanded, 0.0)
    share = random.uniform(0, 1, given.shape)
    return {
        **people,
        "hours_commanded": commanded,
        "persons_exploited": people["persons"]
        * np.where(least > 0, np.maximum(share, 1e-3), share),
        "surplus": least + share * np.minimum(given, commanded),
    }
