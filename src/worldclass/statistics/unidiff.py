"""The log-multiplicative layer effect: one pattern of association, stronger or weaker by layer.

    log F_ijk = λ + origins by layer + destinations by layer + φ_k ψ_ij,   φ of the first layer 1

No Python library fits it, so it is fitted here: Fisher scoring on Poisson counts over all
parameters at once, from the constant-fluidity fit (all φ = 1), halving steps that do not lower
the deviance. ψ is 0 in the first row and column; φ is kept positive through its logarithm.

Source: Xie (1992), American Sociological Review 57; Erikson and Goldthorpe, The Constant Flux
(1992), chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.intervals import interval_names, multiplier

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.statistics.mobility_cells import MobilityCells

_ROUNDS = 500
_HALVINGS = 30
_TOLERANCE = 1e-11
_LEAST = -30.0
_LONGEST_STEP = 2.0
_FARTHEST = 12.0
_NO_PATTERN = 1e-8


@dataclass(frozen=True, eq=False)
class Unidiff:
    """A fitted layer effect.

    Attributes
    ----------
    table
        One row for each layer: the layer, `phi`, `log_phi`, `se` of log φ under the design,
        `model_se` under Poisson sampling, the interval of φ by `se`.
    association
        ψ, origin by destination, shape (classes, classes), rows and columns summing to 0.
    fitted
        Expected counts, shape (layers, classes, classes).
    deviance, constant_deviance
        G² of this model and of constant fluidity.
    df, constant_df
        Their degrees of freedom.
    design
        What the standard errors rest on.
    """

    table: pl.DataFrame
    association: NDArray[np.float64] = field(repr=False)
    fitted: NDArray[np.float64] = field(repr=False)
    deviance: float
    df: int
    constant_deviance: float
    constant_df: int
    design: str


@dataclass(frozen=True, eq=False)
class _Layout:
    """Cells in the fit and the columns of their parameters."""

    layer: NDArray[np.int64]
    pattern: NDArray[np.int64]
    margins: NDArray[np.float64]
    patterns: NDArray[np.float64]
    layers: int


def fit_unidiff(table: MobilityCells, diagonal: bool = True, level: float = 0.90) -> Unidiff:
    """Fit the layer effect to a mobility table with layers.

    Counts are normalised (see `counts`). The standard errors follow the survey's design by
    linearising the score: Cov(θ) = A Cov(F) Aᵀ with A = (XᵀWX)⁻¹Xᵀ; for simple random sampling
    they are close to those of Poisson sampling, which are given too.

    Parameters
    ----------
    diagonal
        False leaves out the persons who stayed in their class of origin.
    level
        Probability of the intervals, symmetric for log φ.

    Raises
    ------
    UsageError
        When there is one layer, or fewer than two classes, or a layer is empty, or the fit does
        not converge.
    """
    import polars as pl
    import polars.selectors as cs

    layers, size, _ = table.totals.shape
    if layers < 2 or size < (2 if diagonal else 3):
        raise UsageError(
            f"{layers} layer and {size} classes: the layer effect compares two layers or more",
            where="unidiff",
            remedy="Give mobility(..., by=column of cohorts or countries).",
        )
    counts = table.counts
    if not counts.sum(axis=(1, 2)).all():
        raise UsageError("a layer has no persons", where="unidiff")
    used = used_cells(counts, diagonal)
    layout = _layout(used)
    y = counts[used]
    start = _scoring(y, layout, np.zeros(_width(layout)), np.arange(layers - 1))
    first = _deviance(y, _means(start, layout))
    if np.abs(start[-layout.patterns.shape[1] :]).max() < _NO_PATTERN:
        raise _unfit(first)
    theta = _scoring(y, layout, start, np.zeros(0, dtype=np.int64))
    means = _means(theta, layout)
    slope = _slope(theta, layout)
    inverse = np.linalg.pinv(slope.T @ (slope * means[:, None]), hermitian=True)
    model_se = np.sqrt(np.concatenate([[0.0], np.diag(inverse)[: layers - 1]]))
    error = _design_errors(table, used, (inverse @ slope.T)[: layers - 1])
    log_phi = np.concatenate([[0.0], theta[: layers - 1]])
    reach = multiplier(level, table.joint.degrees) * error
    low, high = interval_names(level)
    layer = pl.Series(table.layers, dtype=table.layer_type)
    columns = {str(table.by): layer, "phi": np.exp(log_phi), "log_phi": log_phi, "se": error}
    columns |= {"model_se": model_se}
    columns |= {low: np.exp(log_phi - reach), high: np.exp(log_phi + reach)}
    fitted = np.zeros(counts.shape)
    fitted[used] = means
    df = _degrees(layout, y.size)
    return Unidiff(
        pl.DataFrame(columns).with_columns(cs.float().fill_nan(None)),
        _centred(theta[-layout.patterns.shape[1] :], layout, size),
        fitted,
        _deviance(y, means),
        df,
        first,
        df + layers - 1,
        table.design,
    )


def used_cells(counts: NDArray[np.float64], diagonal: bool) -> NDArray[np.bool_]:
    """Cells that say something: none of an origin or destination that a layer does not have."""
    used = (counts.sum(axis=2) > 0)[:, :, None] & (counts.sum(axis=1) > 0)[:, None, :]
    if not diagonal:
        used = used & ~np.eye(counts.shape[1], dtype=bool)
    return used


def margin_columns(used: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Dummies of origin by layer and destination by layer, of full rank or nearly so."""
    layer, origin, destination = np.nonzero(used)
    size = used.shape[1]
    first = layer * size + origin
    second = layer * size + destination
    columns = [(first == held).astype(float) for held in np.unique(first)]
    for at in range(used.shape[0]):
        held = np.unique(second[layer == at])
        columns += [(second == one).astype(float) for one in held[1:]]
    return np.column_stack(columns)


