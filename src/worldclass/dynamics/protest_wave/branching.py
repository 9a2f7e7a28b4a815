"""Self-excitation event by event: families of events in continuous time, compiled.

Every event at t, outside (immigrant) or not, has Poisson many candidates for offspring, each after
a random delay. A candidate at s becomes an event with the probability

    (w(s)/w_max) · (η(s)/η_max) · (1 − N_s/K)

so that the intensity is  λ(s) = w(s) (1 − N_s/K) [ b(s) + η(s) Σ_{t_i < s} f(s − t_i)/w(t_i) ].
Candidates wait in a heap ordered by time; the result is exact, not a grid in time.

Source: Hawkes & Oakes (1974), J. Appl. Probab. 11(3), 493–503, for the families; Lewis & Shedler
(1979), Nav. Res. Logist. Q. 26(3), 403–413, for the thinning.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.protest_wave.decay import draw_delay
from worldclass.dynamics.protest_wave.draws import exponential, poisson
from worldclass.dynamics.random_numbers import uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MOST_EVENTS = 5_000_000


@kernel
def push(heap: Values, size: int, time: float) -> int:
    """Put a time on the heap; the caller has seen to the room. Returns the new size."""
    place = size
    while place > 0 and heap[(place - 1) // 2] > time:
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = time
    return size + 1


@kernel
def pop(heap: Values, size: int) -> float:
    """Take the earliest time off the heap; its size is then one less."""
    first, last = heap[0], heap[size - 1]
    place, child = 0, 1
    while child < size - 1:
        if child + 1 < size - 1 and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[place] = heap[child]
        place, child = child, 2 * child + 1
    heap[place] = last
    return first


@kernel
def run_families(
    kind: int,
    delay: float,
    shape: float,
    background: Values,
    ratio: Values,
    week: Values,
    pool: float,
    shock: float,
    shock_days: float,
    first_events: int,
    state: NDArray[np.uint64],
    most: int,
) -> Values:
    """Times of all events, in days, ascending; `most` times where it would be more.

    Parameters
    ----------
    kind, delay, shape
        Kernel.
    background, ratio, week
        b in events per day, η, and w of each day, shape (days,).
    pool, shock, shock_days
        K; events and days of the outside shock on the first day.
    first_events
        Events spread evenly over the first day, whatever the rates.
    most
        When so many events have happened the run stops.
    """
    days = week.size
    top_week, top_ratio = week.max(), ratio.max()
    heap, size = np.empty(1024), 0
    outside = np.empty(1024)
    # Outside candidates are drawn day by day at the rate w_max b, then thinned like offspring.
    count = 0
    for d in range(days):
        for _ in range(poisson(state, background[d] * top_week)):
            if count == outside.size:
                outside = np.append(outside, np.empty(outside.size))
            outside[count] = d + uniform(state)
            count += 1
    for _ in range(poisson(state, shock * top_week)):
        time = shock_days * exponential(state)
        if time < days:
            if count == outside.size:
                outside = np.append(outside, np.empty(outside.size))
            outside[count] = time
            count += 1
    arrivals = np.sort(outside[:count])
    found, n, place = np.empty(1024), 0, 0
    seeds = np.sort(np.array([uniform(state) for _ in range(first_events)]))
    seed = 0
    while n < most:
        time, source = math.inf, 0
        if seed < seeds.size:
            time, source = seeds[seed], 1
        if place < count and arrivals[place] < time:
            time, source = arrivals[place], 2
        if size > 0 and heap[0] < time:
            time, source = heap[0], 3
        if source == 0:
            break
        day = min(int(time), days - 1)
        chance = 1.0
        if source == 1:
            seed += 1
        else:
            chance = week[day] / top_week
            if source == 2:
                place += 1
            else:
                pop(heap, size)
                size -= 1
                chance *= ratio[day] / top_ratio
            if not math.isinf(pool):
                chance *= max(1.0 - n / pool, 0.0)
        if chance < 1.0 and uniform(state) >= chance:
            continue
        if n == found.size:
            found = np.append(found, np.empty(found.size))
        found[n] = time
        n += 1
        for _ in range(poisson(state, top_ratio * top_week / week[day])):
            child = time + draw_delay(kind, delay, shape, state)
            if child < days:
                if size == heap.size:
                    heap = np.append(heap, np.empty(heap.size))
                size = push(heap, size, child)
    return found[:n]
