"""`worldclass recode`: add occupation codes of another classification to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def recode_command(
    file: Annotated[Path, typer.Argument(help="Persons: a .parquet or .csv.")],
    source: Annotated[
        str, typer.Option("--from", help="Column and classification of the codes: isco08, esco, …")
    ],
    target: Annotated[str, typer.Option("--to", help="Classification and name of the new column.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet or .csv")],
    digits: Annotated[
        int, typer.Option("--digits", min=1, max=4, help="Digits that the codes have.")
    ] = 4,
) -> None:
    """Convert occupation codes, such as ISCO-08 to ISCO-88; what has no counterpart is listed."""
    from rich.console import Console

    from worldclass.core.atomic import check_frame_path, write_frame
    from worldclass.core.errors import UsageError
    from worldclass.occupations.convert import conversion, recode, recode_report
    from worldclass.schemes.classify_file import check_paths, scan

    check_frame_path(out)
    path, _ = check_paths(file, out)
    if path.suffix.lower() not in (".parquet", ".csv", ".tsv"):
        raise UsageError(
            f"'{path.suffix}' cannot be recoded.",
            remedy="Give a .parquet or .csv; worldclass.recode takes any column in Python.",
        )
    frame = scan(path).collect()
    if source not in frame.columns:
        raise UsageError(
            f"There is no column '{source}'.",
            where=f"columns: {', '.join(frame.columns)}",
            remedy="Name the column of codes like its classification.",
        )
    if target in frame.columns:
        raise UsageError(
            f"The data have a column '{target}' already.", remedy="Rename or remove it first."
        )
    new = recode(frame[source], source, target, digits=digits).alias(target)
    console = Console()
    console.print(f"Way: {' → '.join(conversion(source, target).path)}")
    for item, rows, share, examples in recode_report(
        frame[source], source, target, digits=digits
    ).rows():
        console.print(f"{item}: {rows:,} rows ({share:.1%}) {examples}".rstrip(), markup=False)
    write_frame(frame.with_columns(new), out)
    typer.echo(f"Wrote {frame.height:,} rows to {out}.", err=True)
