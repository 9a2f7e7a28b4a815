"""Contagion at a single site: susceptible, (exposed,) active, calm.

    σ' = −σ Ψ(λ),   e' = σ Ψ(λ) − e/ℓ,   λ' = e/ℓ − ωλ,   Ψ(λ) = βλ

λ: protest activity, events per day; σ: activity that could still be drawn in, same unit; 1/ω: days
that activity lasts; ℓ: latent days (0: SIR). With β = Rω/σ₀ the number R of the start, times
σ/σ₀, is the number of events that one event brings about. Counts of a bin have the mean
∫ λ dt + b over it.

Source: Bonnasse-Gahot et al. (2018), Sci. Rep. 8, 107, doi:10.1038/s41598-017-18093-4, the model
of one site with linear Ψ, which is the SIR model of Kermack & McKendrick (1927) in other words;
the latent stage is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.compiled import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

STEPS_PER_DAY = 24


@kernel
def slopes(
    s: float, e: float, a: float, ratio: float, rest: float, latent: float
) -> tuple[float, float, float]:
    """σ'/σ₀, e'/σ₀ and λ'/σ₀ per day of the shares s, e, a of the first pool."""
    drawn = ratio * rest * s * a
    if latent > 0.0:
        return -drawn, drawn - e / latent, e / latent - rest * a
    return -drawn, 0.0, drawn - rest * a


@kernel
def activity(
    ratio: Values, rest: Values, latent: float, start: float, pool: float, width: float
) -> tuple[Values, Values]:
    """Activity summed over each bin, and share of the pool left at each bin's end.

    Parameters
    ----------
    ratio, rest
        R and ω per day in each bin, shape (n,).
    latent
        ℓ, days; 0 for none.
    start
        λ at time 0, events per day.
    pool
        σ₀, events per day.
    width
        Of a bin, days.

    Returns
    -------
    Events a bin, shape (n,); σ/σ₀, shape (n,). Classical Runge–Kutta steps of an hour or less.
    """
    n = ratio.size
    sums, left = np.empty(n), np.empty(n)
    s, e, a = 1.0, 0.0, start / pool
    for t in range(n):
        r, w = ratio[t], rest[t]
        fastest = max(w * max(r, 1.0), 1.0 / latent if latent > 0.0 else 0.0)
        steps = int(np.ceil(width * max(STEPS_PER_DAY, 4.0 * fastest)))
        h, total = width / steps, 0.0
        for _ in range(steps):
            s1, e1, a1 = slopes(s, e, a, r, w, latent)
            s2, e2, a2 = slopes(s + 0.5 * h * s1, e + 0.5 * h * e1, a + 0.5 * h * a1, r, w, latent)
            s3, e3, a3 = slopes(s + 0.5 * h * s2, e + 0.5 * h * e2, a + 0.5 * h * a2, r, w, latent)
            s4, e4, a4 = slopes(s + h * s3, e + h * e3, a + h * a3, r, w, latent)
            before, rate = a, a1
            s += h / 6.0 * (s1 + 2.0 * s2 + 2.0 * s3 + s4)
            e += h / 6.0 * (e1 + 2.0 * e2 + 2.0 * e3 + e4)
            a += h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4)
            _, _, after = slopes(s, e, a, r, w, latent)
            # Hermite's rule: the trapezoid corrected by the slopes at both ends, order h⁵.
            total += 0.5 * h * (before + a) + h * h / 12.0 * (rate - after)
        sums[t], left[t] = max(total, 0.0) * pool, s
    return sums, left
