"""The scenarios that ship with the package, and scenarios in files of one's own."""

from __future__ import annotations

import difflib
from pathlib import Path

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import UsageError
from worldclass.flows.scenarios.schema import Scenario

_PACKAGE, _FOLDER = "worldclass.flows.scenarios", "files"


def list_scenarios() -> list[str]:
    """Ids of the scenarios that ship with the package, in alphabetical order.

    Example
    -------
    >>> "two-blocs" in list_scenarios()
    True
    """
    files = package_file(_PACKAGE, _FOLDER).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A scenario by its id, or from a file.

    Parameters
    ----------
    name_or_path
        The id of a shipped scenario; or the path of a TOML file, told apart by its suffix
        `.toml` or a path separator.

    Raises
    ------
    UsageError
        There is no such scenario or file, or the file does not fit the schema.

    Example
    -------
    >>> load_scenario("two-blocs").shift[0].share
    0.5
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return load_toml(Path(name_or_path), Scenario, error=UsageError)
    known = list_scenarios()
    if text not in known:
        close = difflib.get_close_matches(text, known, n=1)
        raise UsageError(
            f"There is no scenario {text!r}.",
            remedy=f"Did you mean {close[0]!r}?" if close else f"One of: {', '.join(known)}.",
        )
    return load_toml(package_file(_PACKAGE, _FOLDER, f"{text}.toml"), Scenario, error=UsageError)
