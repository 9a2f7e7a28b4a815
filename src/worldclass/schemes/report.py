"""`worldclass.coding_report`: what was read, repaired, missing, assumed and lost in a coding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from worldclass.occupations.classification import MALFORMED, known
from worldclass.occupations.convert import read_column
from worldclass.occupations.longer import written
from worldclass.schemes.coder import Coder, Options, References, TheoryLike, make_coder
from worldclass.schemes.compile import simplification
from worldclass.schemes.frames import needed_columns, schema_of
from worldclass.schemes.plan import ESCO, status_used
from worldclass.schemes.survey_coding import turns
from worldclass.schemes.unreadable import NOT_UNDERSTOOD, unreadable
from worldclass.surveys.columns import status_columns
from worldclass.surveys.report import facts, unknown_codes

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.plan import Plan

_SHOWN = 5
_FINDINGS = {
    "padded": "repaired: zeros put in front",
    "trimmed": "repaired: spaces removed",
    "decimals": "repaired: '.0' removed",
    "filled": "filled to four digits",
}
_LIKE_MISSING = [int(digit * length) for digit in "6789" for length in (4, 5, 6)]
_MINOR = 3

Progress = Callable[[int, int], None]
"""Told the rows done so far, and the rows in all (0 where not known)."""


@dataclass
class Tally:
    """Counts of a coding, gathered over blocks of rows that may come from several threads.

    Parameters
    ----------
    rows
        Rows read.
    lines
        For each item and column: its rows, and some examples.
    classes
        Rows of each class.
    """

    rows: int = 0
    lines: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock, repr=False)

    def add(self, frame: pl.DataFrame, coder: Coder, made: list[pl.Series]) -> None:
        """Count a block of rows and the columns that were made of it."""
        found = list(_lines(frame, coder, made))
        counts = _class_counts(made[0]) if coder.types and made else {}
        with self._lock:
            self.rows += frame.height
            for name, rows in counts.items():
                self.classes[name] = self.classes.get(name, 0) + rows
            for key, rows, examples in found:
                before, shown = self.lines.get(key, (0, ()))
                more = tuple(dict.fromkeys([*shown, *examples]))[:_SHOWN]
                self.lines[key] = (before + rows, more)

    def not_understood(self) -> dict[str, tuple[int, tuple[str, ...]]]:
        """For each column with values that are not understood, its rows, and some examples."""
        return {name: found for (item, name), found in self.lines.items() if item == NOT_UNDERSTOOD}


def coding_report(
    data: Any,
    theory: TheoryLike,
    *,
    occupation: str | None = None,
    survey: str | Path | None = None,
    method: str = "auto",
    digits: int = 4,
    column: str = "class",
    parameters: Mapping[str, Any] | None = None,
    references: References | None = None,
    assume: Sequence[str] = (),
) -> pl.DataFrame:
    """What `worldclass.classify` reads, repairs, misses, assumes and loses in some data.

    Parameters
    ----------
    data, theory, occupation, survey, method, digits, column, parameters, references, assume
        As for `worldclass.classify`; Spark frames and RecordBatchReaders excepted.

    Returns
    -------
    One row for each finding: `item`, `column`, `rows`, `share` of all rows, and `examples`. With
    a survey, what its adapter cannot make, loses, could assume and what of it is not verified.

    Raises
    ------
    UsageError, TheoryError
        As for `worldclass.classify`.

    Example
    -------
    >>> import polars as pl
    >>> people = pl.DataFrame({"isco08": ["2310", "110", "x"]})
    >>> coding_report(people, "isei").select("item", "rows").rows()[3:5]
    [('repaired: zeros put in front', 1), ('no class: isco08: malformed code', 1)]
    """
    options = Options(occupation, survey, method, digits, column, parameters, references, assume)
    coder = make_coder(schema_of(data), theory, options)
    frame = needed_columns(data, replace(coder, needs=(*coder.needs, *coder.beside)))
    tally = Tally()
    tally.add(frame, coder, coder.run(frame, None))
    return report_frame(tally, coder)


def report_frame(tally: Tally, coder: Coder) -> pl.DataFrame:
    """Counts as a table; with what was assumed of all rows, and what that loses."""
    import polars as pl  # takes 0.2 s to import

    column = next(iter(coder.types))
    given = sum(tally.classes.values())
    rows: list[tuple[str, str, int, str]] = [
        ("rows read", "", tally.rows, ""),
        ("class given", column, given, ""),
    ]
    for (item, name), (count, examples) in sorted(tally.lines.items(), key=_order):
        if count:
            rows.append((item, name, count, ", ".join(examples)))
    if coder.plan is not None:
        rows.insert(1, ("columns read", "", tally.rows, coder.plan.read))
        rows += [(item, name, tally.rows, text) for item, name, text in _assumptions(coder.plan)]
        rows += [(item, name, tally.rows, text) for item, name, text in _of_survey(coder)]
    frame = pl.DataFrame(
        rows, schema=["item", "column", "rows", "examples"], orient="row"
    ).with_columns(pl.col("rows").cast(pl.Int64))
    share = pl.col("rows") / max(tally.rows, 1)
    return frame.select("item", "column", "rows", share.alias("share"), "examples")


def _order(line: tuple[tuple[str, str], tuple[int, tuple[str, ...]]]) -> tuple[int, int, str]:
    """Repairs first, then reasons, then what looks odd; the most frequent first."""
    (item, _), (rows, _) = line
    kinds = ("repaired", "filled", "no class")
    kind = next((n for n, start in enumerate(kinds) if item.startswith(start)), len(kinds))
    return kind, -rows, item


def _assumptions(plan: Plan) -> Iterable[tuple[str, str, str]]:
    """What a plan assumes of every row for want of a column, and what the coding loses."""
    if plan.aside:
        text = "the scheme tells supervisors by the number of persons supervised: employees"
        yield "not used", plan.aside, text
    for name in plan.absent:
        value = plan.table.assumed.get(name)
        word = "the authors' simplified column" if value is None else f"{name} = {value}"
        yield "assumed for want of the column", name, word
    loss = simplification(plan.table.scheme)
    if plan.absent and loss and not plan.partial:
        yield "lost by the simplified method", "", loss.lost


def _of_survey(coder: Coder) -> Iterable[tuple[str, str, str]]:
    """What a survey's adapter loses, assumes and does not know, of the columns concerned."""
    if coder.adaptation is None or coder.plan is None:
        return
    columns = {plan.code for plan in coder.plans} | set(status_used(coder.plan.table.scheme))
    for line in facts(coder.adaptation.plan, coder.adaptation.assume, columns):
        yield line["item"], line["column"] or "", line["detail"] or ""


