"""What ethnic violence can be told, with the choices that the article leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from worldclass.core.errors import UsageError
from worldclass.dynamics.lattice.vision import LARGEST_REACH, SHAPES
from worldclass.dynamics.parameters import Parameters, parameter

EPSTEIN = "Epstein 2002, table 2"
TEXT = "Epstein 2002, text"
OPEN = "The article does not say."


@dataclass(frozen=True)
class EthnicViolence(Parameters):
    """Parameters of model II; the defaults are Run 7."""

    periods: int = parameter(
        1000,
        unit="period",
        meaning="Length of the run.",
        source="Choice of this package; the article's sweep stops at 15,000.",
        range=(100, 15_000),
        limits=(1, 10_000_000),
    )
    width: int = parameter(
        40,
        unit="site",
        meaning="Sites across the torus.",
        source=EPSTEIN,
        range=(20, 500),
        limits=(3, 20_000),
    )
    height: int = parameter(
        40,
        unit="site",
        meaning="Sites down the torus.",
        source=EPSTEIN,
        range=(20, 500),
        limits=(3, 20_000),
    )
    citizen_density: float = parameter(
        0.7,
        unit="share of sites",
        meaning="Citizens over sites at the start.",
        source=EPSTEIN,
        range=(0.5, 0.9),
        limits=(0, 1),
    )
    first_share: float = parameter(
        0.5,
        unit="share",
        meaning="Share of the first group at the start.",
        source=f"{TEXT}: two groups; no other share is given.",
        range=(0.1, 0.9),
        limits=(0, 1),
    )
    cop_density: float = parameter(
        0.0,
        unit="share of sites",
        meaning="Cops (peacekeepers) over sites.",
        source=EPSTEIN,
        range=(0, 0.1),
        limits=(0, 1),
        varies=True,
    )
    vision: float = parameter(
        1.7,
        unit="site",
        meaning="How far citizens see, move and kill.",
        source=EPSTEIN,
        range=(1, 7),
        limits=(1, LARGEST_REACH),
    )
    cop_vision: float = parameter(
        1.7,
        unit="site",
        meaning="How far cops see and move.",
        source=EPSTEIN,
        range=(1, 7),
        limits=(1, LARGEST_REACH),
    )
    legitimacy: float = parameter(
        0.8,
        unit="share",
        meaning="Each group's view of the other's right to exist.",
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
        source=TEXT,
        range=(1.5, 3.5),
        limits=(1e-6, 1e6),
    )
    longest_term: float = parameter(
        15.0,
        unit="period",
        meaning="Longest jail term; inf is for life.",
        source=EPSTEIN,
        range=(5, 60),
        limits=(0, float("inf")),
        varies=True,
    )
    cloning: float = parameter(
        0.05,
        unit="a period",
        meaning="Probability that a free citizen clones onto an empty neighbouring site.",
        source=EPSTEIN,
        range=(0, 0.1),
        limits=(0, 1),
        varies=True,
    )
    oldest: int = parameter(
        200,
        unit="period",
        meaning="Greatest age at death; ages at death are drawn evenly up to it.",
        source=EPSTEIN,
        range=(100, 400),
        limits=(1, 1_000_000_000),
    )
    ratio: str = parameter(
        "floor",
        unit="rule",
        meaning="What citizens make of cops / actives: nothing, its whole part, or rounding.",
        source="As in civil-violence, so that the two models agree.",
        choices=("smooth", "floor", "round"),
    )
    neighbourhood: str = parameter(
        "euclidean",
        unit="rule",
        meaning="Which sites lie within vision.",
        source=f"{OPEN} Within 1.7 lie the eight adjacent sites.",
        choices=SHAPES,
    )
    start_ages: str = parameter(
        "newborn",
        unit="rule",
        meaning="Whether everybody starts at age 0, or at an age below that at death.",
        source=OPEN,
        choices=("newborn", "mixed"),
    )
    without_victim: str = parameter(
        "active",
        unit="rule",
        meaning="Whether those who would kill, but see nobody of the other group, are active.",
        source=f"{OPEN} To be active is to kill; here the will is enough to be arrested.",
        choices=("active", "quiet"),
    )
    stop_when_one_left: bool = parameter(
        True,
        unit="rule",
        meaning="Whether the run ends once a group is gone.",
        source="Choice of this package: nothing can happen between groups after that.",
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
