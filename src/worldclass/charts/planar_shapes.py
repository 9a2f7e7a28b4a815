"""Country shapes that are projected already, so that a reader's machine need not do it.

Equal Earth projection, rotated by 11 degrees so that no country is cut in two. For the sine
$\\sin θ = \\tfrac{\\sqrt 3}{2} \\sin φ$ of a latitude φ and a longitude λ from the middle,

$$x = \\frac{2 \\sqrt 3\\, λ \\cos θ}{3\\,(9 A_4 θ^8 + 7 A_3 θ^6 + 3 A_2 θ^2 + A_1)}, \\quad
y = θ\\,(A_4 θ^8 + A_3 θ^6 + A_2 θ^2 + A_1).$$

Source: Šavrič, Patterson and Jenny (2019), "The Equal Earth map projection", International
Journal of Geographical Information Science 33(3), equations 1 to 3.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldclass.charts.country_shapes import topology

MIDDLE = 11.0
"""Longitude of the middle of the map, in degrees."""
PROJECTION = {"type": "identity", "reflectY": True}
"""What a chart says of shapes and points that are projected already."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_STEP = 2e-4  # of the plane, whose width is 5.41: 0.04 pixels of a map of 960


def equal_earth(longitude: Any, latitude: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of the plane, in radii of the globe; x to the right, y upward.

    Parameters
    ----------
    longitude, latitude
        In degrees, of one shape; longitude from the middle of the map.

    Example
    -------
    >>> x, y = equal_earth([0.0, 180.0], [0.0, 0.0])
    >>> x.round(4).tolist(), y.tolist()
    ([0.0, 2.7066], [0.0, 0.0])
    """
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    square = theta * theta
    sixth = square**3
    a1, a2, a3, a4 = _A
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = 2 / np.sqrt(3) * np.radians(longitude) * np.cos(theta) / slope
    return x, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))


def planar_point(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point lies on the plane of the shapes."""
    x, y = equal_earth([_turned(longitude)], [latitude])
    return round(float(x[0]), 4), round(float(y[0]), 4)


@cache
def planar_topology() -> dict[str, Any]:
    """The countries' TopoJSON on the plane; treat it as read-only."""
    found = topology()
    (scale_x, scale_y), (west, south) = found["transform"]["scale"], found["transform"]["translate"]
    arcs: list[list[list[int]]] = []
    for arc in found["arcs"]:
        longitude = np.array(list(accumulate(step[0] for step in arc))) * scale_x + west
        latitude = np.array(list(accumulate(step[1] for step in arc))) * scale_y + south
        longitude = np.unwrap(longitude, period=360)
        # A shape that reaches over the edge of the map stays whole, on the side of its middle.
        middle = (longitude.min() + longitude.max()) / 2
        x, y = equal_earth(longitude + _turned(middle) - middle, latitude)
        grid = np.rint(np.column_stack([x, y]) / _STEP).astype(int)
        steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), int))
        moved = np.any(steps != 0, axis=1)
        moved[[0, -1]] = True
        arcs.append(steps[moved].tolist())
    objects = {"countries": found["objects"]["countries"]}
    transform = {"scale": [_STEP, _STEP], "translate": [0, 0]}
    return found | {"arcs": arcs, "objects": objects, "transform": transform}


def _turned(longitude: float) -> float:
    """A longitude from the middle of the map, from −180 to below 180 degrees."""
    return (longitude - MIDDLE + 180) % 360 - 180
