"""`worldclass recode`: add occupation codes of another classification to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def recode_command(
    file: Annotated[Path, typer.Argument(help="Persons: a .parquet, .csv or .tsv.")],
    source: Annotated[
        str, typer.Option("--from", help="Column and classification of the codes: isco08, esco, …")
    ],
    target: Annotated[str, typer.Option("--to", help="Classification and name of the new column.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .tsv")],
    digits: Annotated[
        int, typer.Option("--digits", min=1, max=4, help="Digits that the codes have.")
    ] = 4,
) -> None:
    """Convert occupation codes, such as ISCO-08 to ISCO-88; what has no counterpart is listed."""
    from rich.console import Console

    from worldclass.cli.progress import counting
    from worldclass.schemes.recode_file import recode_file

    with counting("rows") as count:
        done = recode_file(file, source, target, out, digits=digits, progress=count)
    console = Console()
    console.print(f"Way: {' → '.join(done.path)}")
    for item, rows, share, examples in done.report.rows():
        console.print(f"{item}: {rows:,} rows ({share:.1%}) {examples}".rstrip(), markup=False)
    typer.echo(f"Wrote {done.rows:,} rows to {out}.", err=True)
