"""Units of money and labour that a manifest may give: `units.toml`."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import SourceError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Money(_Strict):
    """A unit of money is a scale and a currency."""

    scales: tuple[str, ...] = Field(min_length=1)
    currencies: tuple[str, ...] = Field(min_length=1)

    def units(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(f"{one} {code}".lstrip() for code in self.currencies for one in self.scales)


class Units(_Strict):
    """Known units.

    Parameters
    ----------
    source
        Of the currencies.
    money
        Scales and currencies.
    labour
        Units of an account by its name: hours, persons.
    """

    source: str = Field(min_length=1)
    money: Money
    labour: dict[str, tuple[str, ...]]


@cache
def known_units() -> Units:
    """The units of `units.toml`.

    Example
    -------
    >>> known_units().labour["hours"]
    ('hours', 'thousand hours', 'million hours', 'billion hours')
    """
    file = package_file("worldclass.sources.input_output", "units.toml")
    return load_toml(file, Units, error=SourceError)


def money_unit(unit: str) -> str:
    """The unit, if it is one of money.

    Raises
    ------
    ValueError
        It is not known; the message offers the nearest.

    Example
    -------
    >>> money_unit("thousand EUR")
    'thousand EUR'
    """
    known = known_units().money
    if unit in known.units():
        return unit
    scales = ", ".join(scale for scale in known.scales if scale)
    raise ValueError(
        f"no known unit of money{_hint(unit, known.units())}; write {scales} or nothing before a "
        "currency's code (ISO 4217), 'national currency' or 'international dollars'"
    )


def check_labour_unit(account: str, unit: str) -> None:
    """Refuse the unit of an account of hours or persons that is none; others are free.

    Raises
    ------
    ValueError
        The account bears the name of a kind of labour, and the unit is none of its units.
    """
    known = known_units().labour.get(account)
    if known and unit not in known:
        raise ValueError(f"{account} cannot be in {unit!r}; known are {', '.join(known)}")


def _hint(unit: str, known: Collection[str]) -> str:
    """The nearest known unit, whatever the order and the case of the words."""
    plain = {" ".join(sorted(one.casefold().split())): one for one in known}
    near = get_close_matches(" ".join(sorted(unit.casefold().split())), plain, n=1, cutoff=0.6)
    return f" (did you mean {plain[near[0]]!r}?)" if near else ""
