"""Where numbers come from, in words: the sources of a snapshot, and the assumptions drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.explorer.provenance import AssumptionLine, SourceLine

if TYPE_CHECKING:
    from worldclass.people.assumptions import Assumption
    from worldclass.people.snapshot import Snapshot


def sources_of(shot: Snapshot) -> tuple[SourceLine, ...]:
    """Whose numbers a snapshot rests on."""
    providers = shot.provenance["sources"].get("providers", {})
    return tuple(
        SourceLine(p["title"], p["citation"], p["licence"])
        for name, p in providers.items()
        if name != "mirror"
    )


def assumption_line(item: Assumption) -> AssumptionLine:
    """An assumption with its values in words."""
    if item.kind == "choice":
        values = f"{item.central}; drawn from {', '.join(item.options)}"
    elif item.kind == "error":
        values = "error of the estimate, by country"
    elif item.groups:
        low, central, high = (tuple(v) for v in (item.low, item.central, item.high))  # type: ignore[arg-type]
        values = "; ".join(
            f"{group} {c:g} [{a:g} to {b:g}]"
            for group, a, c, b in zip(item.groups, low, central, high, strict=True)
        )
    else:
        values = f"{item.central:g} [{item.low:g} to {item.high:g}]"
    return AssumptionLine(item.label, values, item.source)
