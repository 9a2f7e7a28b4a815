"""Trade, events, panels and indicators whose answers are known, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.claims.known_answers.peoples import into, make_people
from tests.claims.worlds import (
    NORTH,
    SOUTH,
    Change,
    Where,
    added,
    incomes,
    persons,
    put,
    scaled,
    world,
)
from tests.claims.worlds_other import (
    write_events,
    write_indicators,
    write_panel,
    write_pay,
    write_trade,
)
from worldclass.claims.data import Data

EARLY, BEFORE, AFTER = (1995, 1996), (2007, 2008), (2011,)


def _trade(folder: Path, early: tuple[float, float], later: tuple[float, float]) -> Data:
    shares = dict.fromkeys(EARLY, early) | dict.fromkeys((*BEFORE, *AFTER), later)
    return Data(flows=write_trade(folder, shares, rest=True))


def _exports(folder: Path, early: str, later: str) -> Data:
    """The South delivers half of one industry early on, and of another later."""
    exported = dict.fromkeys(EARLY, (early,)) | dict.fromkeys((*BEFORE, *AFTER), (later,))
    shares = dict.fromkeys(exported, (0.5, 0.1))
    return Data(flows=write_trade(folder, shares, rest=True, exported=exported))


def _classes(folder: Path, trade: tuple[float, float], north_size: float, *changes: Change) -> Data:
    """People of one's own, and tables in all years with what bundles contain."""
    shares = dict.fromkeys((*EARLY, *BEFORE, *AFTER), trade)
    made = world(folder / "people", *changes, draws=8)
    flows = write_trade(folder / "flows", shares, rest=True, north_size=north_size, ranges=True)
    return Data(snapshot=made.snapshot, flows=flows)


def _output(factor: float, where: Where) -> tuple[Change, ...]:
    """Output multiplied, while surveys of pay and welfare stay."""
    return scaled("gdp_per_head", factor, where), scaled("gdp_per_worker", factor, where)


def _surveys(log: float, where: Where) -> tuple[Change, ...]:
    return added("pay_log_mean", log, where), added("welfare_log", log, where)


_NORTH, _SOUTH = Where(NORTH), Where(SOUTH)


def _north_takes(folder: Path) -> Data:
    """Most of what the South makes goes north, where output per head is a hundred times as high."""
    return _classes(
        folder, (0.6, 0.001), 10,
        incomes(10, _NORTH), put("labour_share", 0.8), *into("employee", 0.9),
    )  # fmt: skip


def _north_gives(folder: Path) -> Data:
    """Most of what the North makes goes south; its output is small, and nearly all of it is pay.

    Its workers so earn more than the world's mean, and command little of what is made.
    """
    return _classes(
        folder, (0.0005, 0.6), 0.01,
        *_output(0.02, _NORTH), *_surveys(1.5, _NORTH), put("labour_share", 0.95, _NORTH),
        put("labour_share", 0.02, _SOUTH), *into("employee", 0.9),
    )  # fmt: skip


def _proletarians_give(folder: Path) -> Data:
    """A South of poor wage workers, without managers or peasants, that gives to a rich North."""
    return _classes(
        folder, (0.6, 0.0005), 10,
        incomes(0.02, _SOUTH), incomes(10, _NORTH), put("labour_share", 0.7),
        persons(0.001, Where(("FRA", "GBR", "ITA", "JPN"))),  # they are in the tables' rest
        put("manager_log_odds", -8.0), *into("employee", 0.999),
    )  # fmt: skip


def _elites_give(folder: Path) -> Data:
    """A South of well-paid wage workers that gives to a North where hardly any income is pay."""
    return _classes(
        folder, (0.6, 0.0005), 100,
        *_output(400, _NORTH), *_output(8, _SOUTH), *_surveys(3.0, _SOUTH),
        put("labour_share", 0.02, _NORTH), put("labour_share", 0.95, _SOUTH),
        *into("employee", 0.9, _SOUTH),
    )  # fmt: skip


MEN, WOMEN = "c18", "c33"
"""Construction and health."""

OTHERS: dict[str, Callable[[Path], Data]] = {
    "more labour flows north": lambda folder: _trade(folder, (0.1, 0.05), (0.4, 0.05)),
    "less labour flows north": lambda folder: _trade(folder, (0.4, 0.05), (0.1, 0.05)),
    "labour flows south": lambda folder: _trade(folder, (0.02, 0.3), (0.02, 0.6)),
    "exports turn to women's work": lambda folder: _exports(folder, MEN, WOMEN),
    "exports turn to men's work": lambda folder: _exports(folder, WOMEN, MEN),
    "the North takes": _north_takes,
    "the North gives": _north_gives,
    "proletarians give": _proletarians_give,
    "elites give": _elites_give,
    "trade peaked in 2008": lambda folder: Data(
        indicators=write_indicators(folder / "indicators.parquet", peak=2008)
    ),
    "trade grows on": lambda folder: Data(
        indicators=write_indicators(folder / "indicators.parquet", peak=2023)
    ),
    "trade peaked in 2000": lambda folder: Data(
        indicators=write_indicators(folder / "indicators.parquet", peak=2000)
    ),
    "pay of 20 dollars": lambda folder: Data(pay=write_pay(folder / "pay.toml", 20)),
    "pay of 20,000 dollars": lambda folder: Data(pay=write_pay(folder / "pay.toml", 20_000)),
    "a wave that faded": lambda folder: Data(
        events=write_events(folder / "events.csv", fades=True)
    ),
    "a wave that rises": lambda folder: Data(
        events=write_events(folder / "events.csv", fades=False)
    ),
    "credit warns": lambda folder: Data(
        crises=write_panel(folder / "p.parquet", warns=True, money_too=True, largest="USA")
    ),
    "credit warns of calm": lambda folder: Data(
        crises=write_panel(
            folder / "p.parquet", warns=True, slope=-10.0, money_too=True, largest="USA"
        )
    ),
    "debts fall": lambda folder: Data(
        crises=write_panel(
            folder / "p.parquet", warns=True, money_too=True, debt_rises=False, largest="USA"
        )
    ),
}


def make_world(name: str, folder: Path) -> Data:
    """The data of a world of that name."""
    return OTHERS[name](folder) if name in OTHERS else make_people(name, folder)
