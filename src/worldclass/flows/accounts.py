"""What can be traced through the table: hours, persons, pay, value added, by sector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.labour.assumptions import CENTRAL, make_labour_draws
from worldclass.flows.labour.bridges import fitting_bridge
from worldclass.flows.labour.compensation import compensation
from worldclass.flows.labour.plan import make_plan
from worldclass.flows.labour.spread import spread_persons
from worldclass.flows.labour.women import split_by_sex
from worldclass.flows.labour.working_time import share_hours
from worldclass.flows.own_accounts import CHOICES, SKILLS, UNITS, Labour, own_labour
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from worldclass.flows.economy import Economy
    from worldclass.flows.labour.assumptions import LabourDraws
    from worldclass.flows.labour.plan import Plan
    from worldclass.flows.labour.regions import Regions
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.flows.production import Production
    from worldclass.people.snapshot import Snapshot
    from worldclass.sources.input_output.labour_rows import Skill

    Array = NDArray[np.floating[Any]]

TOTAL = ("total",)
MONEY = "million USD"
"""Unit of tables whose wages can be compared with each other."""


@dataclass(frozen=True)
class Account:
    """An amount by sector.

    Attributes
    ----------
    name, unit
        Such as "hours" and "million hours".
    sexes
        ("female", "male"), or ("total",).
    central
        Shape (sexes, n).
    drawn
        Shape (draws, sexes, n); None without draws or where nothing is assumed.
    """

    name: str
    unit: str
    sexes: tuple[str, ...]
    central: Array
    drawn: Array | None


class Accounts:
    """The accounts of one table, each computed when asked for.

    Parameters
    ----------
    production
        The table, solved or not.
    draws
        Number of draws over the assumptions of the labour accounts, 0 for central values only; or
        draws of one's own.
    bridge, regions, sections
        As `worldclass.flows.labour.satellite.labour_satellite` takes them; by default the shipped
        bridge that knows the table's industries.
    labour
        Whose hours and persons: "table", those that came with it; "estimate", those of
        `worldclass.flows.labour`; "auto", the table's where it has any. The table's have no
        interval.
    skill
        Only hours and persons of "low", "medium" or "high" skill, where the table tells them apart.
    snapshot
        Of the population whose employment the estimate spreads; the package's by default.
    """

    NAMES = ("hours", "persons", "pay", "value_added")

    def __init__(
        self,
        production: Production | Economy,
        draws: int | LabourDraws = 0,
        *,
        bridge: str | Path | None = None,
        regions: Regions | None = None,
        sections: SectionEmployment | None = None,
        labour: Labour = "auto",
        skill: Skill | None = None,
        snapshot: str | Path | Snapshot | None = None,
    ) -> None:
        if labour not in CHOICES:
            raise UsageError(
                f"There is no labour {labour!r}.",
                where="labour",
                remedy=f"Use {', '.join(CHOICES)}.",
            )
        if skill is not None and skill not in SKILLS:
            raise UsageError(
                f"There is no skill {skill!r}.", where="skill", remedy=f"Use {', '.join(SKILLS)}."
            )
        self.production = production
        self._rules = (bridge, regions, sections)
        self._snapshot = snapshot
        self._labour = labour
        self._skill: Skill | None = skill
        self._central = CENTRAL.as_draws()
        self._draws = _choose_draws(draws)
        self._persons: dict[int, Array] = {}

    @cached_property
    def _plan(self) -> Plan:
        """The estimate's plan, made only where it is needed: it asks for a bridge."""
        table = self.production
        bridge, regions, sections = self._rules
        return make_plan(
            table.sectors, table.output, table.value_added, table.year,
            bridge or fitting_bridge([industry for _, industry in table.sectors]),
            regions, sections, self._snapshot,
        )  # fmt: skip

    @property
    def groups(self) -> tuple[str, ...]:
        """Agriculture, mining, manufacturing, utilities, construction or services, by sector."""
        return tuple(one.group for one in self._plan.classes)

    @property
    def imputed(self) -> Array:
        """Part of each sector's persons whose employment or hours rest on no national report of
        that year, shape (2 sexes, n); the spread over industries is a rule and not counted."""
        return self._plan.broad.give(self._plan.supply.imputed.reshape(2, -1))

    def account(self, name: str) -> Account:
        """One account by name.

        Raises
        ------
        UsageError
            An unknown name; or as `own_labour`.
        """
        makers = {
            "hours": ("million hours", SEXES, self._hours),
            "persons": ("thousand persons", SEXES, self._by_sex),
            "pay": (self.production.unit, TOTAL, self._pay),
        }
        if name == "value_added":
            added = np.where(self.production.output > 0, self.production.value_added, 0.0)
            return Account(name, self.production.unit, TOTAL, added[None], None)
        if name not in makers:
            raise UsageError(
                f"There is no account {name!r}.",
                where="account",
                remedy=f"Use {', '.join(self.NAMES)}.",
            )
        unit, sexes, make = makers[name]
        if name in UNITS and (own := self._own(name)) is not None:
            return Account(
                name if self._skill is None else f"{name}_{self._skill}", unit, *own, None
            )
        drawn = None if self._draws is None else make(self._draws)
        return Account(name, unit, sexes, make(self._central)[0], drawn)

    def _own(self, name: str) -> tuple[tuple[str, ...], Array] | None:
        """What the table brings along; None where the estimate is to be used."""
        table = self.production
        where = f"{table.name}, {table.year}"
        if self._labour == "estimate" and self._skill is None:
            return None
        own = own_labour(table.satellites, name, where, self._skill)
        if own is not None or (self._labour == "auto" and self._skill is None):
            return own
        of_skill = f" of {self._skill} skill" if self._skill else ""
        raise UsageError(
            f"The table has no account of {name}{of_skill}.",
            where=where,
            remedy="Give rows such as 'hours: female, low-skilled', or ask for the estimate, which "
            "knows no skill.",
        )

    def _by_sex(self, draws: LabourDraws) -> Array:
        """Thousand persons, shape (draws, 2, n)."""
        key = id(draws)
        if key not in self._persons:
            spread = spread_persons(self._plan, draws)
            self._persons[key] = split_by_sex(self._plan, spread, draws)
        return self._persons[key].swapaxes(0, 1)

    def _hours(self, draws: LabourDraws) -> Array:
        self._by_sex(draws)
        return share_hours(self._plan, self._persons[id(draws)], draws).swapaxes(0, 1)

    def _pay(self, draws: LabourDraws) -> Array:
        return compensation(self._plan, draws)[:, None]


def _choose_draws(draws: int | LabourDraws) -> LabourDraws | None:
    if isinstance(draws, int):
        return make_labour_draws(draws) if draws else None
    return draws
