"""`worldclass data build` and `build-flows`: from a mirror to a snapshot, and to solved tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from worldclass.people.pipeline import Tables
    from worldclass.sources.mirror import Mirror

DEFAULT_TARGET = Path("worldclass-snapshot")
FLOWS_TARGET = Path("worldclass-flows")


def build(
    mirror: Annotated[
        Path | None,
        typer.Option("--mirror", help="Folder that holds `world/`. [env: WORLDCLASS_MIRROR]"),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", help="Folder of the snapshot; replaced when complete.")
    ] = DEFAULT_TARGET,
    live: Annotated[
        list[str] | None,
        typer.Option(
            "--live",
            metavar="INDICATOR",
            help="Fetch this series from its provider and lay it over the mirror (repeatable), "
            "for example employer_share.",
        ),
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Fetch live series again, whatever the cache holds.")
    ] = False,
    draws: Annotated[
        int, typer.Option("--draws", min=2, max=256, help="Monte Carlo draws for the theories.")
    ] = 200,
) -> None:
    """Build a snapshot: people from published tables, then every shipped theory.

    Use it with WORLDCLASS_SNAPSHOT=FOLDER, or `worldclass atlas --snapshot FOLDER`.
    """
    import time

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from worldclass.atlas.build import build_snapshot
    from worldclass.people.pipeline import read_tables
    from worldclass.sources.mirror import open_mirror

    started = time.monotonic()
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("reading the mirror")
        opened = open_mirror(mirror)
        tables = read_tables(opened)
        if live:
            progress.update(task, description=f"fetching {', '.join(live)}")
            tables = _with_live(tables, live, refresh=refresh)
        digest = build_snapshot(
            tables,
            out,
            sources=_sources(opened, live or []),
            draws=draws,
            progress=lambda step: progress.update(task, description=step),
        )
    typer.echo(f"Snapshot {out}: content {digest[:16]}, {time.monotonic() - started:.0f} s.")


def build_flows(
    mirror: Annotated[
        Path | None,
        typer.Option("--mirror", help="Folder that holds `wiod2013/`. [env: WORLDCLASS_MIRROR]"),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", help="Folder of the solved tables; written when complete.")
    ] = FLOWS_TARGET,
) -> None:
    """Solve the world input-output tables of a mirror and keep the result.

    Use it with `worldclass flows --solved FOLDER`, or `worldclass.flows(table=FOLDER)`.
    """
    from rich.console import Console

    from worldclass.flows.build import build_store
    from worldclass.sources.mirror import open_mirror

    with Console(stderr=True).status("reading the mirror") as status:
        store = build_store(
            open_mirror(mirror).root, out, progress=lambda year: status.update(f"solving {year}")
        )
    absent = f"; absent: {', '.join(map(str, store.absent))}" if store.absent else ""
    typer.echo(f"Solved tables {out}: {len(store.years)} years{absent}.")


def _with_live(tables: Tables, indicators: list[str], *, refresh: bool) -> Tables:
    from dataclasses import replace

    from worldclass.people.grid import FIRST_YEAR, LAST_YEAR
    from worldclass.sources.downloads import default_downloads
    from worldclass.sources.live import fetch_live, overlay

    downloads = default_downloads(refresh=refresh, progress=True)
    fetched = fetch_live(downloads, indicators, years=(FIRST_YEAR, LAST_YEAR))
    return replace(tables, panel=overlay(tables.panel, fetched))


def _sources(mirror: Mirror, live: list[str]) -> dict[str, Any]:
    from worldclass.people.pipeline import TABLES_READ
    from worldclass.sources.providers import catalog

    providers = {
        name: {
            "title": p.title,
            "citation": p.citation,
            "licence": p.licence,
            "attribution": p.attribution,
        }
        for name, p in catalog().items()
        if p.serves == "people"
    }
    return {"providers": providers, "files": mirror.fingerprint(TABLES_READ), "live": live}
