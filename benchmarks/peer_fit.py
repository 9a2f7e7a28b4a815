"""Fit joint tables to margins: all at once against one after another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparison import Comparison, compare, named
from worldclass.people.ipf import fit_margins

TABLES = 188 * 33 * 2
SHAPE = (4, 3)
TOLERANCE = 1e-6


def fitting(*, smoke: bool) -> list[Comparison]:
    """Ours against ipfn, on as many tables as there are country-years and sexes."""
    number, runs = (100, 1) if smoke else (TABLES, 3)
    seed, rows, columns = random_tables(number)

    def ours() -> NDArray[np.floating]:
        return fit_margins(seed, rows, columns, tolerance=TOLERANCE)

    def with_ipfn() -> NDArray[np.floating]:
        return fit_one_by_one(seed, rows, columns)

    gap = float(np.abs(ours() - with_ipfn()).max())
    if gap > 10 * TOLERANCE:
        raise AssertionError(f"Fitted tables differ by {gap:.2g}.")
    task = f"fit {number:,} tables of {SHAPE[0]} × {SHAPE[1]} to margins"
    return [
        compare(task, named("ipfn"), ours, with_ipfn, runs=runs, difference=f"{gap:.0e} at most")
    ]


def random_tables(number: int) -> tuple[NDArray[np.float64], ...]:
    """Seeds and margins of tables that exist, so that every fit can succeed."""
    rng = np.random.default_rng(7)
    truth = rng.dirichlet(np.ones(SHAPE[0] * SHAPE[1]), size=number).T.reshape(*SHAPE, number)
    seed = rng.uniform(0.2, 2.0, size=(*SHAPE, number))
    return seed, truth.sum(axis=1), truth.sum(axis=0)


def fit_one_by_one(
    seed: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same with ipfn, which takes one table at a time."""
    from ipfn import ipfn

    fitted = [
        ipfn.ipfn(
            seed[..., k].copy(), [rows[:, k], columns[:, k]], [[0], [1]], convergence_rate=TOLERANCE
        ).iteration()
        for k in range(seed.shape[-1])
    ]
    return np.stack(fitted, axis=-1)
