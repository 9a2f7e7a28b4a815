"""An input-output table as its provider published it: numbers with the labels of both sides.

Rows and columns carry their own labels, because providers do not always list them in the same
order. Nothing is corrected here; `worldclass.flows.economy` checks, aligns and repairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

Label = tuple[str, str]
"""A country (ISO3 or the provider's code of a region) and an industry or demand category."""


@dataclass(frozen=True)
class RawAccount:
    """Rows below the table: hours, persons, emissions, components of value added.

    Attributes
    ----------
    name, unit
        What the rows count, and in which unit.
    rows
        Name of each row.
    columns
        Labels of the columns: sectors of the table, in any order.
    values
        Shape (rows, columns).
    """

    name: str
    unit: str
    rows: tuple[str, ...]
    columns: tuple[Label, ...]
    values: Numbers


@dataclass(frozen=True)
class RawTable:
    """One year of an input-output table.

    Attributes
    ----------
    origin
        Name, release and citation of the table, in words.
    where
        File or folder it was read from, for messages.
    year
        Calendar year of the flows.
    unit, prices
        Such as "million USD" and "current basic prices".
    rows, columns
        Labels of the rows and the columns of `transactions`.
    transactions
        Intermediate deliveries, shape (rows, columns): the row sells to the column.
    demand_columns
        Labels of the columns of `final_demand`: country and category.
    final_demand
        Shape (rows, demand_columns).
    output_labels, output
        Gross output and its labels; None where the provider gives none.
    industry_names
        Name of each industry code.
    accounts
        Satellite accounts that came with the table, by name.
    """

    origin: str
    where: str
    year: int
    unit: str
    prices: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    transactions: Numbers
    demand_columns: tuple[Label, ...]
    final_demand: Numbers
    output_labels: tuple[Label, ...] | None = None
    output: Numbers | None = None
    industry_names: Mapping[str, str] = field(default_factory=dict[str, str])
    accounts: Mapping[str, RawAccount] = field(default_factory=dict[str, RawAccount])
