"""Trade, events, panels and indicators whose answers are known, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.claims.known_answers.peoples import make_people
from tests.claims.worlds_other import write_events, write_indicators, write_panel, write_trade
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


MEN, WOMEN = "c18", "c33"
"""Construction and health."""

OTHERS: dict[str, Callable[[Path], Data]] = {
    "more labour flows north": lambda folder: _trade(folder, (0.1, 0.05), (0.4, 0.05)),
    "less labour flows north": lambda folder: _trade(folder, (0.4, 0.05), (0.1, 0.05)),
    "labour flows south": lambda folder: _trade(folder, (0.02, 0.3), (0.02, 0.6)),
    "exports turn to women's work": lambda folder: _exports(folder, MEN, WOMEN),
    "exports turn to men's work": lambda folder: _exports(folder, WOMEN, MEN),
    "trade peaked in 2008": lambda folder: Data(
        indicators=write_indicators(folder / "indicators.parquet", peak=2008)
    ),
    "trade grows on": lambda folder: Data(
        indicators=write_indicators(folder / "indicators.parquet", peak=2023)
    ),
    "trade peaked in 2000": lambda folder: Data(
        indicators=write_indicators(folder / "indicators.parquet", peak=2000)
    ),
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
