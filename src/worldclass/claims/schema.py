"""What a claim file may hold: a statement tied to a quantity, a decision rule and choices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Rule = Annotated[str, StringConstraints(pattern=r"^(<|<=|>|>=) ?-?[0-9]+(\.[0-9]+)?$")]
Kind = Literal["empirical", "analytic"]
Origin = Literal["text", "companion"]
MOST_OPTIONS, MOST_CHOICES, MOST_TERMS, MOST_PARTS = 500, 12, 40, 8


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Spread(_Entry):
    """Values spread evenly over a range, ends included; on a log scale, evenly in ratio."""

    low: FiniteFloat
    high: FiniteFloat
    points: Annotated[int, Field(ge=2, le=MOST_OPTIONS)]
    scale: Literal["plain", "log"] = "plain"

    @model_validator(mode="after")
    def _in_order(self) -> Spread:
        if not self.low < self.high:
            raise ValueError(f"low {self.low:g} is not below high {self.high:g}")
        if self.scale == "log" and self.low <= 0:
            raise ValueError("a log scale needs numbers above zero")
        return self


class Choice(_Entry):
    """One thing that may defensibly be decided in several ways.

    Attributes
    ----------
    values
        Values of the placeholder that bears the choice's own id.
    options
        Else, by label: values of any placeholders.
    spread
        Else, values of the choice's own placeholder over a range.
    """

    id: Name
    label: Annotated[Text, StringConstraints(max_length=80)]
    reason: Text
    values: tuple[int | float | str | tuple[str, ...], ...] = ()
    options: dict[str, dict[Name, Any]] = Field(default_factory=dict)
    spread: Spread | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Choice:
        given = [name for name in ("values", "options", "spread") if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("give one of 'values', 'options', 'spread'")
        number = len(self.settings)
        if not 2 <= number <= MOST_OPTIONS:
            raise ValueError(f"a choice has 2 to {MOST_OPTIONS} options, not {number}")
        if len({frozenset(map(str, one)) for one in self.settings.values()}) > 1:
            raise ValueError("every option must set the same placeholders")
        return self

    @property
    def settings(self) -> dict[str, dict[str, Any]]:
        """By label of the option: the values of its placeholders."""
        if self.options:
            return dict(self.options)
        values = list(self.values) if self.spread is None else _spread(self.spread)
        return {_option_label(value): {self.id: value} for value in values}


class Part(_Entry):
    """One condition of the decision rule; a claim holds where all its parts hold.

    Attributes
    ----------
    estimate
        Arithmetic over the ids of terms; see `worldclass.claims.expression`.
    holds
        A comparison with a number, such as "> 0".
    """

    id: Name
    label: Annotated[Text, StringConstraints(max_length=120)]
    unit: Annotated[Text, StringConstraints(max_length=60)]
    estimate: Annotated[Text, StringConstraints(max_length=1200)]
    holds: Rule


class Claim(_Entry):
    """A statement, its quantity, its decision rule, and the choices it is tried over.

    Attributes
    ----------
    question
        Claims of different theories with the same question are set side by side.
    assumed
        Why the deciding quantity is an assumption here: the verdict is then "not testable here",
        whatever the numbers look like. Needs `would_test`.
    terms
        By id: the name of a quantity and its fields. A text that begins with $ is a placeholder
        that a choice fills.
    common
        Fields that all terms share unless they say otherwise.
    """

    id: Slug
    theory: Slug
    number: Annotated[int, Field(ge=1, le=999)]
    label: Annotated[Text, StringConstraints(max_length=90)]
    statement: Text
    question: Slug
    kind: Kind
    origin: Origin
    source: Text
    scope: Text
    reading: Text
    changes: Words = ""
    assumed: Words = ""
    would_test: Words = ""
    history: Words = ""
    common: dict[str, Any] = Field(default_factory=dict)
    terms: dict[Name, dict[str, Any]] = Field(alias="term", min_length=1, max_length=MOST_TERMS)
    parts: tuple[Part, ...] = Field(alias="part", min_length=1, max_length=MOST_PARTS)
    choices: tuple[Choice, ...] = Field(alias="choice", default=(), max_length=MOST_CHOICES)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the claim's content, independent of the file's layout."""
        content = self.model_dump_json(by_alias=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Claim:
        """A copy, changed where told; its digest is its own."""
        made = super().model_copy(update=update, deep=deep)
        vars(made).pop("digest", None)
        return made

    @model_validator(mode="after")
    def _consistent(self) -> Claim:
        for what, names in (
            ("choice", [one.id for one in self.choices]),
            ("part", [one.id for one in self.parts]),
        ):
            if len(set(names)) < len(names):
                raise ValueError(f"the same {what} id occurs twice: {sorted(names)}")
        if self.assumed and not self.would_test:
            raise ValueError("'assumed' needs 'would_test': the data that would test the claim")
        filled = [name for one in self.choices for name in next(iter(one.settings.values()))]
        twice = sorted({name for name in filled if filled.count(name) > 1})
        if twice:
            raise ValueError(f"two choices fill the same placeholder: {twice}")
        used = placeholders([self.common, *self.terms.values()])
        if unfilled := sorted(used - set(filled)):
            raise ValueError(f"no choice fills the placeholder ${unfilled[0]}")
        if idle := sorted(set(filled) - used):
            raise ValueError(f"no term uses the placeholder ${idle[0]} that a choice fills")
        return self


def placeholders(value: Any) -> set[str]:
    """Names behind $ in a value, at any depth.

    Examples
    --------
    >>> sorted(placeholders({"year": "$last", "parameters": {"tau": "$tau"}}))
    ['last', 'tau']
    """
    if isinstance(value, str):
        return {value[1:]} if value.startswith("$") else set()
    if isinstance(value, dict):
        return set().union(*(placeholders(one) for one in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(placeholders(one) for one in value))
    return set()


def filled(value: Any, values: dict[str, Any]) -> Any:
    """A value with its placeholders replaced.

    Examples
    --------
    >>> filled({"year": "$last"}, {"last": 2023})
    {'year': 2023}
    """
    if isinstance(value, str):
        return values[value[1:]] if value.startswith("$") else value
    if isinstance(value, dict):
        return {key: filled(one, values) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [filled(one, values) for one in value]
    return value


def _spread(spread: Spread) -> list[float]:
    import numpy as np

    make = np.geomspace if spread.scale == "log" else np.linspace
    return [float(f"{value:.6g}") for value in make(spread.low, spread.high, spread.points)]


def _option_label(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)
