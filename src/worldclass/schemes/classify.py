"""`worldclass.classify`: give each person in a frame a class, whatever kind of frame it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from worldclass.schemes.coder import Options, References, TheoryLike, make_coder
from worldclass.schemes.frames import LATER, add_columns, kind_of, schema_of
from worldclass.schemes.unreadable import Strange, warn_unreadable, watched


def classify(
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
) -> Any:
    """The data with each person's class in a new column.

    Parameters
    ----------
    data
        One row a person: a pandas, Polars (eager or lazy) or PySpark frame, a PyArrow Table,
        RecordBatch or RecordBatchReader, or a DuckDB relation. The same kind comes back, with
        the same rows in the same order.
    theory
        An occupational scheme or a population theory: its id, or the path of a .toml file.
    occupation
        Of a scheme: the column of codes, named like its classification, such as "isco88". By
        default the first of those that the scheme takes.
    survey
        Of a scheme: the survey that the data come from, such as "ess". Its variables are
        translated, and its missing codes kept apart. Where it codes some rows in one
        classification and some in another, each row is coded by the one that it has.
    method
        Of a scheme: "full" needs every status column, "simplified" needs none, "auto" takes the
        full method where it can and warns otherwise.
    digits
        Of a scheme: how many digits the codes have as they are written.
    column
        Name of the new column. A scheme adds a second one, `{column}_missing`, with the reason
        where there is no class, such as "isco08: malformed code".
    parameters
        Values of the theory's parameters that differ from the defaults.
    references
        Of a population theory: for each reference income a number, or the name of a column.
    assume
        With a survey: assumptions of its adapter to make, such as "at-least-one"; the coding
        report lists what could be assumed. None unless asked for.

    Returns
    -------
    The data with the new columns: an Enum (pandas: Categorical) of classes in the theory's
    order, or for a scale a number; and an Enum of reasons, empty where a class is given.

    Raises
    ------
    UsageError
        Not a frame of a known kind, a column is lacking or taken, or an option cannot be meant.
    TheoryError
        The theory is not known or malformed; or the data hold what a population theory refuses.

    Warns
    -----
    SimplifiedMethodWarning
        A column was lacking; the warning names what was assumed, and what is lost.
    UnreadableValueWarning
        A status column of a frame in memory holds values that mean nothing there, such as 2 for
        "no"; they count as missing. (Frames that are coded later are not looked through.)

    Example
    -------
    >>> import polars as pl
    >>> people = pl.DataFrame({"isco08": ["2310", "0110", "x"]})
    >>> classify(people, "isei")["class_missing"].to_list()
    [None, None, 'isco08: malformed code']
    """
    options = Options(occupation, survey, method, digits, column, parameters, references, assume)
    kind = kind_of(data)
    if kind == "spark":
        from worldclass.schemes.spark import classify_spark

        return classify_spark(data, theory, **vars(options))
    coder = make_coder(schema_of(data), theory, options)
    if kind in LATER:
        return add_columns(data, coder)
    strange = Strange()
    done = add_columns(data, watched(coder, strange))
    warn_unreadable(coder, strange.found)
    return done
