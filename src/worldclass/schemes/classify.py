"""`worldclass.classify`: give each person in a frame a class, whatever kind of frame it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from worldclass.schemes.coder import Options, References, TheoryLike, make_coder
from worldclass.schemes.frames import add_columns, kind_of, schema_of


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
        translated, and its missing codes kept apart.
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

    Example
    -------
    >>> import polars as pl
    >>> people = pl.DataFrame({"isco08": ["2310", "0110", "x"]})
    >>> classify(people, "isei")["class_missing"].to_list()
    [None, None, 'isco08: malformed code']
    """
    options = Options(occupation, survey, method, digits, column, parameters, references)
    if kind_of(data) == "spark":
        from worldclass.schemes.spark import classify_spark

        return classify_spark(data, theory, **vars(options))
    return add_columns(data, make_coder(schema_of(data), theory, options))
