"""Tables of what the labour accounts assume, from their data files."""

from __future__ import annotations

import numpy as np

from validation.tables import Results
from worldclass.flows.labour.assumptions import assumptions
from worldclass.flows.labour.classes import industry_classes
from worldclass.people.assumptions import Assumption


def named() -> Results:
    """The named assumptions."""
    rows = [(f"`{name}`", one.label, one.basis, _range(one), one.source)
            for name, one in assumptions().items()]  # fmt: skip
    return Results(
        "Named assumptions",
        ("Name", "What", "Basis", "Low / central / high", "Source"),
        rows,
        left=5,
    )


def classes() -> Results:
    """The industry classes."""
    rows = [
        (
            one.title,
            one.sector,
            f"{100 * one.women_low:.0f} / {100 * one.women:.0f} / {100 * one.women_high:.0f}",
            one.women_basis,
            one.women_source,
            one.weekly_hours,
            one.productivity,
            one.labour_share,
        )
        for one in industry_classes().values()
    ]
    return Results(
        "Industry classes",
        ("Class", "Broad sector", "Women, percent", "Basis", "Source",
         "Hours a week", "Productivity", "Labour share"),
        rows,
        before="Women: share in the reference economy, 5th percentile, centre, 95th. Basis: read "
        "in the source, remembered from it, or judged. Productivity: value added per US worker "
        "relative to the whole economy, 2000-2014.",
        left=5,
    )  # fmt: skip


def _range(one: Assumption) -> str:
    if one.kind == "error":
        return "standard error of each country"
    if one.kind == "choice":
        parts = zip(one.options, one.weights, strict=True)
        return ", ".join(f"{option} ({weight:g})" for option, weight in parts)
    ends = (np.atleast_1d(np.asarray(end, float)) for end in (one.low, one.central, one.high))
    return " / ".join(", ".join(f"{value:g}" for value in end) for end in ends)
