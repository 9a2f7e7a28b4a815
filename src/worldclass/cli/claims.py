"""`worldclass claims`: what theories state about the world, tested over every defensible choice."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worldclass.cli.claims_options import (
    CrisesOption,
    DrawsOption,
    EventsOption,
    FlowsOption,
    FreshOption,
    IndicatorsOption,
    MirrorOption,
    MostOption,
    PayOption,
    SnapshotOption,
    asked_options,
    check_targets,
    counted,
    evaluated,
    say,
    shared_claims,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.frame import ClaimsFrame

app = typer.Typer(
    no_args_is_help=True,
    help="Claims of theories, tested over every defensible choice of definition and data.",
)


@app.command("list")
def list_command(
    theory: Annotated[
        str | None, typer.Argument(metavar="[THEORY]", help="Whose claims; all by default.")
    ] = None,
) -> None:
    """List the claims that ship with the package."""
    from rich.console import Console

    from worldclass.claims.library import list_claims, load_claim
    from worldclass.explorer.claim_console import print_claims

    found = [load_claim(name) for name in list_claims(theory)]
    if not found:
        say("The package ships no claims.")
    print_claims(found, Console())


@app.command("quantities")
def quantities_command() -> None:
    """List the quantities that claims can be about, and the fields of their terms."""
    from rich.console import Console

    from worldclass.claims.registry import list_quantities, load_quantity
    from worldclass.explorer.claim_console import print_quantities

    print_quantities([load_quantity(name) for name in list_quantities()], Console())


@app.command("choices")
def choices_command() -> None:
    """List the choices that claims share by naming them in `shared`."""
    from rich.console import Console

    from worldclass.claims.shared import shared_choices
    from worldclass.explorer.claim_console import print_choices

    print_choices(list(shared_choices().values()), Console())


@app.command("show")
def show_command(
    context: typer.Context,
    claim: Annotated[
        str, typer.Argument(metavar="CLAIM", help="Id of a claim, or a claim file (.toml).")
    ],
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown instead of a view for the terminal.")
    ] = False,
    draws: DrawsOption = None,
    most: MostOption = None,
    snapshot: SnapshotOption = None,
    flows: FlowsOption = None,
    indicators: IndicatorsOption = None,
    mirror: MirrorOption = None,
    events: EventsOption = None,
    crises: CrisesOption = None,
    pay: PayOption = None,
) -> None:
    """Show the receipt of a claim: verdict, what decides it, rule, choices, data, limits."""
    from rich.console import Console

    from worldclass.claims.library import load_claim
    from worldclass.explorer.claim_console import print_receipt
    from worldclass.explorer.claim_markdown import receipt_markdown
    from worldclass.explorer.claim_receipt import receipt

    table = evaluated([load_claim(claim)], asked_options(context))
    for one in table.evaluations.values():
        told = receipt(one, command=_command(claim, one), alike=_alike(one))
        if markdown:
            typer.echo(receipt_markdown(told), nl=False)
        else:
            print_receipt(told, Console())


def _command(given: str, evaluation: Evaluation) -> str | None:
    """The line that computes a claim file again; null for a claim of the package."""
    from worldclass.explorer.claim_words import command_of

    if given == evaluation.claim.id:
        return None
    drawn = evaluation.draws if evaluation.draws > 1 else None
    return command_of(given, draws=drawn)


def _alike(evaluation: Evaluation) -> int:
    """Claims of the same theory, for a claim of the package; a claim of one's own stands alone."""
    from worldclass.claims.library import is_shipped, list_claims

    claim = evaluation.claim
    return len(list_claims(claim.theory)) if is_shipped(claim) else 1


@app.command("run")
def run_command(
    context: typer.Context,
    which: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[THEORY|CLAIM|FILE…]",
            help="Theories, claims, claim files or folders of them; all claims by default.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write verdicts as .csv, .parquet or .json.")
    ] = None,
    specifications: Annotated[
        Path | None, typer.Option("--specifications", help="Write one row a specification.")
    ] = None,
    parts: Annotated[
        Path | None,
        typer.Option("--parts", help="Write one row a specification and condition of the rule."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a self-contained page of receipts.")
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="Write the curve of one claim, or the board of several."),
    ] = None,
    draws: DrawsOption = None,
    most: MostOption = None,
    fresh: FreshOption = False,
    snapshot: SnapshotOption = None,
    flows: FlowsOption = None,
    indicators: IndicatorsOption = None,
    mirror: MirrorOption = None,
    events: EventsOption = None,
    crises: CrisesOption = None,
    pay: PayOption = None,
) -> None:
    """Test claims: every specification in every draw, and a verdict on each."""
    from rich.console import Console

    from worldclass.explorer.claim_console import print_verdicts

    check_targets((out, specifications, parts), (picture,), (html,))
    table = evaluated(which, asked_options(context))
    console = Console()
    found = list(table.evaluations.values())
    print_verdicts(found, console)
    if len(found) == 1:
        console.print(found[0].verdict.because, markup=False)
    _write_tables(table, out, specifications, parts)
    if html is not None:
        _write_page(found, html, shlex.join(["worldclass", "claims", "run", *(which or [])]))
    if picture is not None:
        _draw(found, picture)


