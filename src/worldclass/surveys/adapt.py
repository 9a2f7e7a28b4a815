"""Add our columns to a survey's frame."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from worldclass.core.errors import UsageError
from worldclass.surveys.branches import Made, as_kind, made_columns
from worldclass.surveys.canonical import DESIGN, companion
from worldclass.surveys.library import detect_survey, load_survey
from worldclass.surveys.schema import Survey
from worldclass.surveys.variables import Variables

if TYPE_CHECKING:
    import polars as pl

Frame = TypeVar("Frame", "pl.DataFrame", "pl.LazyFrame")


@dataclass(frozen=True, eq=False)
class Plan:
    """What an adapter does to a frame.

    Parameters
    ----------
    survey
        The adapter.
    made
        The columns that it makes, in the order of its file.
    problems
        Why it cannot make others.
    design
        Our name of each column for statistics, and the frame's column that it is.
    variables
        The frame's columns, with the helpers that the expressions refer to.
    """

    survey: Survey
    made: dict[str, Made]
    problems: dict[str, str]
    design: dict[str, str]
    variables: Variables


def adapt(frame: Frame, survey: Survey | str | Path, *, assume: Iterable[str] = ()) -> Frame:
    """Add to a survey's frame the columns that class schemes read.

    Each column X that the adapter makes comes with a companion `X_missing`, which holds the
    kind of missing where X is empty (`canonical.REASONS`), and is empty where X is given or
    where the survey does not say why X is empty. The survey's weight, sampling unit and stratum
    are added as `weight`, `psu`, `stratum`. A variable that bears our name already (`isco08`)
    is replaced; nothing else in the frame is touched. Rows and their order stay, and a row's
    result depends on that row alone.

    Parameters
    ----------
    frame
        The survey's rows, with its own names and codes (not labels).
    survey
        An adapter, its id, or the path of its file.
    assume
        Assumptions of the adapter's file (`Survey.assumptions`) to make: none unless asked for.

    Raises
    ------
    UsageError
        The adapter or an assumption is not known, the frame cannot come from this survey, or it
        has a column whose name the adapter needs.

    Example
    -------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"emplrel": [1, 2, 7], "jbspv": [1, 2, 8]})
    >>> adapt(rows, "ess")["self_employed"].to_list()
    [False, True, None]
    >>> adapt(rows, "ess")["supervisor_missing"].to_list()
    [None, None, "don't know"]
    """
    import polars as pl

    plan = plan_adaptation(frame, survey, assume=assume)
    columns: list[pl.Expr] = []
    for name, made in plan.made.items():
        columns.append(made.value.alias(name))
        columns.append(as_kind(made.reason).alias(companion(name)))
    columns += [pl.col(own).alias(name) for name, own in plan.design.items() if own != name]
    # lazily in either case: parts that several columns have in common are computed once
    result = with_helpers(frame, plan).with_columns(columns).drop(plan.variables.helpers)
    return cast(Frame, result.collect() if isinstance(frame, pl.DataFrame) else result)


def with_helpers(frame: pl.DataFrame | pl.LazyFrame, plan: Plan) -> pl.LazyFrame:
    """A frame with the columns that a plan's expressions refer to."""
    lazy = frame.lazy()
    for stage in plan.variables.stages():
        lazy = lazy.with_columns(stage)
    return lazy


def plan_adaptation(
    frame: pl.DataFrame | pl.LazyFrame, survey: Survey | str | Path, *, assume: Iterable[str] = ()
) -> Plan:
    """What an adapter would do to a frame.

    Raises
    ------
    UsageError
        As `adapt`.
    """
    adapter = survey if isinstance(survey, Survey) else load_survey(survey)
    assumed = _assumed(adapter, assume)
    schema = frame.collect_schema()
    variables = Variables(dict(schema))
    foreign = variables.find(adapter.fits.without)
    if foreign:
        raise UsageError(
            f"The frame has a variable '{foreign[0]}', which files of this survey have not.",
            where=f"survey {adapter.id}",
            remedy=_suggestion(schema.names(), adapter.id),
        )
    if not variables.find(adapter.fits.any) and detect_survey(schema.names()):
        raise UsageError(
            "The frame has none of the variables that mark this survey, and has those of another.",
            where=f"survey {adapter.id}",
            remedy=_suggestion(schema.names(), adapter.id),
        )
    made, problems = made_columns(adapter, variables, assumed)
    if not made:
        first = next(iter(problems.items()))
        raise UsageError(
            f"None of our columns can be made from this frame: {first[0]}: {first[1]}; …",
            where=f"survey {adapter.id}",
            remedy=_suggestion(schema.names(), adapter.id),
        )
    _refuse_clashes(made, schema.names(), adapter)
    return Plan(adapter, made, problems, _design(adapter, variables), variables)


def variables_read(survey: Survey) -> set[str]:
    """Names, in lower case, of all variables that an adapter may look at, its design apart.

    Example
    -------
    >>> "emplrel" in variables_read(load_survey("ess"))
    True
    """
    names = [*survey.fits.without]
    for column in survey.columns:
        names += column.needs
        for branch in column.branches:
            names += [*branch.variable, *(branch.flag.variable if branch.flag else ())]
            names += [name for condition in branch.when for name in condition.variable]
    return {name.lower() for name in names}


def _assumed(adapter: Survey, assume: Iterable[str]) -> Collection[str]:
    """The assumptions asked for, if the adapter has them."""
    asked = [assume] if isinstance(assume, str) else list(assume)
    strange = [name for name in asked if name not in adapter.assumptions]
    if strange:
        known = ", ".join(adapter.assumptions) or "none"
        raise UsageError(
            f"There is no assumption '{strange[0][:60]}'.",
            where=f"survey {adapter.id}",
            remedy=f"Assumptions of this adapter: {known}.",
        )
    return asked


def _refuse_clashes(made: dict[str, Made], names: list[str], adapter: Survey) -> None:
    """Refuse to write over a column that is not the variable that the adapter reads."""
    for name, column in made.items():
        taken = [n for n in (name, companion(name)) if n in names and n not in column.variables]
        if taken:
            raise UsageError(
                f"The frame has a column '{taken[0]}' already, which the adapter would make from "
                f"{', '.join(column.variables) or 'nothing'}.",
                where=f"survey {adapter.id}",
                remedy="Rename or drop it; was the frame adapted before?",
            )


def _design(adapter: Survey, variables: Variables) -> dict[str, str]:
    """Our name of each column for statistics, and the frame's column that it is."""
    design: dict[str, str] = {}
    for name in DESIGN:
        found = variables.find(getattr(adapter.design, name))
        if found and (found[0] == name or name not in variables.types):
            design[name] = found[0]
    return design


def _suggestion(names: list[str], tried: str) -> str:
    """Which adapters the columns' names point to."""
    fitting = [name for name in detect_survey(names) if name != tried]
    if fitting:
        return f"Going by its columns, the file may be of {' or '.join(fitting[:3])}; name that."
    return "Check that the file has the survey's own variable names, and name the right survey."
