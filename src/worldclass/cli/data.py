"""`worldclass data`: where the numbers come from, and what is at hand.

`sources` and `status` are here; `build` is added to `app` by the module that builds the snapshot.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from worldclass.sources.status import CacheStatus, TableStatus

app = typer.Typer(
    name="data",
    help="Sources of the numbers: list them, see what is at hand, build the snapshot.",
    no_args_is_help=True,
)


@app.command()
def sources(
    as_json: Annotated[bool, typer.Option("--json", help="Print every detail as JSON.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the page DATA_SOURCES.md.")
    ] = False,
) -> None:
    """List every series used: provider, code, unit, licence."""
    from worldclass.core.errors import UsageError
    from worldclass.sources.report import catalog_markdown, catalog_rows

    if as_json and markdown:
        raise UsageError("--json and --markdown exclude each other.", remedy="Give one of them.")
    if as_json:
        typer.echo(json.dumps(catalog_rows(), ensure_ascii=False, indent=1))
    elif markdown:
        typer.echo(catalog_markdown(), nl=False)
    else:
        _show_series(catalog_rows())


@app.command()
def status(
    mirror: Annotated[
        Path | None,
        typer.Option("--mirror", help="Folder that holds `world/`. [env: WORLDCLASS_MIRROR]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show what the mirror and the cache hold: files, hashes, years, age."""
    from dataclasses import asdict

    from worldclass.core.errors import SourceError
    from worldclass.sources.downloads import cache_folder
    from worldclass.sources.mirror import find_mirror
    from worldclass.sources.status import cache_status, mirror_status

    opened = find_mirror(mirror)
    tables = mirror_status(opened) if opened else []
    folder = cache_folder()
    files = cache_status(folder)
    if as_json:
        content = {
            "mirror": str(opened.root) if opened else None,
            "tables": [asdict(table) for table in tables],
            "cache": str(folder),
            "files": [asdict(file) for file in files],
        }
        typer.echo(json.dumps(content, indent=1))
    else:
        _show_mirror(str(opened.root) if opened else None, tables)
        _show_cache(str(folder), files)
    broken = [table for table in tables if table.state == "broken"]
    if broken:
        raise SourceError(
            f"{len(broken)} of {len(tables)} tables of the mirror cannot be used: "
            f"{'; '.join(f'{table.path}: {table.problem}' for table in broken)}",
            where=str(opened.root) if opened else "",
            remedy="Copy these files again from their origin.",
        )


def _show_series(rows: Sequence[dict[str, object]]) -> None:
    """One line a series, then one line a provider."""
    series = _table("Series", ("indicator", "provider", "unit", "at hand by"))
    providers = _table("Providers", ("provider", "series", "licence"))
    licences: dict[str, list[str]] = {}
    for row in rows:
        ways = " ".join(way for way in ("mirror", "live") if row[way])
        series.add_row(str(row["indicator"]), str(row["provider"]), str(row["unit"]), ways)
        licences.setdefault(str(row["provider"]), []).append(str(row["licence"]))
    for provider, found in licences.items():
        providers.add_row(provider, str(len(found)), "; ".join(dict.fromkeys(found)))
    _show(series)
    _show(providers)


def _show_mirror(root: str | None, tables: Sequence[TableStatus]) -> None:
    if root is None:
        typer.echo("No data mirror: pass --mirror FOLDER or set WORLDCLASS_MIRROR.")
        return
    view = _table(f"Mirror {root}", ("table", "state", "rows", "years", "sha-256"))
    for table in tables:
        years = "" if table.first_year is None else f"{table.first_year}-{table.last_year}"
        rows = "" if table.rows is None else f"{table.rows:,}"
        view.add_row(table.table, table.state, rows, years, table.sha256[:16])
    _show(view)


def _show_cache(folder: str, files: Sequence[CacheStatus]) -> None:
    if not files:
        typer.echo(f"Cache {folder}: nothing downloaded yet.")
        return
    view = _table(f"Cache {folder}", ("file", "state", "bytes", "retrieved", "sha-256"))
    for file in files:
        view.add_row(
            file.name, file.state, f"{file.bytes:,}", file.retrieved[:10], file.sha256[:16]
        )
    _show(view)


def _table(title: str, columns: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE)
    for column in columns:
        numeric = column in ("rows", "bytes", "series")
        name = column in ("indicator", "provider", "table")
        justify = "right" if numeric else "left"
        table.add_column(column, justify=justify, no_wrap=name, overflow="fold")
    return table


def _show(table: Table) -> None:
    from rich.console import Console

    Console().print(table)
