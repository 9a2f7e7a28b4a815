"""The computations behind the API, under the names that the Python API gives them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.explorer.server.problems import Problem, RefusedError

if TYPE_CHECKING:
    import polars as pl

Arguments = dict[str, Any]
Job = Callable[[Arguments, int], bytes]


def rows_json(frame: pl.DataFrame, most: int, more: Mapping[str, int] | None = None) -> bytes:
    """A frame as JSON: `{"rows": [...]}`, a missing or infinite number as null.

    Parameters
    ----------
    frame
        What the package's function gave.
    most
        Most rows of an answer.
    more
        Numbers that the answer has beside its rows.

    Raises
    ------
    RefusedError
        The frame has more rows than one answer may have.
    """
    if frame.height > most:
        problem = Problem(
            f"The answer would have {frame.height:,} rows; at most {most:,} are sent.",
            remedy="Ask for fewer countries, years or sexes at a time; of a simulation, for fewer "
            "runs or a larger 'every'.",
        )
        raise RefusedError(422, problem)
    import polars as pl

    floats = frame.select(pl.selectors.float()).columns
    clean = frame.with_columns(
        pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in floats
    )
    told = "".join(f"{json.dumps(name)}:{number}," for name, number in (more or {}).items())
    return b"{" + told.encode() + b'"rows":' + clean.write_json().encode() + b"}"


def as_json(content: Any) -> bytes:
    """Any result as JSON; a number that is not finite as null."""
    return json.dumps(_finite(content), ensure_ascii=False, allow_nan=False).encode()


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _atlas(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.query import atlas

    return rows_json(atlas(**given), rows)


def _compare(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.compare import compare

    return rows_json(compare(given.pop("theories"), **given), rows)


def _rank(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.compare import rank

    return rows_json(rank(given.pop("theory"), given.pop("class"), **given), rows)


def _change(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.change import change

    return rows_json(change(given.pop("theory"), **given), rows)


def _contributions(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.contributions import contributions

    return rows_json(contributions(given.pop("theory"), given.pop("class"), **given), rows)


def _sweep(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.sweep import sweep

    return rows_json(sweep(given.pop("theory"), given.pop("parameters"), **given), rows)


def _flows(given: Arguments, rows: int) -> bytes:
    from worldclass.flows.query import flows

    return rows_json(flows(**given), rows)


def _simulate(given: Arguments, rows: int) -> bytes:
    from worldclass.dynamics.simulate import simulate
    from worldclass.explorer.server.thinning import thinned

    every = given.pop("every", None)
    # One process a request: it is the one that is stopped when the visitor leaves.
    kept, every = thinned(simulate(**given, workers=1), rows, every)
    return rows_json(kept, rows, {"every": every})


def _claims(given: Arguments, rows: int) -> bytes:
    from worldclass.explorer.server.claims_answer import claim_rows

    return as_json({"rows": claim_rows(given.get("theory"))})


def _claim(given: Arguments, rows: int) -> bytes:
    from worldclass.explorer.server.claims_answer import claim_answer

    return as_json(claim_answer(given["claim"]))


def _compare_claims(given: Arguments, rows: int) -> bytes:
    from worldclass.claims.compare import compare_claims

    return rows_json(compare_claims(given["theory"], given["other"]), rows)


def _theory(given: Arguments, rows: int) -> bytes:
    from worldclass.explorer.server.theory_answer import theory_answer

    return as_json(theory_answer(given["theory"]))


def _check(given: Arguments, rows: int) -> bytes:
    from worldclass.explorer.server.theory_answer import check_answer

    return as_json(check_answer(given["text"]))


def _own_atlas(given: Arguments, rows: int) -> bytes:
    from worldclass.atlas.query import atlas
    from worldclass.theories.library import read_theory

    theory = read_theory(given.pop("text"))
    return rows_json(atlas(theory, **given), rows)


JOBS: Mapping[str, Job] = {
    "atlas": _atlas,
    "change": _change,
    "check": _check,
    "claim": _claim,
    "claims": _claims,
    "compare": _compare,
    "compare-claims": _compare_claims,
    "contributions": _contributions,
    "flows": _flows,
    "own-atlas": _own_atlas,
    "rank": _rank,
    "simulate": _simulate,
    "sweep": _sweep,
    "theory": _theory,
}


def shipped(theory: str) -> str:
    """The id of a shipped theory; a path from a visitor is never opened.

    Raises
    ------
    UsageError
        There is no such theory.
    """
    from worldclass.theories.library import list_theories

    if theory not in list_theories():
        raise UsageError(
            f"There is no theory {theory[:60]!r}.",
            where="theory",
            remedy=f"Theories: {', '.join(list_theories())}; post a file of your own.",
        )
    return theory
