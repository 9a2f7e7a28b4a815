"""Pictures of runs: over time, over a sweep, or as the model itself draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.model import MECHANISM

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.ensemble_fan import Panel
    from worldclass.charts.picture import Picture
    from worldclass.dynamics.model import Model, Output

MOST_LINES = 8


def draw_runs(
    table: pl.DataFrame,
    kind: str = "auto",
    *,
    model: Model | None = None,
    title: str = "",
    marks: Sequence[tuple[float, str]] = (),
    **options: Any,
) -> Picture:
    """Draw a table of runs.

    Parameters
    ----------
    table
        As `worldclass.simulate` returns it.
    kind
        A picture of the model; "time" and the quantities of its choice; "sweep" for results over
        swept parameters; or the name of a quantity. "auto" takes the model's first picture, or
        "sweep" where parameters were swept.
    model
        For tables of a model of one's own.
    title
        By default the model's name.
    marks
        Times and words of interventions.
    options
        width, height of pictures over time.

    Raises
    ------
    UsageError
        A picture that does not exist, or a table of several models.
    """
    if table.is_empty():
        raise UsageError(
            "The table of runs has no row, so that there is nothing to draw.",
            where="plot",
            remedy="Look at what it was filtered by: a value may be misspelt, or not in it.",
        )
    found = model or _model(table)
    heading = title or found.label
    if kind == "auto":
        kind = "sweep" if "point" in table.columns else next(iter(pictures_of(found)))
    check_kind(found, kind, swept="point" in table.columns)
    if kind == "sweep":
        return _draw_sweep(table, found, heading)
    if kind in found.pictures:
        return _marked(found.pictures[kind](table, heading), marks)
    return _draw_fan(table, found, kind, heading, marks, options)


def _marked(picture: Picture, marks: Sequence[tuple[float, str]]) -> Picture:
    """A model's own picture over time, with interventions; another one as it is."""
    from worldclass.charts.ensemble_fan import mark_rows

    if "marks" not in getattr(picture, "data", {}):
        return picture
    return replace(picture, data={**picture.data, "marks": mark_rows(marks)})


def pictures_of(model: Model) -> tuple[str, ...]:
    """Names of a model's pictures of runs, the default first."""
    return tuple({**_fans(model), **model.pictures})


def check_kind(model: Model, kind: str, *, swept: bool) -> None:
    """Refuse a picture that could not be drawn, before anything is computed.

    Raises
    ------
    UsageError
        A picture that does not exist, or one of a sweep where nothing is swept.
    """
    declared = [one.quantity for one in model.outputs]
    known = tuple(dict.fromkeys((*pictures_of(model), "sweep", *declared)))
    if kind != "auto" and kind not in known:
        raise UsageError(f"There is no picture '{kind}'.", remedy=f"Use {', '.join(known)}.")
    if kind == "sweep" and not swept:
        raise UsageError("No parameter was swept.", remedy="Use --sweep, or another picture.")


def _model(table: pl.DataFrame) -> Model:
    names = table["model"].unique().to_list()
    if len(names) != 1 or names[0] not in list_models():
        raise UsageError(
            f"A table of {', '.join(map(str, names)) or 'no model'} cannot be drawn.",
            remedy="Draw the runs of one model; give `model=` for one of your own.",
        )
    return load_model(names[0])


def _fans(model: Model) -> dict[str, tuple[str, ...]]:
    return dict(model.fans) or {"time": tuple(one.quantity for one in model.outputs[:3])}


def _draw_fan(
    table: pl.DataFrame,
    model: Model,
    kind: str,
    title: str,
    marks: Sequence[tuple[float, str]],
    options: dict[str, Any],
) -> Picture:
    from worldclass.charts.ensemble_fan import ensemble_fan

    declared = {one.quantity: one for one in model.outputs}
    quantities = _fans(model).get(kind) or (kind,)
    present = set(table["quantity"])
    shown = [name for name in quantities if name in present] or list(quantities)
    cautions = _cautions(table, [declared[name] for name in shown])
    return ensemble_fan(
        table,
        [panel_of(declared[name]) for name in shown],
        title=title,
        time=f"time, {model.time_unit}s",
        footnote=" ".join([MECHANISM, *cautions, f"Model: {model.citation}."]),
        marks=marks,
        **options,
    )


def _cautions(table: pl.DataFrame, outputs: Sequence[Output]) -> list[str]:
    """What must be said of shares that leave the range from 0 to 1."""
    import polars as pl

    beyond = table.filter(~pl.col("value").is_between(0, 1))["quantity"].unique().to_list()
    return [one.caution for one in outputs if one.caution and one.quantity in beyond]


def panel_of(output: Output) -> Panel:
    """How a quantity is drawn over time."""
    from worldclass.charts.ensemble_fan import Panel

    share = output.unit == "share"
    groups = output.groups[:MOST_LINES]
    return Panel(output.quantity, axis_of(output), groups, share=share, view=output.view)


def axis_of(output: Output) -> str:
    """Words of the axis of a quantity, with its unit."""
    unit = "%" if output.unit == "share" else output.unit
    return f"{output.quantity.replace('_', ' ')}, {unit}"


def _draw_sweep(table: pl.DataFrame, model: Model, title: str) -> Picture:
    """The mean over the second half of each run against each swept parameter."""
    import polars as pl

    from worldclass.charts.curves import curves
    from worldclass.dynamics.summaries import later_half

    swept = table.columns[table.columns.index("point") + 1 : table.columns.index("model")]
    texts = [name for name in swept if not table.schema[name].is_numeric()]
    if texts:
        raise UsageError(
            f"A sweep of {', '.join(texts)} has no axis of numbers to be drawn on.",
            where="kind 'sweep'",
            remedy="Filter the table to one value of it, or draw another picture.",
        )
    quantity = next(iter(_fans(model).values()))[0]
    output = next(one for one in model.outputs if one.quantity == quantity)
    late = later_half(table).filter(pl.col("quantity") == quantity)
    value = pl.col("value")
    each = late.group_by("point", *swept, "run", "group", maintain_order=True).agg(value.mean())
    points = each.group_by("point", *swept, "group", maintain_order=True).agg(
        value.median().alias("y"),
        value.quantile(0.05).alias("low"),
        value.quantile(0.95).alias("high"),
    )
    grid = len(swept) == 1
    parts = [
        points.select(
            pl.lit(f"by {name.replace('_', ' ')}").alias("panel"),
            pl.col("group").alias("line"),
            pl.col(name).cast(pl.Float64).alias("x"),
            *(["y", "low", "high"] if grid and table["run"].n_unique() > 1 else ["y"]),
        ).sort("line", "x")
        for name in swept
    ]
    words = swept[0].replace("_", " ") if grid else ""
    runs = table["run"].n_unique()
    return curves(
        pl.concat(parts),
        title=f"{title}: {quantity.replace('_', ' ')}",
        subtitle=f"{axis_of(output)}, mean over the second half of each run; median of {runs} "
        f"run{'s' if runs > 1 else ''} a point{', band 5–95 %' if grid and runs > 1 else ''}",
        footnote=f"{MECHANISM} Model: {model.citation}.",
        points=not grid,
        classes=True,
        share=output.unit == "share",
        x=words,
        height=260 if grid else 170,
    )
