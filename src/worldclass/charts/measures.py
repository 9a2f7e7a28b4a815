"""Which column of the atlas a picture shows, its words, and its interval."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from worldclass.core.errors import UsageError


@dataclass(frozen=True)
class Measure:
    """A column of the atlas frame that can be drawn.

    Parameters
    ----------
    column
        Name in the frame.
    axis
        Axis title with unit.
    words
        How a sentence names it, after a number.
    is_share
        True for shares (0 to 1), false for persons.
    """

    column: str
    axis: str
    words: str
    is_share: bool


MEASURES = {
    measure.column: measure
    for measure in (
        Measure("persons", "persons", "persons", False),
        Measure("share_population", "% of the population", "of the population", True),
        Measure("share_adults", "% of adults (15 and over)", "of adults", True),
        Measure("share_workforce", "% of the labour force", "of the labour force", True),
    )
}


def find_measure(name: str) -> Measure:
    """Measure by column name.

    Raises
    ------
    UsageError
        For a name that is not a measure.
    """
    if name not in MEASURES:
        raise UsageError(
            f"Unknown measure {name!r}.", remedy=f"Choose one of {', '.join(MEASURES)}."
        )
    return MEASURES[name]


def estimates(frame: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Add `value`, `low` and `high` of a measure.

    The base of a share (population, adults, labour force) is not drawn in the Monte Carlo, so
    a share's interval is that of its persons:

        low = share × persons_p05 / persons,  high = share × persons_p95 / persons.

    A class without persons has no interval of its share.

    Parameters
    ----------
    frame
        Rows of an atlas frame.
    measure
        What to read.
    """
    if not measure.is_share:
        return frame.with_columns(
            value=pl.col("persons"), low=pl.col("persons_p05"), high=pl.col("persons_p95")
        )
    some = pl.when(pl.col("persons") > 0)
    return frame.with_columns(
        value=pl.col(measure.column),
        low=some.then(pl.col(measure.column) * pl.col("persons_p05") / pl.col("persons")),
        high=some.then(pl.col(measure.column) * pl.col("persons_p95") / pl.col("persons")),
    )


def choose(
    frame: pl.DataFrame,
    *,
    country: str | None = None,
    year: int | None = None,
    class_id: str | None = None,
    sex: str = "total",
) -> pl.DataFrame:
    """Rows of an atlas frame for one country, year, class and sex, each optional but the sex.

    Raises
    ------
    UsageError
        When a choice is not in the frame, or when the frame holds several theories.
    """
    theories = frame["theory"].unique().to_list()
    if len(theories) != 1:
        raise UsageError(
            f"A picture shows one theory; the frame holds {sorted(theories)}.",
            remedy="Filter the frame on its column `theory` first.",
        )
    wanted = {"sex": sex, "country": country, "year": year, "class": class_id}
    for column, value in wanted.items():
        if value is None:
            continue
        rows = frame.filter(pl.col(column) == value)
        if rows.is_empty():
            raise UsageError(
                f"No row of the atlas has {column} {value!r}.", remedy=_there(frame, column)
            )
        frame = rows
    return frame


def _there(frame: pl.DataFrame, column: str) -> str:
    """Name what is there, as a range of years or a list of at most twelve values."""
    values = sorted(frame[column].unique().to_list())
    if column == "year":
        return f"It has the years {values[0]}–{values[-1]}."
    more = f" and {len(values) - 12} more" if len(values) > 12 else ""
    return f"It has {', '.join(map(str, values[:12]))}{more}."
