"""Small economies for the tests of flows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from worldclass.flows.economy import Economy
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.raw import RawTable


def random_raw(
    countries: int = 3, industries: int = 4, *, seed: int = 0, own: float = 0.8
) -> RawTable:
    """A balanced table in which countries buy most from themselves."""
    rng = np.random.default_rng(seed)
    codes = [f"C{place:02d}" for place in range(countries)]
    sectors = tuple(product(codes, [f"i{place}" for place in range(industries)]))
    n = len(sectors)
    home = np.kron(np.eye(countries), np.ones((industries, industries))) > 0
    weights = rng.random((n, n)) * np.where(home, own, (1 - own) / max(countries - 1, 1))
    output = rng.lognormal(8, 1, n)
    cost = rng.uniform(0.2, 0.7, n)
    transactions = weights / weights.sum(axis=0) * cost * output
    rest = output - transactions.sum(axis=1)
    output = output + np.maximum(0.05 * output - rest, 0)  # everybody delivers some final product
    rest = output - transactions.sum(axis=1)
    demands = tuple(product(codes, ("households", "investment")))
    split = rng.random((n, len(demands)))
    demand = split / split.sum(axis=1, keepdims=True) * rest[:, None]
    return RawTable(
        "random table", "nowhere", 2000, "million USD", "current basic prices",
        sectors, sectors, transactions, demands, demand, sectors, output,
    )  # fmt: skip


@pytest.fixture
def raw_table() -> Callable[..., RawTable]:
    """Make a random balanced table."""
    return random_raw


@pytest.fixture
def economy() -> Economy:
    """A random economy of three countries and four industries."""
    return make_economy(random_raw())[0]