def pattern_columns(used: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which cell of the table each used cell is, and dummies of ψ, 0 in first row and column."""
    _, origin, destination = np.nonzero(used)
    cell = origin * used.shape[1] + destination
    inner = np.unique(cell[(origin > origin.min()) & (destination > destination.min())])
    return cell, (cell[:, None] == inner[None, :]).astype(float)


def _layout(used: NDArray[np.bool_]) -> _Layout:
    layer = np.nonzero(used)[0]
    cell, patterns = pattern_columns(used)
    return _Layout(layer, cell, margin_columns(used), patterns, used.shape[0])


def _width(layout: _Layout) -> int:
    return layout.layers - 1 + layout.margins.shape[1] + layout.patterns.shape[1]


def _degrees(layout: _Layout, cells: int) -> int:
    """Cells less parameters that can be told apart."""
    plain = np.column_stack([layout.margins, layout.patterns])
    return int(cells - np.linalg.matrix_rank(plain) - (layout.layers - 1))


def _linear(theta: NDArray[np.float64], layout: _Layout) -> NDArray[np.float64]:
    """log F of the used cells; θ holds log φ, margins, ψ in this order."""
    margins = theta[layout.layers - 1 :][: layout.margins.shape[1]]
    psi = theta[-layout.patterns.shape[1] :]
    phi = np.exp(np.concatenate([[0.0], theta[: layout.layers - 1]]))
    return layout.margins @ margins + phi[layout.layer] * (layout.patterns @ psi)


def _means(theta: NDArray[np.float64], layout: _Layout) -> NDArray[np.float64]:
    return np.exp(np.clip(_linear(theta, layout), _LEAST, -_LEAST))


def _slope(theta: NDArray[np.float64], layout: _Layout) -> NDArray[np.float64]:
    """Derivative of log F by θ, shape (cells, parameters)."""
    phi = np.exp(np.concatenate([[0.0], theta[: layout.layers - 1]]))[layout.layer]
    bend = phi * (layout.patterns @ theta[-layout.patterns.shape[1] :])
    own = (layout.layer[:, None] == np.arange(1, layout.layers)[None, :]) * bend[:, None]
    return np.column_stack([own, layout.margins, layout.patterns * phi[:, None]])


def _deviance(y: NDArray[np.float64], means: NDArray[np.float64]) -> float:
    """G² = 2 Σ (y log(y / F) − (y − F))."""
    some = np.where(y > 0, y, 1.0)
    return float(2 * np.sum(np.where(y > 0, y * np.log(some / means), 0.0) - (y - means)))


def _scoring(
    y: NDArray[np.float64],
    layout: _Layout,
    theta: NDArray[np.float64],
    fixed: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Fisher scoring with step halving; `fixed` parameters keep their value."""
    free = np.setdiff1d(np.arange(theta.size), fixed)
    if not theta.any():
        log_y = np.log(y + 0.5)
        theta = theta.copy()
        width = layout.margins.shape[1]
        begin = layout.layers - 1
        theta[begin : begin + width] = np.linalg.lstsq(layout.margins, log_y, rcond=None)[0]
    fit = _deviance(y, _means(theta, layout))
    for _ in range(_ROUNDS):
        means = _means(theta, layout)
        slope = _slope(theta, layout)[:, free]
        root = np.sqrt(means)
        step = np.linalg.lstsq(slope * root[:, None], (y - means) / root, rcond=1e-10)[0]
        if np.abs(theta[: layout.layers - 1]).max() > _FARTHEST:
            break
        longest = np.abs(step[: layout.layers - 1]).max() if not fixed.size else 0.0
        step /= max(1.0, float(longest) / _LONGEST_STEP)
        for halving in range(_HALVINGS):
            trial = theta.copy()
            trial[free] += step / 2**halving
            after = _deviance(y, _means(trial, layout))
            if after <= fit + _TOLERANCE * (1 + fit):
                break
        else:
            return theta
        done = abs(fit - after) <= _TOLERANCE * (1 + fit) and np.abs(step).max() < 1e-6
        flat = abs(fit - after) <= 1e-14 * (1 + fit)
        theta, fit = trial, after
        if done or flat:
            return theta
    raise _unfit(fit)


def _unfit(fit: float) -> UsageError:
    return UsageError(
        f"the layer effects run to 0 or without end (deviance so far {fit:.6g})",
        where="unidiff",
        remedy="There is hardly any association, or it has the other sign in some layer. Merge "
        "classes or layers with few persons, or put another layer first.",
    )


def _design_errors(
    table: MobilityCells, used: NDArray[np.bool_], influence: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Standard errors of log φ from the covariance of the cells, shape (layers)."""
    totals = table.totals.sum(axis=(1, 2))
    scale = table.rows.sum(axis=(1, 2)) / totals
    of_cell = np.repeat(scale, table.totals[0].size)
    whole = np.zeros((influence.shape[0], used.size))
    whole[:, used.ravel()] = influence
    whole *= of_cell
    variance = np.diag(whole @ table.joint.covariance @ whole.T)
    return np.sqrt(np.concatenate([[0.0], np.maximum(variance, 0.0)]))


def _centred(psi: NDArray[np.float64], layout: _Layout, size: int) -> NDArray[np.float64]:
    """ψ as a table whose rows and columns sum to 0; empty where no cell was used.

    When single cells are left out (stayers), its first used row and column are 0 instead.
    """
    square = np.full(size * size, np.nan)
    square[layout.pattern] = layout.patterns @ psi
    square = square.reshape(size, size)
    held = ~np.isnan(square)
    rows, columns = np.flatnonzero(held.any(axis=1)), np.flatnonzero(held.any(axis=0))
    inner = square[np.ix_(rows, columns)]
    if not np.isnan(inner).any():
        inner = inner - inner.mean(axis=0) - inner.mean(axis=1, keepdims=True) + inner.mean()
        square[np.ix_(rows, columns)] = inner
    return square
