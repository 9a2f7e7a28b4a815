"""What an adapter made of a survey's frame, what it could not make, and what is lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict

from worldclass.surveys.adapt import Plan, plan_adaptation, with_helpers
from worldclass.surveys.branches import Made, as_kind
from worldclass.surveys.canonical import DESIGN, REASONS, UNKNOWN, kinds
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
    >>> report.filter(item="unknown code", column="self_employed")["detail"].to_list()
    ['4']
    """
    import polars as pl

    assumed = [assume] if isinstance(assume, str) else list(assume)
    plan = plan_adaptation(frame, survey, assume=assumed)
    counts = _counts(frame, plan, plan.made)
    lines: list[Line] = []
    for made in plan.made.values():
        lines += _made(made, counts)
    lines += facts(plan, assumed)
    if plan.design and not plan.survey.design.verified:
        lines.append(_line("not verified", "design", detail=plan.survey.design.note))
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


def facts(plan: Plan, assume: Iterable[str], columns: Container[str] | None = None) -> list[Line]:
    """What is lost, not made, assumed and not verified, whatever the rows hold.

    Parameters
    ----------
    plan
        What the adapter does.
    assume
        The assumptions that are made.
    columns
        The columns of ours to speak of; by default all.
    """
    survey, assumed = plan.survey, list(assume)
    asked = [name for name in kinds() if columns is None or name in columns]
    lines: list[Line] = []
    for column in survey.columns:
        if column.name not in asked:
            continue
        if column.name in plan.problems:
            lines.append(_line("not made", column.name, detail=plan.problems[column.name]))
        if column.lost:
            lines.append(_line("lost", column.name, detail=column.lost))
    for name, why in survey.absent.items():
        if name in asked:
            lines.append(_line("not in the survey", name, detail=why))
    lines.append(_line("lost", detail=survey.lost))
    for name in assumptions_for(survey, asked):
        item = "assumed" if name in assumed else "could be assumed"
        lines.append(_line(item, detail=f"{name}: {survey.assumptions[name]}"))
    return lines + [line for line in _unverified(plan) if line["column"] in asked]


def assumptions_for(survey: Survey, columns: Container[str]) -> list[str]:
    """Names of an adapter's assumptions that some columns of ours can be made by.

    Example
    -------
    >>> from worldclass.surveys.library import load_survey
    >>> assumptions_for(load_survey("gld"), ["employees"])
    ['at-least-one', 'firm-size']
    """
    used = {b.assume for c in survey.columns if c.name in columns for b in c.branches}
    return [name for name in survey.assumptions if name in used]


def unknown_codes(
    frame: pl.DataFrame, plan: Plan, columns: Container[str]
) -> list[tuple[str, int, tuple[str, ...]]]:
    """Of some columns of ours: rows whose code the adapter does not know, and examples."""
    chosen = {name: made for name, made in plan.made.items() if name in columns}
    if not chosen:
        return []
    counts = _counts(frame, plan, chosen)
    found = [(name, int(counts[f"{name}:{UNKNOWN}"]), counts[f"{name}:?"]) for name in chosen]
    return [(name, rows, tuple(map(str, shown))) for name, rows, shown in found if rows]


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


def _counts(
    frame: pl.DataFrame | pl.LazyFrame, plan: Plan, chosen: Mapping[str, Made]
) -> Mapping[str, Any]:
    """Rows by column and kind, in one pass; keys are `column`, `column:kind`, `column:?`."""
    import polars as pl

    # each column is made once, and counted from there
    columns: list[pl.Expr] = []
    counts: list[pl.Expr] = [pl.len().alias("")]
    for name, made in chosen.items():
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
