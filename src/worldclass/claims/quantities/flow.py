"""Labour and value embodied in what places consume: who works for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantities.imagined_flows import imagine_flows, texts_of
from worldclass.claims.quantities.paired_labour import BLOCK, blocks_of, labour_until
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.countries import countries
from worldclass.core.errors import ClaimError
from worldclass.flows.accounts import Accounts
from worldclass.flows.areas import choose_areas
from worldclass.flows.embodied import embodied_by, group_positions
from worldclass.flows.store import open_store
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.flows.store import Store
    from worldclass.people.snapshot import Snapshot

    Values = NDArray[np.float64]

ID = "flow"
TOGETHER = 16
"""Draws traced through a table at once: always as many, so that no value depends on how many draws
are asked for."""
GROUPS = ("agriculture", "mining", "manufacturing", "utilities", "construction", "services")


@dataclass(frozen=True)
class Labour:
    """Tables, and the population whose labour is spread over them."""

    store: Store
    people: Snapshot


class Flow(Fields):
    """What a term says of a flow.

    Attributes
    ----------
    account
        "hours" (million hours), "persons" (thousand persons), "pay" or "value_added" (in the unit
        of the table, million US dollars at market exchange rates).
    producer, consumer
        A country, an aggregate, or a list of them: their union. ROW, the rest of the world, counts
        with the South and the world.
    year
        A year with a table.
    sex
        "female" and "male" for hours and persons alone.
    sector
        Group of producing industries, several, or "total".
    """

    account: Literal["hours", "persons", "pay", "value_added"] = "hours"
    producer: str | tuple[str, ...] = "WORLD"
    consumer: str | tuple[str, ...] = "WORLD"
    year: int
    sex: Literal["female", "male", "total"] = "total"
    sector: str | tuple[str, ...] = "total"


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Amounts of the producer that are embodied in what the consumer uses.

        H(P, C) = Σ_{p in P} Σ_{c in C} Σ_{i in p} s_i/x_i · M_{i,c}

    with s the account, x output and M what the final demand of c requires of sector i. A year's
    draws are computed once by country, sex and group of industries: every grouping is a sum.

    Returns
    -------
    Shape (settings, draws). A draw is a draw of the assumptions of the labour accounts; value added
    rests on none.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> ends = [Flow(producer=p, consumer="NORTH", year=2008) for p in ("SOUTH", "NORTH", "WORLD")]
    >>> south, north, world = evaluate(ends, [-1], Data())[:, 0]
    >>> bool(abs(south + north - world) < 1e-6 * world)
    True
    """
    labour = Labour(open_store(data.flows), data.open_snapshot())
    numbers = [int(draw) for draw in draws]
    out = np.empty((len(settings), len(numbers)))
    for row, one in enumerate(settings):
        with told_of(ID, one):
            out[row] = _values(labour, one, numbers)
    return finite(ID, settings, draws, out)


def _values(labour: Labour, one: Flow, draws: list[int]) -> Values:
    production = labour.store.production(one.year)
    giver = members_in(one.producer, production.everyone)
    taker = members_in(one.consumer, production.everyone)
    ends = (_mask(giver, production.countries), _mask(taker, production.consumers))
    centre = _between(labour, one.year, one.account, -1)
    sexes, groups = _sexes(one, centre.shape[1]), _groups(one, labour)
    out = np.full(len(draws), _sum(centre, sexes, groups, *ends)[0])
    if one.account == "value_added":
        return out
    for block, places in blocks_of(draws).items():
        found = _sum(_between(labour, one.year, one.account, block), sexes, groups, *ends)
        out[places] = found[[draws[place] - block * BLOCK for place in places]]
    return out


def members_in(area: str | tuple[str, ...], table: Sequence[str]) -> tuple[str, ...]:
    """Countries of a table that belong to an area or a list of them.

    Of a list, countries that the table holds within ROW only are left out, as an aggregate
    leaves them out; a single one is refused.

    Raises
    ------
    UsageError
        An unknown place, or one that the table does not have.

    Examples
    --------
    >>> members_in(("BRA", "NORTH"), ("BRA", "USA", "ROW"))
    ('BRA', 'USA')
    >>> members_in(("USA", "CHE"), ("BRA", "USA", "ROW"))
    ('USA',)
    """
    texts = texts_of(area)
    if len(texts) > 1:
        outside = {text for text in texts if text in countries() and text not in table}
        texts = tuple(text for text in texts if text not in outside) or texts
    return choose_areas({"chosen": texts}, table)[0].members


def _mask(members: tuple[str, ...], table: Sequence[str]) -> Values:
    return np.array([float(code in members) for code in table])


