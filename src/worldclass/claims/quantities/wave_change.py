"""How a hypothesis changes waves of unrest in runs of the model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.dynamics.class_unrest.hypotheses import Hypothesis
    from worldclass.dynamics.class_unrest.parameters import ClassUnrest
    from worldclass.people.snapshot import Snapshot

    Values = NDArray[np.float64]

ID = "wave-change"
SEED = 20020514
CENTRE_SEEDS = 8
"""Runs of each arm at the centre: it stands alone, where draws average one another's luck."""
WORKERS = min(4, os.cpu_count() or 1)


class WaveChange(Fields):
    """What a term says of a hypothesis about waves.

    Attributes
    ----------
    hypothesis
        An id of `hypotheses.toml` of the model `class-unrest`.
    theory, country, year
        Who the citizens are: classes of a theory, in a country and year.
    ratio, hardship_from, target_leaders
        Rules of the model that its ranges do not cover.
    side
        Sites across and down the torus.
    seeds
        Runs of each arm in a draw; both arms have the same seeds.
    """

    hypothesis: str
    theory: str = "bromma"
    country: str = "USA"
    year: int = 2023
    ratio: Literal["smooth", "floor", "round"] = "floor"
    hardship_from: Literal["class", "income", "chance"] = "class"
    target_leaders: bool = False
    side: int = Field(default=40, ge=20, le=200)
    seeds: int = Field(default=2, ge=1, le=100)


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Wave size with what a hypothesis speaks of, less without; above 0: the wave rises.

    The size is the active share of the hypothesis's group, summed over the periods from the
    intervention on: periods of the whole group's activity. Draw k is point k of a Sobol sequence
    over the ranges of the assumptions, the same values in every hypothesis, with seeds of its own
    (`SEED`, k); the centre is the base, with at least 8 runs of each arm.

    Returns
    -------
    Shape (settings, draws).
    """
    snapshot = data.open_snapshot()
    out = np.empty((len(settings), len(draws)))
    for row, one in enumerate(settings):
        with told_of(ID, one):
            out[row] = _changes(one, [int(draw) for draw in draws], snapshot)
    return finite(ID, settings, draws, out)


def _changes(one: WaveChange, draws: list[int], snapshot: Snapshot) -> Values:
    from worldclass.dynamics.class_unrest.hypotheses import numbered_assumptions, sizes_at
    from worldclass.dynamics.scenarios import load_scenario

    hypothesis, base = hypothesis_of(one.hypothesis), base_of(one)
    _require_group(one, hypothesis, snapshot)
    points = numbered_assumptions(load_scenario(hypothesis.scenario), base, draws, SEED)

    def change(place: int) -> float:
        draw = draws[place]
        entropy = (SEED, draw) if draw >= 0 else SEED
        seeds = one.seeds if draw >= 0 else max(CENTRE_SEEDS, one.seeds)
        without, with_it = sizes_at(hypothesis, points[place], entropy, seeds, snapshot)
        return with_it - without

    with ThreadPoolExecutor(WORKERS) as pool:
        return np.array(list(pool.map(change, range(len(draws)))))


def hypothesis_of(name: str) -> Hypothesis:
    """A hypothesis by its id.

    Raises
    ------
    ClaimError
        There is none of that name.
    """
    from worldclass.dynamics.class_unrest.hypotheses import list_hypotheses

    known = {one.id: one for one in list_hypotheses()}
    if name not in known:
        raise ClaimError(
            f"There is no hypothesis {name!r}.",
            where=f"{ID}: hypothesis",
            remedy=f"Use {', '.join(known)}.",
        )
    return known[name]


def base_of(one: WaveChange) -> ClassUnrest:
    """The model's parameters before a scenario's and a draw's."""
    from worldclass.dynamics.class_unrest.parameters import ClassUnrest
    from worldclass.dynamics.parameters import with_settings

    told = one.model_dump(exclude={"hypothesis", "seeds"})
    return with_settings(ClassUnrest(), told, where=ID)


def _require_group(one: WaveChange, hypothesis: Hypothesis, snapshot: Snapshot) -> None:
    """Refuse a hypothesis about a class that the theory does not have."""
    from worldclass.dynamics.class_unrest.citizens import draw_pool
    from worldclass.dynamics.class_unrest.standing import NATIONS, SEXES

    pool = draw_pool(one.theory, one.country, one.year, snapshot)
    known = ("all", *pool.classes, *SEXES, *NATIONS)
    if hypothesis.group not in known:
        raise ClaimError(
            f"The hypothesis '{hypothesis.id}' speaks of the class '{hypothesis.group}'; the "
            f"theory '{one.theory}' has no such class in {one.country}, {one.year}.",
            where=f"{ID}: theory",
            remedy=f"Its classes there are {', '.join(pool.classes)}; use another theory.",
        )


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """What the runs rest on."""
    names = list(dict.fromkeys(one.hypothesis for one in settings))
    held = [f"{name}: {hypothesis_of(name).held_by}" for name in names]
    places = sorted({f"{one.country} {one.year}" for one in settings})
    return Evidence(
        sources=(
            f"Population table of worldclass, {', '.join(places)} (its provenance names sources "
            "and licences)",
            "Epstein (2002), Proceedings of the National Academy of Sciences 99, 7243–7250, for "
            "the model that this one extends",
            *held,
        ),
        imputed=None,
        method=(
            "Runs of a model with and without what the hypothesis speaks of, from the same seeds. "
            "A draw is a point spread over the ranges of the assumptions. What a mechanism implies "
            "is shown; no observed wave is compared."
        ),
        page="class-unrest.md",
    )


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Waves that grow or shrink by up to the whole group's activity; equal settings agree."""
    worlds: dict[str, Values] = {}
    out = np.empty((len(settings), number))
    for row, one in enumerate(settings):
        key = one.model_dump_json()
        if key not in worlds:
            worlds[key] = random.normal(0.0, 10.0, number)
        out[row] = worlds[key]
    return out


QUANTITY = Quantity(
    id=ID,
    label="Change of a wave of unrest that a hypothesis speaks of, in a model",
    fields=WaveChange,
    needs=("people", "none"),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
    at_once=1,
)
