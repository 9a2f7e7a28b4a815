"""Which settings of parameters a sweep covers: every combination, or points spread over ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.parameters import declarations, find_declaration

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.parameters import Declaration, Parameters, Value

Design = Literal["grid", "latin-hypercube", "sobol"]
DESIGNS: tuple[Design, ...] = ("grid", "latin-hypercube", "sobol")
MOST_POINTS = 1_000_000

Sweep = Mapping[str, "Sequence[Value] | tuple[float, float] | None"]
"""Values by parameter (a grid), or ends of a range; None takes the declared range."""


def sweep_points(
    kind: type[Parameters], sweep: Sweep, design: str, *, points: int = 64, seed: int = 0
) -> list[dict[str, Value]]:
    """The settings that a sweep runs.

    Parameters
    ----------
    kind
        Dataclass of the model's parameters.
    sweep
        For the design "grid": values by parameter; every combination is a point. For
        "latin-hypercube" and "sobol": the two ends of each parameter's range, or None for the
        range that the model declares.
    design
        See above. Both samples are scrambled by `seed`; parameters of whole numbers are rounded.
    points
        Number of points of a sample; of a Sobol sequence a power of two.
    seed
        Of the sample.

    Raises
    ------
    UsageError
        Unknown names, empty or inverted ranges, too many points, or a Sobol sample whose size
        is no power of two.

    Examples
    --------
    >>> from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
    >>> sweep_points(SocialArchitecture, {"coins_each": [50, 100]}, "grid")
    [{'coins_each': 50}, {'coins_each': 100}]
    """
    known = {one.name: one for one in declarations(kind)}
    for name in sweep:
        find_declaration(known, name, "sweep")
    if design == "grid":
        return _grid(sweep)
    if design not in DESIGNS:
        raise UsageError(
            f"There is no design '{design}'.", where="design", remedy=f"Use {', '.join(DESIGNS)}."
        )
    _check_count(points, design)
    ends = [range_of(known[name], given) for name, given in sweep.items()]
    return scale([known[name] for name in sweep], ends, _sample(design, len(ends), points, seed))


def range_of(declared: Declaration, given: Any) -> tuple[float, float]:
    """Ends of a parameter's range: those given, or those declared."""
    ends = declared.range if given is None else given
    if ends is None or declared.kind in (bool, str):
        raise UsageError(
            f"Parameter '{declared.name}' has no range to draw from.",
            where="sweep",
            remedy="Leave it out, or sweep its values with the design 'grid'.",
        )
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        low = high = np.nan
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise UsageError(
            f"The range {ends} of '{declared.name}' is not one.",
            where="sweep",
            remedy="Give two finite numbers, the lower one first.",
        )
    return low, high


def scale(
    declared: Sequence[Declaration], ends: Sequence[tuple[float, float]], unit: NDArray[Any]
) -> list[dict[str, Value]]:
    """Points of the unit cube, shape (points, parameters), as settings."""
    low, high = np.array(ends).T
    drawn = low + unit * (high - low)
    return [
        {
            one.name: round(value) if one.kind is int else value
            for one, value in zip(declared, row, strict=True)
        }
        for row in drawn.tolist()
    ]


def _grid(sweep: Sweep) -> list[dict[str, Value]]:
    values: list[list[Value]] = []
    for name, given in sweep.items():
        if given is None or isinstance(given, str) or not len(given):
            raise UsageError(
                f"No values are given for '{name}'.",
                where="sweep",
                remedy="Give a list of values, or use the design 'latin-hypercube' or 'sobol'.",
            )
        values.append(list(cast("Sequence[Value]", given)))
    count = int(np.prod([len(one) for one in values], dtype=float))
    _check_count(count, "grid")
    return [dict(zip(sweep, chosen, strict=True)) for chosen in product(*values)]


def _check_count(points: int, design: str) -> None:
    if not 1 <= points <= MOST_POINTS:
        raise UsageError(
            f"A sweep of {points:,} points is not possible.",
            remedy=f"Ask for 1 to {MOST_POINTS:,}.",
        )
    if design == "sobol" and points & (points - 1):
        raise UsageError(
            f"A Sobol sequence is balanced only over a power of two of points, not {points}.",
            remedy=f"Ask for {1 << points.bit_length()} points.",
        )


def _sample(design: str, dimensions: int, points: int, seed: int) -> NDArray[np.float64]:
    """Points of the unit cube, shape (points, dimensions)."""
    from scipy.stats import qmc

    generator = np.random.default_rng(seed)
    if design == "sobol":
        return qmc.Sobol(dimensions, rng=generator).random(points)
    return qmc.LatinHypercube(dimensions, rng=generator).random(points)
