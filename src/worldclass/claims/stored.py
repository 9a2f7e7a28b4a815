"""Evaluations in files: a small table of all specifications and parts, and the rest as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.claims.evaluation import Deciding, Evaluation, Verdict
from worldclass.claims.quantity import Evidence
from worldclass.claims.tables import NUMBERS
from worldclass.core.atomic import write_frame, write_text
from worldclass.core.hashing import sha256

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from worldclass.claims.schema import Claim

DIGITS = 6
"""Significant digits kept where a small file matters."""
_TOGETHER = "share_holding"


def save_evaluation(
    evaluation: Evaluation,
    base: Path,
    identity: Mapping[str, Any],
    *,
    digits: int | None = None,
) -> None:
    """Write an evaluation; the JSON last, because it marks the result as complete.

    Parameters
    ----------
    evaluation
        The result.
    base
        Path of the files without their suffixes.
    identity
        What it depends on.
    digits
        Significant digits kept of the numbers of the curve; all by default.
    """
    table = _wide(evaluation)
    if digits is not None:
        table = _rounded(table, digits)
    write_frame(table, base.with_name(base.name + ".parquet"), parents=True)
    content = {
        "claim": evaluation.claim.id,
        "verdict": asdict(evaluation.verdict),
        "possible": evaluation.possible,
        "draws": evaluation.draws,
        "evidence": {name: asdict(one) for name, one in evaluation.evidence.items()},
        "fingerprints": dict(evaluation.fingerprints),
        "version": evaluation.version,
        "computed": evaluation.computed,
        "identity": dict(identity),
        "table": sha256(base.with_name(base.name + ".parquet")),
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    write_text(base.with_name(base.name + ".json"), text + "\n", parents=True)


def read_note(base: Path) -> dict[str, Any] | None:
    """The JSON of a stored evaluation, or null where there is none that can be read."""
    try:
        content = json.loads(base.with_name(base.name + ".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def load_evaluation(
    claim: Claim, base: Path, identity: Mapping[str, Any] | None = None
) -> Evaluation | None:
    """A stored evaluation, or null where it is missing, damaged, or of something else.

    Parameters
    ----------
    claim
        The claim that was evaluated.
    base
        Path of the files without their suffixes.
    identity
        What it must depend on; not compared by default.
    """
    import polars as pl

    content = read_note(base)
    if content is None or (identity is not None and content.get("identity") != dict(identity)):
        return None
    file = base.with_name(base.name + ".parquet")
    try:
        if sha256(file) != content["table"]:
            return None
        table = pl.read_parquet(file)
        return _evaluation(claim, content, table)
    except (OSError, KeyError, TypeError, pl.exceptions.PolarsError):
        return None


def _evaluation(claim: Claim, content: dict[str, Any], table: pl.DataFrame) -> Evaluation:
    verdict = content["verdict"]
    deciding = tuple(Deciding(**one) for one in verdict.pop("deciding"))
    tree = tuple(verdict.pop("tree"))
    specifications, parts = _narrow(claim, table)
    return Evaluation(
        claim=claim,
        verdict=Verdict(**verdict, deciding=deciding, tree=tree),
        specifications=specifications,
        parts=parts,
        possible=content["possible"],
        draws=content["draws"],
        evidence={
            name: Evidence(tuple(one["sources"]), one["imputed"], one["method"], one["page"])
            for name, one in content["evidence"].items()
        },
        fingerprints=content["fingerprints"],
        version=content["version"],
        computed=content["computed"],
    )


def _wide(evaluation: Evaluation) -> pl.DataFrame:
    """One row a specification: options, and the numbers of each part."""
    import polars as pl

    claim = evaluation.claim
    options = evaluation.specifications.select(
        *(pl.col(choice.id).cast(pl.Categorical) for choice in claim.choices), pl.col(_TOGETHER)
    )
    parts = [
        evaluation.parts.filter(pl.col("part") == part.id).select(
            pl.col(name).alias(f"{part.id}.{name}") for name in NUMBERS
        )
        for part in claim.parts
    ]
    return pl.concat([options, *parts], how="horizontal")


def _narrow(claim: Claim, table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The two tables of an evaluation."""
    import polars as pl

    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("specification")
    known = pl.lit(claim.id).alias("claim")
    first = claim.parts[0].id
    specifications = table.select(
        known,
        number,
        *(pl.col(choice.id).cast(pl.String) for choice in claim.choices),
        *(pl.col(f"{first}.{name}").alias(name) for name in NUMBERS[:-1]),
        pl.col(_TOGETHER),
    )
    parts = [
        table.select(
            known,
            number,
            pl.lit(part.id).alias("part"),
            pl.lit(part.label).alias("label"),
            pl.lit(part.unit).alias("unit"),
            pl.lit(part.holds).alias("holds"),
            *(pl.col(f"{part.id}.{name}").alias(name) for name in NUMBERS),
        )
        for part in claim.parts
    ]
    return specifications, pl.concat(parts)


def _rounded(table: pl.DataFrame, digits: int) -> pl.DataFrame:
    import polars.selectors as cs

    return table.with_columns(cs.float().round_sig_figs(digits))
