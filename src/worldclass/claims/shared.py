"""Choices that several claims share, from one data file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import RootModel

from worldclass.claims.schema import Choice
from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import WorldclassError

if TYPE_CHECKING:
    from collections.abc import Mapping


class _File(RootModel[dict[str, dict[str, Any]]]):
    pass


@cache
def shared_choices() -> Mapping[str, Choice]:
    """All shared choices by id, in the order of `choices.toml`.

    Examples
    --------
    >>> list(shared_choices())[:2]
    ['threshold', 'anchor']
    """
    entries = load_toml(package_file("worldclass.claims", "choices.toml"), _File).root
    return {name: Choice.model_validate({"id": name, **entry}) for name, entry in entries.items()}


def with_shared(document: dict[str, Any], where: str, error: type[WorldclassError]) -> Any:
    """A claim's document with the choices it names in `shared` put before its own.

    Raises
    ------
    WorldclassError
        Of class `error`: a name that no shared choice has.
    """
    names = document.get("shared", [])
    known = shared_choices()
    if not isinstance(names, list) or any(not isinstance(name, str) for name in names):
        raise error("'shared' is no list of names.", where=where, remedy='Write ["threshold"].')
    if unknown := [name for name in names if name not in known]:
        raise error(
            f"There is no shared choice '{unknown[0][:60]}'.",
            where=f"{where}, shared",
            remedy=f"Shared choices: {', '.join(known)}. Or write a [[choice]] of its own.",
        )
    rest = {key: value for key, value in document.items() if key != "shared"}
    own = rest.get("choice", [])
    given = [known[name].model_dump(exclude_defaults=True) for name in names]
    return {**rest, "choice": [*given, *own]} if isinstance(own, list) else rest
