"""Tables that pymrio parses: its frames become arrays with labels, and are not copied again.

pymrio (Stadler 2021, Journal of Open Research Software 9, 8) knows the formats of OECD ICIO,
EXIOBASE 3, Eora26 and GLORIA. Only its parsers are used; solving is ours.
"""

from __future__ import annotations

import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels
from worldclass.sources.input_output.raw import Label, RawAccount

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_SHOWN = 5


@contextmanager
def parser(provider: str, where: Path) -> Generator[Any, None, None]:
    """Yield the module pymrio; whatever its parsers raise becomes a SourceError.

    Parameters
    ----------
    provider
        Name of the database, for messages.
    where
        File or folder that is parsed.

    Raises
    ------
    SourceError
        pymrio is not installed, or cannot parse the files.
    """
    try:
        import pymrio
    except ImportError as error:
        raise SourceError(
            f"{provider} is parsed by pymrio, which is not installed.",
            where=str(where),
            remedy="Install worldclass[mrio].",
        ) from error
    try:
        with warnings.catch_warnings():  # what it warns of is said by our own checks
            warnings.simplefilter("ignore")
            yield pymrio
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # its parsers fail in many ways on files of another shape
        raise SourceError(
            f"The files are not those of {provider}: {_one_line(error)}.",
            where=str(where),
            remedy="Give the files as their provider publishes them, or describe them by a "
            "manifest.",
        ) from error


def numbers(frame: pd.DataFrame) -> Numbers:
    """The numbers of a frame without a copy, where it holds one kind of number."""
    return frame.to_numpy(dtype="float64", copy=False)


def pairs(index: pd.Index) -> list[tuple[object, object]]:
    """The first and the last level of an index: region and sector, or region and category."""
    last = index.nlevels - 1
    return list(zip(index.get_level_values(0), index.get_level_values(last), strict=True))


def in_order(frame: pd.DataFrame, index: pd.Index, what: str, where: Path) -> pd.DataFrame:
    """The frame with its rows in the order of another index, matched by their labels.

    Raises
    ------
    SourceError
        Where the labels differ.
    """
    if frame.index.equals(index):
        return frame
    refuse_difference(frame.index.tolist(), index.tolist(), what, where)
    return frame.loc[index]


def refuse_difference(
    found: Sequence[object], wanted: Sequence[object], what: str, where: Path
) -> None:
    """Raise a SourceError that names the labels that are missing, left over or twice there."""
    twice = sorted({str(one) for one in found if found.count(one) > 1}) if _repeats(found) else []
    missing = sorted(str(one) for one in set(wanted) - set(found))
    extra = sorted(str(one) for one in set(found) - set(wanted))
    parts = [
        f"{len(labels)} {name}: {', '.join(labels[:_SHOWN])}"
        for name, labels in (("missing", missing), ("left over", extra), ("twice there", twice))
        if labels
    ]
    if parts:
        raise SourceError(
            f"The labels of {what} are not those of the transactions; {'; '.join(parts)}.",
            where=str(where),
            remedy="Use the files as their provider publishes them.",
        )


def account(
    name: str,
    unit: str,
    frame: pd.DataFrame,
    labels: Labels,
    *,
    rows: tuple[str, ...] | None = None,
) -> RawAccount:
    """Rows of an extension as an account.

    Parameters
    ----------
    name, unit
        Of the account; the unit in the provider's words.
    frame
        Rows by sectors.
    labels
        The provider's labels.
    rows
        Names of the rows; those of the frame by default.
    """
    own = tuple(
        " ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in frame.index
    )
    columns, values = merged(labels.sectors(pairs(frame.columns)), numbers(frame), axis=1)
    return RawAccount(name, labels.unit(unit), rows or own, columns, values)


def merged(
    labels: tuple[Label, ...], values: Numbers, *, axis: int
) -> tuple[tuple[Label, ...], Numbers]:
    """Add up what carries the same label, such as the parts of Mexico.

    Parameters
    ----------
    labels
        Of one axis.
    values
        Array of one or two dimensions.
    axis
        The axis that the labels are of.

    Returns
    -------
    Labels without repetition in order of their first appearance, and the sums. Without repetition
    the array itself.
    """
    import numpy as np
    from scipy import sparse

    places = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    if len(places) == len(labels):
        return labels, values
    into = [places[label] for label in labels]
    ones = np.ones(len(labels))
    gather = sparse.csr_array((ones, (into, range(len(labels)))), (len(places), len(labels)))
    sums: Any = gather @ values if axis == 0 else (gather @ values.T).T
    return tuple(places), sums


def one_table(
    labels: tuple[Label, ...], columns: tuple[Label, ...], transactions: Numbers
) -> tuple[tuple[Label, ...], tuple[Label, ...], Numbers]:
    """Transactions with both sides merged."""
    rows, by_row = merged(labels, transactions, axis=0)
    heads, both = merged(columns, by_row, axis=1)
    return rows, heads, both


def _repeats(labels: Sequence[object]) -> bool:
    return len(set(labels)) < len(labels)


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    name = type(error).__name__
    short = text if len(text) <= 200 else f"{text[:199]}…"
    return (
        short.rstrip(".") if name in ("ParserError", "ReadError") else f"{name} {short}".rstrip(".")
    )
