"""Which sites a person sees: a neighbourhood as spans of rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Shape = Literal["euclidean", "moore", "von-neumann"]
SHAPES: tuple[str, ...] = get_args(Shape)
LARGEST_REACH = 31
"""Rows of a neighbourhood must fit into one word of 64 bits."""


class Vision(NamedTuple):
    """A neighbourhood around a site, the site itself excluded from the offsets.

    Attributes
    ----------
    half
        Shape (2r + 1,): sites to either side of the centre in each row, from -r to r.
    offsets
        Shape (sites, 2): sites across and down to each site seen.
    """

    half: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @property
    def reach(self) -> int:
        """Whole sites from the centre to the farthest row, r."""
        return len(self.half) // 2


def make_vision(shape: str, radius: float) -> Vision:
    """The sites within a distance of a centre.

    Distances are √(dx² + dy²) for `euclidean`, max(|dx|, |dy|) for `moore` and |dx| + |dy| for
    `von-neumann`; a site is seen where its distance does not exceed the radius.

    Parameters
    ----------
    shape
        One of `SHAPES`.
    radius
        Distance, in sites.

    Raises
    ------
    UsageError
        An unknown shape, or a radius below 1 or above `LARGEST_REACH`.

    Examples
    --------
    >>> [len(make_vision("euclidean", radius).offsets) for radius in (1.0, 1.7, 7.0)]
    [4, 8, 148]
    >>> [len(make_vision(shape, 7).offsets) for shape in ("moore", "von-neumann")]
    [224, 112]
    """
    if shape not in SHAPES:
        raise UsageError(
            f"There is no neighbourhood {shape!r}.",
            where="neighbourhood",
            remedy=f"Use one of: {', '.join(SHAPES)}.",
        )
    if not (math.isfinite(radius) and 1 <= radius < LARGEST_REACH + 1):
        raise UsageError(
            f"A vision of {radius} sites is not possible.",
            where="vision",
            remedy=f"Give a distance from 1 to {LARGEST_REACH} sites.",
        )
    reach = math.floor(radius)
    rows = np.arange(-reach, reach + 1)
    if shape == "moore":
        half = np.full(len(rows), reach)
    elif shape == "von-neumann":
        half = reach - np.abs(rows)
    else:
        half = np.floor(np.sqrt(radius**2 - rows.astype(float) ** 2)).astype(int)
    sites = [
        (across, down)
        for down, wide in zip(rows.tolist(), half.tolist(), strict=True)
        for across in range(-wide, wide + 1)
        if across or down
    ]
    return Vision(half.astype(np.int64), np.array(sites, dtype=np.int64))
