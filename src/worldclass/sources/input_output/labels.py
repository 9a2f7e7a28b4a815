"""How providers label countries, demand and units, and what we call them: `labels.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, RootModel

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import SourceError
from worldclass.sources.input_output.raw import Label


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AccountLabel(_Strict):
    """Unit and meaning of one variable of the accounts that come with a table."""

    unit: str = Field(min_length=1)
    meaning: str = Field(min_length=1)


class Labels(_Strict):
    """The labels of one provider.

    Parameters
    ----------
    source
        Where they are documented.
    countries
        Our code by the provider's, where the two differ.
    regions
        Codes that are no country, and their names.
    categories
        Our category of final demand by the provider's.
    units
        Our name of a unit by the provider's; the number is the same.
    accounts
        Variables of the accounts.
    """

    source: str = Field(min_length=1)
    countries: dict[str, str] = {}
    regions: dict[str, str] = {}
    categories: dict[str, str] = {}
    units: dict[str, str] = {}
    accounts: dict[str, AccountLabel] = {}

    def country(self, code: str) -> str:
        """Our code of a country or region; one that is not listed stays as published."""
        code = code.strip()
        return self.countries.get(code, code)

    def category(self, code: str) -> str:
        """Our name of a category of final demand."""
        code = code.strip()
        return self.categories.get(code, code)

    def unit(self, name: str) -> str:
        """Our name of a unit."""
        name = name.strip()
        return self.units.get(name, name)

    def sectors(self, labels: Iterable[tuple[object, object]]) -> tuple[Label, ...]:
        """Country and industry, with our code of the country."""
        return tuple((self.country(str(one)), str(two).strip()) for one, two in labels)

    def demands(self, labels: Iterable[tuple[object, object]]) -> tuple[Label, ...]:
        """Country and category, both as we call them."""
        return tuple((self.country(str(one)), self.category(str(two))) for one, two in labels)


class _AllLabels(RootModel[dict[str, Labels]]):
    """The whole file: one table a provider."""


@cache
def labels_of(provider: str) -> Labels:
    """The labels of one provider.

    Example
    -------
    >>> labels_of("exiobase").country("DE"), labels_of("icio").country("MX1")
    ('DEU', 'MEX')
    """
    file = package_file("worldclass.sources.input_output", "labels.toml")
    return load_toml(file, _AllLabels, error=SourceError).root[provider]
