"""`worldclass export`: the site as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worldclass.cli.progress import counting
from worldclass.cli.stops import stops


def export_command(
    folder: Annotated[Path, typer.Argument(help="New, empty, or an earlier export.")],
    snapshot: Annotated[
        Path | None, typer.Option("--snapshot", help="Folder of a snapshot of one's own.")
    ] = None,
) -> None:
    """Write the results as a site that any web host can serve."""
    from worldclass.explorer.site.export import export_site
    from worldclass.explorer.site.material import open_material
    from worldclass.explorer.site.site import make_site

    with stops(), counting("files") as count:
        typer.echo(f"Writing the site to {folder}; this takes minutes.", err=True)
        done = export_site(make_site(open_material(snapshot)), folder, progress=count)
    typer.echo(
        f"Wrote {done.files:,} files, {done.size / 1e6:.1f} MB, to {folder}. Look at them with\n"
        f"  python -m http.server --directory {folder}\nor live with `worldclass serve`."
    )
