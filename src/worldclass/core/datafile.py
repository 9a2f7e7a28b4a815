"""Load a TOML data file: capped, decoded, parsed, checked against a schema.

Data files of the package and files from strangers take the same way in. Size, number of keys
and depth of keys are capped before the TOML parser runs, because its time grows with the square
of a key's depth and a deeply nested value overflows its recursion.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from worldclass.core.errors import WorldclassError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound="BaseModel")

_SHOWN_ERRORS = 5
_KEY = r"(?:(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"


@dataclass(frozen=True)
class Limits:
    """How much of a file is read and parsed.

    Parameters
    ----------
    bytes
        Largest size of the file.
    keys
        Largest number of assignments (`=` signs) and table headers.
    depth
        Largest number of parts in one dotted key or table header.
    """

    bytes: int = 1_000_000
    keys: int = 20_000
    depth: int = 12


DEFAULT_LIMITS = Limits()


def package_file(package: str, *parts: str) -> Traversable:
    """A file that ships inside a package, as a `Traversable`.

    Example
    -------
    >>> package_file("worldclass.people", "columns.toml").name
    'columns.toml'
    """
    return resources.files(package).joinpath(*parts)


def load_toml(
    source: Path | Traversable,
    schema: type[Model],
    *,
    error: type[WorldclassError] = WorldclassError,
    limits: Limits = DEFAULT_LIMITS,
) -> Model:
    """Read a TOML file and check it against a pydantic model.

    Parameters
    ----------
    source
        Path, or a file of a package from `package_file`.
    schema
        The pydantic model that the document must fit.
    error
        Class of the error raised, so that the exit code tells whose file is wrong.
    limits
        Caps on size, number of keys and their depth.

    Raises
    ------
    WorldclassError
        Of class `error`: the file is missing, too large, not UTF-8, not TOML, or does not fit
        the schema. The message names the file, the key, the value and the remedy.
    """
    where = str(source)
    text = read_text(source, error=error, limits=limits)
    document = parse_toml(text, where, error=error, limits=limits)
    return validate(document, schema, where, error=error)


def read_text(
    source: Path | Traversable,
    *,
    error: type[WorldclassError] = WorldclassError,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """The text of a file, if it is a plain file, not too large, UTF-8, and free of NUL.

    Raises
    ------
    WorldclassError
        Of class `error`, when one of these does not hold.
    """
    where = str(source)
    try:
        # is_file: a folder, a pipe or a device must not be opened, for it may never end
        if not source.is_file():
            raise error(
                "There is no such file, or it is not a plain file.",
                where=where,
                remedy="Check the path.",
            )
        with source.open("rb") as stream:
            raw = stream.read(limits.bytes + 1)
    except (OSError, ValueError) as cause:
        raise error(f"The file cannot be read: {cause}.", where=where) from cause
    return decode(raw, where, error=error, limits=limits)


def decode(
    raw: bytes,
    where: str,
    *,
    error: type[WorldclassError] = WorldclassError,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """The text of some bytes, if they are not too many, UTF-8, and free of NUL.

    Raises
    ------
    WorldclassError
        Of class `error`, when one of these does not hold.
    """
    if len(raw) > limits.bytes:
        raise error(
            f"The file is larger than {limits.bytes:,} bytes.",
            where=where,
            remedy="Files of this kind are short; split it, or check that it is the right one.",
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise error(
            f"The file is not UTF-8: byte {raw[cause.start]:#04x} at position {cause.start}.",
            where=where,
            remedy="Save it as UTF-8.",
        ) from cause
    if "\0" in text:
        raise error(
            f"The file holds a NUL byte at position {text.index(chr(0))}.",
            where=where,
            remedy="It is not a text file; save it as plain UTF-8 text.",
        )
    return text


def parse_toml(
    text: str,
    where: str,
    *,
    error: type[WorldclassError] = WorldclassError,
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Any]:
    """Parse TOML text after its number of keys and their depth were capped.

    Raises
    ------
    WorldclassError
        Of class `error`: too many keys, keys too deep, values nested too deeply, or no TOML.
    """
    keys = text.count("=") + text.count("\n[")
    if keys > limits.keys:
        raise error(
            f"The file has about {keys:,} keys; at most {limits.keys:,} are read.",
            where=where,
            remedy="Check that it is the right file.",
        )
    deep = re.search(rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY}){{{limits.depth}}}", text)
    if deep:
        raise error(
            f"A dotted key has more than {limits.depth} parts: '{_short(deep.group(), 40)}'.",
            where=f"{where}, line {text.count(chr(10), 0, deep.start()) + 1}",
            remedy="Use the keys that the documentation lists.",
        )
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError as cause:
        raise error(
            "Values are nested too deeply.",
            where=where,
            remedy="Use the keys that the documentation lists.",
        ) from cause
    except ValueError as cause:
        raise error(
            f"The file is not valid TOML: {_short(str(cause), 200)}.",
            where=where,
            remedy="Correct the syntax; text needs quotes, a table is headed by its name in [ ].",
        ) from cause


def validate(
    document: dict[str, Any],
    schema: type[Model],
    where: str,
    *,
    error: type[WorldclassError] = WorldclassError,
) -> Model:
    """Check a parsed document against a schema.

    Raises
    ------
    WorldclassError
        Of class `error`, naming the file, each key's path, its value, and what was expected.
    """
    from pydantic import ValidationError  # takes 0.1 s to import

    try:
        return schema.model_validate(document)
    except ValidationError as cause:
        raise _describe(cause, document, where, error) from cause


def _describe(
    cause: ValidationError, document: dict[str, Any], where: str, error: type[WorldclassError]
) -> WorldclassError:
    """Turn pydantic's list of errors into one message."""
    found = cause.errors(include_url=False)
    lines = [_line(item, document) for item in found[:_SHOWN_ERRORS]]
    if len(found) > _SHOWN_ERRORS:
        lines.append(f"and {len(found) - _SHOWN_ERRORS} more.")
    kinds = {item["type"] for item in found}
    remedy = "Correct the values named above."
    if kinds == {"extra_forbidden"}:
        remedy = "Remove the key, or correct its spelling."
    elif kinds == {"missing"}:
        remedy = "Add the key."
    return error("\n".join(lines), where=where, remedy=remedy)


