"""Simulate: runs of named scenarios; live, a model with parameters of the reader's choice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from worldclass.charts.numbers import significant
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.run_curves import runs_chart
from worldclass.charts.theme import NARROW
from worldclass.dynamics.library import load_model
from worldclass.dynamics.model import MECHANISM
from worldclass.dynamics.parameters import Declaration, declarations
from worldclass.dynamics.scenarios import Scenario, load_scenario
from worldclass.explorer.html_parts import definitions, table
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import figure, page_html
from worldclass.explorer.site.simulations import (
    SEED,
    STORIES,
    Story,
    axis_words,
    models_shard,
    percent_words,
    story_runs,
    story_shard,
    summed,
)
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.site.specifications import layouts

if TYPE_CHECKING:
    from worldclass.dynamics.model import Model, Output
    from worldclass.explorer.site.material import Material

PARAMETERS = ("Parameter", "Meaning", "Source", "Default", "Plausible range", "Unit")
SUMMARY = ("Quantity", "Group", "What the number is")
ONE_RUN, SEVERAL_RUNS = ("Value",), ("Median of runs", "5–95 % of runs")


def files(material: Material) -> Iterator[SiteFile]:
    """The page, its models, and one shard for each scenario shown."""
    yield SiteFile("simulate.html", lambda: _html(material))
    if find_spec("numba") is None:
        return  # the page then says so
    yield shard("charts/simulate.json.gz", _charts)
    yield shard("data/models.json.gz", models_shard)
    for story in STORIES:
        make = partial(story_shard, story)
        yield shard(f"data/simulation/{story.scenario}.json.gz", make)


def _charts() -> dict[str, Any]:
    """Runs over time, for shares and for other numbers."""

    def build(share: bool, width: int) -> Picture:
        height = 260 if width <= NARROW else 340
        return Picture(runs_chart(share, width, height), Caption(""), width)

    return {name: layouts(partial(build, name == "share")) for name in ("share", "number")}


def _html(material: Material) -> bytes:
    if find_spec("numba") is None:
        body = "<p>This site was made without the package numba, which simulations need.</p>"
        shards: tuple[str, ...] = ()
    else:
        body = _body()
        first = f"data/simulation/{STORIES[0].scenario}.json.gz"
        shards = (
            "data/catalogue.json.gz",
            "data/models.json.gz",
            "charts/simulate.json.gz",
            first,
        )
    return page_html(
        material,
        page="simulate",
        path="simulate.html",
        title="Classes in motion",
        lead="What follows when people, firms, lenders or police act by the rules of a model: "
        "every run shows what its assumptions imply, and no run says what will happen.",
        body=body,
        shards=shards,
    )


def _body() -> str:
    stories = "".join(_story(story) for story in STORIES)
    models = dict.fromkeys(load_scenario(story.scenario).model for story in STORIES)
    parameters = "".join(_parameters(load_model(name)) for name in models)
    return (
        f'<p class="mechanism"><strong>{escape(MECHANISM)}</strong></p>'
        '<form class="controls" aria-label="What to show" hidden></form>'
        + figure("runs", "Runs")
        + '<section id="own" aria-labelledby="h-own" hidden></section>'
        + f'<section id="table" aria-label="Runs in numbers">{stories}</section>'
        f'<section id="parameters" aria-label="Parameters">{parameters}</section>'
    )


def _story(story: Story) -> str:
    """A scenario in words, and its runs in numbers."""
    found = load_scenario(story.scenario)
    model = load_model(found.model)
    known = {one.quantity: one for one in model.outputs}
    rows = [
        [
            axis_words(known[row["quantity"]]),
            row["group"].replace("-", " "),
            "last value" if known[row["quantity"]].last else "mean of the later half",
            _value(row["value"], known[row["quantity"]]),
            *_interval(row["low"], row["high"], known[row["quantity"]], story.runs),
        ]
        for row in summed(story_runs(story), model).to_dicts()
    ]
    header = (*SUMMARY, *(ONE_RUN if story.runs == 1 else SEVERAL_RUNS))
    caption = f"{found.label}: {_runs(story.runs)}, seed {SEED}"
    return (
        f'<section id="s-{escape(found.name)}" aria-labelledby="h-{escape(found.name)}">'
        f'<h2 id="h-{escape(found.name)}">{escape(found.label)}</h2>{_words(found, model)}'
        f"{table(caption, header, rows, text_columns=3, note=MECHANISM)}</section>"
    )


def _words(found: Scenario, model: Model) -> str:
    settings = ", ".join(
        f"{name.replace('_', ' ')} = {value}" for name, value in found.settings.items()
    )
    changes = "; ".join(
        f"from {model.time_unit} {one.time:g} {one.label}".strip() for one in found.intervention
    )
    entries = [
        ("Model", f"{model.label}. {' '.join(model.meaning.split())}"),
        ("Set", f"{settings}. Everything else has its default."),
        ("Changes", changes),
        ("Reported", found.reported),
        ("Expected", found.expected),
        ("Source", found.source),
    ]
    return definitions((term, escape(text)) for term, text in entries if text)


def _runs(number: int) -> str:
    return "one run, for chance has no part in it" if number == 1 else f"{number} runs"


def _value(value: float | None, output: Output) -> str:
    if value is None:
        return "–"
    if percent_words(output):
        text = f"{significant(100 * value, 3)} %"
    else:
        text = f"{value:,.0f}" if abs(value) >= 1000 else significant(value, 3)
    return text.replace("-", "−")


def _interval(low: float, high: float, output: Output, runs: int) -> list[str]:
    """The interval over runs; one run has none."""
    return [] if runs == 1 else [f"{_value(low, output)} to {_value(high, output)}"]


def _parameters(model: Model) -> str:
    """What the model can be told, in a table that opens."""
    rows = [_parameter(one) for one in declarations(model.parameters)]
    return (
        f'<details id="p-{model.id}"><summary>Parameters of the model “{escape(model.label)}”'
        f"</summary>{table(f'Parameters: {model.label}', PARAMETERS, rows, text_columns=3)}"
        f'<p class="note">Model: {escape(model.citation)}.</p></details>'
    )


def _parameter(one: Declaration) -> list[str]:
    usual = ", ".join(one.choices)
    if one.range is not None:
        usual = f"{one.range[0]:g} to {one.range[1]:g}"
    default = f"{one.default:g}" if isinstance(one.default, float) else str(one.default)
    name = one.name.replace("_", " ")
    meaning = " ".join(one.meaning.split())
    return [name, meaning, one.source, default, usual or "–", one.unit]


PAGE = Page("simulate", "Simulate", "simulate.html", files)
