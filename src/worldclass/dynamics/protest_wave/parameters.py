"""Parameters of protest waves: what is simulated, and how a fit reads its data."""

from __future__ import annotations

import math
from dataclasses import dataclass

from worldclass.core.errors import UsageError
from worldclass.dynamics.parameters import Parameters, parameter
from worldclass.dynamics.protest_wave.decay import KERNELS
from worldclass.dynamics.protest_wave.events import ABSENT, HOURS
from worldclass.dynamics.protest_wave.family import OBSERVATIONS
from worldclass.dynamics.protest_wave.mechanisms import MECHANISMS
from worldclass.dynamics.protest_wave.week import GROUPS

_FITTED = (
    "fit of this package to US events, 26 May to 19 June 2020, rounded (docs/protest-waves.md)"
)
_OURS = "assumption of this package"
_SITE = "Bonnasse-Gahot et al. 2018, Sci. Rep. 8, 107"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class ProtestWave(Parameters):
    """What the model of protest waves can be told; rates are per day, time is in days."""

    process: str = parameter(
        "sir",
        unit="",
        meaning="self-exciting: events bring about events (Hawkes), -shock with an outside shock "
        "on the first day, -pool with a pool that is used up; sir, seir: contagion",
        source=_SITE,
        choices=MECHANISMS,
    )
    kernel: str = parameter(
        "exponential",
        unit="",
        meaning="how long an event's influence lasts, for the self-exciting processes",
        source="Hawkes 1971; Ogata 1988",
        choices=KERNELS,
    )
    resolution: str = parameter(
        "day",
        unit="",
        meaning="day: counts by day, as they are fitted; event: each event at its own time "
        "(self-exciting processes, without dispersion)",
        source=_OURS,
        choices=("day", "event"),
    )
    days: int = parameter(
        60,
        unit="days",
        meaning="length of the run",
        source=_OURS,
        range=(10, 365),
        limits=(1, 10_000),
    )
    first_day: str = parameter(
        "tuesday",
        unit="",
        meaning="day of the week of the first day (26 May 2020)",
        source=_OURS,
        choices=WEEKDAYS,
    )
    first_events: int = parameter(
        12,
        unit="events",
        meaning="events that begin the wave, beside those of the first day's rates (self-exciting)",
        source="Caren 2020, US events of 26 May",
        range=(0, 100),
        limits=(0, 1_000_000),
    )
    background: float = parameter(
        110.0,
        unit="events per day",
        meaning="events without a cause in the wave (b)",
        source=_FITTED,
        range=(0.0, 200.0),
        limits=(0.0, 1e7),
        varies=True,
    )
    branching_ratio: float = parameter(
        1.5,
        unit="events per event",
        meaning="events that one event brings about while the pool is full (η)",
        source="within the fitted interval; above 1 a wave grows by itself",
        range=(0.1, 3.0),
        limits=(0.0, 50.0),
        varies=True,
    )
    delay: float = parameter(
        1.0,
        unit="days",
        meaning="mean delay (exponential, gamma) or scale (power) of influence",
        source=_OURS,
        range=(0.2, 10.0),
        limits=(1e-3, 1e3),
    )
    shape: float = parameter(
        1.5,
        unit="1",
        meaning="shape of a gamma kernel (k), or exponent of a power kernel (q)",
        source=_OURS,
        range=(0.5, 5.0),
        limits=(0.05, 50.0),
    )
    shock: float = parameter(
        500.0,
        unit="events",
        meaning="events that an outside shock brings about",
        source=_OURS,
        range=(0.0, 2000.0),
        limits=(0.0, 1e8),
    )
    shock_days: float = parameter(
        5.0,
        unit="days",
        meaning="mean time until they happen",
        source=_OURS,
        range=(1.0, 20.0),
        limits=(0.01, 1e3),
    )
    pool: float = parameter(
        10_000.0,
        unit="events",
        meaning="events that could happen at most (process -pool)",
        source="near the lower end of the fitted interval, 9,600 to no limit",
        range=(2000.0, 20_000.0),
        limits=(1.0, math.inf),
    )
    reproduction: float = parameter(
        3.1,
        unit="events per event",
        meaning="activity that one unit of activity brings about at the start (contagion, R)",
        source=_FITTED,
        range=(1.05, 12.0),
        limits=(0.0, 100.0),
        varies=True,
    )
    active_days: float = parameter(
        2.0,
        unit="days",
        meaning="how long activity lasts (contagion, 1/ω)",
        source=f"{_FITTED}; {_SITE} found about 4 days",
        range=(1.0, 8.0),
        limits=(0.05, 1e3),
        varies=True,
    )
    latent_days: float = parameter(
        1.0,
        unit="days",
        meaning="days between being drawn in and being active (seir)",
        source=_OURS,
        range=(0.2, 3.0),
        limits=(0.01, 100.0),
    )
    first_activity: float = parameter(
        2.3,
        unit="events per day",
        meaning="activity at the start (contagion, λ₀)",
        source=_FITTED,
        range=(0.5, 20.0),
        limits=(1e-6, 1e7),
    )
    pool_rate: float = parameter(
        2500.0,
        unit="events per day",
        meaning="activity that could be drawn in at the start (contagion, σ₀)",
        source=_FITTED,
        range=(800.0, 5000.0),
        limits=(1e-3, 1e9),
    )
    weekend_ratio: float = parameter(
        2.5,
        unit="ratio",
        meaning="events of a day at the weekend against a working day",
        source=_FITTED,
        range=(1.0, 4.5),
        limits=(0.02, 50.0),
    )
    dispersion: float = parameter(
        0.3,
        unit="1",
        meaning="α of the variance m + αm² of a day's count; 0: Poisson",
        source=_FITTED,
        range=(0.0, 0.6),
        limits=(0.0, 20.0),
    )
    week: str = parameter(
        "weekend",
        unit="",
        meaning="fits: which days of the week differ",
        source=_OURS,
        choices=tuple(GROUPS),
    )
    observation: str = parameter(
        "negative-binomial",
        unit="",
        meaning="fits: distribution of a day's count",
        source=_OURS,
        choices=OBSERVATIONS,
    )
    bootstrap: int = parameter(
        100,
        unit="series",
        meaning="fits: simulated series behind the intervals of the wave's "
        "shape; 0: from the observed information",
        source=_OURS,
        range=(0, 1000),
        limits=(0, 100_000),
    )
    ahead_days: int = parameter(
        14,
        unit="days",
        meaning="fits: days after the data that the fitted model is run on",
        source=_OURS,
        range=(0, 60),
        limits=(0, 365),
    )
    date_column: str = parameter(
        "", unit="", meaning="data: column of dates; empty: by its usual name", source=_OURS
    )
    count_column: str = parameter(
        "",
        unit="",
        meaning="data: column of counts; empty: by its usual name, else 1 a row",
        source=_OURS,
    )
    place_columns: str = parameter(
        "",
        unit="",
        meaning="data: columns of the place, with commas; empty: by usual names",
        source=_OURS,
    )
    only: str = parameter(
        "",
        unit="",
        meaning="data: column of truth values; rows where it is false are left out",
        source=_OURS,
    )
    absent: str = parameter(
        "auto", unit="", meaning="data: what a day without a row is", source=_OURS, choices=ABSENT
    )
    leave_out: str = parameter(
        "", unit="", meaning="data: days to treat as missing, such as 2020-06-19", source=_OURS
    )
    out_of_order: str = parameter(
        "refuse",
        unit="",
        meaning="data: what to do with rows that are not in order of time",
        source=_OURS,
        choices=("refuse", "sort"),
    )
    bin_hours: int = parameter(
        24, unit="hours", meaning="data: width of a bin", source=_OURS, limits=(1, 24)
    )

    def check(self) -> None:
        """Refuse what a run cannot do."""
        if self.bin_hours not in HOURS:
            raise UsageError(
                f"Bins of {self.bin_hours} hours do not fill a day.",
                where="bin_hours",
                remedy=f"Use one of {', '.join(map(str, HOURS))}.",
            )
        if self.resolution == "event" and (self.process in ("sir", "seir") or self.dispersion > 0):
            raise UsageError(
                "Single events are drawn for self-exciting processes without dispersion only.",
                where="resolution",
                remedy="Set dispersion=0 and a self-exciting process, or resolution=day.",
            )
