"""Which quantities there are: a file of `quantities` is one, and programs may add their own.

The file of the quantity `class-size` is `quantities/class_size.py`, and it exports `QUANTITY`. It
is imported when a claim asks for it; heavy libraries are imported inside its functions.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

from worldclass.core.datafile import package_file
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from worldclass.claims.quantity import Quantity

_PACKAGE = "worldclass.claims.quantities"
_own: dict[str, Quantity] = {}


def list_quantities() -> list[str]:
    """Ids of the quantities that claims can be about, in alphabetical order."""
    names = [file.name for file in package_file(_PACKAGE).iterdir()]
    modules = {
        name.removesuffix(".py").replace("_", "-")
        for name in names
        if name.endswith(".py") and not name.startswith("_")
    }
    shared = {name for name in modules if not _is_quantity(name)}
    return sorted((modules - shared) | set(_own))


def load_quantity(name: str, *, where: str = "") -> Quantity:
    """A quantity by its id.

    Raises
    ------
    ClaimError
        There is none of that name; the message offers the nearest.
    """
    if name in _own:
        return _own[name]
    known = list_quantities()
    if name not in known:
        near = get_close_matches(name, known, n=2)
        guess = f" Did you mean {' or '.join(near)}?" if near else ""
        raise ClaimError(
            f"There is no quantity '{name[:60]}'.{guess}",
            where=where,
            remedy=f"Quantities: {', '.join(known)}.",
        )
    return import_module(f"{_PACKAGE}.{name.replace('-', '_')}").QUANTITY


def register(quantity: Quantity) -> None:
    """Make a quantity of one's own known to claim files, for this process.

    Raises
    ------
    ClaimError
        The package has a quantity of that name.
    """
    if quantity.id not in _own and quantity.id in list_quantities():
        raise ClaimError(
            f"There is a quantity '{quantity.id}' already.", remedy="Choose another id."
        )
    _own[quantity.id] = quantity


def is_own(name: str) -> bool:
    """Whether a program has added the quantity; it may be another one the next time."""
    return name in _own


def _is_quantity(name: str) -> bool:
    """Whether a module exports a quantity: others are parts that several quantities share."""
    file = package_file(_PACKAGE, f"{name.replace('-', '_')}.py")
    return "\nQUANTITY = " in file.read_text(encoding="utf-8")
