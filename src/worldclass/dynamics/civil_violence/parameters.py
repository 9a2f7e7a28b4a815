"""What civil violence can be told, with the choices that the article leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from worldclass.core.errors import UsageError
from worldclass.dynamics.lattice.vision import LARGEST_REACH, SHAPES
from worldclass.dynamics.parameters import Parameters, parameter

EPSTEIN = "Epstein 2002, table 2"
TEXT = "Epstein 2002, text"


@dataclass(frozen=True)
class CivilViolence(Parameters):
    """Parameters of model I; the defaults are Run 2."""

    periods: int = parameter(
        1000,
        unit="period",
        meaning="Length of the run.",
        source="Choice of this package.",
        range=(100, 5000),
        limits=(1, 10_000_000),
    )
    width: int = parameter(
        40,
        unit="site",
        meaning="Sites across the torus.",
        source=EPSTEIN,
        range=(20, 1000),
        limits=(3, 20_000),
    )
    height: int = parameter(
        40,
        unit="site",
        meaning="Sites down the torus.",
        source=EPSTEIN,
        range=(20, 1000),
        limits=(3, 20_000),
    )
    citizen_density: float = parameter(
        0.7,
        unit="share of sites",
        meaning="Citizens over sites, prisoners included.",
        source=EPSTEIN,
        range=(0.5, 0.9),
        limits=(0, 1),
    )
    cop_density: float = parameter(
        0.04,
        unit="share of sites",
        meaning="Cops over sites.",
        source=EPSTEIN,
        range=(0, 0.1),
        limits=(0, 1),
        varies=True,
    )
    vision: float = parameter(
        7.0,
        unit="site",
        meaning="How far citizens see and move.",
        source=EPSTEIN,
        range=(1.7, 10),
        limits=(1, LARGEST_REACH),
    )
    cop_vision: float = parameter(
        7.0,
        unit="site",
        meaning="How far cops see and move.",
        source=EPSTEIN,
        range=(1.7, 10),
        limits=(1, LARGEST_REACH),
    )
    legitimacy: float = parameter(
        0.82,
        unit="share",
        meaning="Legitimacy of the regime, the same in everybody's eyes.",
        source=EPSTEIN,
        range=(0.6, 0.95),
        limits=(0, 1),
        varies=True,
    )
    threshold: float = parameter(
        0.1,
        unit="grievance",
        meaning="Grievance net of risk above which a citizen is active.",
        source=EPSTEIN,
        range=(0.05, 0.2),
        limits=(0, 1),
        varies=True,
    )
    arrest_constant: float = parameter(
        2.3,
        unit="number",
        meaning="k of the perceived risk of arrest, 1 − exp(−k · cops / actives).",
        source=f"{TEXT}: the risk is 0.9 for one cop and one active citizen.",
        range=(1.5, 3.5),
        limits=(1e-6, 1e6),
    )
    longest_term: float = parameter(
        30.0,
        unit="period",
        meaning="Longest jail term; inf is for life.",
        source=EPSTEIN,
        range=(5, 60),
        limits=(0, float("inf")),
        varies=True,
    )
    ratio: str = parameter(
        "floor",
        unit="rule",
        meaning="What citizens make of cops / actives: nothing, its whole part, or rounding.",
        source=(
            "The article has the bare ratio (smooth), with which its outbursts do not occur; "
            "NetLogo's Rebellion (Wilensky 2004) takes the whole part (floor), Mesa rounds."
        ),
        choices=("smooth", "floor", "round"),
    )
    neighbourhood: str = parameter(
        "euclidean",
        unit="rule",
        meaning="Which sites lie within vision.",
        source=(
            "The article does not say. A vision of 1.7 is only meaningful as a Euclidean radius; "
            "Mesa uses von-neumann."
        ),
        choices=SHAPES,
    )
    movement: str = parameter(
        "everyone",
        unit="rule",
        meaning="Who moves.",
        source=f"{EPSTEIN}; in Run 1 only cops do, as the text describes it.",
        choices=("everyone", "cops", "nobody"),
    )
    turn: str = parameter(
        "move-first",
        unit="rule",
        meaning="Whether a turn begins with the move or ends with it.",
        source=f"{TEXT}: rule M comes first. Mesa acts first.",
        choices=("move-first", "act-first"),
    )
    activation: str = parameter(
        "shuffled",
        unit="rule",
        meaning=(
            "Order of turns: everybody once in a new random order, as many random draws as there "
            "are persons, or always the same order."
        ),
        source=f"{TEXT}: everybody once, asynchronously; the order is not stated.",
        choices=("shuffled", "with-replacement", "fixed"),
    )
    prison: str = parameter(
        "removed",
        unit="rule",
        meaning="Whether prisoners leave the torus, to return on a random empty site, or stay.",
        source=f"{TEXT}: they are removed; where they return is not stated. Mesa keeps them.",
        choices=("removed", "in-place"),
    )
    term: str = parameter(
        "below-maximum",
        unit="rule",
        meaning=(
            "Turns missed in prison: any whole number below the longest term, any up to it, or it."
        ),
        source=f"{TEXT}: uniform from 0 to the longest term. Mesa draws up to the maximum.",
        choices=("below-maximum", "to-maximum", "always-maximum"),
    )
    placement: str = parameter(
        "exact",
        unit="rule",
        meaning="Whether densities give the numbers of persons, or the chance for each site.",
        source="Choice of this package. Mesa draws each site.",
        choices=("exact", "by-chance"),
    )

    def check(self) -> None:
        """More persons than sites, or sites that would be seen twice."""
        if self.citizen_density + self.cop_density > 1:
            raise UsageError(
                f"Citizens ({self.citizen_density}) and cops ({self.cop_density}) need more than "
                f"all sites.",
                remedy="Let the densities sum to 1 at most.",
            )
        farthest = int(max(self.vision, self.cop_vision))
        if min(self.width, self.height) < 2 * farthest + 1:
            raise UsageError(
                f"A torus of {self.width} × {self.height} sites is smaller than what one sees of "
                f"it ({2 * farthest + 1} across).",
                remedy="Enlarge the torus or shorten the vision.",
            )
