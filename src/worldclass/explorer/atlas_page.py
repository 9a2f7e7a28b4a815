"""The page of `worldclass atlas --html`: an atlas frame with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass import __version__
from worldclass.atlas.contributions import TOGETHER, contributions
from worldclass.atlas.pictures import is_ladder
from worldclass.charts.assumption_bars import assumption_bars
from worldclass.core.countries import label as place_name
from worldclass.explorer.focus import first_shown
from worldclass.explorer.origins import assumption_line, sources_of
from worldclass.explorer.provenance import Provenance
from worldclass.explorer.report import write_atlas_report
from worldclass.explorer.theory_text import theory_text
from worldclass.people.assumptions import assumptions
from worldclass.people.draws import SEED
from worldclass.people.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from worldclass.charts.picture import Picture
    from worldclass.theories.schema import Theory

MOST_BARS = 10


def write_atlas_page(
    frame: pl.DataFrame,
    path: str | Path,
    theory: Theory,
    *,
    command: str,
    parameters: Mapping[str, float | str] | None = None,
    anchor: str | None = None,
    draws: int,
    snapshot: str | Path | Snapshot | None = None,
    **_: Any,
) -> None:
    """Write a self-contained page with the pictures and the origin of a frame.

    Parameters
    ----------
    frame
        From `atlas`, with all three sexes.
    path
        The page; it appears complete or not at all.
    theory, parameters, anchor, draws, snapshot
        What the frame was made with.
    command
        The command line that makes it again.
    """
    shot = open_snapshot(snapshot)
    words = theory_text(theory, parameters, anchor)
    focus = _focus(theory, frame)
    settings = "".join(f" --set {name}={value}" for name, value in (parameters or {}).items())
    fixed = f" --anchor {anchor}" if anchor else ""
    place = "WORLD" if "WORLD" in frame["country"] else frame["country"][0]
    year = int(frame["year"].max())  # type: ignore[arg-type]
    shares = contributions(
        theory, focus, country=place, year=year, parameters=parameters, anchor=anchor,
        snapshot=shot,
    )  # fmt: skip
    label = next(rule.label for rule in theory.classes if rule.id == focus)

    def bars(width: int) -> Picture:
        return assumption_bars(
            _bars(shares),
            title=f"What the size of the class “{label}” hangs on: {place_name(place)}, {year}",
            subtitle="Persons with one assumption at its 5th or 95th percentile, "
            "the others central",
            width=width,
        )

    write_atlas_report(
        frame,
        path,
        theory=words,
        provenance=Provenance(
            command=f"{command}{settings}{fixed} --html {path}",
            version=__version__,
            draws=draws,
            seed=SEED,
            content_hash=str(shot.provenance["content_hash"]),
            sources=sources_of(shot),
            assumptions=tuple(assumption_line(item) for item in assumptions().values()),
        ),
        pictures={"assumptions": bars},
        focus=focus,
        ordered=is_ladder(theory),
    )


def _focus(theory: Theory, frame: pl.DataFrame) -> str:
    """The class that map and bars show first, of those that have rows."""
    shown = [rule.id for rule in theory.classes if rule.id in set(frame["class"])]
    return first_shown(shown)


def _bars(shares: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    kept = shares.filter((pl.col("kind") != "definition") & (pl.col("assumption") != TOGETHER))
    return kept.head(MOST_BARS)
