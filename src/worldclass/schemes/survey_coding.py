"""A survey's frame on its way to a scheme: which variables are read, and what becomes of them.

A survey may code some rows in one classification and some in another, as stacked rounds do: each
row is then coded by the first of the scheme's classifications in which it has a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.schemes.coding import code_columns, result_types
from worldclass.schemes.plan import Plan
from worldclass.surveys.adapt import Plan as AdaptationPlan
from worldclass.surveys.adapt import adapt, plan_adaptation, variables_read
from worldclass.surveys.library import load_survey
from worldclass.surveys.report import assumptions_for

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class Adaptation:
    """An adapter made ready for frames with certain columns.

    Parameters
    ----------
    plan
        What the adapter does to such a frame.
    assume
        The assumptions that it makes.
    own
        The frame's columns before.
    names
        The frame's columns after.
    """

    plan: AdaptationPlan
    assume: tuple[str, ...]
    own: tuple[str, ...]
    names: tuple[str, ...]

    def reads(self, needs: Iterable[str]) -> tuple[str, ...]:
        """The frame's columns from which the columns that a scheme needs are made."""
        variables, needed = variables_read(self.plan.survey), set(needs)
        return tuple(n for n in self.own if n in needed or n.lower() in variables)

    def translate(self, frame: pl.DataFrame, needs: Iterable[str]) -> pl.DataFrame:
        """The columns that a scheme needs, made from the survey's."""
        adapted = adapt(frame.lazy(), self.plan.survey, assume=self.assume)
        return adapted.select(list(dict.fromkeys(needs))).collect()

    def could_assume(self, columns: Iterable[str]) -> str:
        """A sentence on the assumptions that are not made, and would help with some columns."""
        survey = self.plan.survey
        found = [n for n in assumptions_for(survey, tuple(columns)) if n not in self.assume]
        if not found:
            return ""
        texts = " ".join(f"{name}: {survey.assumptions[name]}" for name in found)
        return f"Could be assumed (assume=, or --assume): {texts}"


def make_adaptation(
    schema: pl.Schema, survey: str | Path | None, assume: Sequence[str]
) -> Adaptation | None:
    """An adapter made ready for frames of a schema; None where no survey is named.

    Raises
    ------
    UsageError
        The adapter or an assumption is not known, an assumption is asked for without a survey,
        or the frame cannot come from this survey.
    """
    import polars as pl  # takes 0.2 s to import

    asked = (assume,) if isinstance(assume, str) else tuple(assume)
    if survey is None:
        if asked:
            raise UsageError(
                f"There is nothing to assume '{asked[0]}' by: assumptions belong to surveys.",
                remedy="Name the survey that the data come from (survey=, or --survey).",
            )
        return None
    found, empty = load_survey(survey), pl.DataFrame(schema=schema)
    plan = plan_adaptation(empty, found, assume=asked)
    names = adapt(empty, found, assume=asked).columns
    return Adaptation(plan, asked, tuple(schema), tuple(names))


def turns(frame: pl.DataFrame, plans: Sequence[Plan]) -> list[tuple[Plan, pl.Series]]:
    """Each plan with the rows that it codes: those without a code of the plans before it.

    Rows without any code belong to the first plan.
    """
    import polars as pl  # takes 0.2 s to import

    coded = frame[plans[0].code].is_not_null()
    later: list[tuple[Plan, pl.Series]] = []
    others = pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    for plan in plans[1:]:
        here = frame[plan.code].is_not_null() & ~coded
        later.append((plan, here))
        coded, others = coded | here, others | here
    return [(plans[0], ~others), *later]


def turn_types(plans: Sequence[Plan], column: str) -> dict[str, pl.DataType]:
    """Names and types of the new columns; the reasons are those of all plans."""
    import polars as pl  # takes 0.2 s to import

    types = result_types(plans[0], column)
    if len(plans) > 1:
        kinds = [result_types(plan, column)[f"{column}_missing"] for plan in plans]
        reasons = dict.fromkeys(name for kind in kinds for name in _categories(kind))
        types[f"{column}_missing"] = pl.Enum(list(reasons))
    return types


def code_in_turns(
    frame: pl.DataFrame,
    plans: Sequence[Plan],
    column: str,
    threads: int | None,
    empty: set[str] | None = None,
) -> list[pl.Series]:
    """The class of each row by the plan whose turn it is, and the reason where there is none."""
    import polars as pl  # takes 0.2 s to import

    if len(plans) == 1:
        return code_columns(frame, plans[0], column, threads=threads, empty=empty)
    parts = [code_columns(frame, plans[0], column, threads=threads, empty=empty)]
    place, end = np.arange(frame.height), frame.height
    for plan, here in turns(frame, plans)[1:]:
        rows = here.arg_true()
        if len(rows):
            parts.append(code_columns(frame[rows], plan, column, threads=threads, empty=empty))
            place[rows.to_numpy()] = np.arange(end, end + len(rows))
            end += len(rows)
    kinds = turn_types(plans, column)
    return [
        pl.concat([_as(part[index], kind) for part in parts]).gather(place).alias(name)
        for index, (name, kind) in enumerate(kinds.items())
    ]


def _as(series: pl.Series, kind: pl.DataType) -> pl.Series:
    import polars as pl  # takes 0.2 s to import

    return series if series.dtype == kind else series.cast(pl.String).cast(kind)


def _categories(kind: Any) -> list[str]:
    return kind.categories.to_list()
