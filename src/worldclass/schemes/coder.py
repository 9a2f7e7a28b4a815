"""One job for every theory: the columns it reads, and the columns that it adds to a frame.

Occupational schemes look up codes and status; population theories run their decision table.
Frames of every kind, and files, are coded through this one form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import TheoryError, UsageError
from worldclass.people.columns import columns
from worldclass.schemes.coding import code_columns, result_types
from worldclass.schemes.columns import OCCUPATION_COLUMNS
from worldclass.schemes.library import list_schemes, load_scheme
from worldclass.schemes.plan import Plan, plan_coding, warn_simplified
from worldclass.schemes.schema import Scheme
from worldclass.surveys.adapt import adapt, plan_adaptation
from worldclass.theories.library import list_theories, load_theory
from worldclass.theories.schema import Theory

if TYPE_CHECKING:
    import polars as pl

    from worldclass.theories.compile import CompiledTheory

References = Mapping[str, float | str]
TheoryLike = str | Path | Scheme | Theory


@dataclass(frozen=True)
class Options:
    """How a frame is coded; see `worldclass.classify`."""

    occupation: str | None = None
    survey: str | Path | None = None
    method: str = "auto"
    digits: int = 4
    column: str = "class"
    parameters: Mapping[str, Any] | None = None
    references: References | None = None


@dataclass(frozen=True, eq=False)
class Coder:
    """A theory made ready for frames with certain columns.

    Parameters
    ----------
    theory
        The scheme or population theory.
    needs
        The frame's columns that are read.
    types
        Name and type of each column that is added.
    run
        From a frame with these columns, and a number of threads (None for Polars's own), to the
        new columns.
    plan
        Of a scheme: how the frame is coded.
    translate
        With a survey adapter: from the frame's columns to ours.
    """

    theory: Scheme | Theory
    needs: tuple[str, ...]
    types: Mapping[str, pl.DataType]
    run: Callable[[pl.DataFrame, int | None], list[pl.Series]]
    plan: Plan | None = None
    translate: Callable[[pl.DataFrame], pl.DataFrame] | None = None


def find_theory(theory: TheoryLike) -> Scheme | Theory:
    """An occupational scheme or a population theory, by its id or from a file.

    Raises
    ------
    TheoryError
        There is none of this name, or the file fits neither form.

    Example
    -------
    >>> find_theory("ilo-status").id, find_theory("esec").id
    ('ilo-status', 'esec')
    """
    if isinstance(theory, Scheme | Theory):
        return theory
    text = str(theory)
    if isinstance(theory, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return load_scheme(theory) if _is_scheme(Path(theory)) else load_theory(theory)
    if text in list_schemes():
        return load_scheme(text)
    if text in list_theories():
        return load_theory(text)
    import difflib

    known = [*list_schemes(), *list_theories()]
    close = difflib.get_close_matches(text, known, n=1)
    guess = f" Did you mean '{close[0]}'?" if close else ""
    raise TheoryError(
        f"There is no theory '{text[:60]}'.{guess}",
        remedy=f"Theories: {', '.join(known)}; or give the path of a .toml file.",
    )


def make_coder(schema: pl.Schema, theory: TheoryLike, options: Options) -> Coder:
    """A theory made ready for frames of this schema.

    Raises
    ------
    UsageError
        A column is lacking, taken, or an option cannot be meant.
    TheoryError
        The theory cannot be found, or is malformed.
    """
    found = find_theory(theory)
    taken = [name for name in (options.column, f"{options.column}_missing") if name in schema]
    if isinstance(found, Scheme):
        _refuse_taken(taken)
        return _scheme_coder(schema, found, options)
    _refuse_taken([name for name in taken if name == options.column])
    return _population_coder(schema, found, options)


def _refuse_taken(taken: list[str]) -> None:
    if taken:
        raise UsageError(
            f"The data have a column '{taken[0]}' already.",
            remedy="Choose another name for the new one: column='…', or --column.",
        )


def _scheme_coder(schema: pl.Schema, scheme: Scheme, options: Options) -> Coder:
    import polars as pl  # takes 0.2 s to import

    if options.references:
        raise UsageError(
            f"Scheme '{scheme.id}' uses no reference incomes.", remedy="Leave them out."
        )
    survey, digits = options.survey, options.digits
    needs = tuple(name for name, kind in schema.items() if kind != pl.Null)
    if survey is not None:
        empty = pl.DataFrame(schema={name: schema[name] for name in needs})
        made = plan_adaptation(empty, survey).made
        digits = 4 if any(name in made for name in OCCUPATION_COLUMNS) else digits
        schema = adapt(empty, survey).schema
    plan = plan_coding(
        list(schema),
        scheme,
        occupation=options.occupation,
        method=options.method,
        digits=digits,
        parameters={name: str(word) for name, word in (options.parameters or {}).items()},
    )
    warn_simplified(plan, options.method)

    def translate(frame: pl.DataFrame) -> pl.DataFrame:
        return adapt(frame.lazy(), survey or "").select(plan.needs).collect()

    def run(frame: pl.DataFrame, threads: int | None) -> list[pl.Series]:
        own = frame if survey is None else translate(frame)
        return code_columns(own, plan, options.column, threads=threads)

    types = result_types(plan, options.column)
    if survey is None:
        return Coder(scheme, plan.needs, types, run, plan)
    return Coder(scheme, needs, types, run, plan, translate)


def _population_coder(schema: pl.Schema, theory: Theory, options: Options) -> Coder:
    import polars as pl  # takes 0.2 s to import

    from worldclass.theories.classify import classify_frame
    from worldclass.theories.compile import compile_theory

    for name, given, usual in (
        ("occupation", options.occupation, None),
        ("survey", options.survey, None),
        ("method", options.method, "auto"),
        ("digits", options.digits, 4),
    ):
        if given != usual:
            raise UsageError(
                f"Theory '{theory.id}' does not code occupations: {name} has no meaning for it.",
                remedy="Leave it out.",
            )
    compiled = compile_theory(theory, options.parameters)

    def run(frame: pl.DataFrame, threads: int | None) -> list[pl.Series]:
        done = classify_frame(frame, compiled, options.references, column=options.column)
        return [done[options.column]]

    used = _used(compiled, options.references or {})
    lacking = [name for name in used if name not in schema and name in columns()]
    if lacking:
        raise UsageError(
            f"The data lack {', '.join(lacking)}, which theory '{theory.id}' needs.",
            where=f"columns: {', '.join(schema)}",
            remedy="docs/theories.md lists the columns and their codes.",
        )
    needs = tuple(name for name in used if name in schema)
    return Coder(theory, needs, {options.column: pl.Enum(compiled.classes)}, run)


def _used(compiled: CompiledTheory, references: References) -> list[str]:
    """Columns that a population theory reads."""
    from worldclass.theories.encode import reference_column

    names = [axis.name for axis in compiled.categories]
    names += [cut.column for cut in compiled.cuts]
    names += [str(references.get(name, reference_column(name))) for name in compiled.references]
    return list(dict.fromkeys([*names, *compiled.splits]))


def _is_scheme(path: Path) -> bool:
    """Whether a theory file is that of an occupational scheme: only they have a kind."""
    from worldclass.core.datafile import parse_toml, read_text
    from worldclass.theories.limits import THEORY_FILE

    text = read_text(path, error=TheoryError, limits=THEORY_FILE)
    document = parse_toml(text, str(path), error=TheoryError, limits=THEORY_FILE)
    return "kind" in document
