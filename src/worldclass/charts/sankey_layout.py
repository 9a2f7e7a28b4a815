"""Geometry of a flow diagram: places as bars on two sides, flows as ribbons between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEPS = 20
"""Straight pieces of a ribbon's edge: at 30 pixels each they look like a curve."""


@dataclass(frozen=True)
class Bar:
    """A place on one side: its amount, and its upper and lower end in pixels from the top."""

    place: str
    amount: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where its label wants to stand."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Ribbon:
    """A flow: upper edge at the producer's bar and at the consumer's, and its thickness."""

    producer: str
    consumer: str
    amount: float
    left: float
    right: float
    thickness: float


@dataclass(frozen=True)
class Layout:
    """Bars of both sides and the ribbons between them, in pixels from the top."""

    producers: tuple[Bar, ...]
    consumers: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]


def lay_out(
    flows: Mapping[tuple[str, str], float],
    producers: Sequence[str],
    consumers: Sequence[str],
    scale: float,
    height: float,
    gap: float = 10,
) -> Layout:
    """Place bars and ribbons.

    Every bar is `scale` × its amount high, so that bars, ribbons and several diagrams drawn with
    one scale can be compared. Ribbons leave and arrive in the order of the places on the other
    side, and so cross as little as the orders allow.

    Parameters
    ----------
    flows
        Amount by producer and consumer; flows of zero are not drawn.
    producers, consumers
        Places of each side, from top to bottom.
    scale
        Pixels per unit of amount.
    height
        Pixels; the bars of each side stand in its middle.
    gap
        Pixels between bars.

    Examples
    --------
    >>> found = lay_out({("a", "x"): 3.0, ("b", "x"): 1.0}, "ab", "x", 10.0, 50.0, gap=10.0)
    >>> [(bar.place, bar.top, bar.bottom) for bar in found.producers]
    [('a', 0.0, 30.0), ('b', 40.0, 50.0)]
    >>> [(ribbon.left, ribbon.right, ribbon.thickness) for ribbon in found.ribbons]
    [(0.0, 5.0, 30.0), (40.0, 35.0, 10.0)]
    """
    left = _bars(
        {p: sum(flows.get((p, c), 0.0) for c in consumers) for p in producers}, scale, height, gap
    )
    right = _bars(
        {c: sum(flows.get((p, c), 0.0) for p in producers) for c in consumers}, scale, height, gap
    )
    leaves = {bar.place: bar.top for bar in left}
    arrives = {bar.place: bar.top for bar in right}
    ribbons: list[Ribbon] = []
    for producer in producers:
        for consumer in consumers:
            amount = flows.get((producer, consumer), 0.0)
            if amount <= 0:
                continue
            thickness = amount * scale
            ribbons.append(
                Ribbon(producer, consumer, amount, leaves[producer], arrives[consumer], thickness)
            )
            leaves[producer] += thickness
            arrives[consumer] += thickness
    return Layout(left, right, tuple(ribbons))


def _bars(amounts: Mapping[str, float], scale: float, height: float, gap: float) -> tuple[Bar, ...]:
    """Bars from top to bottom, together in the middle of the height."""
    used = scale * sum(amounts.values()) + gap * max(len(amounts) - 1, 0)
    top = (height - used) / 2
    bars: list[Bar] = []
    for place, amount in amounts.items():
        bars.append(Bar(place, amount, top, top + scale * amount))
        top += scale * amount + gap
    return tuple(bars)


def edge(left: float, right: float) -> list[tuple[float, float]]:
    """Points of an edge from (0, left) to (1, right), level at both ends.

        y(t) = left + (right − left)·(3t² − 2t³)

    Examples
    --------
    >>> points = edge(0.0, 10.0)
    >>> points[0], points[STEPS // 2], points[-1]
    ((0.0, 0.0), (0.5, 5.0), (1.0, 10.0))
    """
    points: list[tuple[float, float]] = []
    for step in range(STEPS + 1):
        t = step / STEPS
        points.append((t, left + (right - left) * t * t * (3 - 2 * t)))
    return points
