"""What the commands about claims share: options of data, files checked first, progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worldclass.cli.progress import counting
from worldclass.cli.stops import stops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.claims.frame import ClaimsFrame
    from worldclass.claims.schema import Claim

DrawsOption = Annotated[
    int | None,
    typer.Option("--draws", min=2, help="Draws of the assumptions in each specification."),
]
MostOption = Annotated[
    int | None,
    typer.Option("--most", min=2, help="Most specifications of a claim; more are sampled."),
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Compute anew what a receipt or the cache holds.")
]
SnapshotOption = Annotated[
    Path | None, typer.Option("--snapshot", help="Folder of another population snapshot.")
]
FlowsOption = Annotated[
    Path | None, typer.Option("--flows", help="Folder of other solved input-output tables.")
]
IndicatorsOption = Annotated[
    Path | None, typer.Option("--indicators", help="Parquet file of other indicators.")
]
MirrorOption = Annotated[
    Path | None,
    typer.Option("--mirror", help="Data mirror with files that the package may not carry."),
]
EventsOption = Annotated[
    Path | None, typer.Option("--events", help="Dated protest events: .csv or .parquet.")
]
CrisesOption = Annotated[
    Path | None, typer.Option("--crises", help="Panel of credit and crises: .parquet or .csv.")
]
PayOption = Annotated[Path | None, typer.Option("--pay", help="TOML file of other observed pay.")]

DATA = ("snapshot", "flows", "indicators", "mirror", "events", "crises", "pay")
OPTIONS = ("draws", "most", "fresh", *DATA)
"""Options that commands with verdicts hand on as they are."""


def asked_options(context: typer.Context) -> dict[str, Any]:
    """What the options of a command say about draws and data, as `worldclass.claims` takes it.

    Commands declare these options for Typer and read them here.
    """
    return {name: context.params[name] for name in OPTIONS if name in context.params}


def evaluated(which: Sequence[Any] | None, options: dict[str, Any]) -> ClaimsFrame:
    """Verdicts of claims, with a progress bar on standard error.

    Parameters
    ----------
    which
        Theories, claims, files, folders or loaded claims; all claims by default.
    options
        As `worldclass.claims` takes them.
    """
    from worldclass.claims.query import choose_claims, claims
    from worldclass.core.errors import ClaimError

    chosen = choose_claims(list(which) if which else None)
    if not chosen:
        raise ClaimError(
            "The package ships no claims.",
            remedy="Name a claim file; `worldclass claims new FILE` writes one to start from.",
        )
    names = [claim.id for claim in chosen]
    with stops(), counting("claims", _kept) as count:

        def tell(claim: str, done: int, total: int) -> None:
            place = f"{names.index(claim) + 1} of {len(names)}" if len(names) > 1 else ""
            count(done, total, claim, place)

        return claims(chosen, **options, progress=tell)


def check_targets(
    tables: Sequence[Path | None], pictures: Sequence[Path | None], pages: Sequence[Path | None]
) -> None:
    """Refuse what could not be written before anything is computed.

    Raises
    ------
    OutputError
        For another format, or a folder that does not exist.
    """
    from worldclass.charts.save import FORMATS
    from worldclass.core.atomic import check_frame_path
    from worldclass.core.errors import OutputError

    for table in tables:
        if table is not None:
            check_frame_path(table)
    for path, formats in [(one, FORMATS) for one in pictures] + [
        (one, (".html",)) for one in pages
    ]:
        if path is None:
            continue
        if path.suffix.lower() not in formats:
            raise OutputError(
                f"The format {path.suffix or '(no suffix)'} is not one that can be written here.",
                where=str(path),
                remedy=f"End the name in {' or '.join(formats)}.",
            )
        if not path.parent.is_dir():
            raise OutputError(
                "The folder does not exist.", where=str(path), remedy="Create the folder first."
            )


def _kept(claim: str, done: int, total: int) -> str:
    """What an interruption leaves."""
    return (
        f"Stopped in the claim '{claim}', at {done:,} of {total:,} values. Finished claims "
        "and blocks of values are kept in the cache; the same command continues with the "
        "others (without --fresh)."
    )


def say(text: str) -> None:
    """Tell on standard error, so that standard output holds results only."""
    typer.echo(text, err=True)


def counted(number: int, what: str) -> str:
    """A number and what it counts.

    Examples
    --------
    >>> counted(1, "verdict"), counted(1200, "row")
    ('1 verdict', '1,200 rows')
    """
    return f"{number:,} {what}{'s' if number != 1 else ''}"


def shared_claims(theory: str, other: str) -> tuple[list[Claim], list[Claim]]:
    """Claims of two theories on the questions that both answer.

    Raises
    ------
    ClaimError
        They share no question.
    """
    from worldclass.claims.query import choose_claims
    from worldclass.core.errors import ClaimError

    sides = [choose_claims(one) for one in (theory, other)]
    asked = [{claim.question for claim in side} for side in sides]
    both = asked[0] & asked[1]
    if not both:
        raise ClaimError(
            f"'{theory}' and '{other}' have no claim on the same question.",
            where="; ".join(", ".join(sorted(questions)) for questions in asked),
            remedy="Claims are set side by side where their 'question' is the same.",
        )
    first, second = ([claim for claim in side if claim.question in both] for side in sides)
    return first, second
