"""The largest root of a non-negative matrix, with the prices that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]


def spectral_radius(matrix: Array) -> float:
    """Largest modulus of the eigenvalues.

    Example
    -------
    >>> round(spectral_radius(np.array([[0.0, 1.0], [0.25, 0.0]])), 12)
    0.5
    """
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def left_root(matrix: Array) -> tuple[float, Array]:
    """Perron root μ of a non-negative matrix M and its left vector, p M = μ p.

    Returns
    -------
    μ, and p of shape (n,), non-negative, with sum 1.

    Source
    ------
    Perron (1907), Frobenius (1912); Pasinetti (1977), Lectures on the Theory of Production,
    mathematical appendix.

    Example
    -------
    >>> root, prices = left_root(np.array([[0.0, 1.0], [0.25, 0.0]]))
    >>> round(root, 12), prices.round(4).tolist()
    (0.5, [0.3333, 0.6667])
    """
    roots, vectors = np.linalg.eig(matrix.T)
    # Where sectors only feed each other in a ring, other roots have the same modulus, but no root
    # has a larger real part than Perron's.
    at = int(np.argmax(np.real(roots)))
    vector = np.real(vectors[:, at])
    return float(np.real(roots[at])), vector / vector.sum()


def is_irreducible(matrix: Array) -> bool:
    """Whether every industry needs every other, directly or not.

    Example
    -------
    >>> is_irreducible(np.array([[0.1, 0.2], [0.0, 0.1]]))
    False
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    links = csr_array(matrix != 0)
    number, _ = connected_components(links, directed=True, connection="strong")
    return int(number) == 1
