"""What unrest on a class structure can be told: every assumption, with its range."""

from __future__ import annotations

from dataclasses import dataclass

from worldclass.core.errors import UsageError
from worldclass.dynamics.lattice.vision import LARGEST_REACH
from worldclass.dynamics.parameters import Parameters, parameter

EPSTEIN = "Epstein 2002, Run 2"
JUDGEMENT = "Judgement of this package; the range is wide on purpose."
WEIGHTS = (
    f"{JUDGEMENT} 1: they count as one's own; 0: they do not count; below 0: they deter as cops do."
)


@dataclass(frozen=True)
class ClassUnrest(Parameters):
    """Parameters of unrest on a class structure."""

    theory: str = parameter(
        "bromma",
        unit="id or file",
        meaning="The theory that gives citizens their class.",
        source="Choice of this package.",
    )
    country: str = parameter(
        "USA",
        unit="code or name",
        meaning="Where the citizens are drawn.",
        source="Choice of this package.",
    )
    year: int = parameter(
        2023,
        unit="year",
        meaning="Year of the population table.",
        source="Choice of this package.",
        limits=(1800, 2200),
    )
    periods: int = parameter(
        300,
        unit="period",
        meaning="Length of the run.",
        source="Choice of this package.",
        range=(100, 2000),
        limits=(1, 1_000_000),
    )
    side: int = parameter(
        40,
        unit="site",
        meaning="Sites across and down the torus.",
        source=EPSTEIN,
        range=(20, 200),
        limits=(3, 5_000),
    )
    citizen_density: float = parameter(
        0.7,
        unit="share of sites",
        meaning="Citizens over sites, prisoners included.",
        source=EPSTEIN,
        limits=(0.001, 1),
        range=(0.5, 0.9),
    )
    vision: float = parameter(
        7.0,
        unit="site",
        meaning="How far citizens and cops see and move (Euclidean).",
        source=EPSTEIN,
        range=(4, 10),
        limits=(1, LARGEST_REACH),
    )
    cop_density: float = parameter(
        0.04,
        unit="share of sites",
        meaning="Cops over sites.",
        source=EPSTEIN,
        range=(0.02, 0.074),
        limits=(0, 0.3),
        varies=True,
    )
    longest_term: float = parameter(
        30.0,
        unit="period",
        meaning="Longest jail term.",
        source=EPSTEIN,
        range=(10, 60),
        limits=(0, float("inf")),
        varies=True,
    )
    legitimacy: float = parameter(
        0.82,
        unit="share",
        meaning="Legitimacy of the regime in the eyes of a citizen of middle rank.",
        source=EPSTEIN,
        range=(0.75, 0.88),
        limits=(0, 1),
        varies=True,
    )
    threshold: float = parameter(
        0.1,
        unit="grievance",
        meaning="Grievance net of risk above which a citizen is active.",
        source=EPSTEIN,
        range=(0.08, 0.12),
        limits=(0, 1),
    )
    arrest_constant: float = parameter(
        2.3,
        unit="number",
        meaning="k of the perceived risk of arrest.",
        source=EPSTEIN,
        range=(1.5, 3.5),
        limits=(1e-6, 1e6),
    )
    ratio: str = parameter(
        "floor",
        unit="rule",
        meaning="What citizens make of cops / actives: nothing, its whole part, or rounding.",
        source="As in civil-violence.",
        choices=("smooth", "floor", "round"),
    )
    hardship_from: str = parameter(
        "class",
        unit="rule",
        meaning=(
            "Hardship is 1 less the mean income rank of one's class, 1 less one's own rank, or a "
            "matter of chance (Epstein)."
        ),
        source="Class: the text and its Marxist rivals. Income: the gradational view.",
        choices=("class", "income", "chance"),
    )
    hardship_spread: float = parameter(
        0.35,
        unit="hardship",
        meaning="Even spread of hardship to either side, within a class or rank.",
        source=JUDGEMENT,
        range=(0.1, 0.5),
        limits=(0, 1),
    )
    legitimacy_gradient: float = parameter(
        0.05,
        unit="share",
        meaning="Legitimacy in the eyes of the highest rank less that of the lowest.",
        source=JUDGEMENT,
        range=(0, 0.15),
        limits=(-1, 1),
    )
    nation_share: float = parameter(
        0.0,
        unit="share of citizens",
        meaning="Citizens of an oppressed nation; published aggregates do not give it.",
        source="Given by the user; 0 leaves nations out.",
        range=(0, 0.5),
        limits=(0, 1),
    )
    nation_gap: float = parameter(
        0.05,
        unit="share",
        meaning="How much less legitimacy the regime has in the oppressed nation.",
        source=JUDGEMENT,
        range=(0, 0.15),
        limits=(-1, 1),
        varies=True,
    )
    nation_tilt: float = parameter(
        1.5,
        unit="log odds",
        meaning="How the odds of the oppressed nation fall from the lowest rank to the highest.",
        source=f"{JUDGEMENT} The text has white workers belong to the worker elite by far.",
        range=(0, 3),
        limits=(-10, 10),
    )
    across_classes: float = parameter(
        0.5,
        unit="weight",
        meaning="What active citizens of another class count, neither being privileged.",
        source=WEIGHTS,
        range=(0, 1),
        limits=(-1, 1),
        varies=True,
    )
    across_privilege: float = parameter(
        0.0,
        unit="weight",
        meaning="What active citizens count across the line of privilege.",
        source=WEIGHTS,
        range=(-0.5, 0.5),
        limits=(-1, 1),
        varies=True,
    )
    across_nations: float = parameter(
        0.5,
        unit="weight",
        meaning="What active citizens of the other nation count.",
        source=WEIGHTS,
        range=(0, 1),
        limits=(-1, 1),
        varies=True,
    )
    across_sexes: float = parameter(
        1.0,
        unit="weight",
        meaning="What active citizens of the other sex count.",
        source=WEIGHTS,
        range=(0, 1),
        limits=(-1, 1),
        varies=True,
    )
    privileged_above: float = parameter(
        0.5,
        unit="rank",
        meaning="Mean income rank from which a class is privileged.",
        source=JUDGEMENT,
        range=(0.4, 0.6),
        limits=(0, 1),
    )
    privilege_loss: float = parameter(
        0.0,
        unit="hardship",
        meaning="Hardship added to the privileged classes.",
        source=JUDGEMENT,
        range=(0, 0.5),
        limits=(0, 1),
        varies=True,
    )
    relief: float = parameter(
        0.0,
        unit="hardship",
        meaning="Hardship that reforms take from everybody.",
        source=JUDGEMENT,
        range=(0, 0.3),
        limits=(0, 1),
        varies=True,
    )
    organised: float = parameter(
        0.2,
        unit="share of citizens",
        meaning="Citizens in organisations.",
        source=f"{JUDGEMENT} Unions hold about a tenth to a half of employees in the OECD.",
        range=(0.05, 0.5),
        limits=(0, 1),
    )
    network: float = parameter(
        0.3,
        unit="weight",
        meaning=(
            "What active allies beyond sight count for the organised, as many as an area of the "
            "size they see holds on average."
        ),
        source=f"{JUDGEMENT} McCarthy & Zald 1977: organisations lower the cost of acting.",
        range=(0, 1),
        limits=(0, 10),
        varies=True,
    )
    discipline: float = parameter(
        0.0,
        unit="share of citizens",
        meaning="Active share of all citizens below which the organised hold back.",
        source=f"{JUDGEMENT} Piven & Cloward 1977: organisations restrain.",
        range=(0, 0.05),
        limits=(0, 1),
        varies=True,
    )
    leaders: float = parameter(
        0.01,
        unit="share of citizens",
        meaning="Citizens whose example counts more.",
        source=JUDGEMENT,
        range=(0, 0.03),
        limits=(0, 1),
    )
    leader_weight: float = parameter(
        5.0,
        unit="citizens",
        meaning="For how many an active leader counts.",
        source=JUDGEMENT,
        range=(1, 15),
        limits=(1, 1000),
        varies=True,
    )
    leader_boldness: float = parameter(
        0.5,
        unit="share",
        meaning="By how much a leader's risk aversion is smaller.",
        source=JUDGEMENT,
        range=(0, 1),
        limits=(0, 1),
    )
    target_leaders: bool = parameter(
        False,
        unit="rule",
        meaning="Whether cops arrest active leaders first.",
        source="Choice of this package.",
    )
    memory_half_life: float = parameter(
        50.0,
        unit="period",
        meaning="Periods in which the memory of activity and of arrests fades by half.",
        source=JUDGEMENT,
        range=(10, 200),
        limits=(0.1, 1e6),
    )
    memory_effect: float = parameter(
        0.1,
        unit="threshold a share",
        meaning="How far a remembered active share of one's group lowers the threshold.",
        source=f"{JUDGEMENT} Above 0 waves teach, below 0 they exhaust.",
        range=(0, 0.3),
        limits=(-5, 5),
        varies=True,
    )
    backlash: float = parameter(
        0.0,
        unit="legitimacy a share",
        meaning="How far remembered arrests in one's group (a share a period) lower legitimacy.",
        source=f"{JUDGEMENT} Repression may raise protest: Lichbach 1987; Opp & Roehl 1990.",
        range=(0, 10),
        limits=(-100, 100),
        varies=True,
    )
    fatigue: float = parameter(
        0.004,
        unit="threshold",
        meaning="How far each active period raises a citizen's threshold.",
        source=JUDGEMENT,
        range=(0, 0.02),
        limits=(0, 1),
    )
    recovery: float = parameter(
        20.0,
        unit="period",
        meaning="Periods in which fatigue fades by half.",
        source=JUDGEMENT,
        range=(5, 60),
        limits=(0.1, 1e6),
    )
    crackdown: float = parameter(
        0.0,
        unit="share of cops",
        meaning="Cops added, relative to those on duty, while the regime responds.",
        source=JUDGEMENT,
        range=(0, 1.5),
        limits=(0, 10),
        varies=True,
    )
    concession: float = parameter(
        0.0,
        unit="share",
        meaning="Legitimacy that concessions add while the regime responds.",
        source=JUDGEMENT,
        range=(0, 0.08),
        limits=(-1, 1),
        varies=True,
    )
    response_trigger: float = parameter(
        0.05,
        unit="share of citizens",
        meaning="Active share above which the regime responds.",
        source=JUDGEMENT,
        range=(0.02, 0.1),
        limits=(0, 1),
    )
    response_length: int = parameter(
        15,
        unit="period",
        meaning="How long a response lasts after the last period above the trigger.",
        source=JUDGEMENT,
        range=(5, 40),
        limits=(0, 1_000_000),
    )

    def check(self) -> None:
        """A torus smaller than what one sees of it."""
        if self.side < 2 * int(self.vision) + 1:
            raise UsageError(
                f"A torus {self.side} sites wide is smaller than what one sees of it "
                f"({2 * int(self.vision) + 1} across).",
                remedy="Enlarge the torus or shorten the vision.",
            )
