"""What `worldclass simulate` prints: models, parameters, scenarios, summaries of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.cli.fitted_table import print_fitted
from worldclass.cli.simulate_summaries import summarise

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console
    from rich.table import Table

    from worldclass.dynamics.model import Model
    from worldclass.dynamics.scenarios import Scenario

MOST_ROWS = 40


def list_all() -> None:
    """Print the models and their scenarios."""
    from worldclass.dynamics.library import list_models, load_model
    from worldclass.dynamics.scenarios import list_scenarios, load_scenario

    models = _table("model", "what it is", "analyses")
    scenarios = _table("scenario", "model", "what it is")
    for name in list_models():
        found = load_model(name)
        models.add_row(name, found.label, ", ".join(found.analyses))
    for name in list_scenarios():
        story = load_scenario(name)
        scenarios.add_row(name, story.model, story.label)
    _console().print(models)
    _console().print(scenarios)
    _say_mechanism()


def show(name: str) -> None:
    """Print a model with its parameters, outputs, pictures and analyses; or a scenario."""
    from worldclass.dynamics.library import list_models, load_model
    from worldclass.dynamics.scenarios import list_scenarios, load_scenario

    if name in list_models():
        _show_model(load_model(name))
    elif name in list_scenarios() or name.endswith(".toml"):
        _show_scenario(load_scenario(name))
    else:
        load_model(name)  # says what there is


def print_runs(table: pl.DataFrame, model: Model) -> None:
    """Print of each quantity the mean of the later half, or the last value, and its spread."""
    runs = table["run"].n_unique()
    swept = "point" in table.columns
    console = _console()
    points = f", {table['point'].n_unique()} points" if swept else ""
    console.print(f"[bold]{model.label}[/bold]: {runs} run{'s' * (runs > 1)}{points}")
    units = {one.quantity: one.unit for one in model.outputs}
    headings = ["point"] if swept else []
    for what, rows in summarise(table, model).items():
        cells: list[list[str]] = []
        for row in rows.head(MOST_ROWS).iter_rows(named=True):
            some = "" if row["runs"] == runs else f" ({row['runs']} of {runs} runs)"
            between = [f"{_number(row['low'])} to {_number(row['high'])}"] if runs > 1 else []
            names = [str(row[name]) for name in headings] + [row["quantity"] + some, row["group"]]
            cells.append([*names, _number(row["median"]), *between, units[row["quantity"]]])
        spread = ["5–95 % of runs"] if runs > 1 else []
        print_fitted(console, [*headings, "quantity", "group", what, *spread, "unit"], cells)
        if rows.height > MOST_ROWS:
            console.print(f"The first {MOST_ROWS} of {rows.height} rows; --out writes all.")
    _say_mechanism()


def print_table(table: pl.DataFrame, title: str) -> None:
    """Print a table of an analysis."""
    rows = [[_cell(cell) for cell in row] for row in table.head(MOST_ROWS).iter_rows()]
    console = _console()
    console.print(f"[bold]{title}[/bold]")
    print_fitted(console, table.columns, rows)
    if table.height > MOST_ROWS:
        console.print(f"The first {MOST_ROWS} of {table.height:,} rows; --out writes all.")
    _say_mechanism()


def _show_model(model: Model) -> None:
    from rich.markup import escape

    from worldclass.dynamics.parameters import declarations
    from worldclass.dynamics.pictures import pictures_of
    from worldclass.dynamics.scenarios import list_scenarios

    console = _console()
    console.print(f"[bold]{escape(model.label)}[/bold]  ({model.id})\n\n{escape(model.meaning)}")
    console.print(f"\n[bold]Source[/bold]\n{escape(model.citation)}\n")
    table = _table("parameter", "default", "range", "unit", "what it is")
    sources: dict[str, list[str]] = {}
    for one in declarations(model.parameters):
        sources.setdefault(one.source, []).append(one.name)
        between = " to ".join(f"{end:g}" for end in one.range) if one.range else ""
        default = f"{one.default:.6g}" if isinstance(one.default, float) else str(one.default)
        words = between or ", ".join(one.choices)
        table.add_row(one.name, default, words, one.unit, one.meaning)
    console.print(table)
    console.print("[bold]Sources of the defaults[/bold]")
    for source, names in sources.items():
        console.print(f"  {escape(source)}: {', '.join(names)}")
    console.print()
    outputs = _table("quantity", "groups", "unit", "what it is")
    for one in model.outputs:
        outputs.add_row(one.quantity, ", ".join(one.groups), one.unit, one.meaning)
    console.print(outputs)
    if model.analyses:
        analyses = _table("--analysis", "what it asks", "--data")
        for name, one in model.analyses.items():
            analyses.add_row(name, one.meaning, one.data)
        console.print(analyses)
    console.print(f"Pictures (--kind): {', '.join((*pictures_of(model), 'sweep'))}")
    console.print(f"Time: {model.time_unit}s")
    console.print(f"Scenarios: {', '.join(list_scenarios(model.id)) or 'none'}")
    _say_mechanism()


def _show_scenario(scenario: Scenario) -> None:
    from rich.markup import escape

    console = _console()
    console.print(f"[bold]{escape(scenario.label)}[/bold]  ({scenario.name}, {scenario.model})")
    for heading, text in (
        ("Source", scenario.source),
        ("What was reported", scenario.reported),
        ("What is expected", scenario.expected),
    ):
        if text:
            console.print(f"\n[bold]{heading}[/bold]\n{escape(text)}")
    console.print("\n[bold]Settings[/bold]")
    for name, value in scenario.settings.items():
        console.print(f"  {name} = {value}")
    for one in scenario.interventions:
        until = "" if one.until is None else f" to {one.until:g}"
        changes = ", ".join(f"{name} = {value}" for name, value in one.settings.items())
        console.print(f"  at {one.time:g}{until}: {changes}  {one.label}")
    _say_mechanism()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float | None) -> str:
    """Four significant digits; blank where there is no number."""
    from worldclass.charts.numbers import significant

    if value is None:
        return ""
    return f"{value:.4g}" if abs(value) < 1e-4 and value else significant(value, 4)


def _table(*headings: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    whole = {"parameter", "quantity", "model", "scenario", "--analysis", "default"}
    for heading in headings:
        justify = "right" if heading == "default" else "left"
        no_wrap = heading in whole
        table.add_column(heading, justify=justify, no_wrap=no_wrap, overflow="fold")
    return table


def _console() -> Console:
    from rich.console import Console

    return Console()


def _say_mechanism() -> None:
    from worldclass.dynamics.model import MECHANISM

    _console().print(MECHANISM, style="dim")