def _sexes(one: Flow, number: int) -> list[int]:
    if one.sex == "total":
        return list(range(number))
    if number == 1:
        raise ClaimError(
            f"The account '{one.account}' does not tell women and men apart.",
            where=f"{ID}: sex = {one.sex!r}",
            remedy="Use hours or persons, or the sex 'total'.",
        )
    return [SEXES.index(one.sex)]


def _groups(one: Flow, labour: Labour) -> list[int]:
    _, known = _positions(labour, one.year)
    if one.sector == "total":
        return list(range(len(known)))
    wanted = texts_of(one.sector)
    if unknown := [name for name in wanted if name not in known]:
        raise ClaimError(
            f"There is no group of industries {unknown[0]!r}.",
            where=f"{ID}: sector",
            remedy=f"Use {', '.join(known)}, a list of them, or 'total'.",
        )
    return [known.index(name) for name in wanted]


def _sum(
    between: Values, sexes: list[int], groups: list[int], giver: Values, taker: Values
) -> Values:
    """Sum of amounts of shape (draws, sexes, P, G, C) over what is chosen, shape (draws,)."""
    chosen = between[:, sexes].sum(axis=1)[:, :, groups].sum(axis=2)
    return np.einsum("dpc,p,c->d", chosen, giver, taker)


@lru_cache(maxsize=48)
def _between(labour: Labour, year: int, account: str, block: int) -> Values:
    """Amounts by country, sex and group in a block of draws, shape (64, sexes, P, G, C); those of
    the block −1 are the centre, shape (1, ...)."""
    production = labour.store.production(year)
    if block < 0:
        accounts = accounts_of(labour, year)
        amounts = accounts.account(account).central[None]
    else:
        accounts = Accounts(production, labour_until(block), snapshot=labour.people)
        drawn = accounts.account(account).drawn
        amounts = np.empty(0) if drawn is None else drawn[block * BLOCK :]
    position, groups = _positions(labour, year)
    parts = [
        embodied_by(production, amounts[first : first + TOGETHER], position, len(groups))
        for first in range(0, len(amounts), TOGETHER)
    ]
    found = np.concatenate(parts).astype(np.float64, copy=False)
    found.flags.writeable = False  # everybody who asks gets the same array
    return found


@lru_cache(maxsize=32)
def accounts_of(labour: Labour, year: int) -> Accounts:
    """The accounts of a year, at the centre."""
    return Accounts(labour.store.production(year), snapshot=labour.people)


def _positions(labour: Labour, year: int) -> tuple[Any, tuple[str, ...]]:
    """Position of each sector's group, and the groups."""
    return group_positions(labour.store.production(year), accounts_of(labour, year).groups)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Where the flows at some settings come from.

    Women's and men's parts of an industry follow a rule in every country: settings of one sex count
    as imputed throughout. Money rests on the table alone.
    """
    labour = Labour(open_store(data.flows), data.open_snapshot())
    return Evidence(
        sources=(
            f"{labour.store.note['origin']}, {years_of(settings)}",
            "ILO modelled estimates of employment by sex and broad sector, through Gapminder, "
            "CC BY 4.0",
            "Penn World Table 10.01 and ILO, hours worked, CC BY 4.0",
        ),
        imputed=_imputed(settings, labour),
        method=(
            "Labour of each industry is traced through the world input-output table to the final "
            "demand that requires it. Employment by broad sector is spread over industries by a "
            "stated rule; women's part of each industry follows that of a reference economy within "
            "the published total: it is ruled, not measured. A draw is a draw of those rules and "
            "of their errors. Countries of a list that the table holds within the rest of the "
            "world only count there."
        ),
        page="flows-labour.md",
    )


def years_of(settings: Sequence[Any]) -> str:
    """The years of some settings, in words.

    Examples
    --------
    >>> years_of([Flow(year=2008), Flow(year=1995)]), years_of([Flow(year=2008)])
    ('1995–2008', '2008')
    """
    years = sorted({one.year for one in settings})
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def _imputed(settings: Sequence[Any], labour: Labour) -> float | None:
    """Mean over settings of the imputed part of the producers' persons; 1 for one sex alone."""
    parts: list[float] = []
    for one in settings:
        if one.account in ("pay", "value_added"):
            continue
        if one.sex != "total":
            parts.append(1.0)
            continue
        accounts = accounts_of(labour, one.year)
        production = labour.store.production(one.year)
        members = members_in(one.producer, production.everyone)
        inside = np.array([country in members for country, _ in production.sectors])
        weight = accounts.account("persons").central * inside
        total = weight.sum()
        parts.append(float((weight * accounts.imputed).sum() / total) if total > 0 else 0.0)
    return float(np.mean(parts)) if parts else None


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Flows of worlds in which anybody may work for anybody, more or less every year."""
    return imagine_flows(settings, random, number, GROUPS)


QUANTITY = Quantity(
    id=ID,
    label="Labour or value of one place embodied in what another consumes",
    fields=Flow,
    needs=("people", "flows"),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
)
