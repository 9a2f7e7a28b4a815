"""The cells of a mobility table: persons by class of origin, class of destination and layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.statistics.variance import Totals

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class MobilityCells:
    """Persons in each cell, with what the survey's design says of their precision.

    Attributes
    ----------
    origin, destination, by
        Names of the columns; `by` is the layer (cohort, country), None for a single table.
    classes
        Classes in order, the same for origin and destination.
    layers
        Values of the layer; (None,) for a single table.
    totals
        Weighted totals, shape (layers, classes, classes), origin before destination.
    rows
        Numbers of persons, same shape.
    missing
        Persons of each layer without origin or destination, shape (layers); left out.
    without_layer
        Persons without a value of `by`, in no layer and in no table; 0 for a single table.
    parts
        Totals of each layer with their covariance.
    joint
        Totals of all layers together, layer by layer, with their covariance.
    simple
        Whether the sample was simple and random. If not, models use counts normalised in each
        layer.
    design
        The design in words.
    class_type, layer_type
        Polars types of the classes and layers in results.
    """

    origin: str
    destination: str
    by: str | None
    classes: tuple[Any, ...]
    layers: tuple[Any, ...]
    totals: NDArray[np.float64]
    rows: NDArray[np.int64]
    missing: NDArray[np.int64]
    without_layer: int
    parts: tuple[Totals, ...]
    joint: Totals
    simple: bool
    design: str
    class_type: Any
    layer_type: Any

    @property
    def counts(self) -> NDArray[np.float64]:
        """Weighted totals scaled in each layer to the number of its persons.

        Log-linear models treat them as Poisson counts. With weights or clusters their deviance
        is no likelihood ratio: use it to describe the fit, not to test it.
        """
        layer = self.totals.sum(axis=(1, 2), keepdims=True)
        scale = self.rows.sum(axis=(1, 2), keepdims=True) / np.where(layer > 0, layer, 1.0)
        return self.totals * scale


def layer_columns(table: MobilityCells, at: int, height: int) -> dict[str, Any]:
    """The layer's column of a result of so many rows; none for a single table."""
    import polars as pl

    if table.by is None:
        return {}
    return {table.by: pl.Series([table.layers[at]] * height, dtype=table.layer_type)}


def class_column(table: MobilityCells, places: Iterable[int]) -> pl.Series:
    """Classes at some positions as a column."""
    import polars as pl

    return pl.Series([table.classes[place] for place in places], dtype=table.class_type)
