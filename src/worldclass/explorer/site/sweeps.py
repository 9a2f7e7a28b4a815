"""Class sizes over each parameter of a theory, the others at their defaults: the static slider."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from worldclass.atlas.sweep import sweep
from worldclass.explorer.site.shards import packed, shown_classes
from worldclass.theories.library import load_theory
from worldclass.theories.schema import ChoiceParameter

if TYPE_CHECKING:
    from worldclass.explorer.site.material import Material
    from worldclass.theories.schema import Theory

STEPS = 15
DRAWS = 100
COLUMNS = ("persons", "persons_p05", "persons_p95", "share_population")


def parameter_values(theory: Theory, name: str) -> list[float | str]:
    """Every choice; or round steps through the range, with its ends and the default.

    Examples
    --------
    >>> parameter_values(load_theory("bromma"), "tau")[:3]
    [750.0, 1000.0, 1250.0]
    """
    parameter = theory.parameters[name]
    if isinstance(parameter, ChoiceParameter):
        return list(parameter.choices)
    low, high = parameter.range
    step = round_step((high - low) / STEPS)
    inside = range(math.ceil(low / step), math.floor(high / step) + 1)
    values = {float(f"{k * step:.6g}") for k in inside}
    return sorted(values | {float(low), float(high), float(parameter.default)})


def round_step(least: float) -> float:
    """The smallest of 1, 2.5, 5 and 10 times a power of ten that is not below a number.

    Examples
    --------
    >>> round_step(150), round_step(0.08)
    (250.0, 0.1)
    """
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2.5, 5, 10) if power * factor >= least)


def sweep_shard(material: Material, theory: str, name: str) -> dict[str, Any]:
    """Sizes in the last year, both sexes; arrays run over values, classes, then places."""
    loaded = load_theory(theory)
    values = parameter_values(loaded, name)
    year = material.years[-1]
    frame = sweep(
        loaded,
        {name: values},
        country="all",
        year=year,
        draws=DRAWS,
        snapshot=material.snapshot,
    )
    classes = shown_classes(material, theory)
    axes = {name: values, "class": classes, "country": material.places}
    own = frame.filter(frame["class"].is_in(list(classes)))
    return {
        "theory": theory,
        "parameter": name,
        "values": values,
        "classes": list(classes),
        "places": list(material.places),
        "year": year,
        "draws": DRAWS,
        **packed(own, axes, COLUMNS),
    }
