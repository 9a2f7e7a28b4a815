"""Imagined worlds of flows: what some data could conceivably give, jointly over settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.countries import aggregates, resolve
from worldclass.flows.areas import ROW, ROW_GROUP, WORLD
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MOST_CELLS = 4_000_000
"""Flows imagined at once: 32 MB an account."""
SPREAD = 1.5
"""Standard deviation of the logarithm of a flow: a factor of 150 between its 5th and 95th
percentile, so that every order of places comes up."""


def imagine_flows(
    settings: Sequence[Any], random: np.random.Generator, number: int, groups: tuple[str, ...]
) -> Values:
    """Flows between places in imagined worlds, shape (settings, number).

    Places are cut into parts such that every area of a setting is a union of parts; each pair of
    parts has persons by sex and group of industries, hours per person, value added and the part of
    it that is paid. Sums over them are coherent: a part is no larger than the whole, hours need
    persons, pay is no more than value added. Years are independent of one another, so that flows
    rise in some worlds and fall in others.

    Parameters
    ----------
    settings
        With account, producer, consumer, year, sex, sector.
    groups
        Groups of industries.
    """
    areas = [(countries_of(one.producer), countries_of(one.consumer)) for one in settings]
    parts = cut([area for pair in dict.fromkeys(areas) for area in pair])
    chosen = [_chosen(one, *pair, parts, groups) for one, pair in zip(settings, areas, strict=True)]
    cells = len(SEXES) * len(groups) * len(parts) ** 2
    together = max(MOST_CELLS // cells, 1)
    blocks: list[Values] = []
    for first in range(0, number, together):
        block = np.empty((len(settings), min(together, number - first)))
        for year in sorted({one.year for one in settings}):
            world = _world(random, block.shape[1], len(parts), len(groups))
            for row, one in enumerate(settings):
                if one.year == year:
                    inside = chosen[row][: world[one.account].shape[1]]
                    block[row] = world[one.account][:, inside].sum(axis=1)
        blocks.append(block)
    return np.concatenate(blocks, axis=1)


def _chosen(
    one: Any,
    giver: frozenset[str],
    taker: frozenset[str],
    parts: Sequence[frozenset[str]],
    groups: tuple[str, ...],
) -> NDArray[np.bool_]:
    """Which cells of a world a setting sums up, shape (sexes, groups, parts, parts)."""
    wanted = groups if one.sector == "total" else texts_of(one.sector)
    sex = np.array([one.sex in ("total", name) for name in SEXES])
    sector = np.array([name in wanted for name in groups])
    ends = [np.array([part <= area for part in parts]) for area in (giver, taker)]
    return sex[:, None, None, None] & sector[:, None, None] & ends[0][:, None] & ends[1]


def _world(random: np.random.Generator, number: int, parts: int, groups: int) -> dict[str, Values]:
    """Accounts of one year, each of shape (number, sexes, groups, parts, parts)."""
    shape = (number, len(SEXES), groups, parts, parts)
    # One factor a pair of places, one a sex, one a group: no order of sums is ruled out.
    pairs = np.exp(SPREAD * random.standard_normal((number, 1, 1, parts, parts)))
    sexes = np.exp(SPREAD * random.standard_normal((number, len(SEXES), 1, 1, 1)))
    each = np.exp(SPREAD * random.standard_normal((number, 1, groups, 1, 1)))
    persons = pairs * sexes * each * np.exp(random.standard_normal(shape)) * 1e3
    hours = persons * random.uniform(0.5, 3.5, shape)
    added = (persons * np.exp(SPREAD * random.standard_normal(shape))).sum(axis=1, keepdims=True)
    pay = added * random.uniform(0, 1, added.shape)
    return {"persons": persons, "hours": hours, "value_added": added, "pay": pay}


def texts_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One or several texts as a tuple; the empty text is none.

    Examples
    --------
    >>> texts_of("IND"), texts_of(("IND", "BGD")), texts_of("")
    (('IND',), ('IND', 'BGD'), ())
    """
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(dict.fromkeys(value))


def countries_of(area: str | tuple[str, ...]) -> frozenset[str]:
    """Codes behind an area or a list of them; ROW belongs to the South and the world.

    Examples
    --------
    >>> "ROW" in countries_of("SOUTH"), sorted(countries_of(("usa", "ROW")))
    (True, ['ROW', 'USA'])
    """
    found: set[str] = set()
    for text in texts_of(area):
        code = ROW if text.upper() == ROW else resolve(text)
        found.update(aggregates().get(code, (code,)))
        if code in (ROW_GROUP, WORLD):
            found.add(ROW)
    return frozenset(found)


def cut(areas: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The world cut into sets of countries that no area divides.

    Examples
    --------
    >>> parts = cut([frozenset({"BRA", "USA"}), frozenset({"USA", "CAN"})])
    >>> [sorted(part) for part in parts]
    [['BRA'], ['CAN'], ['USA']]
    """
    found: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(frozenset[str]().union(*areas)):
        found.setdefault(tuple(code in one for one in areas), set()).add(code)
    return [frozenset(one) for one in found.values()]
