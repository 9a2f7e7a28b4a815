"""`worldclass atlas`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def atlas_command(
    theory: Annotated[
        str, typer.Option("--theory", "-t", help="Id of a shipped theory, or a .toml file.")
    ] = "bromma",
    country: Annotated[
        list[str] | None,
        typer.Option(
            "--country",
            "-c",
            help="Country or aggregate by code or name (repeatable); `all` for every one. "
            "[default: all; the table shows the world]",
        ),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", "-y", help="A year, or a range such as 2000:2023.")
    ] = None,
    sex: Annotated[
        list[str] | None,
        typer.Option("--sex", help="Rows of --out: female, male, total (repeatable)."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter of the theory."),
    ] = None,
    anchor: Annotated[
        str | None,
        typer.Option(
            "--anchor",
            help="Fix the income anchor: national-accounts, household-survey or earnings-survey.",
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            min=0,
            max=100_000,
            help="Monte Carlo draws; 0 for none. --explain has its own 1,024.",
        ),
    ] = 200,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", help="Also run this theory, for comparison (repeatable)."),
    ] = None,
    change: Annotated[
        bool, typer.Option("--change", help="Change from the first year to the last, by place.")
    ] = False,
    rank: Annotated[
        str | None, typer.Option("--rank", metavar="CLASS", help="Countries in order of a class.")
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="CLASS",
            help="What each assumption and definition contributes to a class's size.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the table as .parquet, .csv or .json.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a self-contained page with pictures.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write a picture as .png, .svg or .html.")
    ] = None,
    snapshot: Annotated[
        Path | None, typer.Option("--snapshot", help="Folder of a snapshot of one's own.")
    ] = None,
) -> None:
    """How large the classes of a theory are, by country, year and sex, with intervals."""
    from worldclass.cli.atlas_views import (
        show_change,
        show_comparison,
        show_explanation,
        show_ranking,
        show_sizes,
    )
    from worldclass.cli.progress import counting
    from worldclass.cli.theory import parse_settings
    from worldclass.core.atomic import check_frame_path, write_frame
    from worldclass.core.errors import UsageError
    from worldclass.people.choices import choose_sexes

    views = {"--against": against, "--change": change, "--rank": rank, "--explain": explain}
    chosen = [name for name, value in views.items() if value]
    if len(chosen) > 1 or (chosen and (html or picture)):
        others = chosen if len(chosen) > 1 else [chosen[0], "--html or --picture"]
        raise UsageError(f"{' and '.join(others)} exclude each other.", remedy="Give one of them.")
    if out is not None:
        check_frame_path(out)
    sex = list(choose_sexes(sex)) if sex else None
    if against and settings:
        raise UsageError(
            "--set belongs to one theory and cannot be used with --against.",
            remedy="Run each theory with its own settings, and --out.",
        )
    options: dict[str, Any] = {
        "parameters": parse_settings(settings or []),
        "anchor": anchor,
        "draws": draws,
        "snapshot": snapshot,
    }
    if against:
        table = show_comparison(
            [theory, *against], country=country, year=year, sex=sex, options=options
        )
    elif change:
        table = show_change(theory, country=country, year=year, sex=sex, options=options)
    elif rank:
        table = show_ranking(theory, rank, country=country, year=year, sex=sex, options=options)
    elif explain:
        table = show_explanation(
            theory, explain, country=country, year=year, sex=sex, options=options
        )
    else:
        with counting("draws") as count:

            def tell(done: int) -> None:
                count(done, draws)

            options["progress"] = tell
            table = show_sizes(
                theory,
                country=country,
                year=year,
                sex=sex,
                options=options,
                html=html,
                picture=picture,
            )
    if out is not None:
        write_frame(table, out)
        typer.echo(f"Wrote {table.height:,} rows to {out}.", err=True)
