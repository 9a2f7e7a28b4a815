"""What a survey adapter's file may hold.

A column is made from branches. Each row goes to the first branch whose conditions hold and
whose variable is not empty in that row; the branch says which value, or which kind of missing,
each code of the variable means. Keys that the schema does not know are refused.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from worldclass.surveys.canonical import STATED, UNUSABLE, bounds, code_key, kinds
from worldclass.surveys.columns import status_columns

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_.]{0,63}$")]
Variables = Annotated[tuple[Variable, ...], Field(min_length=1, max_length=20)]
Named = Annotated[
    tuple[Variable, ...],
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    Field(max_length=20),
]
Reason = Literal["not applicable", "refused", "don't know", "not asked", "no answer", "unusable"]
Code = Annotated[str, StringConstraints(min_length=1, max_length=20), BeforeValidator(code_key)]
Codes = Annotated[tuple[Code, ...], Field(min_length=1, max_length=200)]
Missing = dict[Code, Reason]
Integer = Annotated[int, Field(ge=-(10**9), le=10**9)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Entry):
    """A document that the file was made from."""

    title: Text
    edition: Text
    address: Text


class Fits(_Entry):
    """Names by which a file of this survey is recognised, and names that it cannot have."""

    all: Annotated[tuple[Variable, ...], Field(max_length=20)] = ()
    any: Variables
    without: Annotated[tuple[Variable, ...], Field(max_length=20)] = ()


class Condition(_Entry):
    """Rows for which a branch is meant: by a variable of the survey, or a column made before."""

    variable: Named = ()
    column: str | None = None
    codes: Codes | None = Field(default=None, alias="is")
    not_codes: Codes | None = Field(default=None, alias="not")
    low: Integer | None = None
    high: Integer | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        if bool(self.variable) == (self.column is not None):
            raise ValueError("a condition names either a 'variable' or a 'column'")
        ranged = self.low is not None or self.high is not None
        if (self.codes is not None) + (self.not_codes is not None) + ranged != 1:
            raise ValueError("a condition has one of 'is', 'not', or 'low' and 'high'")
        return self


class Flag(_Entry):
    """A variable that says why another one is empty."""

    variable: Variables
    missing: Missing


class Branch(_Entry):
    """One way to a column's value: a variable's codes, or one value for all rows that it takes."""

    variable: Annotated[tuple[Variable, ...], Field(max_length=20)] = ()
    when: Annotated[tuple[Condition, ...], Field(max_length=10)] = ()
    assume: Slug | None = None
    map: dict[Code, bool | int | str] | None = None
    number: tuple[Integer, Integer] | None = None
    add: Integer = 0
    at_least: Integer | None = None
    digits: Annotated[int, Field(ge=1, le=4)] | None = None
    value: bool | int | str | None = None
    reason: Reason | None = None
    missing: Missing = {}
    blank: Reason | None = None
    flag: Flag | None = None
    verified: bool = True
    note: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Branch:
        ways = (self.map, self.number, self.digits, self.value, self.reason)
        given = sum(way is not None for way in ways)
        reads = self.map is not None or self.number is not None or self.digits is not None
        if given == 0 and not (self.variable and self.missing):
            raise ValueError("a branch has one of 'map', 'number', 'digits', 'value', 'reason'")
        if given > 1 and not (given == 2 and self.map is not None and self.digits is not None):
            raise ValueError("a branch has only one of 'map', 'number', 'value', 'reason'")
        if reads and not self.variable:
            raise ValueError("a branch that reads codes needs a 'variable'")
        if self.number is not None and self.number[0] > self.number[1]:
            raise ValueError("'number' is [least, largest]")
        both = set(self.map or ()) & set(self.missing)
        if both:
            raise ValueError(f"code '{min(both)}' is both a value and missing")
        return self


class Column(_Entry):
    """How one of our columns is made."""

    name: str
    needs: Annotated[tuple[Variable, ...], Field(max_length=20)] = ()
    otherwise: Reason = "not applicable"
    lost: Text | None = None
    branches: Annotated[tuple[Branch, ...], Field(alias="from", min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _values_fit(self) -> Column:
        if self.name not in kinds():
            raise ValueError(f"there is no column '{self.name}'; columns: {', '.join(kinds())}")
        for branch in self.branches:
            values = [*(branch.map or {}).values(), branch.value]
            for value in values:
                problem = None if value is None else _problem(self.name, value)
                if problem:
                    raise ValueError(f"column '{self.name}': {problem}")
            if kinds()[self.name] == "code" and branch.number is not None:
                raise ValueError(f"column '{self.name}': codes are read with 'digits'")
            if kinds()[self.name] != "code" and branch.digits is not None:
                raise ValueError(f"column '{self.name}': 'digits' is for occupation codes")
            if kinds()[self.name] != "integer" and branch.number is not None:
                raise ValueError(f"column '{self.name}': 'number' is for whole numbers")
            if branch.number is not None and branch.number[1] + branch.add > bounds(self.name)[1]:
                raise ValueError(
                    f"column '{self.name}': 'number' goes beyond {bounds(self.name)[1]}, the "
                    "largest value of the column"
                )
        return self


class Design(_Entry):
    """Variables of the survey's design: weights and where the sample was drawn."""

    weight: tuple[Variable, ...] = ()
    psu: tuple[Variable, ...] = ()
    stratum: tuple[Variable, ...] = ()
    replicate_weights: tuple[Variable, ...] = ()
    verified: bool = True
    note: Text | None = None


class Survey(_Entry):
    """An adapter: how a survey's variables become our columns."""

    id: Slug
    label: Text
    version: Text
    description: Text
    sources: Annotated[tuple[Source, ...], Field(alias="source", min_length=1, max_length=20)]
    lost: Text
    fits: Fits
    assumptions: dict[Slug, Text] = {}
    columns: Annotated[tuple[Column, ...], Field(alias="column", min_length=1, max_length=20)]
    absent: dict[str, Text] = {}
    design: Design = Design()

    @model_validator(mode="after")
    def _names_hold_together(self) -> Survey:
        made: set[str] = set()
        for column in self.columns:
            if column.name in made:
                raise ValueError(f"column '{column.name}' is defined twice")
            for branch in column.branches:
                if branch.assume is not None and branch.assume not in self.assumptions:
                    raise ValueError(f"there is no assumption '{branch.assume}' in [assumptions]")
                for condition in branch.when:
                    if condition.column is not None and condition.column not in made:
                        raise ValueError(
                            f"column '{column.name}' asks for column '{condition.column}', which "
                            "is not defined before it"
                        )
            made.add(column.name)
        for name in self.absent:
            if name not in kinds() or name in made:
                raise ValueError(f"[absent] '{name}' is no column, or one that the file makes")
        return self


def _problem(name: str, value: bool | int | str) -> str | None:
    """Why a value cannot stand in a column."""
    kind = kinds()[name]
    if kind == "boolean":
        return (
            None if value in (0, 1) and not isinstance(value, str) else f"{value!r} is not 0 or 1"
        )
    if kind == "words":
        words = status_columns()[name].codes
        return None if value in words else f"{value!r} is none of {', '.join(words)}"
    if kind == "code":
        fits = isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value)
        return None if fits else f"{value!r} is not a code of four digits, as text"
    low, high = bounds(name)
    fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return None if fits else f"{value!r} is not a whole number from {low} to {high}"


assert {*STATED, UNUSABLE} == set(Reason.__args__)  # the schema's list is the list of the columns