def _lines(
    frame: pl.DataFrame, coder: Coder, made: list[pl.Series]
) -> Iterable[tuple[tuple[str, str], int, tuple[str, ...]]]:
    """The findings of a block of rows."""
    if coder.plan is None:
        return
    own = coder.translate(frame)
    for plan, rows in turns(own, coder.plans):
        if plan is not coder.plan and rows.any():
            yield ("coded by another classification", plan.code), int(rows.sum()), ()
        chosen = [one.filter(rows) for one in made] if coder.others else made
        yield from _plan_lines(own.filter(rows) if coder.others else own, plan, chosen)
    if coder.adaptation is not None:
        columns = {plan.table.classification for plan in coder.plans}
        columns |= {axis.name for axis in coder.plan.table.axes}
        for name, count, shown in unknown_codes(frame, coder.adaptation.plan, columns):
            yield ("unknown code", name), count, shown
    yield from _beside_lines(frame, coder)


def _beside_lines(
    frame: pl.DataFrame, coder: Coder
) -> Iterable[tuple[tuple[str, str], int, tuple[str, ...]]]:
    """Rows in which a column that is read is empty, and one that is not read is not."""
    if coder.plan is None:
        return
    aliases = {alias: n for n, c in status_columns().items() for alias in c.aliases}
    for name in coder.beside:
        read = aliases.get(name, coder.plan.code)
        rows = int((_given(frame[name]) & ~_given(frame[read])).sum())
        if rows:
            advice = "rename or fill one of them" if name in aliases else "see occupation="
            yield (f"{read} is empty in rows where {name} is not ({advice})", read), rows, ()


