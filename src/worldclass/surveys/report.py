"""What an adapter made of a survey's frame, what it could not make, and what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict

from worldclass.surveys.adapt import Plan, plan_adaptation, with_helpers
from worldclass.surveys.branches import Made, as_kind
from worldclass.surveys.canonical import DESIGN, REASONS, UNKNOWN
from worldclass.surveys.schema import Survey

if TYPE_CHECKING:
    import polars as pl

_EXAMPLES: Final = 5


class Line(TypedDict):
    """One row of the report."""

    item: str
    column: str | None
    variables: str | None
    rows: int | None
    share: float | None
    detail: str | None


def adaptation_report(
    frame: pl.DataFrame | pl.LazyFrame, survey: Survey | str | Path, *, assume: Iterable[str] = ()
) -> pl.DataFrame:
    """What `adapt` makes of a frame.

    Parameters
    ----------
    frame, survey, assume
        As for `adapt`. A lazy frame is read once.

    Returns
    -------
    polars.DataFrame
        Columns `item`, `column`, `variables`, `rows`, `share` (of all rows, 0–1), `detail`.
        Items: *made* (rows with a value), *missing* (rows of one kind; detail names the kind),
        *unknown code* (detail: examples), *not made* (why; the frame lacks variables), *not in
        the survey*, *lost* (information that the column or the survey lacks), *assumed* and
        *could be assumed*, *not verified* (parts of the file that no document confirmed),
        *design*.

    Raises
    ------
    UsageError
        As `adapt`.

    Example
    -------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"emplrel": [1, 2, 4], "jbspv": [1, 2, 8]})
    >>> report = adaptation_report(rows, "ess")
    >>> report.filter(item="unknown code")["detail"].to_list()
    ['4']
    """
    import polars as pl

    assumed = [assume] if isinstance(assume, str) else list(assume)
    plan = plan_adaptation(frame, survey, assume=assumed)
    counts = _counts(frame, plan)
    lines: list[Line] = []
    for made in plan.made.values():
        lines += _made(made, counts)
    for column in plan.survey.columns:
        if column.name in plan.problems:
            lines.append(_line("not made", column.name, detail=plan.problems[column.name]))
        elif column.lost:
            lines.append(_line("lost", column.name, detail=column.lost))
    lines += [_line("not in the survey", n, detail=why) for n, why in plan.survey.absent.items()]
    lines.append(_line("lost", detail=plan.survey.lost))
    for name, text in plan.survey.assumptions.items():
        item = "assumed" if name in assumed else "could be assumed"
        lines.append(_line(item, detail=f"{name}: {text}"))
    lines += _unverified(plan)
    lines += _design(plan)
    return pl.DataFrame(
        lines,
        schema={
            "item": pl.String,
            "column": pl.String,
            "variables": pl.String,
            "rows": pl.Int64,
            "share": pl.Float64,
            "detail": pl.String,
        },
        orient="row",
    )


def _line(
    item: str,
    column: str | None = None,
    variables: Iterable[str] = (),
    rows: int | None = None,
    total: int = 0,
    detail: str | None = None,
) -> Line:
    """A row of the report."""
    share = None if rows is None or not total else rows / total
    names = ", ".join(variables) or None
    return Line(item=item, column=column, variables=names, rows=rows, share=share, detail=detail)


def _counts(frame: pl.DataFrame | pl.LazyFrame, plan: Plan) -> Mapping[str, Any]:
    """Rows by column and kind, in one pass; keys are `column`, `column:kind`, `column:?`."""
    import polars as pl

    # each column is made once, and counted from there
    columns: list[pl.Expr] = []
    counts: list[pl.Expr] = [pl.len().alias("")]
    for name, made in plan.made.items():
        kind, unread = pl.col(f"{name}:kind"), pl.col(f"{name}:unread")
        columns.append(made.value.is_not_null().alias(f"{name}:given"))
        columns.append(as_kind(made.reason).alias(f"{name}:kind"))
        columns.append(made.unread.alias(f"{name}:unread"))
        counts.append(pl.col(f"{name}:given").sum().alias(name))
        counts += [(kind == reason).sum().alias(f"{name}:{reason}") for reason in REASONS]
        distinct = unread.drop_nulls().unique().sort().head(_EXAMPLES)
        counts.append(distinct.implode().alias(f"{name}:?"))
    table = with_helpers(frame, plan).select(columns).select(counts).collect()
    return table.row(0, named=True)


def _made(made: Made, counts: Mapping[str, Any]) -> list[Line]:
    """Rows given and missing of one column."""
    total = int(counts[""])
    given = int(counts[made.name])
    lines = [_line("made", made.name, made.variables, given, total)]
    stated = 0
    for reason in REASONS:
        rows = int(counts[f"{made.name}:{reason}"])
        stated += rows
        if not rows:
            continue
        if reason == UNKNOWN:
            examples = ", ".join(str(code) for code in counts[f"{made.name}:?"])
            lines.append(_line(UNKNOWN, made.name, made.variables, rows, total, examples))
        else:
            lines.append(_line("missing", made.name, (), rows, total, reason))
    silent = total - given - stated
    if silent:
        lines.append(_line("missing", made.name, (), silent, total, "the survey does not say why"))
    return lines


def _unverified(plan: Plan) -> list[Line]:
    """The parts in use that no document confirmed."""
    lines: list[Line] = []
    for made in plan.made.values():
        for branch in made.branches:
            if not branch.verified:
                lines.append(_line("not verified", made.name, branch.variable, detail=branch.note))
    if plan.design and not plan.survey.design.verified:
        lines.append(_line("not verified", "design", detail=plan.survey.design.note))
    return lines


def _design(plan: Plan) -> list[Line]:
    """The columns for statistics."""
    lines = [
        _line("design", name, [plan.design[name]])
        if name in plan.design
        else _line("not made", name, detail="the frame has no variable for it, or has the name")
        for name in DESIGN
    ]
    if plan.survey.design.note:
        lines.append(_line("design", detail=plan.survey.design.note))
    return lines
