"""The models that ship with the package.

A folder of `worldclass.dynamics` with a module `model` that holds `MODEL` is a model; its id is
the folder's name with hyphens for underscores.
"""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import TYPE_CHECKING

from worldclass.core.datafile import package_file
from worldclass.core.errors import UsageError, WorldclassError

if TYPE_CHECKING:
    from worldclass.dynamics.model import Model

_PACKAGE = "worldclass.dynamics"


def list_models() -> list[str]:
    """Ids of the models, in alphabetical order.

    Example
    -------
    >>> "social-architecture" in list_models()
    True
    """
    folders = [entry for entry in package_file(_PACKAGE).iterdir() if entry.is_dir()]
    return sorted(
        folder.name.replace("_", "-") for folder in folders if folder.joinpath("model.py").is_file()
    )


def load_model(model: str | Model) -> Model:
    """A model by its id; a model of one's own as it is.

    Raises
    ------
    UsageError
        There is no such model.
    WorldclassError
        Numba is not installed.

    Example
    -------
    >>> load_model("social-architecture").time_unit
    'year'
    """
    if not isinstance(model, str):
        return model
    known = list_models()
    if model not in known:
        close = difflib.get_close_matches(model, known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        raise UsageError(
            f"There is no model '{model[:60]}'.{guess}", remedy=f"Models: {', '.join(known)}."
        )
    name = f"{_PACKAGE}.{model.replace('-', '_')}.model"
    try:
        return import_module(name).MODEL
    except ModuleNotFoundError as error:
        if error.name != "numba":
            raise
        raise WorldclassError(
            "Simulations need the package numba.",
            where=f"model '{model}'",
            remedy="Install it: pip install 'worldclass[dynamics]'.",
        ) from error
