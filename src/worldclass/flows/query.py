"""Ask the flows: from names and years to the tidy table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.accounts import Accounts
from worldclass.flows.areas import (
    ABROAD,
    ROW,
    WORLD,
    choose_areas,
    membership,
    settled_groups,
)
from worldclass.flows.economy import Economy
from worldclass.flows.embodied import embodied_by, group_positions
from worldclass.flows.production import Production, produce
from worldclass.flows.read import open_tables, table_years, years_within
from worldclass.flows.store import NOTE, Store, open_store
from worldclass.flows.tabulate import Between, area_rows, pair_rows
from worldclass.people.choices import Years, choose_sexes, choose_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.accounts import Account
    from worldclass.flows.areas import Area, Groups
    from worldclass.flows.frame import FlowsFrame
    from worldclass.flows.labour.regions import Regions
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.flows.own_accounts import Labour
    from worldclass.sources.input_output.labour_rows import Skill

    Array = NDArray[np.floating[Any]]

WAYS = ("country", "pair", "sector", "industry", "sex")
DRAWS = 200


def flows(
    year: Years = None,
    *,
    by: str | Iterable[str] = ("country",),
    account: str = "hours",
    country: str | Iterable[str] | None = None,
    group: Groups = None,
    sex: str | Iterable[str] | None = None,
    draws: int = DRAWS,
    table: Economy | Production | str | Path | None = None,
    bridge: str | Path | None = None,
    regions: Regions | None = None,
    sections: SectionEmployment | None = None,
    labour: Labour = "auto",
    skill: Skill | None = None,
    progress: Callable[[int], None] | None = None,
) -> FlowsFrame:
    """Who works for whom: the labour embodied in what each country consumes.

    Parameters
    ----------
    year
        A year, a range "1995:2008" (years without a table are left out), or several; by default
        the latest of the store.
    by
        What to tell apart: "country" (what each gives, commands, exports, imports, and the net)
        or "pair" (producer and consumer), with "sector" (six groups of producing industries) or
        "industry", and "sex".
    account
        "hours", "persons", "pay" (labour compensation) or "value_added".
    country
        Keep rows in which one of these produces or consumes.
    group
        Count between groups instead of countries: ["NORTH", "SOUTH"], regions, or a mapping from
        names to countries. ROW, the rest of the world, counts with the South.
    sex
        Keep female, male or total.
    draws
        Draws over the assumptions of the labour accounts; 0 gives central values.
    table
        An economy or production of one's own; the path of a table, as
        `worldclass.flows.read.read_economy` takes it; or a folder of solved tables. By default
        the embedded ones (WIOD 2013).
    bridge, regions
        How the table's industries and regions are read (docs/flows-labour.md); by default the
        shipped bridge that knows the industries.
    sections
        Published employment by ISIC section, from
        `worldclass.flows.labour.sections.section_employment` or `read_modelled_sections`; it takes
        the place of the spreading rule between sections.
    labour
        Whose hours and persons: "auto" (those that came with the table, where it has any), "table"
        or "estimate".
    skill
        Only hours and persons of "low", "medium" or "high" skill, where the table's own account
        tells them apart; the measures are then such as hours_low_net.
    progress
        Called with each year as it begins.

    Returns
    -------
    year, producer, consumer, sector, sex, measure, unit, value, p05, p95. WORLD stands for
    everybody, ABROAD for everybody else; `measure` is the account with embodied, given,
    commanded, exported, imported, net or, unless sectors are told apart, ratio (commanded per
    given).

    Raises
    ------
    UsageError
        An unknown year, country, group or way to tell apart.
    EconomyError
        A table that cannot be solved.

    Examples
    --------
    >>> frame = flows(2008, group=["NORTH", "SOUTH"], draws=0)
    >>> net = frame.filter(frame["measure"] == "hours_net")
    >>> net["consumer"].to_list(), bool(abs(net["value"].sum()) < 1e-3)
    (['NORTH', 'SOUTH'], True)
    """
    from worldclass.flows.frame import FlowsFrame

    ways = _ways(by)
    group = settled_groups(group)
    sexes = None if sex is None else choose_sexes(sex)
    parts: list[pl.DataFrame] = []
    for production in productions(table, year):
        if progress is not None:
            progress(production.year)
        accounts = Accounts(
            production, draws, bridge=bridge, regions=regions, sections=sections, labour=labour,
            skill=skill,
        )  # fmt: skip
        areas = choose_areas(group, production.everyone)
        between = amounts_between(production, accounts, account, areas, ways)
        rows = pair_rows if "pair" in ways else area_rows
        by_sector = bool({"sector", "industry"} & ways)
        parts.append(rows(between, by_sector=by_sector, by_sex="sex" in ways or sexes is not None))
    frame = _concat(parts)
    if sexes is not None:
        frame = frame.filter(frame["sex"].is_in(sexes))
    if country is not None:
        frame = _of_countries(frame, country)
    return FlowsFrame(frame)


def amounts_between(
    production: Production,
    accounts: Accounts,
    name: str,
    areas: tuple[Area, ...],
    ways: frozenset[str] = frozenset(),
) -> Between:
    """Embodied amounts between areas, by groups of producing industries.

    Parameters
    ----------
    production, accounts
        The solved table and its accounts.
    name
        Account.
    areas
        From `choose_areas`.
    ways
        "industry" keeps every industry, "sector" six groups; else all are summed.
    """
    one = accounts.account(name)
    if "industry" in ways:
        labels = [industry for _, industry in production.sectors]
    elif "sector" in ways:
        labels = list(accounts.groups)
    else:
        labels = ["total"] * len(production.sectors)
    position, sectors = group_positions(production, labels)
    givers = membership(areas, production.countries)
    takers = membership(areas, production.consumers)

    def between(amounts: Array) -> Array:
        flows = embodied_by(production, amounts, position, len(sectors))
        return np.einsum("ap,...pgc,bc->...agb", givers, flows, takers, optimize=True)

    return Between(
        year=production.year,
        account=one.name,
        unit=one.unit,
        areas=tuple(area.code for area in areas),
        sectors=sectors,
        sexes=one.sexes,
        central=between(one.central),
        drawn=_in_blocks(one, between),
    )


def _in_blocks(one: Account, between: Callable[[Array], Array]) -> Array | None:
    """Draws in blocks of 25: as quick, at an eighth of the memory."""
    if one.drawn is None:
        return None
    return np.concatenate(
        [between(one.drawn[first : first + 25]) for first in range(0, len(one.drawn), 25)]
    )


def _ways(by: str | Iterable[str]) -> frozenset[str]:
    chosen = by.replace(" ", "").split(",") if isinstance(by, str) else list(by)
    for way in chosen:
        if way not in WAYS:
            raise UsageError(
                f"Flows cannot be told apart by {way!r}.",
                where="by",
                remedy=f"Use {', '.join(WAYS)}.",
            )
    for one, other in (("country", "pair"), ("sector", "industry")):
        if {one, other} <= set(chosen):
            raise UsageError(
                f"{one} and {other} exclude each other.", where="by", remedy="Give one of them."
            )
    return frozenset(chosen)


def productions(
    table: Economy | Production | str | Path | None, year: Years
) -> Iterable[Production]:
    """The solved tables of the years asked for, one after another."""
    if isinstance(table, Economy | Production):
        if year is not None:
            choose_years(year, (table.year,))
        yield table if isinstance(table, Production) else produce(table)
        return
    if table is not None and not (Path(table) / NOTE).is_file():
        years = table_years(table, year)
        for economy, _ in open_tables(table, year if year is not None else years[-1]):
            yield produce(economy)
        return
    store = open_store(table)
    for one in stored_years(store, year):
        yield store.production(one)


def stored_years(store: Store, year: Years) -> tuple[int, ...]:
    """Years of a store that are asked for; a range leaves out those that are absent."""
    if year is None:
        return store.years[-1:]
    chosen = years_within(year, store.years)
    if isinstance(year, str) and ":" in year:
        return tuple(one for one in chosen if one in store.years)
    for one in chosen:
        store.production(one)  # refuses an absent year by name
    return chosen


def _of_countries(frame: pl.DataFrame, country: str | Iterable[str]) -> pl.DataFrame:
    from worldclass.core.countries import aggregates, label, resolve

    known = set(frame["producer"].unique()) | set(frame["consumer"].unique())
    texts = [country] if isinstance(country, str) else list(country)
    codes = [
        text if text in known else ROW if text.upper() == ROW else resolve(text) for text in texts
    ]
    if unknown := [code for code in codes if code not in known]:
        code, areas = unknown[0], f"It has {', '.join(sorted(known - {WORLD, ABROAD}))}."
        if code in aggregates():
            fault = f"{code} is a group, and the rows are of other places."
            areas = f"Use --group {code} (group=[{code!r}]), or one of its countries. {areas}"
        elif ROW in known and code != ROW:
            fault = f"{label(code)} ({code}) is part of {ROW}, the rest of the world."
        else:
            fault = f"The table has no {code}."
        raise UsageError(fault, where="country", remedy=areas)
    return frame.filter(frame["producer"].is_in(codes) | frame["consumer"].is_in(codes))


def _concat(parts: list[pl.DataFrame]) -> pl.DataFrame:
    import polars as pl

    if not parts:
        raise UsageError("No year is left.", where="year", remedy="Choose a year with a table.")
    return pl.concat(parts)
