"""`worldclass serve`: the site live."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worldclass.cli.stops import stops

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp


def serve_command(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 for every network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 for any free one.")
    ] = 8000,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes that compute.")
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, max=3600, help="Longest computation of an answer.")
    ] = 30.0,
    ahead: Annotated[
        bool,
        typer.Option(
            "--ahead/--on-demand",
            help="Make the pages with simulations, and load the models, at the start.",
        ),
    ] = True,
    snapshot: Annotated[
        Path | None, typer.Option("--snapshot", help="Folder of a snapshot of one's own.")
    ] = None,
) -> None:
    """Serve the site, with live simulations and the results as JSON under /api/."""
    from dataclasses import replace

    from worldclass.core.errors import WorldclassError
    from worldclass.people.snapshot import ENVIRONMENT

    try:
        import uvicorn

        from worldclass.explorer.server.app import make_app
    except ModuleNotFoundError as error:
        raise WorldclassError(
            f"The server needs the package {error.name}.",
            remedy="Install worldclass[server], or write the site with `worldclass export`.",
        ) from error
    from worldclass.explorer.server.limits import Limits
    from worldclass.explorer.server.listening import listening
    from worldclass.explorer.site.material import open_material
    from worldclass.explorer.site.site import make_site

    if snapshot is not None:
        os.environ[ENVIRONMENT] = str(snapshot.resolve())  # the worker processes read it too
    limits = replace(Limits(seconds=seconds), **({} if workers is None else {"workers": workers}))
    with stops(), listening(host, port) as own:
        app = make_app(make_site(open_material(live=True)), limits, ahead=ahead)
        server = uvicorn.Server(configuration(app, host, port))
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{own.getsockname()[1]}/"
        typer.echo(f"Open {address} in a browser; Ctrl-C stops the server.", err=True)
        server.run(sockets=[own])
        # It ended because a signal asked it to; one that was ignored before is not raised again.
        raise KeyboardInterrupt


def configuration(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """How uvicorn runs the server."""
    import uvicorn

    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        date_header=True,
        timeout_keep_alive=10,
        limit_concurrency=1000,
    )
