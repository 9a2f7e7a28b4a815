"""Charts whose parts are shared by those that are made of them.

Altair copies a chart to its last tooltip whenever it is layered, concatenated or given a size, and
copies the copies at the next level: nine tenths of the time of a nested picture. The pictures here
have no selections, and no part of them is changed once it was made, so that a copy of the
outermost object is enough. Everything else is Altair's.
"""

from __future__ import annotations

from typing import Any, Self

import altair as alt


class Unit(alt.Chart):
    """A chart of one mark."""

    def __deepcopy__(self, memo: Any = None) -> Self:
        """The same parts in a new object; Altair asks for it here."""
        return self.copy(deep=False)


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


def layered(*charts: Any) -> Any:
    """Charts above one another, as `altair.layer` has them.

    Examples
    --------
    >>> unit = Unit(alt.NamedData(name="rows"))
    >>> layered(unit.mark_line(), unit.mark_point()).to_dict(validate=False)["layer"]
    [{'mark': {'type': 'line'}}, {'mark': {'type': 'point'}}]
    """
    return Layers(layer=charts)


def stacked(*charts: Any, **options: Any) -> Any:
    """Charts below one another, as `altair.vconcat` has them."""
    return Column(vconcat=charts, **options)
