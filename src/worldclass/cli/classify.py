"""`worldclass classify`: code a file of persons by a theory, into another file."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from worldclass.schemes.classify_file import FileCoding


_REMARKS = ("lost", "not made", "not used", "assumed", "could be assumed", "not verified")
"""Items of the report that are said of the whole file: words, which no table holds well."""


def classify_command(
    file: Annotated[
        Path, typer.Argument(help="Persons: a .parquet, .csv, .tsv, .dta (Stata) or .sav (SPSS).")
    ],
    theories: Annotated[
        list[str],
        typer.Option(
            "--theory",
            "-t",
            metavar="ID",
            help="Scheme, such as esec (`worldclass theory list` shows all), or a .toml.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="File to write: .parquet, .csv, .tsv; .dta, .sav from such a file.",
        ),
    ],
    survey: Annotated[
        str | None,
        typer.Option(
            "--survey",
            help="Survey whose variables the file has: ess, issp, issp-2019, gld, ipums, lis, "
            "eu-lfs, eu-silc; or a .toml.",
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", help="Assumption of the survey to make, such as at-least-one."),
    ] = None,
    occupation: Annotated[
        str | None,
        typer.Option(
            "--occupation", help="Column of codes: isco08, isco88, isco88com, isco68 or esco."
        ),
    ] = None,
    method: Annotated[
        str, typer.Option("--method", help="full, simplified, or auto: full where possible.")
    ] = "auto",
    digits: Annotated[
        int, typer.Option("--digits", min=1, max=4, help="Digits that the codes have.")
    ] = 4,
    column: Annotated[str, typer.Option("--column", help="Name of the new column.")] = "class",
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter of the theory."),
    ] = None,
    references: Annotated[
        list[str] | None,
        typer.Option(
            "--reference", metavar="NAME=VALUE", help="A reference income: number or column."
        ),
    ] = None,
    compression: Annotated[
        str, typer.Option("--compression", help="Of Parquet: zstd, snappy, lz4, uncompressed.")
    ] = "zstd",
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Write the coding report as .csv, .parquet or .json."),
    ] = None,
) -> None:
    """Give each person of a file a class; rows stay in order, whatever the file's size."""
    from worldclass.cli.progress import counting
    from worldclass.cli.theory import parse_settings
    from worldclass.core.atomic import check_frame_path, write_frame
    from worldclass.schemes.classify_file import check_paths, classify_file

    theory = _only_one(theories, file, out)
    check_paths(file, out)
    if report is not None:
        check_frame_path(report)
    with _warnings_as_words(), counting("rows") as count:
        done = classify_file(
            file,
            theory,
            out,
            occupation=occupation,
            survey=survey,
            assume=assume or (),
            method=method,
            digits=digits,
            column=column,
            parameters=parse_settings(settings or []),
            references=parse_settings(references or []) or None,
            compression=compression,
            progress=count,
        )
    _show(done, theory, column)
    if report is not None:
        write_frame(done.report, report)
    typer.echo(f"Wrote {done.rows:,} rows to {out}.", err=True)


def _only_one(theories: list[str], file: Path, out: Path) -> str:
    """The theory; a second one would be coded by a second command."""
    from worldclass.core.errors import UsageError

    first, *others = theories
    if others:
        raise UsageError(
            f"One scheme at a time: {', '.join(theories)} were given.",
            where="--theory",
            remedy=f"Code {file.name} by {first}, then the coded file by the next: worldclass "
            f"classify {out.name} -t {others[0]} --column {others[0].replace('-', '_')} --out …",
        )
    return first


def _show(done: FileCoding, theory: str, column: str) -> None:
    """Print the coding report and how many rows each class has."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding
    from rich.table import Table

    console = Console()
    table = Table(title="Coding report", title_justify="left", box=box.SIMPLE_HEAD)
    for heading in ("item", "column", "rows", "share", "examples"):
        right = heading in ("rows", "share")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    remarks: list[str] = []
    for item, name, rows, share, examples in done.report.rows():
        if item in _REMARKS:
            remarks.append(f"{item}{f' ({name})' if name else ''}: {examples}")
        else:
            table.add_row(escape(item), escape(name), f"{rows:,}", f"{share:.1%}", escape(examples))
    console.print(table)
    for remark in remarks:
        console.print(Padding(escape(remark), (0, 0, 0, 2)))
    if remarks:
        console.print()
    given = sum(done.classes.values())
    if _is_scale(theory):
        mean = sum(float(name) * rows for name, rows in done.classes.items()) / max(given, 1)
        told = f"unweighted mean {mean:.1f}" if given else "nobody has a value"
        console.print(f"{column} ({theory}): {told}; distinct values: {len(done.classes)}")
        return
    table = Table(
        title=f"{column} ({theory}), unweighted", title_justify="left", box=box.SIMPLE_HEAD
    )
    for heading in ("class", "label", "rows", "share"):
        table.add_column(heading, justify="left" if heading in ("class", "label") else "right")
    labels = _labels(theory)
    for name, rows in done.classes.items():
        share = f"{rows / given:.1%}" if given else ""
        table.add_row(escape(name), escape(labels.get(name, "")), f"{rows:,}", share)
    console.print(table)


def _is_scale(theory: str) -> bool:
    """Whether a theory gives numbers, and not classes."""
    from worldclass.schemes.coder import find_theory

    return getattr(find_theory(theory), "kind", "classes") == "scale"


def _labels(theory: str) -> dict[str, str]:
    """Labels of a theory's classes."""
    from worldclass.schemes.coder import find_theory

    return {entry.id: entry.label for entry in find_theory(theory).classes}


@contextmanager
def _warnings_as_words() -> Generator[None]:
    """Print warnings as one message on standard error, without a line of code."""
    import warnings

    from worldclass.schemes.plan import SimplifiedMethodWarning
    from worldclass.schemes.unreadable import UnreadableValueWarning

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SimplifiedMethodWarning)
        warnings.simplefilter("always", UnreadableValueWarning)
        yield
    for text in dict.fromkeys(str(one.message) for one in caught):
        typer.echo(f"Warning: {text}", err=True)
