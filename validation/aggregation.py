"""Aggregation: published world totals beside ours, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass

from validation.causes import explain
from validation.labour_shares import Shares, reach
from validation.published import Figure, published
from validation.quantities import DRAWS, Value, drawn_labour_shares, quantity
from validation.tables import Results, Section, text
from validation.world import World

POINTS = 3.0
"""Shares that differ by more (percentage points) are explained."""
PERCENT = 5.0
"""Numbers of persons that differ by more (percent) are explained."""
YEAR_OF_PAY = 2017


@dataclass(frozen=True)
class Compared:
    """A published figure beside ours."""

    figure: Figure
    ours: Value

    @property
    def difference(self) -> float:
        """Points for shares, percent for persons."""
        gap = self.ours[0] - self.figure.value
        return gap if self.figure.unit == "%" else 100 * gap / self.figure.value

    @property
    def large(self) -> bool:
        """Whether it has to be explained."""
        return abs(self.difference) > (POINTS if self.figure.unit == "%" else PERCENT)

    @property
    def inside(self) -> bool | None:
        """Whether the published value lies in our interval; None where there is no interval."""
        _, low, high = self.ours
        return None if low is None or high is None else low <= self.figure.value <= high


def compare(world: World) -> list[Compared]:
    """All published figures beside ours."""
    return [Compared(f, quantity(world, f.key, f.year, f.parameters)) for f in published().figure]


def aggregation(world: World) -> Section:
    """The comparison, the causes of large differences, and the reach of draws for pay."""
    compared = compare(world)
    large = [c for c in compared if c.large]
    with_interval = [c for c in compared if c.inside is not None]
    inside = sum(c.inside is True for c in with_interval)
    draws, line = pay_reach(world)
    words = (
        "Totals of the same or related series as others published them. They share sources with "
        "ours, so agreement shows sound adding-up and similar definitions, not independence. "
        "Confidence: Q read in quoted text; D arithmetic from such; M+ from memory, sure of the "
        "digits; M, digits may be off; M? order of magnitude. An interval is from the 5th to the "
        f"95th percentile of {DRAWS} draws; a dash means that no assumption enters."
    )
    lines = [
        f"Of {len(compared)} published world totals {len(compared) - len(large)} are within 3 "
        "points "
        f"or 5 % of ours; the other {len(large)} are taken apart one by one below, remainders "
        "included. Where we give an "
        f"interval, {inside} of {len(with_interval)} published values lie inside.",
        line,
    ]
    return Section(
        "Aggregation: published world totals",
        words,
        [_comparison(compared), _causes(world, large), draws, _left_aside()],
        lines,
        _weak(world),
    )


def _weak(world: World) -> list[str]:
    """Shares of labour income that our 90 % interval misses."""
    said: list[str] = []
    for figure in published().figure:
        if figure.cause == "labour_income":
            c = Compared(figure, quantity(world, figure.key, figure.year, {}))
            if not c.inside:
                low, high = (text(v, 1) for v in c.ours[1:])
                said.append(
                    f"{figure.label}: the published {figure.value} % lies outside our interval "
                    f"({low} to {high} %)."
                )
    return said


def _comparison(compared: list[Compared]) -> Results:
    rows = []
    for c in compared:
        unit = " points" if c.figure.unit == "%" else " %"
        central, low, high = c.ours
        digits = 1 if c.figure.unit == "%" else 0
        interval = "–" if low is None else f"{text(low, digits)} to {text(high, digits)}"
        sign = "+" if c.difference > 0 else ""
        rows.append(
            (c.figure.label, c.figure.unit, f"{c.figure.value:,g}", text(central, digits), interval,
             f"{sign}{text(c.difference, 1)}{unit}" + (" (!)" if c.large else ""),
             c.figure.confidence, c.figure.source)
        )  # fmt: skip
    return Results(
        "Published and ours",
        (
            "quantity",
            "unit",
            "published",
            "ours",
            "90 % interval",
            "difference",
            "confidence",
            "source",
        ),
        rows,
    )


def _causes(world: World, large: list[Compared]) -> Results:
    rows = [
        (c.figure.label, f"{c.figure.value:,g}", text(c.ours[0], 1), explain(world, c.figure))
        for c in large
    ]
    return Results(
        "Why, where the difference is above 3 points or 5 % (!)",
        ("quantity", "published", "ours", "computed cause"),
        rows,
    )


def pay_reach(world: World) -> tuple[Results, str]:
    """How far the draws reach towards the ILO's shares of labour income."""
    central, *drawn = drawn_labour_shares(world, YEAR_OF_PAY)
    top, bottom = reach(drawn)
    targets = {f.key: f.value for f in published().figure if f.key.startswith("labour_income")}
    top_target, bottom_target = (
        targets["labour_income:top_tenth"],
        targets["labour_income:bottom_half"],
    )
    reached = sum(s.top_tenth >= top_target for s in drawn)
    as_low = sum(s.bottom_half <= bottom_target for s in drawn)
    both = sum(s.top_tenth >= top_target and s.bottom_half <= bottom_target for s in drawn)

    def row(name: str, s: Shares) -> tuple[str, str, float, float]:
        return name, s.anchor, s.top_tenth, s.bottom_half

    rows = [
        ("published by the ILO", "national accounts and surveys", top_target, bottom_target),
        row("central", central),
        row("draw with the largest top tenth", top),
        row("draw with the smallest bottom half", bottom),
    ]
    for anchor in sorted({s.anchor for s in drawn}):
        some = [s for s in drawn if s.anchor == anchor]
        mean = Shares(
            sum(s.top_tenth for s in some) / len(some),
            sum(s.bottom_half for s in some) / len(some),
            anchor,
        )
        rows.append(row(f"mean of {len(some)} draws", mean))
    table = Results(
        f"Shares of the world's labour income, {YEAR_OF_PAY}, percent",
        ("case", "anchor", "top tenth of workers", "bottom half of workers"),
        rows,
        before="Over all employed persons; contributing family workers get nothing. These two "
        "numbers did not enter the estimates.",
        after=f"Of {len(drawn)} draws {reached} reach the published top tenth, {as_low} the "
        "published "
        f"bottom half, {both} both.",
        digits=1,
    )
    return table, (
        f"Labour income in {YEAR_OF_PAY}: top tenth {central.top_tenth:.1f} % against the ILO's "
        f"{top_target} %, bottom half {central.bottom_half:.1f} % against {bottom_target} %. The "
        "draws "
        f"reach up to {top.top_tenth:.1f} % and down to {bottom.bottom_half:.1f} %; "
        f"{as_low} of {len(drawn)} go as low as the ILO's bottom half."
    )


def _left_aside() -> Results:
    rows = list(published().not_compared.items())
    return Results("Published figures not compared", ("figure", "reason"), rows)
