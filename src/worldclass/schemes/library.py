"""The occupational schemes that ship with the package, and schemes in files of one's own."""

from __future__ import annotations

import difflib
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.datafile import DEFAULT_LIMITS, load_toml, package_file
from worldclass.core.errors import TheoryError
from worldclass.schemes.schema import Occupation, Scheme
from worldclass.theories.limits import THEORY_FILE

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE = "worldclass.schemes"


def list_schemes() -> list[str]:
    """Ids of the schemes that ship with the package, in alphabetical order.

    Example
    -------
    >>> "esec" in list_schemes()
    True
    """
    files = package_file(_PACKAGE, "files").iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def load_scheme(name_or_path: str | Path) -> Scheme:
    """A scheme by its id, or from a file.

    Parameters
    ----------
    name_or_path
        The id of a shipped scheme; or the path of a TOML file, told apart by its suffix
        `.toml` or a path separator. Its tables lie in the same folder.

    Raises
    ------
    TheoryError
        There is no such scheme or file, or the file does not fit the schema.

    Example
    -------
    >>> load_scheme("esec").classes[8].label
    'Routine occupations'
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        path = Path(name_or_path)
        scheme = load_toml(path, Scheme, error=TheoryError, limits=THEORY_FILE)
        return scheme.placed_in(path.resolve().parent, _contents(path.resolve(), scheme))
    return _shipped(text)


def _contents(path: Path, scheme: Scheme) -> str:
    """A digest of all that a scheme in a file is made of: its tables, and bases beside it.

    Raises
    ------
    TheoryError
        A base is not there, or is the scheme itself or one that derives from it.
    """
    found, passed = hashlib.sha256(), [path]
    while True:
        found.update(scheme.digest.encode())
        for occupation in scheme.occupations:
            table = path.parent / occupation.table
            if table.is_file():  # what is not there, or too large, is refused where it is read
                with table.open("rb") as stream:
                    found.update(stream.read(DEFAULT_LIMITS.bytes))
        if not scheme.base or scheme.base in list_schemes():
            return found.hexdigest()
        following = path.parent / f"{scheme.base}.toml"
        if following in passed or not following.is_file():
            raise TheoryError(
                f"The base '{scheme.base}' derives from the scheme itself."
                if following in passed
                else f"There is no base '{scheme.base}'.",
                where=f"scheme '{scheme.id}'",
                remedy="Name a scheme that ships with the package, or one in a file beside this.",
            )
        path = following
        passed.append(path)
        scheme = load_toml(path, Scheme, error=TheoryError, limits=THEORY_FILE)


def base_of(scheme: Scheme) -> Scheme:
    """The scheme from whose classes a derived scheme starts.

    Raises
    ------
    TheoryError
        The base does not ship with the package and is no file in the same folder.
    """
    name = str(scheme.base)
    if scheme.folder and name not in list_schemes():
        return load_scheme(scheme.folder / f"{name}.toml")
    return _shipped(name)


def occupations_of(scheme: Scheme) -> tuple[Occupation, ...]:
    """The classifications that a scheme can be coded from; a derived scheme takes its base's.

    Example
    -------
    >>> [entry.classification for entry in occupations_of(load_scheme("esec3"))]
    ['isco08', 'isco88com']
    """
    return scheme.occupations or occupations_of(base_of(scheme))


def table_file(scheme: Scheme, occupation: Occupation) -> Path | Traversable:
    """The file of a scheme's table."""
    if scheme.folder:
        return scheme.folder / occupation.table
    return package_file(_PACKAGE, "crosswalks", occupation.table)


@lru_cache(maxsize=128)
def _shipped(name: str) -> Scheme:
    """A shipped scheme, read once."""
    known = list_schemes()
    if name not in known:
        close = difflib.get_close_matches(name.lower(), known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        raise TheoryError(
            f"There is no occupational scheme '{name[:60]}'.{guess}",
            remedy=f"Schemes: {', '.join(known)}; or give the path of a .toml file.",
        )
    file = package_file(_PACKAGE, "files", f"{name}.toml")
    return load_toml(file, Scheme, error=TheoryError, limits=THEORY_FILE)