def _line(item: ErrorDetails, document: dict[str, Any]) -> str:
    """One error as 'key: what was expected (found …).'."""
    path = key_path(item["loc"], document, missing=item["type"] == "missing")
    message = item["msg"].removeprefix("Value error, ").rstrip(".")
    if item["type"] == "extra_forbidden":
        return f"Key '{path}' is not known."
    if item["type"] == "missing":
        return f"Key '{path}' is missing."
    if item["type"] == "value_error" and isinstance(item["input"], dict):
        return f"{path}: {message}." if path else f"{message}."
    return f"{path}: {message} (found {_short(repr(item['input']), 60)})."


def key_path(location: tuple[int | str, ...], document: object, *, missing: bool = False) -> str:
    """The path of a key in the file, without the parts that only the schema knows.

    Parameters
    ----------
    location
        Keys and list positions, as pydantic gives them.
    document
        The parsed file.
    missing
        Whether the last key is one that the file lacks.

    Example
    -------
    >>> found = {"parameters": {"tau": {"unit": "day"}}}
    >>> key_path(("parameters", "tau", "number", "unit"), found)
    'parameters.tau.unit'
    """
    here, path = document, ""
    for place, part in enumerate(location):
        absent = missing and place == len(location) - 1
        if isinstance(here, dict) and (part in here or absent):
            here = here.get(part)  # pyright: ignore[reportUnknownVariableType]
            path += f".{part}" if path else str(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]  # pyright: ignore[reportUnknownVariableType]
            path += f"[{part + 1}]"
    return path


def _short(text: str, length: int) -> str:
    """Text cut to a length that fits an error message."""
    return text if len(text) <= length else text[: length - 1] + "…"
