"""Build a snapshot: people from published tables, then every shipped theory with its draws.

Everything is written to a temporary folder beside the target, which takes the target's place in
one move at the end: an interrupted or failed build leaves what was there.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass import __version__
from worldclass.atlas.areas import choose_areas
from worldclass.atlas.precomputed import interval_table, world_draw_table
from worldclass.atlas.run import run_theory
from worldclass.atlas.sizes import sizes_of
from worldclass.core.atomic import output_error, write_frame, write_text
from worldclass.core.errors import OutputError
from worldclass.core.hashing import content_hash, sha256
from worldclass.people.assumptions import assumptions
from worldclass.people.draws import DEFAULT, SEED, make_draws
from worldclass.people.estimates import to_frames
from worldclass.people.pipeline import Findings, Tables, estimate, silent
from worldclass.people.snapshot import PROVENANCE, TABLES
from worldclass.theories.compile import compile_theory
from worldclass.theories.library import list_theories, load_theory

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    import polars as pl

    from worldclass.people.draws import Draws
    from worldclass.people.estimates import Estimates


def build_snapshot(
    tables: Tables,
    target: str | Path,
    *,
    sources: Mapping[str, Any],
    draws: int = DEFAULT,
    progress: Callable[[str], None] | None = None,
) -> str:
    """Run the whole pipeline and write a snapshot.

    Parameters
    ----------
    tables
        The published tables.
    target
        Folder of the snapshot; replaced when the build is complete.
    sources
        What the provenance says of the sources.
    draws
        Number of Monte Carlo draws for the shipped theories.
    progress
        Called with the name of each step as it begins.

    Returns
    -------
    The content hash.

    Raises
    ------
    OutputError
        The target cannot be written, or is a folder of something else.
    """
    check_target(Path(target))
    say = progress or silent
    estimates, findings = estimate(tables, progress=say)
    stored = make_draws()
    people = {name: _as_float32(frame) for name, frame in to_frames(estimates).items()}
    frames = {**people, "draws": _draw_table(stored)}
    frames |= _theory_tables(estimates, stored.take(draws), say)
    digest = content_hash(frames)
    say("writing")
    with replaced_folder(Path(target)) as folder:
        for name, frame in frames.items():
            write_frame(frame, folder / TABLES[name])
        written = {TABLES[name]: sha256(folder / TABLES[name]) for name in frames}
        content = _provenance(digest, estimates, findings, sources, draws) | {"files": written}
        text = json.dumps(content, indent=1, ensure_ascii=False)
        write_text(folder / PROVENANCE, text + "\n")
    return digest


def _theory_tables(
    estimates: Estimates, draws: Draws, say: Callable[[str], None]
) -> dict[str, pl.DataFrame]:
    import polars as pl

    grid = estimates.grid
    areas = choose_areas(None, grid.countries)
    intervals, world = [], []
    for name in list_theories():
        say(f"theory {name}")
        run = run_theory(
            estimates,
            compile_theory(load_theory(name)),
            countries=grid.countries,
            years=grid.years,
            draws=draws,
        )
        intervals.append(interval_table(run, sizes_of(run, areas), areas))
        world.append(world_draw_table(run))
    return {"atlas": pl.concat(intervals), "atlas_draws": pl.concat(world)}


def _draw_table(draws: Draws) -> pl.DataFrame:
    import polars as pl

    table = pl.DataFrame(draws.scores, schema=list(draws.names), orient="row")
    return table.with_row_index("draw").with_columns(pl.col("draw").cast(pl.Int16))


def _as_float32(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl
    import polars.selectors as cs

    return frame.with_columns(cs.float().cast(pl.Float32))


def _provenance(
    digest: str,
    estimates: Estimates,
    findings: Findings,
    sources: Mapping[str, Any],
    draws: int,
) -> dict[str, Any]:
    grid = estimates.grid
    return {
        "content_hash": digest,
        "code_version": __version__,
        "coverage": {
            "countries": len(grid.countries),
            "first_year": grid.years[0],
            "last_year": grid.years[-1],
        },
        "draws": {"number": draws, "seed": SEED, "interval": "5th to 95th percentile"},
        "theories": {name: load_theory(name).digest for name in list_theories()},
        "assumptions": {name: item.model_dump(mode="json") for name, item in assumptions().items()},
        "findings": {
            "reports_that_contradict_the_margins": [list(key) for key in findings.rejected_reports],
            "survey_earnings_set_aside": [list(key) for key in findings.pay_set_aside],
            "price_factors_set_aside": list(findings.price_factors_set_aside),
        },
        "sources": dict(sources),
    }


def check_target(target: Path) -> None:
    """Refuse a target that is neither new, nor empty, nor a snapshot.

    Raises
    ------
    OutputError
        Naming the target.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(
            "The target is a file, not a folder.", where=str(target), remedy="Choose a folder."
        )
    if any(target.iterdir()) and not (target / PROVENANCE).is_file():
        raise OutputError(
            "The target folder holds something else than a snapshot.",
            where=str(target),
            remedy="Choose an empty folder, or one that does not exist yet.",
        )


@contextmanager
def replaced_folder(target: Path) -> Generator[Path]:
    """Yield a new folder that takes the target's place when the block ends well."""
    target = Path(os.path.realpath(target))
    check_target(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise output_error(error, target) from error
    try:
        yield folder
        folder.chmod(0o755)
        _swap(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(folder: Path, target: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    try:
        if target.exists():
            target.rename(old)
        folder.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise output_error(error, target) from error
    finally:
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
