"""What the options of `worldclass simulate` mean, and which do not go together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def check_together(
    given: dict[str, str],
    sweep: list[str] | None,
    design: str,
    points: int | None,
    sensitivity: str | None,
    kind: str,
    picture: Path | None,
) -> None:
    """Refuse options that want another one, or contradict it, before anything is computed."""
    from worldclass.core.errors import UsageError

    if kind != "auto" and picture is None:
        raise UsageError("--kind says which picture to write.", remedy="Give --picture, too.")
    if points is not None and sensitivity is None and (design == "grid" or not sweep):
        raise UsageError(
            "--points counts the points of a sampled design.",
            remedy="Give --sweep and --design latin-hypercube or sobol, or --sensitivity, too.",
        )
    for text in sweep or ():
        name = text.partition("=")[0].strip()
        if name in given:
            raise UsageError(
                f"'{name}' is both set and swept.",
                where="--set, --sweep",
                remedy="Leave one of them out.",
            )


def refuse(asked: str, others: dict[str, Any]) -> None:
    """Refuse options that would be ignored."""
    from worldclass.core.errors import UsageError

    for name, value in others.items():
        if value:
            raise UsageError(f"{name} has no effect with {asked}.", remedy="Leave one of them out.")


def check_targets(out: Path | None, agents: Path | None, picture: Path | None, kind: str) -> None:
    """Refuse what could not be written before anything is computed."""
    from worldclass.charts import grid_picture
    from worldclass.charts.save import FORMATS
    from worldclass.core.atomic import check_frame_path, check_path
    from worldclass.core.errors import OutputError, UsageError

    for table in (out, agents):
        if table is not None:
            check_frame_path(table)
    what, formats = ("Grids", grid_picture.FORMATS) if kind == "grid" else ("Charts", FORMATS)
    if picture is not None and picture.suffix.lower() not in formats:
        raise OutputError(
            f"{what} cannot be written as {picture.suffix or 'a file without ending'}.",
            where=str(picture),
            remedy=f"End the name in one of {', '.join(formats)}.",
        )
    if picture is not None:
        check_path(picture)
    named = [path.resolve() for path in (out, agents, picture) if path is not None]
    if len(named) > len(set(named)):
        raise UsageError(
            "One file cannot hold two results.",
            where="--out, --agents, --picture",
            remedy="Give each a name of its own.",
        )


def settings_of(given: list[str]) -> dict[str, str]:
    """Texts by name: the model knows their types."""
    from worldclass.cli.theory import parse_settings

    parse_settings(given)
    parts = (text.partition("=") for text in given)
    return {name.strip(): value.strip() for name, _, value in parts}


def sweep_of(given: list[str] | None, design: str) -> dict[str, Any] | None:
    """Parameters to vary, with their values (a grid) or the ends of their ranges."""
    from worldclass.core.errors import UsageError

    if not given:
        return None
    found: dict[str, Any] = {}
    for text in given:
        name, _, values = (part.strip() for part in text.partition("="))
        if name in found:
            raise UsageError(f"'{name}' is swept twice.", where="--sweep")
        try:
            if not values:
                found[name] = None
            elif design == "grid":
                found[name] = _grid_values(values)
            else:
                found[name] = tuple(_float(end) for end in values.split(":"))
        except ValueError as error:
            raise UsageError(
                f"'{text}' is no sweep: {error}.",
                where="--sweep",
                remedy="Write a=1,2,3 or a=0:1:0.25 for a grid, a=0:1 for another design.",
            ) from error
    return found


def _grid_values(text: str) -> list[Any]:
    """Values of a grid: listed, or from the first to the last in steps."""
    from worldclass.dynamics.designs import MOST_POINTS

    if ":" not in text:
        return [part.strip() for part in text.split(",")]
    ends = text.split(":")
    if len(ends) == 2:
        raise ValueError("its step is missing")
    if len(ends) > 3:
        raise ValueError("it has more than a first value, a last one and a step")
    low, high, step = (_float(part) for part in ends)
    if step <= 0:
        raise ValueError(f"its step is {'0' if step == 0 else 'below 0'}")
    if high < low:
        raise ValueError(f"it descends from {low:g} to {high:g}")
    if (high - low) / step >= MOST_POINTS:
        raise ValueError(f"it has more than {MOST_POINTS:,} points")
    count = int((high - low) / step + 1e-9) + 1
    return [round(low + k * step, 12) for k in range(count)]


def _float(text: str) -> float:
    """A finite number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"'{text}' is no number")
    return value


def times_of(text: str | None) -> list[float]:
    """Times of snapshots."""
    from worldclass.core.errors import UsageError

    try:
        return [float(part) for part in text.split(",")] if text else []
    except ValueError as error:
        raise UsageError(
            f"'{text}' are no times.", where="--snapshots", remedy="Write numbers, such as 1,50."
        ) from error
