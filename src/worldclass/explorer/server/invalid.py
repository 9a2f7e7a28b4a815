"""What a request cannot mean, in our words: the field, its value, what is allowed, what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from worldclass.explorer.server.problems import Problem

OPENAPI = "/api/openapi.json"
MOST_NAMES = 20
"""Names that a remedy lists; of more it says where they stand."""
_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}


def invalid(error: Mapping[str, Any], fields: Mapping[str, Any]) -> Problem:
    """A finding of pydantic as a problem.

    Parameters
    ----------
    error
        With `type`, `loc` and `input`.
    fields
        What the route knows (pydantic's `FieldInfo`), by name.
    """
    kind, place = error["type"], tuple(error["loc"])
    names = [part for part in place[1:] if isinstance(part, str)]
    if kind.startswith("json_"):
        return Problem("The body is no JSON.", "body", f"Send an object; {OPENAPI} describes it.")
    if not names:
        return Problem(
            "The body is missing, or no object.", "body", f"Send an object; {OPENAPI} describes it."
        )
    name = names[0]
    if kind == "extra_forbidden":
        near = get_close_matches(name, fields, n=1)
        meant = f"Did you mean '{near[0]}'? " if near else ""
        return Problem(
            f"There is no field '{name:.60}'.", name[:60], f"{meant}It has {', '.join(fields)}."
        )
    remedy = f"Give {allowed(fields[name])}." if name in fields else f"See {OPENAPI}."
    if kind == "missing":
        return Problem(f"'{name}' is missing.", name, remedy)
    if name == "parameters" and len(names) > 1:
        name = names[1][:60]
        remedy = "Give a number, true or false, or the name of a choice."
    return Problem(f"'{name}' is {_shown(error['input'])}, which is not allowed.", name, remedy)


def known_fields(route: Any) -> dict[str, Any]:
    """Parameters of the query and the path, and fields of the body, of a route of FastAPI."""
    found: dict[str, Any] = {}
    for one in (*route.dependant.path_params, *route.dependant.query_params):
        found[one.alias] = one.field_info
    for one in route.dependant.body_params:
        body = one.field_info.annotation
        if isinstance(body, type) and issubclass(body, BaseModel):
            found |= body.model_fields
    return found


def allowed(field: Any) -> str:
    """What a field may be.

    Examples
    --------
    >>> from pydantic.fields import FieldInfo
    >>> allowed(FieldInfo.from_annotation(Annotated[int, FieldInfo(ge=1, le=50)]))
    'a whole number from 1 to 50'
    """
    kind, several = _kind(field.annotation)
    names = (field.json_schema_extra or {}).get("enum") or get_args(kind)
    if names := [str(name) for name in names if name is not None]:
        text = f"one of {', '.join(names)}"
        if len(names) > MOST_NAMES:
            text = f"one of the {len(names)} names in {OPENAPI}"
    else:
        text = _KINDS.get(kind, "an object") + ("" if several else _range(field.metadata))
    longest = next((one.max_length for one in field.metadata if hasattr(one, "max_length")), None)
    if several:
        return f"at most {longest} values, each {text}" if longest else f"values, each {text}"
    unlisted = longest is not None and kind is str and not names
    return f"{text} of at most {longest} characters" if unlisted else text


def _kind(annotation: Any) -> tuple[Any, bool]:
    """The type behind an annotation, and whether there may be several."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kind(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _kind(next(one for one in get_args(annotation) if one is not NoneType))
    if origin is list:
        return _kind(get_args(annotation)[0])[0], True
    return (annotation if origin in (None, Literal) else origin), False


def _range(metadata: list[Any]) -> str:
    """Ends that a number may have."""
    ends = {name: getattr(one, name) for one in metadata for name in ("ge", "gt", "le", "lt")
            if hasattr(one, name)}  # fmt: skip
    low = ends.get("ge", ends.get("gt"))
    high = ends.get("le", ends["lt"] - 1 if "lt" in ends else None)
    if low is None and high is None:
        return ""
    if high is None:
        return f", {low} or more"
    return f" up to {high}" if low is None else f" from {low} to {high}"


def _shown(value: Any) -> str:
    """A value as it was given, short."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
