"""What a notebook shows of each kind of result: which picture, and which tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class View:
    """Picture and tables of a result.

    Attributes
    ----------
    draw
        Makes the picture; null where the tables say more.
    tables
        Frames by their name.
    """

    draw: Callable[[], Any] | None
    tables: Mapping[str, Any] = field(default_factory=dict[str, Any])


def view(kind: str, result: Any) -> View:
    """The view of a result.

    Parameters
    ----------
    kind
        As in `worldclass.explorer.notebook.register.RESULTS`.
    """
    return _VIEWS[kind](result)


def _frame(frame: Any) -> View:
    return View(frame.plot, {"Table": frame})


def _claims(frame: Any) -> View:
    """Verdicts; a part of them that no longer knows its evaluations is drawn by its columns."""
    if getattr(frame, "evaluations", None):
        return _frame(frame)
    from worldclass.explorer.plot import plot

    return View(lambda: plot(frame), {"Table": frame})


def _evaluation(evaluation: Any) -> View:
    from worldclass.claims.pictures import draw

    return View(lambda: draw(evaluation), {"Specifications": evaluation.specifications})


def _mobility(mobility: Any) -> View:
    from worldclass.charts.mobility_table import mobility_heat

    table = mobility.table
    keys = (mobility.origin, mobility.destination, mobility.by)
    return View(lambda: mobility_heat(table, *keys).framed(), {"Table": table})


def _cross_table(crossed: Any) -> View:
    return View(None, {"Table": crossed.table, "Tests of independence": crossed.tests})


def _correspondence(found: Any) -> View:
    return View(None, {"Classes": found.classes, "Strength": found.strength})


_VIEWS: dict[str, Callable[[Any], View]] = {
    "frame": _frame,
    "flows": _frame,
    "simulation": _frame,
    "claims": _claims,
    "evaluation": _evaluation,
    "mobility": _mobility,
    "cross_table": _cross_table,
    "correspondence": _correspondence,
    "picture": lambda picture: View(picture.framed),
    "chart": lambda chart: View(lambda: chart),
}