def _write_tables(
    table: ClaimsFrame, out: Path | None, specifications: Path | None, parts: Path | None
) -> None:
    import polars as pl

    from worldclass.core.atomic import write_frame

    if out is not None:
        write_frame(table, out)
        say(f"Wrote {counted(table.height, 'verdict')} to {out}.")
    if specifications is not None:
        frame = table.specifications
        write_frame(frame, specifications)
        say(f"Wrote {counted(frame.height, 'specification')} to {specifications}.")
    if parts is not None:
        frame = pl.concat([one.parts for one in table.evaluations.values()])
        write_frame(frame, parts)
        say(f"Wrote {counted(frame.height, 'row')} to {parts}.")


def _write_page(found: Sequence[Evaluation], path: Path, command: str) -> None:
    from worldclass.claims.pictures import theory_name
    from worldclass.explorer.claim_report import write_claim_report

    theories = dict.fromkeys(one.claim.theory for one in found)
    names = " and ".join(theory_name(theory) for theory in theories)
    line = f"{command} --html {shlex.quote(str(path))}"
    write_claim_report(found, path, theory=names, command=line)
    say(f"Wrote {path}.")


def _draw(found: Sequence[Evaluation], path: Path) -> None:
    from worldclass.claims.pictures import board, curve

    if len(found) == 1:
        curve(found[0]).save(path)
    else:
        board(found).save(path)
    say(f"Wrote {path}.")


@app.command("check")
def check_command(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE…]", help="Claim files, folders, claims or theories; all by default."
        ),
    ] = None,
) -> None:
    """Say what is wrong with claims, or odd, without any data: names, formulas, idle choices,
    and claims that could not fail or could not hold."""
    from worldclass.claims.check import check_claim
    from worldclass.claims.query import choose_claims
    from worldclass.core.errors import ClaimError

    refused: list[str] = []
    for given in files or [None]:
        try:
            chosen = choose_claims(given)
        except ClaimError as error:
            typer.echo(str(error))
            refused.append(str(given))
            continue
        for claim in chosen:
            problems = check_claim(claim)
            bad = any(one.severity == "refused" for one in problems)
            number = len(claim.parts), len(claim.choices)
            verdict = "refused" if bad else "sound"
            name = given if given and given.endswith(".toml") else claim.id
            typer.echo(f"{name}: {verdict}; conditions {number[0]}, choices {number[1]}")
            for problem in problems:
                typer.echo(f"  {problem}")
            refused += [name] if bad else []
    if refused:
        raise ClaimError(
            f"Refused: {', '.join(refused)}.",
            remedy="Correct what is named above; docs/claims.md explains every key.",
        )


@app.command("new")
def new_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The claim file to write (.toml).")],
    theory: Annotated[
        str, typer.Option("--theory", help="Theory of the package that the claim is about.")
    ] = "bromma",
) -> None:
    """Write a claim file to start from: sound as it is, with comments that explain each key."""
    from worldclass.claims.template import claim_template
    from worldclass.core.atomic import write_text
    from worldclass.core.errors import OutputError

    if file.suffix != ".toml":
        raise OutputError(
            f"A claim file ends in .toml, not '{file.suffix}'.",
            where=str(file),
            remedy=f"Call it {file.with_suffix('.toml').name}.",
        )
    if file.exists():
        raise OutputError(
            "There is such a file already.", where=str(file), remedy="Choose another name."
        )
    write_text(file, claim_template(file.stem, theory))
    say(f"Wrote {file}. Next: worldclass claims check {file}")


@app.command("compare")
def compare_command(
    context: typer.Context,
    theory: Annotated[str, typer.Argument(metavar="THEORY", help="A theory with claims.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another one, or a folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write pairs as .csv, .parquet or .json.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write the board of shared questions.")
    ] = None,
    draws: DrawsOption = None,
    most: MostOption = None,
    snapshot: SnapshotOption = None,
    flows: FlowsOption = None,
    indicators: IndicatorsOption = None,
    mirror: MirrorOption = None,
    events: EventsOption = None,
    crises: CrisesOption = None,
    pay: PayOption = None,
) -> None:
    """Set the verdicts of two theories side by side, on the questions that both answer."""
    from rich.console import Console

    from worldclass.claims.compare import compare_claims
    from worldclass.claims.pictures import comparison, theory_name
    from worldclass.core.atomic import write_frame
    from worldclass.explorer.claim_console import print_comparison

    check_targets((out,), (picture,), ())
    first, second = shared_claims(theory, other)
    tables = [evaluated(own, asked_options(context)) for own in (first, second)]
    pairs = compare_claims(*tables)
    names = {theory_name(theory): tables[0], theory_name(other): tables[1]}
    both = {name: list(table.evaluations.values()) for name, table in names.items()}
    print_comparison(both, Console())
    if out is not None:
        write_frame(pairs, out)
        say(f"Wrote {counted(pairs.height, 'pair')} to {out}.")
    if picture is not None:
        title = f"{' and '.join(both)} on shared questions"
        comparison(both, title=title).save(picture)
        say(f"Wrote {picture}.")
