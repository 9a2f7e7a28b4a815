"""The model of protest waves as the engine runs it."""

from __future__ import annotations

from worldclass.dynamics.model import Analysis, Model, Output
from worldclass.dynamics.protest_wave.analyses import (
    fit_table,
    residual_table,
    skill_table,
    times_table,
    verdict_table,
)
from worldclass.dynamics.protest_wave.parameters import ProtestWave
from worldclass.dynamics.protest_wave.pictures import draw_fit, draw_skill, draw_verdict
from worldclass.dynamics.protest_wave.simulate import simulate

_ALL = ("all",)
_EVENTS = "dated events: a column of dates, and where rows are not single events one of counts"

MODEL = Model(
    id="protest-wave",
    label="Protest wave",
    meaning="Protests bring about protests, from day to day: by self-excitation (every event has "
    "offspring) or by contagion (activity draws in a pool that can be drawn in, and calms). There "
    "is no space, no size of crowds, no police, no demands that could be met.",
    citation="Hawkes (1971), Biometrika 58(1), 83–90; Bonnasse-Gahot et al. (2018), Sci. Rep. 8, "
    "107, doi:10.1038/s41598-017-18093-4; Rizoiu et al. (2018), WWW '18, 419–428",
    parameters=ProtestWave,
    outputs=(
        Output("events", _ALL, "events per day", "protest events of the day"),
        Output("expected_events", _ALL, "events per day", "their mean given the days before"),
        Output("total_events", _ALL, "events", "since the start", last=True),
        Output("ratio", _ALL, "events per event", "events that one event brings about then"),
    ),
    time_unit="day",
    simulate=simulate,
    fans={"time": ("events", "total_events", "ratio")},
    analyses={
        "fit": Analysis(
            "the process fitted to events: growth, peak, half-life, events per event",
            fit_table,
            draw_fit,
            data=_EVENTS,
        ),
        "residuals": Analysis(
            "whether each model describes the counts", residual_table, data=_EVENTS
        ),
        "skill": Analysis(
            "how well each model foresees days it has not seen, against baselines",
            skill_table,
            draw_skill,
            data=_EVENTS,
        ),
        "exact-times": Analysis(
            "self-excitation fitted to exact times of events, with time rescaling",
            times_table,
            data="events with date and time of day, one a row",
        ),
        "verdict": Analysis(
            "whether the wave rose and faded, under every defensible choice",
            verdict_table,
            draw_verdict,
            data=_EVENTS,
        ),
    },
    shortest={"days": 2},
    compiling=4.0,
)
