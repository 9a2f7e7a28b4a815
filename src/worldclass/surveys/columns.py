"""The columns of survey microdata under our names, read from `columns.toml`.

Survey adapters make them; schemes use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from worldclass.core.datafile import load_toml, package_file

Kind = Literal["boolean", "integer", "number", "words"]

# Columns of occupation codes, in the order in which a message lists them.
OCCUPATION_COLUMNS = ("isco08", "isco88", "isco88com", "isco68", "esco")


class StatusColumn(BaseModel):
    """A column that decides a person's employment position.

    Parameters
    ----------
    kind
        "boolean" (0 or 1), "integer", "number", or "words".
    codes
        The words of a column of words.
    numbers
        Numbers that stand for the words, in the same order.
    low, high
        Bounds of a number; values outside are missing.
    aliases
        Other names for the column.
    description
        One sentence.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    codes: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None
    aliases: tuple[str, ...] = ()
    description: str

    @model_validator(mode="after")
    def _kind_has_its_keys(self) -> StatusColumn:
        if (self.kind == "words") != bool(self.codes):
            raise ValueError("words, and only they, need 'codes'")
        if self.numbers and len(self.numbers) != len(self.codes):
            raise ValueError("'numbers' must be as many as 'codes'")
        if self.kind in ("integer", "number") and self.low is None:
            raise ValueError("an integer or a number needs 'low'")
        return self


class _ColumnsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    column: dict[str, StatusColumn]


@cache
def status_columns() -> Mapping[str, StatusColumn]:
    """Columns by name, in the order of the file.

    Example
    -------
    >>> status_columns()["supervisor"].aliases
    ('is_supervisor',)
    """
    file = load_toml(package_file("worldclass.surveys", "columns.toml"), _ColumnsFile)
    return MappingProxyType(file.column)
