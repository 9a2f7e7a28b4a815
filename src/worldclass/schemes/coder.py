"""One job for every theory: the columns it reads, and the columns that it adds to a frame.

Occupational schemes look up codes and status; population theories run their decision table.
Frames of every kind, and files, are coded through this one form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from worldclass.core.errors import TheoryError, UsageError
from worldclass.people.columns import columns
from worldclass.schemes.check import require_sound
from worldclass.schemes.library import list_schemes, load_scheme, occupations_of
from worldclass.schemes.plan import Plan, plan_coding, status_used, warn_simplified
from worldclass.schemes.schema import Scheme
from worldclass.schemes.survey_coding import (
    Adaptation,
    code_in_turns,
    make_adaptation,
    turn_types,
)
from worldclass.surveys.columns import status_columns
from worldclass.theories.library import list_theories, load_theory
from worldclass.theories.schema import Theory

if TYPE_CHECKING:
    import polars as pl

    from worldclass.theories.compile import CompiledTheory

References = Mapping[str, float | str]
TheoryLike = str | Path | Scheme | Theory


class Run(Protocol):
    """From a frame, and a number of threads (None for Polars's own), to the new columns.

    `empty` is given the names of the status columns in which the value of some row is missing,
    or means nothing.
    """

    def __call__(
        self, frame: pl.DataFrame, threads: int | None, empty: set[str] | None = None
    ) -> list[pl.Series]: ...


@dataclass(frozen=True)
class Options:
    """How a frame is coded; see `worldclass.classify`.

    Raises
    ------
    UsageError
        The new column has no name, or parameters or references give no values to names.
    """

    occupation: str | None = None
    survey: str | Path | None = None
    method: str = "auto"
    digits: int = 4
    column: str = "class"
    parameters: Mapping[str, Any] | None = None
    references: References | None = None
    assume: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what is of another type."""
        column: Any = self.column
        if not isinstance(column, str) or not column.strip():
            raise UsageError(
                f"The new column cannot be named {column!r}.",
                remedy="Give a text as its name: column='class'.",
            )
        for name in ("parameters", "references"):
            given = getattr(self, name)
            if given is not None and not isinstance(given, Mapping):
                raise UsageError(
                    f"{name} are {given!r}, which gives no values to names.",
                    remedy=f"Give a dictionary: {name}={{'name': value}}.",
                )


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
        From a frame with these columns to the new columns.
    plan
        Of a scheme: how the frame is coded.
    adaptation
        With a survey: its adapter, which makes our columns of the frame's.
    others
        With a survey: how rows are coded that have no code in the plan's classification, but
        in another one.
    beside
        Of a scheme, without a survey: columns that are not read, as others come before them.
    """

    theory: Scheme | Theory
    needs: tuple[str, ...]
    types: Mapping[str, pl.DataType]
    run: Run
    plan: Plan | None = None
    adaptation: Adaptation | None = None
    others: tuple[Plan, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        """All plans, the first one first; none of a population theory."""
        return () if self.plan is None else (self.plan, *self.others)

    def translate(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame's columns as the plans read them."""
        if self.adaptation is None:
            return frame
        return self.adaptation.translate(frame, [n for plan in self.plans for n in plan.needs])


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
    close = difflib.get_close_matches(text.lower(), known, n=1)
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
        if found.folder is not None:
            require_sound(found)
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

    if options.references:
        raise UsageError(
            f"Scheme '{scheme.id}' uses no reference incomes.", remedy="Leave them out."
        )
    adaptation = make_adaptation(schema, options.survey, options.assume)
    plans = _plans(list(schema), scheme, options, adaptation)
    needs = tuple(dict.fromkeys(name for plan in plans for name in plan.needs))
    if adaptation is None:
        refuse_kinds(schema, needs)

    def run(
        frame: pl.DataFrame, threads: int | None, empty: set[str] | None = None
    ) -> list[pl.Series]:
        if adaptation is not None:
            frame = adaptation.translate(frame, needs)
        refuse_kinds(frame.schema, needs)
        return code_in_turns(frame, plans, options.column, threads, empty)

    return Coder(
        theory=scheme,
        needs=needs if adaptation is None else adaptation.reads(needs),
        types=turn_types(plans, options.column),
        run=run,
        plan=plans[0],
        adaptation=adaptation,
        others=tuple(plans[1:]),
        beside=_beside(list(schema), plans[0], options) if adaptation is None else (),
    )


def _plans(
    names: list[str], scheme: Scheme, options: Options, adaptation: Adaptation | None
) -> list[Plan]:
    """How a frame's rows are coded: by its column of codes, or by a survey's several in turn."""
    if adaptation is not None:
        names = list(adaptation.names)
    hint = adaptation.could_assume(status_used(scheme)) if adaptation else ""

    def plan_by(occupation: str | None) -> Plan:
        return plan_coding(
            names,
            scheme,
            occupation=occupation,
            method=options.method,
            digits=options.digits,
            parameters={name: str(word) for name, word in (options.parameters or {}).items()},
            adapted=adaptation is not None,
        )

    try:
        first = plan_by(options.occupation)
    except UsageError as problem:
        if not hint:
            raise
        remedy = f"{problem.remedy} {hint}".strip()
        raise UsageError(problem.what, where=problem.where, remedy=remedy) from problem
    warn_simplified(first, options.method, hint)
    if adaptation is None:
        return [first]
    made = adaptation.plan.made
    if options.digits != 4 and first.code in made:
        raise UsageError(
            f"The adapter of survey '{adaptation.plan.survey.id}' writes the codes in four digits: "
            f"digits={options.digits} has no meaning for them.",
            remedy="Leave it out.",
        )
    if options.occupation is not None:
        return [first]
    taken = [entry.classification for entry in occupations_of(scheme)]
    return [first, *(plan_by(name) for name in taken if name in made and name != first.code)]


def _beside(names: list[str], plan: Plan, options: Options) -> tuple[str, ...]:
    """Columns that could be read, if others did not come before them."""
    scheme = plan.table.scheme
    codes = [entry.classification for entry in occupations_of(scheme)]
    found = [] if options.occupation else [name for name in codes if name in names]
    for axis, own in zip(plan.table.axes, plan.status, strict=True):
        if own == axis.name:
            found += [name for name in status_columns()[axis.name].aliases if name in names]
    return tuple(name for name in found if name not in plan.needs)


def refuse_kinds(schema: pl.Schema, names: Sequence[str]) -> None:
    """Refuse columns of lists, dates and the like, which hold neither codes nor status.

    Raises
    ------
    UsageError
        A column is of such a type.
    """
    import polars as pl  # takes 0.2 s to import

    for name in names:
        kind = schema[name]
        strange = isinstance(kind, pl.Object | pl.Binary)
        if kind.is_nested() or kind.is_temporal() or strange:
            raise UsageError(
                f"Column '{name}' holds values of type {kind}, which are neither codes nor status.",
                remedy="Give numbers, truth values or text.",
            )


def _population_coder(schema: pl.Schema, theory: Theory, options: Options) -> Coder:
    import polars as pl  # takes 0.2 s to import

    from worldclass.theories.classify import classify_frame
    from worldclass.theories.compile import compile_theory

    for name, given, usual in (
        ("occupation", options.occupation, None),
        ("survey", options.survey, None),
        ("method", options.method, "auto"),
        ("digits", options.digits, 4),
        ("assume", tuple(options.assume), ()),
    ):
        if given != usual:
            raise UsageError(
                f"Theory '{theory.id}' does not code occupations: {name} has no meaning for it.",
                remedy="Leave it out.",
            )
    compiled = compile_theory(theory, options.parameters)

    def run(
        frame: pl.DataFrame, threads: int | None, empty: set[str] | None = None
    ) -> list[pl.Series]:
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
