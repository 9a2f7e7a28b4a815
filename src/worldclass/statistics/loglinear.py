"""Log-linear models of mobility tables, fitted by statsmodels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.unidiff import (
    fit_unidiff,
    margin_columns,
    pattern_columns,
    used_cells,
)

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.statistics.mobility_cells import MobilityCells

_MEASURES = ("deviance", "df", "p", "pearson", "bic", "aic", "dissimilarity")


def fit_models(
    table: MobilityCells, scores: Sequence[float] | None = None, diagonal: bool = True
) -> pl.DataFrame:
    """Fit of the usual models of a mobility table.

    All hold the margins of every layer (origins by layer, destinations by layer). Added are:

    - independence: nothing (perfect mobility);
    - quasi-independence: a parameter for each stayers' cell of each layer;
    - uniform association: β u_i v_j, with scores u = v;
    - quasi-uniform association: both of these;
    - constant fluidity: origin by destination, the same in all layers (with layers);
    - unidiff: the same pattern, stronger or weaker by layer (with layers).

    Parameters
    ----------
    scores
        Score of each class; by default 1, 2, 3 … in the order of the classes. Uniform association
        has a meaning for ordered classes only.
    diagonal
        False leaves out the stayers' cells.

    Returns
    -------
    polars.DataFrame
        `model`; `deviance` (G²), `df`, `p`; `pearson` (X²); `bic` = G² − df log n; `aic` =
        G² − 2 df; `dissimilarity`, the share of persons to move to fit; `association`, β of
        uniform association; `note`.
        With weights or a complex design, G² is no likelihood ratio and `p` is empty.

    Raises
    ------
    UsageError
        When statsmodels is not installed, or the scores are not one for each class.

    Source
    ------
    Goodman (1979); Hout (1983); Raftery (1986) for BIC; Xie (1992) for unidiff.
    """
    import polars as pl
    import polars.selectors as cs

    size = len(table.classes)
    given = np.arange(1.0, size + 1) if scores is None else np.asarray(scores, dtype=float)
    if given.shape != (size,) or not np.isfinite(given).all():
        raise UsageError(
            f"{given.size} scores for {size} classes",
            where="log-linear models",
            remedy=f"Give one for each class: {', '.join(map(str, table.classes))}.",
        )
    counts = table.counts
    used = used_cells(counts, diagonal)
    y = counts[used]
    layer, origin, destination = np.nonzero(used)
    margins = margin_columns(used)
    stayers = _stayers(layer, origin, destination, size)
    product = (given[origin] * given[destination])[:, None]
    extra: dict[str, list[NDArray[np.float64]]] = {
        "independence": [],
        "quasi-independence": [stayers],
        "uniform association": [product],
        "quasi-uniform association": [product, stayers],
    }
    if not diagonal:
        extra = {name: columns for name, columns in extra.items() if "quasi" not in name}
    if len(table.layers) > 1:
        extra["constant fluidity"] = [pattern_columns(used)[1]]
    rows: list[dict[str, Any]] = []
    for name, columns in extra.items():
        fitted, df, values = _poisson(y, np.column_stack([*columns, margins]))
        beta = float(values[0]) if "uniform" in name else None
        rows.append({"model": name} | _fit(y, fitted, df, table.simple) | {"association": beta})
    if len(table.layers) > 1:
        rows.append({"model": "unidiff"} | _layer_effect(table, y, used, diagonal))
    measures = dict.fromkeys(_MEASURES, pl.Float64) | {"df": pl.Int64, "association": pl.Float64}
    schema = {"model": pl.String, **measures, "note": pl.String}
    result = pl.DataFrame([{"note": None} | row for row in rows], schema=schema)
    return result.with_columns(
        cs.float().fill_nan(None), pl.col("note").fill_null(pl.lit(_note(table)))
    )


def _layer_effect(
    table: MobilityCells, y: NDArray[np.float64], used: NDArray[np.bool_], diagonal: bool
) -> dict[str, Any]:
    """Fit of unidiff; without numbers, and a note, where it has none."""
    try:
        found = fit_unidiff(table, diagonal)
    except UsageError as unfit:
        return dict.fromkeys(_MEASURES) | {"association": None, "note": unfit.what}
    return _fit(y, found.fitted[used], found.df, table.simple) | {"association": None}


def _stayers(
    layer: NDArray[np.int64],
    origin: NDArray[np.int64],
    destination: NDArray[np.int64],
    size: int,
) -> NDArray[np.float64]:
    """A dummy for each cell on the diagonal, shape (cells, stayers' cells)."""
    cell = np.where(origin == destination, layer * size + origin, -1)
    held = np.unique(cell[cell >= 0])
    return (cell[:, None] == held[None, :]).astype(float)


def _poisson(
    y: NDArray[np.float64], columns: NDArray[np.float64]
) -> tuple[NDArray[np.float64], int, NDArray[np.float64]]:
    """Fitted counts, degrees of freedom and parameters of a Poisson model."""
    try:
        from statsmodels.genmod.families import Poisson
        from statsmodels.genmod.generalized_linear_model import GLM
        from statsmodels.tools.sm_exceptions import PerfectSeparationWarning
    except ImportError as missing:
        raise UsageError(
            "log-linear models need statsmodels",
            where="mobility(...).models()",
            remedy='pip install "worldclass[statistics]"',
        ) from missing
    kept = _independent(columns)
    with catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # A table that a model made is fitted exactly, and one with as many parameters as cells
        # has no residual freedom: neither is a fault.
        simplefilter("ignore", PerfectSeparationWarning)
        result: Any = GLM(y, columns[:, kept], family=Poisson()).fit(maxiter=200, tol=1e-12)
    params = np.full(columns.shape[1], np.nan)
    params[kept] = np.asarray(result.params)
    return np.asarray(result.fittedvalues), y.size - kept.size, params


def _independent(columns: NDArray[np.float64]) -> NDArray[np.int64]:
    """Positions of columns that none of the others make up, in order."""
    from scipy.linalg import qr

    scaled = columns / np.linalg.norm(columns, axis=0)
    decomposed: Any = qr(scaled, mode="r", pivoting=True)
    triangle, order = decomposed
    size = np.abs(np.diag(triangle))
    rank = int(np.sum(size > 1e-9 * size[0]))
    return np.sort(np.asarray(order, dtype=np.int64)[:rank])


def _fit(
    y: NDArray[np.float64], fitted: NDArray[np.float64], df: int, simple: bool
) -> dict[str, Any]:
    """Measures of fit."""
    from scipy.stats import chi2

    means = np.maximum(fitted, 1e-300)
    some = np.where(y > 0, y, 1.0)
    deviance = float(2 * np.sum(np.where(y > 0, y * np.log(some / means), 0.0) - (y - fitted)))
    pearson = float(np.sum(np.where(fitted > 1e-12, (y - fitted) ** 2 / means, 0.0)))
    total = float(y.sum())
    return {
        "deviance": deviance,
        "df": df,
        "p": float(chi2.sf(deviance, df)) if simple and df > 0 else None,
        "pearson": pearson,
        "bic": deviance - df * float(np.log(total)),
        "aic": deviance - 2 * df,
        "dissimilarity": float(np.abs(y - fitted).sum() / (2 * total)),
    }


def _note(table: MobilityCells) -> str:
    """What the counts are."""
    if table.simple:
        return "counts of persons; simple random sampling"
    return (
        "weights normalised to the number of persons in each layer; the deviance is no "
        f"likelihood ratio ({table.design})"
    )
