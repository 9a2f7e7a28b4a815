"""Pictures of unrest on a class structure: waves by class, and everybody on the torus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worldclass.dynamics.class_unrest.standing import NATIONS, SEXES
from worldclass.dynamics.model import MECHANISM
from worldclass.dynamics.snapshots import agents_of, draw_agents

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.grid_picture import GridPicture
    from worldclass.charts.picture import Picture

FEWEST = 0.02
"""Classes of a smaller share of citizens are a handful of persons here, and not drawn."""


def larger_classes(table: pl.DataFrame) -> tuple[str, ...]:
    """All citizens, and the classes of at least the share `FEWEST` of citizens.

    A part of a table may have lost the shares, which are told once a run: every class is then as
    large as another.
    """
    import polars as pl

    shares = table.filter(pl.col("quantity") == "citizen_share").group_by("group")
    large = shares.agg(pl.col("value").mean()).filter(pl.col("value") >= FEWEST)["group"]
    names = table["group"].unique(maintain_order=True)
    kept = names if large.is_empty() else [one for one in names if one in large]
    return tuple(one for one in kept if one not in (*SEXES, *NATIONS))


def draw_waves(table: pl.DataFrame, title: str) -> Picture:
    """Active and jailed shares of all citizens and of each larger class: medians over runs.

    Bands of several classes would hide one another; `draw_range` has that of all citizens.
    """
    import polars as pl

    from worldclass.charts.ensemble_fan import Panel, ensemble_fan

    groups = larger_classes(table)
    kept = table.filter(pl.col("group").is_in(groups))
    medians = kept.group_by("group", "quantity", "time", maintain_order=True).agg(
        pl.col("value").median(), pl.col("run").min()
    )
    runs = table["run"].n_unique()
    picture = ensemble_fan(
        medians.with_columns(pl.lit(table["run"][0]).alias("run")),
        [
            Panel(f"{state}_share", f"{state}, % of the class", groups, share=True)
            for state in ("active", "jailed")
        ],
        title=title,
        time="time, periods",
        footnote=MECHANISM,
    )
    words = f"median of {runs} runs" if runs > 1 else "one run"
    some = f"Classes of {100 * FEWEST:g} % of citizens and more"
    which = some if "citizen_share" in table["quantity"] else "All classes"
    subtitle = f"{which}; {words}"
    return replace(picture, caption=replace(picture.caption, subtitle=subtitle))


def draw_range(table: pl.DataFrame, title: str) -> Picture:
    """Active and jailed shares of all citizens, with the band that runs fill."""
    from worldclass.charts.ensemble_fan import Panel, ensemble_fan

    return ensemble_fan(
        table,
        [
            Panel(f"{state}_share", f"{state}, % of all citizens", ("all",), share=True)
            for state in ("active", "jailed")
        ],
        title=title,
        time="time, periods",
        footnote=MECHANISM,
    )


def draw_grid(table: pl.DataFrame, title: str) -> GridPicture:
    """Active citizens by class, and cops, of the first run at the moments asked for.

    Raises
    ------
    UsageError
        No snapshots were asked for.
    """
    import polars as pl

    from worldclass.charts.grid_picture import Kind
    from worldclass.charts.palette import class_styles

    agents = agents_of(table)
    active = pl.concat_str(pl.lit("active "), pl.col("class"))
    kind = pl.when(pl.col("state") == "active").then(active).otherwise(pl.col("state"))
    known = agents["class"].drop_nulls().unique(maintain_order=True).sort().to_list()
    kinds = {"quiet": Kind("Quiet", "#cfd4dc", 0.55)}
    for style in class_styles(known):
        words = f"Active: {style.id.replace('-', ' ')}"
        kinds[f"active {style.id}"] = Kind(words, style.colour, 1.0, line=True)
    kinds["cop"] = Kind("Cops", "#141736", 0.9, disc=True)
    words = "One run; prisoners are off the grid."
    return draw_agents(agents, kind, kinds, title, subtitle=words, total="active")
