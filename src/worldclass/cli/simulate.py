"""`worldclass simulate`: run models of the class system in motion."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from worldclass.dynamics.model import Model
    from worldclass.dynamics.result import SimulationFrame

POINTS = 64


def simulate_command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="MODEL", help="`list`; `show` and a model or scenario; or a model to run."
        ),
    ],
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="What `show` shows.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter (repeatable)."),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Name of a scenario, or a .toml file.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Root of all chance.")] = 0,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Runs of each setting.")] = 1,
    sweep: Annotated[
        list[str] | None,
        typer.Option(
            "--sweep",
            metavar="NAME=VALUES",
            help="Vary a parameter: a=1,2,3 or a=0:1:0.25 for a grid; a=0:1, or a alone for its "
            "declared range, with another design (repeatable).",
        ),
    ] = None,
    design: Annotated[
        str, typer.Option("--design", help="grid, latin-hypercube or sobol.")
    ] = "grid",
    points: Annotated[
        int | None,
        typer.Option("--points", min=1, help="Points of a sampled design. [default: 64]"),
    ] = None,
    sensitivity: Annotated[
        str | None,
        typer.Option(
            "--sensitivity",
            metavar="QUANTITY:GROUP",
            help="Sobol indices of a result over the swept (or all declared) ranges.",
        ),
    ] = None,
    method: Annotated[
        str, typer.Option("--method", help="Of --sensitivity: sobol or morris.")
    ] = "sobol",
    analysis: Annotated[
        str | None,
        typer.Option("--analysis", help="A named question beyond runs; `show` lists them."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="File of data, for an analysis that reads one.")
    ] = None,
    snapshots: Annotated[
        str | None,
        typer.Option("--snapshots", metavar="TIMES", help="Agents at these times, such as 1,50."),
    ] = None,
    agents: Annotated[
        Path | None,
        typer.Option("--agents", help="Write the agents of --snapshots: .parquet, .csv, .json."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes. [default: as many as pay]"),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS", help="Work on a Dask cluster: its scheduler."),
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint",
            metavar="FOLDER",
            help="Keep finished parts; the same command continues where it was stopped.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the table as .parquet, .csv or .json.")
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="Write a picture: .png, .svg, .html; .gif of a grid."),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="Which picture; `show` lists them.")] = "auto",
) -> None:
    """Run a model of classes in motion. Results explain a mechanism; they are no forecast."""
    from worldclass.cli.simulate_options import (
        check_targets,
        check_together,
        refuse,
        settings_of,
        sweep_of,
        times_of,
    )
    from worldclass.cli.simulate_views import list_all, show
    from worldclass.cli.stops import stops
    from worldclass.core.errors import UsageError

    if what == "list":
        list_all()
        return
    if what == "show":
        if name is None:
            raise UsageError("Nothing to show is named.", remedy="Name a model or a scenario.")
        show(name)
        return
    if name is not None:
        raise UsageError(f"'{name}' is one argument too many.", remedy=f"Run '{what}' alone.")
    if snapshots is None and agents is not None:
        raise UsageError("--agents writes what --snapshots asks for.", remedy="Give both.")
    check_targets(out, agents, picture, kind)
    given = settings_of(settings or [])
    check_together(given, sweep, design, points, sensitivity, kind, picture)
    options: dict[str, Any] = {
        "scenario": scenario,
        "seed": seed,
        "runs": runs,
        "workers": workers,
        "checkpoint": checkpoint,
    }
    ensemble = {"--sweep": sweep, "--snapshots": snapshots, "--seed": seed, "--runs": runs - 1}
    ensemble |= {"--workers": workers, "--dask": dask, "--checkpoint": checkpoint}
    if analysis is not None:
        refuse("--analysis", ensemble | {"--sensitivity": sensitivity, "--kind": kind != "auto"})
        with stops():
            _analyse(what, analysis, given, scenario, data, out, picture)
        return
    if data is not None:
        raise UsageError("--data belongs to an analysis.", remedy="Give --analysis, too.")
    with stops(), _cluster(dask) as backend:
        options["backend"] = backend
        if sensitivity is not None:
            refuse("--sensitivity", {"--snapshots": snapshots, "--picture": picture})
            _sensitivity(what, sensitivity, given, sweep, method, points or POINTS, out, options)
            return
        options |= {"sweep": sweep_of(sweep, design), "design": design, "points": points or POINTS}
        options["snapshots"] = times_of(snapshots)
        _run(what, given, options, out, agents, picture, kind)


def _run(
    model: str,
    given: dict[str, str],
    options: dict[str, Any],
    out: Path | None,
    agents: Path | None,
    picture: Path | None,
    kind: str,
) -> None:
    """Run, print a summary, and write what was asked for."""
    from worldclass.cli.progress import counting
    from worldclass.cli.simulate_views import print_runs
    from worldclass.core.atomic import write_frame
    from worldclass.dynamics.library import load_model
    from worldclass.dynamics.pictures import check_kind
    from worldclass.dynamics.simulate import simulate

    found = load_model(model)
    if picture is not None:
        check_kind(found, kind, swept=options["sweep"] is not None)
    with counting("runs", _keeping(options["checkpoint"])) as count:
        table = simulate(model, given, **options, progress=count)
    print_runs(table, found)
    if out is not None:
        write_frame(table, out)
        _say(f"Wrote {table.height:,} rows to {out}.")
    if agents is not None and table.snapshots is not None:
        write_frame(table.snapshots, agents)
        _say(f"Wrote {table.snapshots.height:,} agents to {agents}.")
    if picture is not None:
        _draw(table, found, kind, picture)


def _draw(table: SimulationFrame, model: Model, kind: str, path: Path) -> None:
    from worldclass.dynamics.pictures import draw_runs

    draw_runs(table, kind, model=model, title=table.title, marks=table.marks).save(path)
    _say(f"Wrote {path}.")


def _analyse(
    model: str,
    name: str,
    given: dict[str, str],
    scenario: str | None,
    data: Path | None,
    out: Path | None,
    picture: Path | None,
) -> None:
    """Answer a named question about a model."""
    from worldclass.cli.simulate_views import print_table
    from worldclass.core.atomic import write_frame
    from worldclass.core.errors import UsageError
    from worldclass.dynamics.analyse import analyse
    from worldclass.dynamics.library import load_model

    found = load_model(model)
    if picture is not None and name in found.analyses and found.analyses[name].draw is None:
        raise UsageError(f"The analysis '{name}' has no picture.", remedy="Use --out.")
    table = analyse(model, name, given, scenario=scenario, data=data)
    print_table(table, f"{found.label}: {found.analyses[name].meaning}")
    if out is not None:
        write_frame(table, out)
        _say(f"Wrote {table.height:,} rows to {out}.")
    if picture is not None and (draw := found.analyses[name].draw) is not None:
        draw(table, found.label).save(picture)
        _say(f"Wrote {picture}.")


def _sensitivity(
    model: str,
    result: str,
    given: dict[str, str],
    sweep: list[str] | None,
    method: str,
    points: int,
    out: Path | None,
    options: dict[str, Any],
) -> None:
    from worldclass.cli.progress import counting
    from worldclass.cli.simulate_options import sweep_of
    from worldclass.cli.simulate_views import print_table
    from worldclass.core.atomic import write_frame
    from worldclass.dynamics.sensitivity import sensitivity

    quantity, _, group = result.partition(":")
    with counting("runs", _keeping(options["checkpoint"])) as count:
        table = sensitivity(
            model,
            quantity,
            group or "all",
            ranges=sweep_of(sweep, "sobol"),
            parameters=given,
            method=method,
            samples=points,
            progress=count,
            **options,
        )
    print_table(table, f"What {quantity} of {group or 'all'} hangs on ({method})")
    if out is not None:
        write_frame(table, out)
        _say(f"Wrote {table.height:,} rows to {out}.")


def _keeping(checkpoint: Path | None) -> Callable[[str, int, int], str]:
    """What an interruption leaves, by what was done."""

    def kept(_: str, done: int, total: int) -> str:
        if checkpoint is None:
            return f"{done:,} of {total:,} runs were done; with --checkpoint FOLDER they are kept."
        return (
            f"{done:,} of {total:,} runs are kept in {checkpoint}; "
            "the same command continues with the others."
        )

    return kept


@contextmanager
def _cluster(address: str | None) -> Generator[str]:
    """Name of joblib's backend; a connection to a Dask scheduler while it is used."""
    if address is None:
        yield "loky"
        return
    from worldclass.core.errors import UsageError, WorldclassError

    try:
        from distributed import Client
    except ImportError as error:
        raise WorldclassError(
            "A Dask cluster needs the packages dask and distributed.",
            remedy="Install them: pip install 'worldclass[dask]'.",
        ) from error
    try:
        client = Client(address, timeout="5s")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"There is no Dask scheduler at '{address}'.",
            where="--dask",
            remedy="Start one with `dask scheduler`, and give its address: tcp://host:8786.",
        ) from error
    with client:
        yield "dask"


def _say(text: str) -> None:
    typer.echo(text, err=True)
