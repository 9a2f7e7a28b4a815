"""How well a model foresees the days that it has not seen, against the baselines.

Rolling origin: the model is fitted to the first o bins, and the bins after them are scored by

    log score   −log P(y),  P the mixture of the count distributions over simulated paths
    CRPS        E|Y − y| − E|Y − Y'|/2,  in events

Lower is better. Each path has its own parameters, drawn from the asymptotic distribution of the
estimates, so that P carries their uncertainty.

Source: Gneiting & Raftery (2007), J. Am. Stat. Assoc. 102(477), 359–378.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SourceError, UsageError
from worldclass.dynamics.protest_wave.counts import (
    conditional_means,
    draw_paths,
    log_probability,
)
from worldclass.dynamics.protest_wave.fit import FIRST, LEAST_BINS, fit_counts
from worldclass.dynamics.protest_wave.wave import asymptotic_draws
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.events import EventSeries
    from worldclass.dynamics.protest_wave.family import Setting
    from worldclass.dynamics.protest_wave.fit import Fit

    Values = NDArray[np.float64]

DRAWS, PATHS = 100, 5
LEAST_ORIGIN = 11


@dataclass(frozen=True)
class Ahead:
    """Simulated bins after a series.

    Parameters
    ----------
    counts, means
        Drawn counts and the means that they were drawn from, shape (paths, bins).
    dispersion
        α of each path, shape (paths,).
    """

    counts: Values
    means: Values
    dispersion: Values


def paths_ahead(
    fit: Fit, bins: int, seed: Sequence[int], *, draws: int = DRAWS, paths: int = PATHS
) -> Ahead:
    """Simulate the bins after a series, with parameters drawn from their distribution.

    Bins that were not observed stand in the history with their conditional means.

    Parameters
    ----------
    draws
        Parameter values drawn from the asymptotic normal distribution of the estimates; 0 to take
        the estimates as they are.
    paths
        Paths of each; with a single one, `DRAWS` times as many.
    """
    series, root = fit.series, np.random.SeedSequence(list(seed))
    drawn = asymptotic_draws(fit, draws, root) if draws and fit.values.size else [fit.values]
    each = paths if len(drawn) > 1 else DRAWS * paths
    n = series.counts.size
    state = random_state(root)
    parts: list[Ahead] = []
    for values in drawn:
        recursion = fit.setting.recursion(values, series.start, n + bins, series.width)
        past = fit.setting.recursion(values, series.start, n, series.width)
        expected = conditional_means(*past.arrays, series.counts, series.observed)
        given = np.where(series.observed, series.counts, expected)
        dispersion = fit.setting.dispersion_of(values)
        counts, means = np.empty((each, n + bins)), np.empty((each, n + bins))
        draw_paths(*recursion.arrays, given, dispersion, state, counts, means, False)
        parts.append(Ahead(counts[:, n:], means[:, n:], np.full(each, dispersion)))
    return Ahead(
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.means for part in parts]),
        np.concatenate([part.dispersion for part in parts]),
    )


def log_score(y: float, means: Values, dispersion: Values) -> float:
    """−log of the probability of y, mixed over paths with these means and dispersions."""
    from scipy.special import logsumexp

    logs = [
        log_probability(y, float(mean), float(alpha))
        for mean, alpha in zip(means, dispersion, strict=True)
    ]
    return float(np.log(means.size) - logsumexp(logs))


def crps(y: float, drawn: Values) -> float:
    """Continuous ranked probability score of a sample, in events.

    Examples
    --------
    >>> crps(3.0, np.array([3.0, 3.0]))
    0.0
    >>> crps(1.0, np.array([0.0, 2.0]))
    0.5
    """
    ordered = np.sort(drawn)
    m = ordered.size
    # E|Y − Y'| of a sample: (2/m²) Σ (2i − m − 1) y_(i)
    apart = 2.0 * float(((2 * np.arange(1, m + 1) - m - 1) * ordered).sum()) / (m * m)
    return float(np.abs(ordered - y).mean()) - 0.5 * apart


def rolling_scores(
    settings: Sequence[Setting],
    series: EventSeries,
    *,
    first: int = 0,
    ahead: int = 7,
    draws: int = DRAWS,
    seed: int = 0,
) -> pl.DataFrame:
    """Scores of every model at every origin and horizon.

    Parameters
    ----------
    first
        Bins given at the first origin; by default half of them.
    ahead
        Farthest horizon, bins.
    draws
        Parameter values for each forecast; see `paths_ahead`.

    Returns
    -------
    Columns `model, origin, horizon, log_score, crps`; bins not observed are not scored. Chance
    depends on the seed, the model's id and the origin, not on what other models are scored.

    Raises
    ------
    UsageError
        An origin with too few bins before it or none after it.
    """
    import polars as pl

    n = series.counts.size
    begin = first or max(n // 2, LEAST_ORIGIN)
    if not max(LEAST_BINS, LEAST_ORIGIN) <= begin < n:
        raise UsageError(
            f"A first origin of {begin} bins does not leave {LEAST_ORIGIN} before and 1 after it.",
            where=f"{n} bins",
            remedy="Give a longer series.",
        )
    rows: list[dict[str, Any]] = []
    for setting in settings:
        own = zlib.crc32(setting.family.id.encode())  # the same in every process
        for origin in range(begin, n):
            far = min(ahead, n - origin)
            try:
                fit = fit_counts(setting, series.until(origin))
            except SourceError:
                continue  # too few observed bins yet for this model
            found = paths_ahead(fit, far, (seed, own, origin), draws=draws)
            for h in range(far):
                if not series.observed[origin + h] or origin + h < FIRST:
                    continue
                y = float(series.counts[origin + h])
                rows.append(
                    {
                        "model": setting.family.id,
                        "origin": origin,
                        "horizon": h + 1,
                        "log_score": log_score(y, found.means[:, h], found.dispersion),
                        "crps": crps(y, found.counts[:, h]),
                    }
                )
    return pl.DataFrame(rows)


def summarise_scores(scores: pl.DataFrame, reference: str) -> pl.DataFrame:
    """Mean scores of each model at one bin ahead and over all horizons, against a reference.

    Differences are paired by origin and horizon; their standard error takes the means by origin as
    independent, which neighbours are not quite: read it as a lower bound.

    Returns
    -------
    Columns `model, horizon, days, log_score, crps, difference, error`; difference below 0: better
    than the reference, in log score.
    """
    import polars as pl

    farthest = int(scores["horizon"].max())  # type: ignore[arg-type]
    rows: list[dict[str, Any]] = []
    for words, part in (
        ("1", scores.filter(pl.col("horizon") == 1)),
        (f"1–{farthest}", scores),
    ):
        base = part.filter(pl.col("model") == reference)
        for model in scores["model"].unique(maintain_order=True):
            own = part.filter(pl.col("model") == model)
            both = own.join(base, on=["origin", "horizon"], suffix="_base")
            gaps = both.group_by("origin").agg(
                (pl.col("log_score") - pl.col("log_score_base")).mean().alias("gap")
            )["gap"]
            error = float(gaps.std()) / gaps.len() ** 0.5 if gaps.len() > 1 else None  # type: ignore[arg-type]
            rows.append(
                {
                    "model": model,
                    "horizon": words,
                    "scored": own.height,
                    "log_score": own["log_score"].mean(),
                    "crps": own["crps"].mean(),
                    "difference": gaps.mean(),
                    "error": error,
                }
            )
    return pl.DataFrame(rows)
