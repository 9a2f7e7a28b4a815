"""Peoples whose answers are known, by name: each serves the claims that it settles.

Those that compare years stand still from 1991 to 2009, and from 2010 on at what was changed.
"""

from __future__ import annotations

from pathlib import Path

from tests.claims.worlds import (
    COUNTRIES,
    EVERYWHERE,
    NORTH,
    SOUTH,
    Change,
    Where,
    held,
    incomes,
    moved,
    persons,
    put,
    scaled,
    spread,
    world,
)
from worldclass.claims.data import Data

ASIA = ("BGD", "CHN", "IND")
LATE = tuple(range(2010, 2024))
"""From a year that no claim compares with later ones, to the last."""
RICH_FIVE = ("FRA", "GBR", "ITA", "JPN", "USA")


def late(*countries: str, sex: str | None = None) -> Where:
    """The years from 2010 on."""
    return Where(countries=countries or None, years=LATE, sex=sex)


def into(target: str, part: float, where: Where = EVERYWHERE) -> tuple[Change, ...]:
    """That part of all others takes up a status: wage work, say."""
    others = [one for one in ("employee", "self_employed", "family_worker") if one != target]
    return tuple(moved(one, target, part, where) for one in others)


def without_work(factor: float, where: Where = EVERYWHERE) -> tuple[Change, ...]:
    """The unemployed and those outside the labour force multiplied."""
    return scaled("unemployed", factor, where), scaled("outside", factor, where)


def nearly_all_idle(where: Where) -> tuple[Change, ...]:
    """Adults without work for long, but for one in a thousand or so."""
    return (
        *(scaled(name, 1e-3, where) for name in ("outside", "employed")),
        scaled("unemployed", 50, where),
        put("long_term", 1.0, where),
    )


_STILL = held(1991)
_WOMEN, _MEN = late(sex="female"), late(sex="male")

PEOPLES: dict[str, tuple[Change, ...]] = {
    "as found": (),
    # Whole levels
    "all poor": (incomes(0.02),),
    "all rich": (incomes(50),),
    "China poor": (incomes(0.02, Where(("CHN",))),),
    "China rich": (incomes(20, Where(("CHN",))),),
    "USA at its own account": (
        incomes(20, Where(("CHN",))), persons(0.05, Where(("CHN",))),
        *into("employee", 0.9, Where(("CHN",))), *into("self_employed", 0.99, Where(("USA",))),
    ),
    "North rich": (incomes(10, Where(NORTH)), *into("employee", 0.9)),
    "North poor": (incomes(0.05, Where(NORTH)), *into("employee", 0.9)),
    "poor wage workers": (
        incomes(0.02, Where(SOUTH)), persons(0.05, Where(NORTH)),
        *into("employee", 0.999), *without_work(0.001),
    ),
    "nearly all idle": nearly_all_idle(EVERYWHERE),
    "all own account": into("self_employed", 0.95),
    "idle men": without_work(0.01, Where(sex="female")),
    "idle women": without_work(0.001, Where(sex="male")),
    "Brazil and Italy alone": (
        incomes(0.05, Where(tuple(code for code in COUNTRIES if code not in ("BRA", "ITA")))),
    ),
    "in the middle": (
        held(1991), put("welfare_accounts_shift", 0.0), spread(0.2),
        incomes(9.0, Where(("CHN",))), incomes(6.5, Where(("BGD", "IND"))),
    ),
    "the five fall": (
        incomes(4.0, Where(RICH_FIVE)), *nearly_all_idle(Where(RICH_FIVE, (2023,))),
    ),
    "the five are at work": (
        incomes(4.0, Where(RICH_FIVE)), *without_work(0.001, Where(RICH_FIVE, (2023,))),
    ),
    "one class": (
        *into("employee", 1.0), *without_work(1e-6), incomes(0.001),
        put("manager_log_odds", -12.0), put("long_term", 0.0),
    ),
    # Change from 2010 on
    "doubled": (_STILL, persons(2.0, late())),
    "halved": (_STILL, persons(0.5, late())),
    "wage work spreads": (
        _STILL, *into("employee", 0.95, _WOMEN), moved("agriculture", "services", 0.95, _WOMEN),
        *into("employee", 0.5, _MEN),
    ),
    "wage work recedes in the South": (
        _STILL, moved("employee", "self_employed", 0.95, late(*SOUTH)),
        moved("services", "agriculture", 0.5, late(*SOUTH, sex="female")),
    ),
    "wage work recedes": (_STILL, moved("employee", "self_employed", 0.95, late())),
    "South rises": (
        _STILL, incomes(0.4, late(*NORTH)), incomes(2.0, late(*SOUTH)), spread(1.2, late()),
        moved("industry", "services", 0.5, late(*NORTH)),
        moved("services", "industry", 0.5, late(*SOUTH)),
    ),
    "countries draw together": (
        _STILL, incomes(0.4, late(*NORTH)), incomes(2.0, late(*SOUTH)),
    ),
    "North rises": (
        _STILL, incomes(6.0, late(*NORTH)), incomes(0.1, late(*SOUTH)), spread(0.8, late()),
        moved("services", "industry", 0.5, late(*NORTH)),
        moved("industry", "services", 0.5, late(*SOUTH)),
    ),
    "the rest rises": (_STILL, incomes(4.0, late("BRA", "NGA"))),
    "idleness grows": (
        _STILL, *without_work(3.0, late()), moved("employee", "self_employed", 0.9, late()),
        moved("agriculture", "services", 0.9, late()), incomes(0.5, late()),
    ),
    "idleness shrinks": (
        _STILL, *without_work(0.3, late()), moved("self_employed", "employee", 0.9, late()),
    ),
}  # fmt: skip


def make_people(name: str, folder: Path) -> Data:
    """The snapshot of a world of that name."""
    return world(folder, *PEOPLES[name], draws=8)
