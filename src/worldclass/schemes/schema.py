"""What the file of an occupational class scheme may hold.

Keys that the schema does not know are refused, so that a misspelt key cannot be overlooked.
"""

from __future__ import annotations

import hashlib
import math
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

from worldclass.surveys.columns import status_columns
from worldclass.theories.schema import ChoiceParameter, Predicate, Slug, Text

Classification = Literal["isco08", "isco88", "isco88com", "isco68"]
ClassId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,39}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
TableFile = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,60}\.csv$")]

# The column of a table that has no employment positions, and the first digit of the code.
ONLY_COLUMN = "class"
MAJOR = "major"

MOST_OUTCOMES = 2_000
MOST_POSITIONS = 40
MOST_CLASSES = 200


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Occupation(_Entry):
    """A classification of occupations from which a scheme can be coded, with its table."""

    classification: Classification
    digits: Literal[1, 2, 3, 4] = 4
    table: TableFile
    simplified: Name | None = None
    source: Text


class Position(_Entry):
    """An employment position: a column of the scheme's tables."""

    id: Name
    label: Text
    when: Predicate


class Simplified(_Entry):
    """What is assumed of persons when a column is absent, and what that loses."""

    assume: dict[Name, float | int | Literal["missing"] | str] = Field(default_factory=dict)
    lost: Text


class SchemeClass(_Entry):
    """A class of a scheme; in a derived scheme, with the rule that its members fit."""

    id: ClassId
    label: Annotated[Text, StringConstraints(max_length=120)]
    when: Predicate | None = None


class Scheme(_Entry):
    """An occupational class scheme, or a scale of occupations."""

    id: Slug
    label: Annotated[Text, StringConstraints(max_length=120)]
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
    kind: Literal["classes", "scale"]
    description: Text
    citation: Text
    source_notes: Text
    lost: Text
    unit: Text | None = None
    base: Slug | None = None
    lookups: tuple[Name, ...] = ()
    parameters: dict[Name, ChoiceParameter] = Field(default_factory=dict, max_length=4)
    occupations: tuple[Occupation, ...] = Field(default=(), alias="occupation")
    positions: tuple[Position, ...] = Field(default=(), alias="position", max_length=MOST_POSITIONS)
    simplified: Simplified | None = None
    classes: tuple[SchemeClass, ...] = Field(default=(), alias="class", max_length=MOST_CLASSES)
    _folder: Path | None = PrivateAttr(default=None)
    _contents: str = PrivateAttr(default="")

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the scheme's content, independent of the file's layout."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()

    @property
    def folder(self) -> Path | None:
        """Where the scheme's tables lie; None for a scheme that ships with the package."""
        return self._folder

    def placed_in(self, folder: Path, contents: str) -> Scheme:
        """The scheme, with its tables in a folder.

        Schemes are equal only if `contents`, a digest of what their tables and bases held when
        they were loaded, are equal too: what was compiled is used again for equal ones.
        """
        placed = self.model_copy()
        placed._folder, placed._contents = folder, contents
        return placed

    @property
    def ruled(self) -> bool:
        """Whether rules, and not a table alone, give the classes."""
        return bool(self.base or self.lookups)

    @property
    def base_column(self) -> str | None:
        """The name under which rules see the base scheme's class."""
        return self.base.replace("-", "_") if self.base else None

    @property
    def table_columns(self) -> tuple[str, ...]:
        """The value columns that each table must have, without the simplified one."""
        if self.ruled:
            return self.lookups
        return tuple(position.id for position in self.positions) or (ONLY_COLUMN,)

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Scheme:
        for what, names in (
            ("class ids", [entry.id for entry in self.classes]),
            ("position ids", [entry.id for entry in self.positions]),
            ("classifications", [entry.classification for entry in self.occupations]),
            ("lookups", list(self.lookups)),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{what} occur twice: {twice}")
        taken = {*status_columns(), MAJOR, *self.parameters}
        clash = sorted(taken & {*self.lookups, self.base_column or ""})
        if clash:
            raise ValueError(f"names of lookups, base, columns and parameters must differ: {clash}")
        return self

    @model_validator(mode="after")
    def _form_is_clear(self) -> Scheme:
        without = [entry.id for entry in self.classes if entry.when is None]
        if self.kind == "scale":
            if self.classes or self.ruled or self.positions:
                raise ValueError("a scale has a table only: no classes, positions, rules")
        elif not self.classes:
            raise ValueError("a scheme needs at least one [[class]]")
        elif self.ruled and without:
            raise ValueError(f"with 'base' or 'lookups' every class needs 'when': {without}")
        elif not self.ruled and len(without) < len(self.classes):
            raise ValueError("a 'when' of a class needs 'base' or 'lookups'; tables need none")
        if self.ruled and self.positions:
            raise ValueError("[[position]] belongs to schemes whose tables give the classes")
        if not self.occupations and not self.base:
            raise ValueError("a scheme needs at least one [[occupation]] or a 'base'")
        if self.lookups and not self.occupations:
            raise ValueError("'lookups' are columns of the tables of [[occupation]]")
        return self

    @model_validator(mode="after")
    def _assumptions_are_possible(self) -> Scheme:
        for name, value in (self.simplified.assume if self.simplified else {}).items():
            column = status_columns().get(name)
            if column is None:
                raise ValueError(
                    f"[simplified] assumes '{name}'; columns: {', '.join(status_columns())}"
                )
            if value != "missing" and column.kind == "words" and value not in column.codes:
                raise ValueError(f"[simplified] '{name}' is none of {list(column.codes)}")
            if value != "missing" and column.kind != "words" and isinstance(value, str):
                raise ValueError(f"[simplified] '{name}' must be a number")
            if value != "missing" and column.kind != "words":
                low, high = (0, 1) if column.kind == "boolean" else (column.low, column.high)
                if not (low or 0) <= float(value) <= (math.inf if high is None else high):
                    raise ValueError(f"[simplified] '{name}' cannot be {value}")
        return self
