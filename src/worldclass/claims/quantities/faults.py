"""Faults of quantities, told with the setting that they are about."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import ClaimError, WorldclassError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.claims.quantity import Fields

    Values = NDArray[np.float64]


def words_of(quantity: str, setting: Fields) -> str:
    """A setting as it might stand in a claim file."""
    given = setting.model_dump(by_alias=True, exclude_unset=True)
    return f"{quantity}: " + ", ".join(f"{name} = {value!r}" for name, value in given.items())


@contextmanager
def told_of(quantity: str, setting: Fields) -> Generator[None]:
    """Errors from inside become a `ClaimError` that names the quantity and the setting."""
    try:
        yield
    except ClaimError:
        raise
    except WorldclassError as error:
        where = words_of(quantity, setting)
        where += f" ({error.where})" if error.where else ""
        raise ClaimError(error.what, where=where, remedy=error.remedy) from error


def finite(quantity: str, settings: Sequence[Any], draws: Sequence[int], values: Values) -> Values:
    """The values, shape (settings, draws), once all are numbers.

    Raises
    ------
    ClaimError
        A value is none; the message names its setting and draw.
    """
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        setting, draw = bad[0]
        number = draws[int(draw)]
        raise ClaimError(
            f"There is no value {f'in draw {number}' if number >= 0 else 'at the centre'}: "
            f"{values[setting, draw]}.",
            where=words_of(quantity, settings[int(setting)]),
            remedy="Choose years and places that the data cover, or another measure.",
        )
    return values


def file_of(data: Data, name: str, quantity: str) -> Path:
    """The file of a data set.

    Raises
    ------
    ClaimError
        There is none.
    """
    found = data.file(name)
    if found is None:
        raise ClaimError(
            f"The quantity '{quantity}' needs data of the kind '{name}', and there are none.",
            where="data",
            remedy="Name a file, or a mirror that holds them (docs/claims.md says which).",
        )
    return found
