"""What a theory file may hold: the schema of a class scheme as data.

Keys that the schema does not know are refused, so that a misspelt key cannot be overlooked.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    StringConstraints,
    Tag,
    model_validator,
)

from worldclass.people.columns import columns
from worldclass.theories.limits import (
    MOST_CHOICES,
    MOST_CLASSES,
    MOST_PARAMETERS,
    MOST_SPLITS,
    PREDICATE_LENGTH,
)
from worldclass.theories.units import unit_problem

Anchor = Literal["any", "national-accounts", "household-survey", "earnings-survey"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=8000, strip_whitespace=True)]
Predicate = Annotated[str, StringConstraints(min_length=1, max_length=PREDICATE_LENGTH)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


def _known_unit(unit: str) -> str:
    problem = unit_problem(unit)
    if problem:
        raise ValueError(problem)
    return unit


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Income(_Entry):
    """An income that the rules use, and the anchor that the theory was made for."""

    anchor: Anchor


class NumberParameter(_Entry):
    """A number that rules compare an income with, or that scales a split."""

    default: FiniteFloat
    unit: Annotated[str, AfterValidator(_known_unit)]
    range: tuple[FiniteFloat, FiniteFloat]
    description: Text
    source: Text

    @model_validator(mode="after")
    def _default_in_range(self) -> NumberParameter:
        low, high = self.range
        if not low <= self.default <= high:
            raise ValueError(f"the default {self.default:g} lies outside [{low:g}, {high:g}]")
        if low < 0:
            raise ValueError(f"the range starts at {low:g}, below zero")
        return self


class ChoiceParameter(_Entry):
    """One of several words, which rules compare with a text: a switch between readings."""

    default: Slug
    choices: Annotated[tuple[Slug, ...], Field(min_length=2, max_length=MOST_CHOICES)]
    description: Text
    source: Text

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> ChoiceParameter:
        if self.default not in self.choices:
            raise ValueError(f"the default '{self.default}' is none of {list(self.choices)}")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError("the same choice is listed twice")
        return self


def _kind(value: object) -> str:
    held = value if isinstance(value, dict) else vars(value)
    return "choice" if "choices" in held else "number"


Parameter = Annotated[
    Annotated[NumberParameter, Tag("number")] | Annotated[ChoiceParameter, Tag("choice")],
    Discriminator(_kind),
]


class ClassRule(_Entry):
    """A class and the rule that its members fit; the first class that fits takes a person."""

    id: Slug
    label: Annotated[Text, StringConstraints(max_length=60)]
    description: Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)] = ""
    when: Predicate | None = None
    residual: bool = False
    bounds: bool = False


class Split(_Entry):
    """A fraction of some persons whom no rule can tell apart from the rest."""

    id: Name
    when: Predicate
    low: Fraction | None = None
    central: Fraction | None = None
    high: Fraction
    plausible: tuple[Fraction, Fraction] | None = None
    share: Name | None = None
    scale: Name | None = None
    source: Text

    @model_validator(mode="after")
    def _fractions_in_order(self) -> Split:
        if self.share is None and (self.central is None or self.low is None):
            raise ValueError("'low' and 'central' are needed, or a 'share' that gives them")
        if self.share is not None and self.central is not None:
            raise ValueError("'central' and 'share' exclude each other: the share is the centre")
        given = [value for value in (self.low, self.central, self.high) if value is not None]
        if given != sorted(given):
            raise ValueError("low <= central <= high does not hold")
        if self.plausible and not (
            (self.low or 0.0) <= self.plausible[0] <= self.plausible[1] <= self.high
        ):
            raise ValueError("'plausible' must be a range within [low, high]")
        return self


class Theory(_Entry):
    """A class scheme: parameters, latent fractions, and ordered classes."""

    id: Slug
    label: Annotated[Text, StringConstraints(max_length=80)]
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
    description: Text
    citation: Text
    source_notes: Text
    lost: Text
    incomes: dict[str, Income] = Field(default_factory=dict)
    parameters: Annotated[dict[Name, Parameter], Field(max_length=MOST_PARAMETERS)] = Field(
        default_factory=dict
    )
    classes: tuple[ClassRule, ...] = Field(alias="class", min_length=1, max_length=MOST_CLASSES)
    splits: tuple[Split, ...] = Field(default=(), alias="split", max_length=MOST_SPLITS)

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def split_ids(self) -> tuple[str, ...]:
        """Distinct split ids in the order of the file."""
        return tuple(dict.fromkeys(entry.id for entry in self.splits))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the theory's content, independent of the file's layout."""
        content = self.model_dump_json(by_alias=True)
        return hashlib.sha256(content.encode()).hexdigest()

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Theory:
        ids = [rule.id for rule in self.classes]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"class ids occur twice: {twice}")
        names = [*columns(), *self.parameters, *self.split_ids]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"names of columns, parameters and splits must differ: {twice}")
        return self

    @model_validator(mode="after")
    def _incomes_exist(self) -> Theory:
        known = [column.name for column in columns().values() if column.kind == "income"]
        for name in self.incomes:
            if name not in known:
                raise ValueError(f"[incomes.{name}]: no such income; incomes: {known}")
            if name == "welfare" and self.incomes[name].anchor == "earnings-survey":
                raise ValueError("[incomes.welfare]: earnings-survey is an anchor of labour income")
        return self

    @model_validator(mode="after")
    def _only_the_last_is_open(self) -> Theory:
        for rule in self.classes[:-1]:
            if rule.when is None:
                raise ValueError(f"class '{rule.id}' has no 'when'; only the last class may")
        return self

    @model_validator(mode="after")
    def _scales_exist(self) -> Theory:
        for entry in self.splits:
            scale = self.parameters.get(entry.scale) if entry.scale else None
            if entry.scale and not (
                isinstance(scale, NumberParameter) and scale.unit == "fraction"
            ):
                raise ValueError(
                    f"split '{entry.id}': scale '{entry.scale}' is no parameter with unit "
                    f"'fraction'"
                )
        return self
