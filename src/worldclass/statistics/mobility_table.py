"""Mobility tables: class of origin by class of destination, in layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.design import SurveyDesign
from worldclass.statistics.frames import to_polars
from worldclass.statistics.groups import one_order, positions
from worldclass.statistics.intervals import interval_names
from worldclass.statistics.mobility_cells import MobilityCells, class_column, layer_columns
from worldclass.statistics.names import refuse_names
from worldclass.statistics.proportions import label_type, share_columns
from worldclass.statistics.sample import read_sample
from worldclass.statistics.variance import cell_totals

if TYPE_CHECKING:
    import polars as pl

    from worldclass.statistics.absolute import Hierarchy
    from worldclass.statistics.relative import OddsKind
    from worldclass.statistics.unidiff import Unidiff

_CELL_NAMES = ("n", "total", "share", "outflow", "se", "inflow", "missing", "without_layer")
"""Columns of the table of cells, beside its keys and its interval."""
_LAYER_NAMES = (
    *("measure", "class", "estimate", "phi", "log_phi", "model_se", "log_odds_ratio"),
    *("odds_ratio", "origin", "against_origin", "destination", "against_destination"),
)
"""Columns of results that have a layer beside them: measures, odds ratios, layer effects."""


@dataclass(frozen=True, eq=False)
class Mobility(MobilityCells):
    """A mobility table, and what can be asked of it."""

    def __repr__(self) -> str:
        """Numbers of persons, origin by destination, for each layer."""
        import polars as pl

        lines = [f"Persons by {self.origin} (rows) and {self.destination}; {self.design}"]
        for layer, rows in zip(self.layers, self.rows, strict=True):
            cells = {str(name): rows[:, place] for place, name in enumerate(self.classes)}
            frame = pl.DataFrame({self.origin: list(map(str, self.classes)), **cells})
            with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True):
                lines.append(f"{self.by}: {layer}\n{frame}" if self.by else str(frame))
        lines.append("Ask .table, .absolute(), .odds_ratios(), .models() or .unidiff().")
        return "\n".join(lines)

    @property
    def table(self) -> pl.DataFrame:
        """Cells as rows: layer, origin, destination, `n`, `total`, shares of all persons
        (`share`), of their origin (`outflow`) with `se` and 90 % interval, of their
        destination (`inflow`); `missing`, persons of the layer without origin or destination,
        and with layers `without_layer`, persons without a layer.
        """
        import polars as pl
        import polars.selectors as cs

        size = len(self.classes)
        cell = np.arange(size * size)
        parts: list[pl.DataFrame] = []
        for at in range(len(self.layers)):
            whole = share_columns(self.parts[at], np.zeros_like(cell), 0.90)
            outflow = share_columns(self.parts[at], cell // size, 0.90)
            inflow = share_columns(self.parts[at], cell % size, 0.90)
            low, high = interval_names(0.90)
            data = layer_columns(self, at, cell.size)
            data |= {
                self.origin: class_column(self, cell // size),
                self.destination: class_column(self, cell % size),
                "n": self.rows[at].ravel(),
                "total": self.totals[at].ravel(),
                "share": whole["share"],
                "outflow": outflow["share"],
                "se": outflow["se"],
                low: outflow["low"],
                high: outflow["high"],
                "inflow": inflow["share"],
                "missing": np.full(cell.size, self.missing[at]),
            }
            if self.by is not None:
                data["without_layer"] = np.full(cell.size, self.without_layer)
            parts.append(pl.DataFrame(data))
        return pl.concat(parts).with_columns(cs.float().fill_nan(None))

    def absolute(self, hierarchy: Hierarchy | None = None, *, level: float = 0.90) -> pl.DataFrame:
        """Total, structural, vertical mobility and the like; see `absolute_measures`."""
        from worldclass.statistics.absolute import absolute_measures

        return absolute_measures(self, hierarchy, level)

    def odds_ratios(
        self,
        kind: OddsKind = "pairs",
        *,
        reference: Any = None,
        continuity: float = 0.0,
        level: float = 0.90,
    ) -> pl.DataFrame:
        """Odds ratios of classes; see `odds_ratios`."""
        from worldclass.statistics.relative import odds_ratios

        return odds_ratios(self, kind, reference, continuity, level)

    def models(
        self, scores: Sequence[float] | None = None, *, diagonal: bool = True
    ) -> pl.DataFrame:
        """Fit of the log-linear models; see `fit_models`. Needs the extra "statistics"."""
        from worldclass.statistics.loglinear import fit_models

        return fit_models(self, scores, diagonal)

    def unidiff(self, *, diagonal: bool = True, level: float = 0.90) -> Unidiff:
        """The log-multiplicative layer effect; see `fit_unidiff`."""
        from worldclass.statistics.unidiff import fit_unidiff

        return fit_unidiff(self, diagonal, level)


def mobility(
    frame: Any,
    origin: str,
    destination: str,
    by: str | None = None,
    *,
    design: SurveyDesign | None = None,
    count: str | None = None,
) -> Mobility:
    """Cross class of origin with class of destination.

    Parameters
    ----------
    frame
        Microdata, a row for each person; or a table of counts with `count`.
    origin, destination
        Columns of classes, of one scheme. Persons without one of them are left out and counted.
        The classes come in their order, as in `shares`; where one column knows classes that the
        other does not, both orders are joined.
    by
        Column of layers to compare (cohort, country). Persons without a layer are left out and
        counted in `without_layer`.
    design
        Survey design; None is simple random sampling.
    count
        Column of whole numbers of persons that each row stands for, instead of a design.

    Raises
    ------
    UsageError
        As `read_sample`; when the two columns are of different types, or order their classes
        differently; when counts are not whole numbers ≥ 0, or come with a design; when a column
        has the name of one of the results, or two parts.

    Examples
    --------
    >>> import polars as pl
    >>> table = pl.DataFrame(
    ...     {"father": ["a", "a", "b", "b"], "son": ["a", "b", "a", "b"], "n": [60, 40, 20, 80]}
    ... )
    >>> found = mobility(table, "father", "son", count="n")
    >>> found.table["outflow"].to_list()
    [0.6, 0.4, 0.2, 0.8]
    >>> round(found.odds_ratios()["odds_ratio"].item(), 6)
    6.0
    """
    import polars as pl

    refuse_names([origin, destination, *([by] if by else [])], _CELL_NAMES, "mobility")
    refuse_names([by] if by else [], _LAYER_NAMES, "mobility")
    data = to_polars(frame) if count is None else _expanded(to_polars(frame), count, design)
    sample = read_sample(data, [origin, destination, *([by] if by else [])], design)
    columns = sample.frame
    first, last = one_order(columns[origin], columns[destination])
    both, classes = positions(pl.concat([first, last.rename(origin)]))
    start, end = both[: columns.height], both[columns.height :]
    layer, layers = positions(columns[by]) if by else (np.zeros(columns.height, np.int64), [None])
    size = len(classes)
    known = (start >= 0) & (end >= 0) & (layer >= 0)
    cells = np.where(known, start * size + end, -1)
    parts = tuple(
        cell_totals(sample, np.where(layer == at, cells, -1), size * size)
        for at in range(len(layers))
    )
    whole = np.where(known, layer * size * size + cells, -1)
    joint = cell_totals(sample, whole, len(layers) * size * size)
    shape = (len(layers), size, size)
    missing = np.bincount(layer[(layer >= 0) & ~known], minlength=len(layers))
    return Mobility(
        origin,
        destination,
        by,
        tuple(classes),
        tuple(layers),
        joint.value.reshape(shape),
        joint.rows.reshape(shape),
        missing,
        int(np.sum(layer < 0)),
        parts,
        joint,
        design is None or design == SurveyDesign(),
        sample.design.describe(),
        label_type(first),
        label_type(columns[by]) if by else None,
    )


def _expanded(data: pl.DataFrame, count: str, design: SurveyDesign | None) -> pl.DataFrame:
    """One row for each person of a table of counts."""
    import polars as pl

    if design is not None:
        raise UsageError("a table of counts has no survey design", remedy="Leave out one of them.")
    if count not in data.columns:
        raise UsageError(
            f"no column {count!r}", remedy=f"The table has: {', '.join(data.columns)}."
        )
    if not data.schema[count].is_numeric():
        raise UsageError(
            f"counts are {data.schema[count]}, not numbers",
            where=f"column {count}",
            remedy="Give whole numbers of persons.",
        )
    numbers = data[count].cast(pl.Float64).fill_nan(None)
    bad = data.with_row_index("__row__").filter(
        numbers.is_null() | (numbers < 0) | numbers.is_infinite() | (numbers != numbers.round())
    )
    if bad.height:
        raise UsageError(
            f"{bad.height} counts are not whole numbers ≥ 0, the first: {bad[count][0]} "
            f"(row {bad['__row__'][0]})",
            where=f"column {count}",
            remedy="Remove these rows, or repair their counts; rows count from 0.",
        )
    times = numbers.cast(pl.Int64).to_numpy()
    return data[np.repeat(np.arange(data.height), times).tolist()]
