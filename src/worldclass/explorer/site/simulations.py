"""Runs of named scenarios, computed once a process: in bins of time, and summed up.

A static site shows these; a server runs any setting. The seed is fixed, so that the same version
gives the same numbers everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from worldclass.charts.palette import class_styles
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.parameters import Declaration, declarations
from worldclass.dynamics.pictures import axis_of
from worldclass.dynamics.scenarios import list_scenarios, load_scenario
from worldclass.dynamics.simulate import simulate
from worldclass.dynamics.summaries import later_half
from worldclass.explorer.site.shards import short

if TYPE_CHECKING:
    from worldclass.dynamics.model import Model, Output

SEED = 1
MOST_TIMES = 500
"""Points of a line; longer series are means over bins of neighbouring times."""
MOST_NUMBERS = 24_000
"""Numbers of a scenario's shard, about 80 kB; more groups and runs have wider bins."""

MOST_GROUPS = 20
"""Groups of a quantity that the table of numbers has room for."""


@dataclass(frozen=True)
class Story:
    """A scenario that the site shows, and how often it was run."""

    scenario: str
    runs: int


STORIES = (
    Story("kick-the-can", 1),
    Story("keen-recovery", 1),
    Story("keen-collapse", 1),
    Story("wright-2005", 5),
    Story("epstein-run-2", 5),
    Story("unrest-coalition-across-nations", 5),
    Story("unrest-repression-backlash", 5),
    Story("protest-wave-us-2020", 20),
)
"""One run where chance has no part; otherwise a few."""


def runs_simulations(path: str) -> bool:
    """Whether making this file of the site runs the stories.

    Examples
    --------
    >>> runs_simulations("simulate.html"), runs_simulations("index.html")
    (True, False)
    """
    return path == "simulate.html" or path.startswith("data/simulation/")


@lru_cache(maxsize=16)
def story_runs(story: Story) -> pl.DataFrame:
    """All rows of a story, as `worldclass.simulate` gives them."""
    return simulate(scenario=story.scenario, seed=SEED, runs=story.runs, workers=1)


