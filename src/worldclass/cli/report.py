"""`worldclass report`: all claims of a theory, with receipts, as one page."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    evaluated,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.schema import Claim


def report_command(
    context: typer.Context,
    theory: Annotated[
        str, typer.Argument(metavar="THEORY", help="A theory with claims, or a folder of claims.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The page to write (.html).")],
    alone: Annotated[
        bool, typer.Option("--alone", help="Without the rivals that answer the same questions.")
    ] = False,
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
    """Write a theory's claims as a self-contained page: verdicts, curves, receipts, sources."""
    from worldclass.claims.pictures import theory_name
    from worldclass.claims.query import choose_claims
    from worldclass.explorer.claim_report import write_claim_report
    from worldclass.explorer.claim_words import counts_sentence

    check_targets((), (), (out,))
    options = asked_options(context)
    chosen = choose_claims(theory)
    found = list(evaluated(chosen, options).evaluations.values())
    name = theory_name(found[0].claim.theory)
    rivals = {} if alone else _rivals(chosen, options)
    words = ["worldclass", "report", theory, *(["--alone"] if alone else []), "--out", str(out)]
    command = shlex.join(words)
    write_claim_report(found, out, theory=name, command=command, rivals=rivals)
    typer.echo(counts_sentence(found, f"“{name}”"))
    say(f"Wrote {out}.")


def _rivals(chosen: Sequence[Claim], options: dict[str, Any]) -> dict[str, list[Evaluation]]:
    """By theory: its claims on questions that the chosen claims answer, too."""
    from worldclass.claims.library import list_claims, load_claim
    from worldclass.claims.pictures import theory_name

    theories = {claim.theory for claim in chosen}
    asked = {claim.question for claim in chosen}
    shipped = [load_claim(name) for name in list_claims()]
    alike = [one for one in shipped if one.question in asked and one.theory not in theories]
    if not alike:
        return {}
    by_theory: dict[str, list[Evaluation]] = {}
    for one in evaluated(alike, options).evaluations.values():
        by_theory.setdefault(theory_name(one.claim.theory), []).append(one)
    return by_theory
