"""Values of a column as positions, and the groups that an analysis is done in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*")
_DIGITS = re.compile(r"([0-9]+)")


def positions(column: pl.Series) -> tuple[NDArray[np.int64], list[Any]]:
    """Position of each value among the categories (−1 where missing), and the categories.

    The categories of an Enum are all that it knows, in its order; of another column the values
    that occur, sorted; text as `sorted_texts` does. NaN is a missing value.

    Raises
    ------
    UsageError
        When all values are missing, or are lists and the like.
    """
    import polars as pl

    if column.dtype.is_nested() or column.dtype == pl.Object:
        raise UsageError(
            f"values of type {column.dtype} make no groups",
            where=f"column {column.name}",
            remedy="Give text, numbers, dates or truth values.",
        )
    at, known = _coded(column)
    if not known:
        raise UsageError(
            "all values are missing",
            where=f"column {column.name}",
            remedy="Name a column with values; a class is missing for the reason that its column "
            "class_missing names.",
        )
    return at, known


def sorted_texts(texts: Sequence[str]) -> list[str]:
    """Text in the order of its numbers: by value where all are numbers, else runs of digits.

    Examples
    --------
    >>> sorted_texts(["10", "1", "2"]), sorted_texts(["IIIb", "class 10", "class 9", "IIIa"])
    (['1', '2', '10'], ['IIIa', 'IIIb', 'class 9', 'class 10'])
    """
    if all(_NUMBER.fullmatch(text) for text in texts):
        return sorted(texts, key=lambda text: (float(text), text))
    # Splitting gives text, digits, text … by turns, so that like is compared with like.
    return sorted(
        texts,
        key=lambda text: (
            [int(part) if at % 2 else part for at, part in enumerate(_DIGITS.split(text))],
            text,
        ),
    )


def one_order(first: pl.Series, second: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Two columns of classes with the same categories: those of both, in one order.

    Raises
    ------
    UsageError
        When their types differ, or their orders contradict one another.
    """
    import polars as pl

    if first.dtype == second.dtype:
        return first, second
    if not (isinstance(first.dtype, pl.Enum) and isinstance(second.dtype, pl.Enum)):
        raise UsageError(
            f"{first.name} is {first.dtype} and {second.name} is {second.dtype}",
            where="mobility table",
            remedy="Both must hold classes of the same scheme, with the same categories.",
        )
    one, two = (column.dtype.categories.to_list() for column in (first, second))  # type: ignore[attr-defined]
    if [held for held in one if held in two] != [held for held in two if held in one]:
        raise UsageError(
            f"{first.name} has the order {', '.join(one)} and {second.name} {', '.join(two)}",
            where="mobility table",
            remedy="Give both the same categories in the same order, or plain text.",
        )
    joined = pl.Enum(_joined(one, two))
    return first.cast(pl.String).cast(joined), second.cast(pl.String).cast(joined)


def _joined(one: Sequence[str], two: Sequence[str]) -> list[str]:
    """Both lists as one that keeps the order of each; those of the first before the second's."""
    joined: list[str] = []
    rest = list(one)
    for held in two:
        if held in rest:
            place = rest.index(held)
            joined += rest[: place + 1]
            rest = rest[place + 1 :]
        else:
            joined.append(held)
    return joined + rest


def each_group(
    frame: pl.DataFrame, by: Sequence[str]
) -> Iterator[tuple[dict[str, Any], NDArray[np.bool_]]]:
    """Groups that occur, in order, missing values last: their values, and which rows they have."""
    if not by:
        yield {}, np.ones(frame.height, dtype=bool)
        return
    number = np.zeros(frame.height, dtype=np.int64)
    names: dict[str, tuple[NDArray[np.int64], list[Any]]] = {}
    for name in by:
        at, known = _coded(frame[name])
        place = np.where(at < 0, len(known), at)
        names[name] = place, [*known, None]
        number = np.unique(number * (len(known) + 1) + place, return_inverse=True)[1]
    for group in range(int(number.max()) + 1):
        inside = number == group
        first = int(np.argmax(inside))
        yield {name: known[place[first]] for name, (place, known) in names.items()}, inside


def as_list(by: str | Sequence[str] | None) -> list[str]:
    """Names of grouping columns as a list."""
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)


def _coded(column: pl.Series) -> tuple[NDArray[np.int64], list[Any]]:
    """As `positions`, with no categories when all values are missing."""
    import polars as pl

    if column.dtype.is_float():
        column = column.fill_nan(None)
    texts = isinstance(column.dtype, (pl.Enum, pl.Categorical, pl.String))
    values = column.cast(pl.String) if texts else column
    if isinstance(column.dtype, pl.Enum):
        known: list[Any] = column.dtype.categories.to_list()
    else:
        known = values.drop_nulls().unique().sort().to_list()
        known = sorted_texts(known) if texts else known
    if not known:
        return np.full(column.len(), -1, dtype=np.int64), known
    order = pl.Series(known, dtype=values.dtype)
    at = values.replace_strict(order, pl.Series(range(len(known))), default=-1)
    return at.fill_null(-1).cast(pl.Int64).to_numpy(), known
