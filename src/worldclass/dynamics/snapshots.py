"""Agents on a grid at some moments of a run, as pictures take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from worldclass.charts.grid_picture import GridPicture, Kind


class InPeriods(Protocol):
    """A run that can be let on by some periods, and looked at in between."""

    period: int

    def pass_periods(self, number: int) -> None:
        """Let some periods pass, but not more than the run has."""

    def agents(self, time: float) -> pl.DataFrame:
        """Everybody now."""
        ...


def pass_all(run: InPeriods, periods: int, snapshots: Sequence[float]) -> pl.DataFrame | None:
    """Let all periods pass, and list everybody at the end of those asked for; null for none.

    A run may end before its last period; what would come after has nobody to list.

    Raises
    ------
    UsageError
        See `periods_of`.
    """
    import polars as pl

    frames: list[pl.DataFrame] = []
    for time in periods_of(snapshots, periods):
        run.pass_periods(time + 1 - run.period)
        if run.period == time + 1:
            frames.append(run.agents(time))
    run.pass_periods(periods)
    return pl.concat(frames) if frames else None


def periods_of(snapshots: Sequence[float], periods: int) -> list[int]:
    """The periods at whose end agents are wanted, ascending, each once.

    Raises
    ------
    UsageError
        A time that is no period of the run: its agents would be missing in silence.

    Examples
    --------
    >>> periods_of([3.0, 1.0, 3.0], 10)
    [1, 3]
    """
    wrong = [time for time in snapshots if time not in range(periods)]
    if wrong:
        raise UsageError(
            f"There is no snapshot at {wrong[0]:g}.",
            where="snapshots",
            remedy=f"Agents are seen at the end of periods, 0 to {periods - 1}.",
        )
    return sorted({int(time) for time in snapshots})


def agents_of(table: pl.DataFrame) -> pl.DataFrame:
    """The agents of a table's first run.

    Parameters
    ----------
    table
        Runs with `snapshots`, or a table of agents itself.

    Raises
    ------
    UsageError
        No snapshots were asked for.
    """
    agents = table if "agent" in table.columns else getattr(table, "snapshots", None)
    if agents is None or agents.is_empty():
        raise UsageError(
            "There are no agents to draw.",
            where="snapshots",
            remedy="Ask for some moments: snapshots=(1, 50) or --snapshots 1,50.",
        )
    first = agents.row(0, named=True)
    same = [name for name in ("point", "run", "seed") if name in agents.columns]
    for name in same:
        agents = agents.filter(agents[name] == first[name])
    return agents


def draw_agents(
    agents: pl.DataFrame, kind: pl.Expr, kinds: Mapping[str, Kind], title: str, **words: str
) -> GridPicture:
    """Everybody on the torus, by kind.

    Parameters
    ----------
    agents
        From `agents_of`.
    kind
        The kind of each, a name in `kinds`; others are not drawn.
    words
        `subtitle`, and `total`: the kind whose number is told.
    """
    from worldclass.charts.grid_picture import grid_picture
    from worldclass.dynamics.model import MECHANISM

    named = agents.with_columns(kind.alias("kind"))
    return grid_picture(
        named, *sites_of(agents), dict(kinds), title=title, footnote=MECHANISM, **words
    )


def sites_of(agents: pl.DataFrame) -> tuple[int, int]:
    """Sites across and down: as far as somebody stands.

    On a torus with many persons every row and column holds somebody at some moment.
    """
    ends = [agents[name].max() for name in ("x", "y")]
    width, height = (int(end) + 1 if isinstance(end, int) else 1 for end in ends)
    return width, height