def _given(series: pl.Series) -> pl.Series:
    """Whether each value is given: not null, NaN or empty text."""
    import polars as pl  # takes 0.2 s to import

    if series.dtype.is_float():
        return series.fill_nan(None).is_not_null()
    if series.dtype == pl.String:
        return (series.str.strip_chars() != "").fill_null(False)
    return series.is_not_null()


def _plan_lines(
    frame: pl.DataFrame, plan: Plan, made: list[pl.Series]
) -> Iterable[tuple[tuple[str, str], int, tuple[str, ...]]]:
    """The findings of rows that one plan codes."""
    import polars as pl  # takes 0.2 s to import

    given, name = frame[plan.code], plan.table.classification
    column = read_column(given, ESCO if plan.esco else name, plan.digits)
    for finding in column.report.findings:
        if finding.item in _FINDINGS:
            yield (_FINDINGS[finding.item], plan.code), finding.rows, finding.examples
    examples = {f.item: f.examples for f in column.report.findings}
    for reason, rows in made[1].drop_nulls().value_counts().sort(made[1].name).rows():
        shown: tuple[str, ...] = ()
        if reason.endswith("malformed code"):
            shown = examples.get("malformed code", ())
        elif reason.endswith(("unknown code", "not covered")):
            codes = pl.Series(column.codes).filter(made[1] == reason)
            codes = codes.filter(codes < MALFORMED)  # a survey's unknown code is empty here
            shown = tuple(written(code, name) for code in codes.unique().sort().head(_SHOWN))
            yield from _known_minor(codes, plan, reason)
        yield (f"no class: {reason}", reason.partition(":")[0]), rows, shown
    yield from _status_lines(frame, plan)


def _known_minor(
    codes: pl.Series, plan: Plan, reason: str
) -> Iterable[tuple[tuple[str, str], int, tuple[str, ...]]]:
    """Unknown unit groups in a minor group that is known: often codes of another edition."""
    if not reason.endswith("unknown code"):
        return
    name = plan.table.classification
    distinct = codes.filter(codes < MALFORMED).unique().sort().to_list()
    near = [code for code in distinct if known(code // 10 * 10, name, _MINOR)]
    if near:
        shown = tuple(f"{code:04d}" for code in near[:_SHOWN])
        yield (
            ("unknown unit group of a known minor group", plan.code),
            int(codes.is_in(near).sum()),
            shown,
        )


def _status_lines(
    frame: pl.DataFrame, plan: Plan
) -> Iterable[tuple[tuple[str, str], int, tuple[str, ...]]]:
    """Values of status columns that mean nothing, and numbers that look like missing codes."""
    import polars as pl  # takes 0.2 s to import

    for axis, name in zip(plan.table.axes, plan.status, strict=True):
        series = frame[name]
        rows, examples = unreadable(series, axis)
        if rows:
            yield (NOT_UNDERSTOOD, name), rows, examples
        if axis.name == "employees":
            numbers = series.cast(pl.String).cast(pl.Float64, strict=False)
            odd = numbers.filter(numbers.is_in([float(code) for code in _LIKE_MISSING]))
            if len(odd):
                shown = tuple(f"{value:.0f}" for value in odd.unique().sort())
                item = "looks like a missing code, taken as a number (see survey=)"
                yield (item, name), len(odd), shown


def _class_counts(classes: pl.Series) -> dict[str, int]:
    """Rows of each class; of a scale, of each value."""
    counts = classes.drop_nulls().value_counts()
    return {str(name): rows for name, rows in counts.rows()}
