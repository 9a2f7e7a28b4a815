"""The catalog of sources: who publishes which series, under which licence, and where.

One TOML file per provider in `catalog/`; this module is their schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from worldclass.core.datafile import load_toml
from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.table import TableSpec

Sex = Literal["female", "male", "total"]
Reader = Literal["worldbank", "ilostat", "pwt", "poverty", "wpp"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Retrieval(_Strict):
    """How the provider's files are had.

    Parameters
    ----------
    url
        Template; `{code}` stands for a series' code.
    format
        File format, in words.
    access_date
        Day on which the copy behind the mirror was taken, or the address was noted; `None` where
        it is not on record, which `note` must then say.
    sha256
        Hash of a file that never changes; empty for living data, whose hash is recorded at the
        first download.
    reader
        Module that reads it live; empty when only the mirror carries it.
    base
        Part of the address that a reader builds on.
    note
        What to know before using it.
    """

    url: str = Field(min_length=1)
    format: str = Field(min_length=1)
    access_date: date | None = None
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    reader: Reader | None = None
    base: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _dated(self) -> Retrieval:
        if self.access_date is None and not self.note:
            raise ValueError("without an access date, the note must say why")
        return self


class Series(_Strict):
    """One indicator of the panel, as one provider publishes it.

    Parameters
    ----------
    indicator
        Our name.
    code
        The provider's code, or one code per sex.
    meaning, unit
        What is measured, in which unit after the transformation.
    sexes
        Which sexes are published.
    transformation
        What is done to the published number, in words.
    scale
        The factor by which it is multiplied.
    select
        Codes of the provider's further dimensions, such as `classif1`.
    share_of
        Codes of the denominator; the value is then 100 x selected / denominator.
    live
        Whether `--live` fetches it and lays it over the panel.
    mirror
        Whether the mirror's panel carries it under the same name.
    verified
        Whether the code was found in public documentation or code of others.
    note
        What to know before using it.
    """

    indicator: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    code: str | dict[Sex, str]
    meaning: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    sexes: tuple[Sex, ...] = ("total",)
    transformation: str = "as published"
    scale: float = 1.0
    select: dict[str, str | tuple[str, ...]] = {}
    share_of: dict[str, str] = {}
    live: bool = False
    mirror: bool = False
    verified: bool = True
    licence: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _one_code_per_sex(self) -> Series:
        if isinstance(self.code, dict) and set(self.code) != set(self.sexes):
            raise ValueError(f"codes are given for {sorted(self.code)}, sexes say {self.sexes}")
        return self

    def codes(self) -> dict[Sex, str]:
        """The provider's code for each sex."""
        code = self.code
        return code if isinstance(code, dict) else dict.fromkeys(self.sexes, code)


class Provider(_Strict):
    """A provider and the series taken from it.

    Parameters
    ----------
    provider
        Our id, equal to the name of the file.
    publisher, title, citation, licence, attribution
        Whom to cite and on which terms.
    serves
        What it is a source of: people, or flows.
    retrieval
        How its files are had.
    series
        The indicators taken from it.
    table
        Tables of a mirror folder (only the mirror has them).
    """

    provider: str = Field(pattern=r"^[a-z][a-z0-9]*$")
    publisher: str = Field(min_length=1)
    title: str = Field(min_length=1)
    citation: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    attribution: str = Field(min_length=1)
    serves: Literal["people", "flows"] = "people"
    retrieval: Retrieval
    series: tuple[Series, ...] = ()
    table: dict[str, TableSpec] = {}

    @model_validator(mode="after")
    def _names_are_unique(self) -> Provider:
        names = [series.indicator for series in self.series]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"indicators declared twice: {', '.join(twice)}")
        return self


@cache
def catalog() -> Mapping[str, Provider]:
    """Every provider by id, in alphabetical order.

    Raises
    ------
    SourceError
        When a catalog file does not fit the schema, or is not named after its provider.
    """
    found: dict[str, Provider] = {}
    folder = files("worldclass.sources").joinpath("catalog")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            provider = load_toml(file, Provider, error=SourceError)
            if file.name != f"{provider.provider}.toml":
                raise SourceError(
                    f"The catalog file is named after another provider than {provider.provider!r}.",
                    where=file.name,
                    remedy=f"Rename it to {provider.provider}.toml.",
                )
            found[provider.provider] = provider
    return found


def provider(name: str) -> Provider:
    """One provider by id.

    Raises
    ------
    UsageError
        When there is none of that id.
    """
    if name not in catalog():
        raise UsageError(
            f"There is no provider {name!r} in the catalog.",
            remedy=f"The providers are {', '.join(catalog())}.",
        )
    return catalog()[name]
