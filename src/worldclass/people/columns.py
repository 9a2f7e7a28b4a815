"""The columns of the population table that a theory may use, read from `columns.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from worldclass.core.datafile import load_toml, package_file


@dataclass(frozen=True)
class Column:
    """One column that rules may name.

    Parameters
    ----------
    name
        Name of the column.
    kind
        "category": one of finitely many codes. "income": a continuous quantity.
    codes
        The codes of a category, in order; empty for an income.
    unit
        The unit of an income (a key of `theories/units.toml`); empty for a category.
    nullable
        Whether the column is empty for some persons.
    description
        One sentence.
    """

    name: str
    kind: Literal["category", "income"]
    codes: tuple[str, ...]
    unit: str
    nullable: bool
    description: str


@dataclass(frozen=True)
class Share:
    """A published share of a group, which a theory may use as a split's fraction.

    Parameters
    ----------
    name
        Name of the share.
    status
        The labour-force statuses whose persons it describes.
    description
        One sentence.
    """

    name: str
    status: tuple[str, ...]
    description: str


def columns() -> Mapping[str, Column]:
    """Columns by name, in the order of the file.

    Example
    -------
    >>> columns()["sex"].codes
    ('female', 'male')
    """
    return _load()[0]


def shares() -> Mapping[str, Share]:
    """Shares by name.

    Example
    -------
    >>> shares()["long_term_unemployed"].status
    ('unemployed',)
    """
    return _load()[1]


class _ColumnEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["category", "income"]
    codes: tuple[str, ...] = ()
    unit: str = ""
    nullable: bool = False
    description: str

    @model_validator(mode="after")
    def _kind_has_its_keys(self) -> _ColumnEntry:
        if self.kind == "category" and (not self.codes or self.unit):
            raise ValueError("a category needs 'codes' and has no 'unit'")
        if self.kind == "income" and (self.codes or not self.unit):
            raise ValueError("an income needs 'unit' and has no 'codes'")
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("the same code is listed twice")
        return self


class _ShareEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    status: tuple[str, ...] = Field(min_length=1)
    description: str


class _ColumnsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    column: dict[str, _ColumnEntry]
    share: dict[str, _ShareEntry]

    @model_validator(mode="after")
    def _statuses_exist(self) -> _ColumnsFile:
        known = self.column["status"].codes
        for name, entry in self.share.items():
            unknown = [code for code in entry.status if code not in known]
            if unknown:
                raise ValueError(f"share '{name}' names unknown statuses {unknown}")
        return self


@cache
def _load() -> tuple[Mapping[str, Column], Mapping[str, Share]]:
    """Read and check `columns.toml` once."""
    file = load_toml(package_file("worldclass.people", "columns.toml"), _ColumnsFile)
    found = {
        name: Column(
            name=name,
            kind=entry.kind,
            codes=entry.codes,
            unit=entry.unit,
            nullable=entry.nullable,
            description=entry.description,
        )
        for name, entry in file.column.items()
    }
    described = {
        name: Share(name=name, status=entry.status, description=entry.description)
        for name, entry in file.share.items()
    }
    return MappingProxyType(found), MappingProxyType(described)
