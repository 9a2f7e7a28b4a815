"""The survey adapters that ship with the package, adapters in files, and which may fit a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from worldclass.core.datafile import Limits, load_toml, package_file
from worldclass.core.errors import UsageError
from worldclass.surveys.schema import Survey

_PACKAGE = "worldclass.surveys"
_FOLDER = "files"
_LIMITS = Limits(bytes=200_000, keys=4_000, depth=6)


def list_surveys() -> list[str]:
    """Ids of the adapters that ship with the package, in alphabetical order.

    Example
    -------
    >>> "ess" in list_surveys()
    True
    """
    files = package_file(_PACKAGE, _FOLDER).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def load_survey(id_or_path: str | Path) -> Survey:
    """An adapter by its id, or from a file.

    Parameters
    ----------
    id_or_path
        The id of a shipped adapter; or the path of a TOML file, told apart by its suffix
        `.toml` or a path separator.

    Raises
    ------
    UsageError
        There is no such adapter or file, or the file does not fit the schema.

    Example
    -------
    >>> load_survey("ess").label
    'European Social Survey'
    """
    text = str(id_or_path)
    if isinstance(id_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return load_toml(Path(id_or_path), Survey, error=UsageError, limits=_LIMITS)
    return _shipped(text)


def detect_survey(columns: Iterable[str]) -> list[str]:
    """Ids of the adapters whose survey a file with these columns may come from, best first.

    Only a suggestion for messages: names alone do not prove where a file comes from, so no
    adapter is ever applied because of it.

    Parameters
    ----------
    columns
        Names of the columns; upper and lower case are the same.

    Example
    -------
    >>> detect_survey(["essround", "idno", "isco08", "emplrel", "emplno", "jbspv"])[0]
    'ess'
    """
    names = {name.lower() for name in columns}
    found: list[tuple[int, float, str]] = []
    for survey in map(_shipped, list_surveys()):
        fits = survey.fits
        marks = {name.lower() for name in fits.any}
        if not {name.lower() for name in fits.all} <= names:
            continue
        if {name.lower() for name in fits.without} & names or not marks & names:
            continue
        found.append((-len(marks & names), -len(marks & names) / len(marks), survey.id))
    return [name for _, _, name in sorted(found)]


@lru_cache(maxsize=64)
def _shipped(name: str) -> Survey:
    """A shipped adapter, read once."""
    known = list_surveys()
    if name not in known:
        close = difflib.get_close_matches(name.lower(), known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        raise UsageError(
            f"There is no survey adapter '{name[:60]}'.{guess}",
            remedy=f"Surveys: {', '.join(known)}; or give the path of a .toml file.",
        )
    file = package_file(_PACKAGE, _FOLDER, f"{name}.toml")
    return load_toml(file, Survey, error=UsageError, limits=_LIMITS)
