"""Intervals of the shipped theories, computed once and kept in the snapshot.

They hold for a theory as shipped (same content, default parameters), the stored draws and the
theory's own anchors; anything else is computed afresh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.people.assumptions import assumptions
from worldclass.people.grid import SEX_CODES, SEXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.atlas.areas import Area
    from worldclass.atlas.run import Run
    from worldclass.atlas.sizes import Sizes
    from worldclass.people.snapshot import Snapshot
    from worldclass.theories.compile import CompiledTheory

    Pair = tuple[NDArray[np.float64], NDArray[np.float64]]

DIGITS = 4
"""Significant digits kept: intervals are not known better."""


def interval_table(run: Run, sizes: Sizes, areas: Sequence[Area]) -> pl.DataFrame:
    """The intervals of one run, to be stored."""
    import polars as pl

    shape = sizes.low.shape
    index = np.indices(shape).reshape(4, -1)
    labels = (run.compiled.classes, SEX_CODES, [a.code for a in areas], run.grid.years)
    columns = {
        name: np.asarray(values)[row]
        for name, values, row in zip(
            ("class", "sex", "country", "year"), labels, index, strict=True
        )
    }
    return pl.DataFrame(
        {
            "theory": np.full(index.shape[1], run.compiled.theory.id),
            **columns,
            "persons_p05": _outward(sizes.low, np.floor).reshape(-1),
            "persons_p95": _outward(sizes.high, np.ceil).reshape(-1),
        }
    ).with_columns(pl.col("year").cast(pl.Int32))


def _outward(values: NDArray[np.floating[Any]], direction: np.ufunc) -> NDArray[np.floating[Any]]:
    """Four significant digits, away from the centre, in single precision."""
    magnitude = np.floor(np.log10(np.maximum(np.abs(values), 1e-9)))
    scale = 10.0 ** (DIGITS - 1 - magnitude)
    return (direction(values * scale) / scale).astype(np.float32)


def world_draw_table(run: Run) -> pl.DataFrame:
    """World totals in every draw, by class, year and sex, to be stored."""
    import polars as pl

    assert run.draws is not None
    world = run.draws.sum(axis=3, dtype=np.float64)
    index = np.indices(world.shape).reshape(4, -1)
    return pl.DataFrame(
        {
            "theory": np.full(index.shape[1], run.compiled.theory.id),
            "class": np.asarray(run.compiled.classes)[index[1]],
            "sex": np.asarray(SEXES)[index[2]],
            "year": np.asarray(run.grid.years)[index[3]],
            "draw": index[0],
            "persons": world.reshape(-1),
        }
    ).with_columns(
        pl.col("year").cast(pl.Int32),
        pl.col("draw").cast(pl.Int16),
        pl.col("persons").round_sig_figs(DIGITS).cast(pl.Float32),
    )


def stored_intervals(
    shot: Snapshot,
    compiled: CompiledTheory,
    areas: Sequence[Area],
    years: Sequence[int],
    *,
    anchor: str | None,
    draws: int,
) -> Pair | None:
    """Stored intervals of shape (classes, 3 sexes with total, areas, years), or None.

    None where the snapshot does not hold them for exactly this question.
    """
    made = shot.provenance
    known = {name: item.model_dump(mode="json") for name, item in assumptions().items()}
    theory = compiled.theory
    defaults = {name: p.default for name, p in theory.parameters.items()}
    if (
        draws != made["draws"]["number"]
        or made["assumptions"] != known
        or anchor is not None
        or made["theories"].get(theory.id) != theory.digest
        or dict(compiled.parameters) != defaults
    ):
        return None
    return _pick(shot, compiled, areas, years)


def _pick(
    shot: Snapshot, compiled: CompiledTheory, areas: Sequence[Area], years: Sequence[int]
) -> Pair | None:
    import polars as pl

    codes = [area.code for area in areas]
    rows = (
        pl.scan_parquet(shot.file("atlas"))
        .filter(
            (pl.col("theory") == compiled.theory.id)
            & pl.col("country").is_in(codes)
            & pl.col("year").is_in(list(years))
        )
        .select("class", "sex", "country", "year", "persons_p05", "persons_p95")
        .collect()
    )
    shape = (len(compiled.classes), len(SEX_CODES), len(areas), len(years))
    if rows.height != int(np.prod(shape)):
        return None
    position = np.zeros(rows.height, dtype=int)
    for column, values, size in (
        ("class", compiled.classes, 1),
        ("sex", SEX_CODES, len(SEX_CODES)),
        ("country", codes, len(areas)),
        ("year", years, len(years)),
    ):
        order = {value: k for k, value in enumerate(values)}
        place = rows[column].replace_strict(order, return_dtype=pl.Int64).to_numpy()
        position = position * size + place
    ends = []
    for column in ("persons_p05", "persons_p95"):
        values = np.empty(rows.height)
        values[position] = rows[column].cast(pl.Float64).round_sig_figs(DIGITS).to_numpy()
        ends.append(values.reshape(shape))
    return ends[0], ends[1]
