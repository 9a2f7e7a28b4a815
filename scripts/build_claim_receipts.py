"""Evaluate the shipped claims and store the results in the package as receipts.

    python scripts/build_claim_receipts.py --mirror FOLDER [--only CLAIM ...] [--date 2026-01-31]

Values are kept in the user's cache, so that a run that was stopped goes on where it was. Receipts
of claims that no longer ship are removed. Data that a claim needs must be there.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from worldclass.claims.cache import open_cache
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.data import Data, remedy_of
from worldclass.claims.evaluate import try_claim
from worldclass.claims.identity import identity_of
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.receipt import receipt_base, receipts_folder
from worldclass.claims.stored import DIGITS, save_evaluation
from worldclass.core.errors import SourceError


def main() -> int:
    """Evaluate, store, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--only", nargs="+", default=[], help="ids of claims; all by default")
    parser.add_argument("--date", help="day to be recorded (YYYY-MM-DD); today by default")
    parser.add_argument("--cache", type=Path, help="folder for values; the user's by default")
    options = parser.parse_args()
    data = Data(mirror=options.mirror)
    console = Console(stderr=True)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bar, console=console) as shown:
        for name in options.only or list_claims():
            task = shown.add_task(name, total=None)
            line = store(
                name,
                data,
                options.cache or True,
                options.date,
                lambda done, of, task=task: shown.update(task, completed=done, total=of),
            )
            shown.remove_task(task)
            print(line, flush=True)
    remove_strangers()
    return 0


def store(name: str, data: Data, cache: Path | bool, date: str | None, progress: object) -> str:
    """Evaluate one claim and write its receipt; returns a line about it."""
    claim = load_claim(name)
    identity = identity_of(claim, data, cutoffs())
    if identity.absent:
        raise SourceError(
            f"The claim needs data that are absent: {', '.join(identity.absent)}.",
            where=name,
            remedy=remedy_of(identity.absent[0]),
        )
    found = try_claim(claim, data, identity, cutoffs(), open_cache(cache), progress)  # type: ignore[arg-type]
    if date:
        found = replace(found, computed=date)
    base = receipt_base(claim.theory, claim.id)
    save_evaluation(found, base, identity.content, digits=DIGITS)
    size = sum(base.with_name(base.name + end).stat().st_size for end in (".json", ".parquet"))
    verdict = found.verdict
    return (
        f"{claim.theory:18} {claim.id:38} {verdict.word:18} {verdict.share_holding:6.3f} "
        f"{found.specifications.height:6} specifications {size / 1024:6.0f} KB"
    )


def remove_strangers() -> None:
    """Remove receipts that belong to no shipped claim."""
    root = receipts_folder()
    known = {receipt_base(load_claim(name).theory, name) for name in list_claims()}
    for file in root.glob("*/*.json"):
        base = file.with_suffix("")
        if base not in known:
            file.unlink()
            base.with_name(base.name + ".parquet").unlink(missing_ok=True)
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.is_dir() and not any(folder.iterdir()):
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
