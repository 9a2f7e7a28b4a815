"""The theories that ship with the package, and theories in files of one's own."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path

from worldclass.core.datafile import decode, load_toml, package_file, parse_toml, validate
from worldclass.core.errors import TheoryError
from worldclass.theories.limits import THEORY_FILE
from worldclass.theories.schema import Theory

_PACKAGE = "worldclass.theories"
_FOLDER = "files"


def list_theories() -> list[str]:
    """Ids of the theories that ship with the package, in alphabetical order.

    Example
    -------
    >>> "bromma" in list_theories()
    True
    """
    files = package_file(_PACKAGE, _FOLDER).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def load_theory(name_or_path: str | Path) -> Theory:
    """A theory by its id, or from a file.

    Parameters
    ----------
    name_or_path
        The id of a shipped theory; or the path of a TOML file, told apart by its suffix
        `.toml` or a path separator.

    Raises
    ------
    TheoryError
        There is no such theory or file, or the file does not fit the schema.

    Example
    -------
    >>> load_theory("ilo-status").label
    'Status in employment (ILO)'
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return load_toml(Path(name_or_path), Theory, error=TheoryError, limits=THEORY_FILE)
    return _shipped(text)


def read_theory(raw: bytes, where: str = "theory.toml") -> Theory:
    """A theory from the bytes of a file that a stranger sent, by the same checks as a file.

    Raises
    ------
    TheoryError
        Too large, not UTF-8, not TOML, or not in the schema.
    """
    text = decode(raw, where, error=TheoryError, limits=THEORY_FILE)
    document = parse_toml(text, where, error=TheoryError, limits=THEORY_FILE)
    return validate(document, Theory, where, error=TheoryError)


@lru_cache(maxsize=64)
def _shipped(name: str) -> Theory:
    """A shipped theory, read once."""
    known = list_theories()
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        if package_file("worldclass.schemes", "files", f"{name}.toml").is_file():
            raise TheoryError(
                f"'{name}' is an occupational scheme: it codes persons of a survey, not the "
                f"population table.",
                remedy=f"Use worldclass.classify(frame, '{name}') or worldclass.scheme('{name}').",
            )
        raise TheoryError(
            f"There is no theory '{name[:60]}'.{guess}",
            remedy=f"Theories: {', '.join(known)}; or give the path of a .toml file.",
        )
    file = package_file(_PACKAGE, _FOLDER, f"{name}.toml")
    return load_toml(file, Theory, error=TheoryError, limits=THEORY_FILE)
