"""Direct labels: put names beside their lines or areas without overlap."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart until neighbours keep a gap, as little as possible.

    The positions that solve  min Σ (y_i − wanted_i)²  subject to  y_{i+1} − y_i ≥ gap  are found
    by pooling adjacent violators (isotonic regression of wanted_i − i·gap), then clipped so that
    the whole column stays between `low` and `high` where it fits.

    Parameters
    ----------
    wanted
        Positions in ascending order, any unit.
    gap
        Least distance between neighbours, same unit.
    low, high
        Ends of the column.

    Examples
    --------
    >>> spread([0.0, 0.1, 5.0], 1.0, -1.0, 6.0)
    [-0.45, 0.55, 5.0]
    """
    blocks: list[tuple[float, int]] = []
    for place, position in enumerate(wanted):
        mean, size = position - place * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean = (before * count + mean * size) / (count + size)
            size += count
        blocks.append((mean, size))
    top = high - (len(wanted) - 1) * gap
    offsets = [min(max(mean, low), max(top, low)) for mean, size in blocks for _ in range(size)]
    return [round(offset + place * gap, 9) for place, offset in enumerate(offsets)]
