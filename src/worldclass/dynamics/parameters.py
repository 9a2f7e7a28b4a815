"""What a model can be told: parameters with default, unit, range, limits and source.

A model declares its parameters as a frozen dataclass whose base is `Parameters` and whose
fields are made by `parameter`. Every value is checked when the dataclass is made, so that a model
never sees one that it cannot mean.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar, cast, get_type_hints

from worldclass.core.errors import UsageError

Value = bool | int | float | str
P = TypeVar("P", bound="Parameters")

_KEY = "parameter"
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Declaration:
    """What is known of one parameter.

    Parameters
    ----------
    name, kind
        Name of the field and its type: bool, int, float or str.
    default, unit, meaning, source
        Default value, its unit, what it is, and who took that value or why.
    range
        Plausible values: what sweeps and sensitivity analyses cover unless told otherwise.
    limits
        Values beyond which the model has no meaning; they are refused.
    choices
        The only values possible, for a parameter of type str.
    varies
        Whether an intervention of a scenario may change it during a run.
    """

    name: str
    kind: type
    default: Value
    unit: str
    meaning: str
    source: str
    range: tuple[float, float] | None
    limits: tuple[float, float]
    choices: tuple[str, ...]
    varies: bool


def parameter(
    default: Any,
    *,
    unit: str,
    meaning: str,
    source: str,
    range: tuple[float, float] | None = None,
    limits: tuple[float, float] | None = None,
    choices: tuple[str, ...] = (),
    varies: bool = False,
) -> Any:
    """A field of a `Parameters` dataclass; see `Declaration` for the arguments.

    Without `limits` the plausible range limits the value; without either nothing does, but that
    it is finite.
    """
    known: dict[str, Any] = {
        "unit": unit,
        "meaning": meaning,
        "source": source,
        "range": range,
        "limits": limits or range or (-math.inf, math.inf),
        "choices": choices,
        "varies": varies,
    }
    return field(default=default, metadata={_KEY: known})


@dataclass(frozen=True)
class Parameters:
    """Base of the parameters of a model; checks every value, then `check`."""

    def __post_init__(self) -> None:
        for declared in declarations(type(self)):
            value = _checked(declared, getattr(self, declared.name))
            object.__setattr__(self, declared.name, value)
        self.check()

    def check(self) -> None:
        """Refuse values that contradict one another; models override this."""


def declarations(kind: type[Parameters]) -> tuple[Declaration, ...]:
    """The parameters of a model in the order of their declaration.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Growth(Parameters):
    ...     rate: float = parameter(
    ...         0.1, unit="a year", meaning="growth", source="assumed", range=(0, 1)
    ...     )
    >>> declarations(Growth)[0].range
    (0, 1)
    """
    types = get_type_hints(kind)
    return tuple(
        Declaration(one.name, types[one.name], cast("Value", one.default), **one.metadata[_KEY])
        for one in fields(kind)
    )


def with_settings(parameters: P, settings: Mapping[str, Any], *, where: str = "parameters") -> P:
    """Parameters with some values changed; texts are read as values of the declared type.

    Raises
    ------
    UsageError
        An unknown name, or a value of another type or beyond the limits.
    """
    known = {declared.name: declared for declared in declarations(type(parameters))}
    for name in settings:
        find_declaration(known, name, where)
    read = {name: _read(known[name], value) for name, value in settings.items()}
    return replace(parameters, **read)


def find_declaration(known: Mapping[str, Declaration], name: str, where: str) -> Declaration:
    """The declaration of a name, or an error that lists the names there are."""
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        raise UsageError(
            f"There is no parameter '{name[:60]}'.{guess}",
            where=where,
            remedy=f"Parameters: {', '.join(known)}.",
        )
    return known[name]


def settings_of(parameters: Parameters) -> dict[str, Value]:
    """Every parameter with its value."""
    return {one.name: getattr(parameters, one.name) for one in fields(parameters)}


def _read(declared: Declaration, value: Any) -> Any:
    """A text as a value of the declared type; other values as they are."""
    if not isinstance(value, str) or declared.kind is str:
        return value
    text = value.strip()
    try:
        if declared.kind is bool:
            return _WORDS[text.lower()]
        number = float(text.replace("_", ""))
        return int(text.replace("_", "")) if declared.kind is int and text.isdigit() else number
    except (KeyError, ValueError):
        raise _wrong_type(declared, value) from None


def _checked(declared: Declaration, value: Any) -> Value:
    """The value in its declared type, if it is of that type and within the limits."""
    if declared.kind is bool or declared.kind is str:
        if not isinstance(value, declared.kind):
            raise _wrong_type(declared, value)
        if declared.choices and value not in declared.choices:
            raise UsageError(
                f"Parameter '{declared.name}' cannot be {value!r}.",
                remedy=f"Choices: {', '.join(declared.choices)}.",
            )
        return value
    if isinstance(value, bool):
        raise _wrong_type(declared, value)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise _wrong_type(declared, value) from None
    low, high = declared.limits
    if math.isnan(number) or not low <= number <= high or (math.isinf(number) and high < math.inf):
        raise UsageError(
            f"Parameter '{declared.name}' = {value} is outside its limits.",
            remedy=f"Give a value from {low:g} to {high:g} ({declared.unit}).",
        )
    if declared.kind is int:
        if not number.is_integer():
            raise _wrong_type(declared, value)
        return int(value)
    return number


def _wrong_type(declared: Declaration, value: Any) -> UsageError:
    names: dict[type, str] = {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "a text",
    }
    return UsageError(
        f"Parameter '{declared.name}' is {names[declared.kind]}, not {str(value)[:60]!r}.",
        remedy=f"Its default is {declared.default} ({declared.unit}).",
    )
