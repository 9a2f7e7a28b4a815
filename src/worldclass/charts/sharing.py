"""Charts whose parts are shared by those that are made of them.

Altair copies a chart to its last tooltip whenever it is layered, concatenated or given a size, and
copies the copies at the next level: nine tenths of the time of a nested picture. The pictures here
have no selections, and no part of them is changed once it was made, so that a copy of the
outermost object is enough. What they are is Altair's to the letter.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Self, cast

import altair as alt
from altair.utils.schemapi import debug_mode


class Unit(alt.Chart):
    """A chart of one mark."""

    def __deepcopy__(self, memo: Any = None) -> Self:
        """The same parts in a new object; Altair asks for it here."""
        return self.copy(deep=False)

    def encode(self, *given: Any, **channels: Any) -> Self:
        """Altair's, which takes 5 ms to find the class of every channel in short form."""
        known = {name: _channel(name, value) for name, value in channels.items()}
        return super().encode(*given, **known)


class Layers(alt.LayerChart):
    """Charts above one another; see `layered`."""

    def __deepcopy__(self, memo: Any = None) -> Self:
        """The same parts in a new object."""
        return self.copy(deep=False)


class Column(alt.VConcatChart):
    """Charts below one another; see `stacked`."""

    def __deepcopy__(self, memo: Any = None) -> Self:
        """The same parts in a new object."""
        return self.copy(deep=False)


def _channel(name: str, value: Any) -> Any:
    """A channel in short form, such as `y2="high:Q"` or a constant, as an object of its class."""
    kind = f"{name[0].upper()}{name[1:]}"
    if isinstance(value, str):
        return getattr(alt, kind)(value)
    if isinstance(value, dict) and list(cast("dict[str, Any]", value)) == ["value"]:
        return getattr(alt, f"{kind}Value")(value["value"])
    return value


def layered(*charts: Any, **options: Any) -> Any:
    """Charts above one another, as `altair.layer` has them.

    Examples
    --------
    >>> unit = Unit(alt.NamedData(name="rows"))
    >>> layered(unit.mark_line(), unit.mark_point()).to_dict(validate=False)["layer"]
    [{'mark': {'type': 'line'}}, {'mark': {'type': 'point'}}]
    """
    return Layers(layer=charts, **options)


def stacked(*charts: Any, **options: Any) -> Any:
    """Charts below one another, as `altair.vconcat` has them."""
    return Column(vconcat=charts, **options)


@contextmanager
def unchecked() -> Generator[None]:
    """Make charts without Altair's check of every part against the schema of Vega-Lite.

    For the same charts made hundreds of times: the tests check one of each kind in full.
    """
    with debug_mode(False):
        yield