def story_shard(story: Story) -> dict[str, Any]:
    """Every series of a story by quantity and group, one array a run."""
    table = story_runs(story)
    over_time = pl.col("time").n_unique().over("quantity") > 1
    series = table.filter(over_time).select("quantity", "group", "run").n_unique()
    most = max(60, min(MOST_TIMES, MOST_NUMBERS // series))
    quantities = list(binned(table, most))
    told = {"scenario": story.scenario, "seed": SEED, "runs": story.runs}
    return {**told, "chance": story.runs > 1, "quantities": quantities}


def binned(table: pl.DataFrame, most: int) -> Iterator[dict[str, Any]]:
    """Quantities that run over time, as means over bins of at most `most` points.

    `bin` says how many neighbouring times a point is the mean of; a run that has ended is null
    from there on. Quantities with one time only have no line.
    """
    for quantity in table["quantity"].unique(maintain_order=True):
        own = table.filter(pl.col("quantity") == quantity)
        times = own["time"].unique().sort()
        if times.len() < 2:
            continue
        size = -(-times.len() // most)
        bins = pl.DataFrame({"time": times}).with_row_index("bin")
        bins = bins.with_columns(pl.col("bin") // size)
        means = (
            own.join(bins, on="time").group_by("group", "run", "bin").agg(pl.col("value").mean())
        )
        at = bins.group_by("bin", maintain_order=True).agg(pl.col("time").mean())
        groups = own["group"].unique(maintain_order=True).to_list()
        runs = sorted(own["run"].unique().to_list())
        values = {group: [_line(means, at, group, run) for run in runs] for group in groups}
        time = [float(f"{value:.6g}") for value in at["time"]]
        yield {"quantity": quantity, "bin": size, "time": time, "groups": values}


def _line(means: pl.DataFrame, at: pl.DataFrame, group: str, run: int) -> list[float | None]:
    own = means.filter(pl.col("group") == group, pl.col("run") == run)
    return short(at.join(own, on="bin", how="left", maintain_order="left")["value"])


def summed(table: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Each quantity and group in one number: median and 5–95 % over the runs.

    The number of a run is its mean over the later half; of running totals and single events it
    is the last value. Quantities of very many groups (firms by size) are left out.
    Columns: quantity, group, value, low, high.
    """
    known = {one.quantity: one for one in model.outputs}
    kept = [name for name in known if 0 < _groups(table, name) <= MOST_GROUPS]
    last = [name for name in kept if known[name].last]
    value, is_last = pl.col("value"), pl.col("quantity").is_in(last)
    keys = ["quantity", "group", "run"]
    own = table.filter(pl.col("quantity").is_in(kept))
    late = later_half(own.drop("seed")).filter(~is_last)
    means = late.group_by(keys, maintain_order=True).agg(value.mean())
    ends = own.filter(is_last).group_by(keys, maintain_order=True).agg(value.last())
    order = {name: place for place, name in enumerate(kept)}
    return (
        pl.concat([means, ends])
        .group_by("quantity", "group", maintain_order=True)
        .agg(
            value.median().alias("value"),
            value.quantile(0.05, "linear").alias("low"),
            value.quantile(0.95, "linear").alias("high"),
        )
        .sort(pl.col("quantity").replace_strict(order), maintain_order=True)
    )


def _groups(table: pl.DataFrame, quantity: str) -> int:
    return table.filter(pl.col("quantity") == quantity)["group"].n_unique()


def models_shard() -> dict[str, Any]:
    """Every model with its outputs, parameters and scenarios, and the stories of the site."""
    stories = [{"scenario": one.scenario, "runs": one.runs, "seed": SEED} for one in STORIES]
    return {
        "models": [model_words(load_model(name)) for name in list_models()],
        "stories": stories,
        "most_times": MOST_TIMES,
        "most_groups": MOST_GROUPS,
        "hues": [one.colour for one in class_styles([f"group-{place}" for place in range(16)])],
    }


def model_words(model: Model) -> dict[str, Any]:
    """A model for readers and for the form that sets it."""
    fans = [name for fan in model.fans.values() for name in fan]
    return {
        "id": model.id,
        "label": model.label,
        "meaning": " ".join(model.meaning.split()),
        "citation": model.citation,
        "time_unit": model.time_unit,
        "first": fans[0] if fans else model.outputs[0].quantity,
        "outputs": [_output(one) for one in model.outputs],
        "parameters": [parameter_words(one) for one in declarations(model.parameters)],
        "scenarios": [_scenario(name) for name in list_scenarios(model.id)],
    }


def percent_words(output: Output) -> str | None:
    """How a quantity is written as per cent; null where it is none."""
    return {"share": "%", "per year": "% a year"}.get(output.unit)


def axis_words(output: Output) -> str:
    """Name and unit of a quantity; a rate of growth is read as per cent a year.

    Examples
    --------
    >>> axis_words(next(o for o in load_model("debt-crisis").outputs if o.quantity == "growth"))
    'growth, % a year'
    """
    percent = percent_words(output)
    return f"{output.quantity.replace('_', ' ')}, {percent}" if percent else axis_of(output)


def _output(output: Output) -> dict[str, Any]:
    styles = class_styles(list(output.groups))
    return {
        "id": output.quantity,
        "axis": axis_words(output),
        "meaning": output.meaning,
        "share": percent_words(output) is not None,
        "unit": output.unit,
        "last": output.last,
        "view": _ends(output.view),
        "caution": output.caution,
        "groups": [
            {"id": name, "label": style.label, "colour": style.colour}
            for name, style in zip(output.groups, styles, strict=True)
        ],
    }


def parameter_words(one: Declaration) -> dict[str, Any]:
    """A parameter with its words; an end of a range that is infinite is null."""
    return {
        "name": one.name,
        "kind": one.kind.__name__,
        "default": _finite(one.default),
        "unit": one.unit,
        "meaning": " ".join(one.meaning.split()),
        "range": _ends(one.range),
        "limits": _ends(one.limits),
        "choices": list(one.choices),
    }


def _ends(pair: tuple[float, float] | None) -> list[float | None] | None:
    return None if pair is None else [_finite(end) for end in pair]


def _finite(value: Any) -> Any:
    """The value, or null for an infinite number: JSON has none."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _scenario(name: str) -> dict[str, Any]:
    story = load_scenario(name)
    return {
        "name": story.name,
        "label": story.label,
        "source": story.source,
        "settings": {name: _finite(value) for name, value in story.settings.items()},
        "marks": [{"time": one.time, "label": one.label} for one in story.intervention],
    }
