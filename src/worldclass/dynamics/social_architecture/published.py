"""Hold the model against what Wright (2005) reports, and show its distributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.run import run
from worldclass.dynamics.social_architecture.measures import hill_exponent
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

RUNS = 10
CURVE_POINTS = 60


@dataclass(frozen=True)
class Published:
    """A number of the paper: panel and words, value, and where it stands."""

    name: str
    panel: str
    label: str
    value: float
    place: str


PUBLISHED = (
    Published("workers", "% of agents", "workers", 71.2, "figure 1"),
    Published("capitalists", "% of agents", "capitalists", 12.3, "figure 1"),
    Published("unemployed", "% of agents", "unemployed", 16.6, "figure 1"),
    Published("wage_share", "% of income", "wage share", 55.0, "figure 7"),
    Published("firms", "firms", "firms alive", 123.0, "section 3.4"),
    Published("demises", "firms a month", "demises", 18.0, "figure 4"),
    Published("firm_exponent", "exponents", "firm sizes, log bins", 1.038, "figure 2"),
    Published("firm_exponent_unit", "exponents", "firm sizes, unit bins", 1.038, "figure 2"),
    Published("wealth_exponent", "exponents", "tail of wealth", 1.3, "figure 9"),
    Published("income_exponent", "exponents", "tail of income", 1.3, "figure 8"),
    Published("worker_rate", "per coin", "fall of workers' money", 0.017, "figure 9"),
    Published("profit_mean", "%, weighted by wages", "mean profit rate", 80.5, "figure 10"),
    Published("profit_median", "%, weighted by wages", "median profit rate", 64.0, "figure 10"),
    Published("recession", "years", "mean recession", 1.22, "figure 6"),
)


def compare(parameters: SocialArchitecture, *, runs: int = RUNS, seed: int = 0) -> pl.DataFrame:
    """Mean over runs of each published number, with the spread of runs.

    Returns
    -------
    Columns `panel, label, value, low, high, published, place`: `low` and `high` are the 5th and
    95th percentile of the runs.

    Raises
    ------
    UsageError
        A run in which something cannot be measured: nobody was hired, or output never fell.
    """
    import polars as pl

    found = [measures_of_run(parameters, seed, number) for number in range(runs)]
    rows: list[dict[str, float | str]] = []
    for one in PUBLISHED:
        values = [run_values[one.name] for run_values in found]
        rows.append(
            {
                "panel": one.panel,
                "label": one.label,
                "value": float(np.mean(values)),
                "low": float(np.quantile(values, 0.05)),
                "high": float(np.quantile(values, 0.95)),
                "published": one.value,
                "place": f"Wright (2005), {one.place}",
            }
        )
    return pl.DataFrame(rows)


def measures_of_run(parameters: SocialArchitecture, seed: int, number: int) -> dict[str, float]:
    """The published quantities, measured over one whole run."""
    import polars as pl

    years = [float(year) for year in range(1, parameters.years + 1)]
    result = run("social-architecture", parameters, seed, number=number, snapshots=years)
    agents = result.snapshots
    assert agents is not None
    table = result.table

    def mean(quantity: str, group: str = "all") -> float:
        own = table.filter((pl.col("quantity") == quantity) & (pl.col("group") == group))
        return _average(own["value"])

    # The paper counts firms over 15 years; the exponent drifts with the length.
    short = replace(parameters, years=min(15, parameters.years))
    counted = run("social-architecture", short, seed, number=number).table
    sizes = counted.filter(pl.col("quantity") == "firms_by_size")
    if sizes.height < 2:
        raise _unmeasured(number, ["firm sizes"])
    counts = sizes["group"].cast(pl.Int64).to_numpy(), sizes["value"].to_numpy()
    output = table.filter(pl.col("quantity") == "output")["value"].to_numpy()
    lengths = recessions(output)
    wealth, income = (hill_exponent(agents[name].to_numpy()) for name in ("money", "income"))
    classes = {name: 100 * mean("class_share", name) for name in ("workers", "capitalists")}
    found = {
        **classes,
        "unemployed": 100 * mean("class_share", "unemployed"),
        "wage_share": 100 * mean("wage_share"),
        "firms": mean("firms"),
        "demises": mean("firm_demises"),
        "firm_exponent": size_exponent(*counts),
        "firm_exponent_unit": size_exponent(*counts, bins=0),
        "wealth_exponent": wealth or float("nan"),
        "income_exponent": income or float("nan"),
        # The rate of an exponential distribution is best estimated by one over the mean.
        "worker_rate": 1 / _average(agents.filter(pl.col("class") == "workers")["money"]),
        "profit_mean": 100 * mean("profit_rate_mean"),
        "profit_median": 100 * mean("profit_rate_median"),
        "recession": float(np.mean(lengths)) if lengths else float("nan"),
    }
    missing = [one.label for one in PUBLISHED if not np.isfinite(found[one.name])]
    if missing:
        raise _unmeasured(number, missing)
    return found


def _average(values: pl.Series) -> float:
    """Mean; nan where there are no values."""
    return float(values.to_numpy().mean()) if len(values) else float("nan")


def _unmeasured(number: int, missing: Sequence[str]) -> UsageError:
    return UsageError(
        f"Run {number} has no value of: {', '.join(missing)}.",
        where="analysis 'published'",
        remedy="Use more agents or years, or more coins for the wages.",
    )


def recessions(output: NDArray[np.float64]) -> list[int]:
    """Lengths in years of the falls of output: from the first year below the one before, until it
    no longer falls.

    Examples
    --------
    >>> recessions(np.array([5.0, 4.0, 3.0, 3.0, 2.0, 4.0]))
    [2, 1]
    """
    lengths: list[int] = []
    length = 0
    for falls in (output[1:] < output[:-1]).tolist():
        if falls:
            length += 1
        elif length:
            lengths.append(length)
            length = 0
    return lengths + ([length] if length else [])


def size_exponent(sizes: NDArray[np.int64], counts: NDArray[np.float64], bins: int = 20) -> float:
    """Exponent α of P(size) ∝ size^−(α + 1): least squares of log density on log size.

    Parameters
    ----------
    sizes, counts
        Sizes that occur, ascending, and how often each does.
    bins
        Bins of equal width in log size; 0 for one bin a size, as it occurs. The latter is biased
        downwards, the more so the shorter the run, because rare large sizes are seen once or not
        at all.

    Examples
    --------
    >>> sizes = np.arange(1, 10_001)
    >>> abs(size_exponent(sizes, 1e12 / sizes**2.0) - 1) < 0.03
    True
    """
    if bins:
        edges = np.unique(np.rint(np.geomspace(1, sizes[-1] + 1, bins)).astype(np.int64))
        placed = np.searchsorted(edges, sizes, side="right") - 1
        density = np.bincount(placed, counts, minlength=edges.size - 1) / np.diff(edges)
        middle = np.sqrt(edges[:-1] * (edges[1:] - 1.0))
        sizes, counts = middle[density > 0], density[density > 0]
    slope, _ = np.polyfit(np.log(sizes), np.log(counts), 1)
    return float(-slope - 1)


def distributions(parameters: SocialArchitecture, *, seed: int = 0) -> pl.DataFrame:
    """How many agents hold at least so much, by class, over all years of one run.

    Returns
    -------
    Columns `panel` ("money" or "yearly income"), `line` (class), `x` (coins), `y` (share of all
    agent-years of the class with at least x).
    """
    import polars as pl

    years = parameters.years
    long = replace(parameters, years=years)
    result = run(
        "social-architecture", long, seed, snapshots=[float(year) for year in range(1, years + 1)]
    )
    agents = result.snapshots
    assert agents is not None
    parts: list[pl.DataFrame] = []
    for panel, column in (
        ("Money at the end of the year", "money"),
        ("Income of the year", "income"),
    ):
        for line in ("workers", "capitalists", "unemployed"):
            held = agents.filter(pl.col("class") == line)[column].to_numpy()
            curve = _survival(held)
            parts.append(
                pl.DataFrame({"x": curve[0], "y": curve[1]}).select(
                    pl.lit(panel).alias("panel"),
                    pl.lit(line).alias("line"),
                    "x",
                    "y",
                )
            )
    return pl.concat(parts)


def _survival(values: NDArray[np.int64]) -> Sequence[NDArray[np.float64]]:
    """Share of values that reach each of some logarithmically spaced levels."""
    positive = np.sort(values[values > 0])
    if positive.size == 0:
        return np.empty(0), np.empty(0)
    levels = np.unique(np.geomspace(1, positive[-1], CURVE_POINTS).astype(np.int64))
    above = positive.size - np.searchsorted(positive, levels)
    return levels.astype(np.float64), above / values.size
