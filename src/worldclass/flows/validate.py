"""From a published table to an economy: labels matched by name, numbers checked, rows balanced.

Every departure from the published numbers is a `Repair` in the report. What no stated repair
covers is refused, with the rows concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from worldclass.core.errors import EconomyError, UsageError
from worldclass.flows.align import align, label_text, refuse_strange
from worldclass.flows.economy import Economy, Satellite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.flows.economy import Array, Label
    from worldclass.sources.input_output.raw import RawAccount, RawTable

Balance = Literal["residual", "scale", "recompute", "refuse"]
BALANCES: tuple[Balance, ...] = ("residual", "scale", "recompute", "refuse")
RESIDUAL = "residual"
"""Category of final demand that takes what the cells of a row fall short of its output."""
ROUNDING = 1e-9
"""A row whose cells sum to its output within this share of it is balanced."""
TRIFLE = 1e-6
"""Deliveries of sectors without output up to this share of the table's output are rounding."""
LARGEST_GAP = 0.01
"""A table whose gaps exceed this share of its output is not repaired unasked."""


@dataclass(frozen=True)
class Repair:
    """Something that was found and what was done about it.

    Attributes
    ----------
    check
        What was checked.
    found
        How many rows or cells, and how much.
    action
        What was done; "kept" where nothing was.
    worst
        The rows concerned most, with values.
    """

    check: str
    found: str
    action: str
    worst: str

    def __str__(self) -> str:
        return f"{self.check}: {self.found}; {self.action}. Most: {self.worst}."


@dataclass(frozen=True)
class TableReport:
    """What validation found in a table; empty for a flawless one."""

    table: str
    repairs: tuple[Repair, ...]

    def __str__(self) -> str:
        if not self.repairs:
            return f"{self.table}: no repairs."
        return "\n".join([f"{self.table}:", *(f"  {one}" for one in self.repairs)])


def make_economy(raw: RawTable, balance: Balance = "residual") -> tuple[Economy, TableReport]:
    """Check a published table, repair what is stated, and refuse the rest.

    Parameters
    ----------
    raw
        The table as published; columns may come in another order than rows.
    balance
        What becomes of rows whose cells do not sum to output. "residual": the gap becomes a
        category of final demand of the producing country. "scale": the row's cells are multiplied
        by one factor. "recompute": output becomes the sum of the cells. "refuse": an error.

    Returns
    -------
    The economy, whose rows balance; and the report of what was found and done.

    Raises
    ------
    EconomyError
        Labels that are missing, doubled or unknown, or two accounts of one name; NaN; negative
        output; inputs or deliveries without output; gaps above 1 % of the table's output, unless
        `balance` was given as "scale" or "recompute".

    Examples
    --------
    >>> from worldclass.sources.input_output.raw import RawTable
    >>> one, two = ("AAA", "farms"), ("AAA", "mills")
    >>> raw = RawTable(
    ...     "example", "here", 2000, "million USD", "current", (one, two), (two, one),
    ...     np.array([[500.0, 150.0], [100.0, 200.0]]), (("AAA", "households"),),
    ...     np.array([[350.0], [1700.0]]), (two, one), np.array([2000.0, 1000.0]),
    ... )
    >>> economy, report = make_economy(raw)
    >>> economy.transactions.tolist(), str(report)
    ([[150.0, 500.0], [200.0, 100.0]], 'example, 2000: no repairs.')
    """
    known_balance(balance)
    check = _Check(raw, [])
    transactions, demand = check.transactions(), check.demand()
    output = check.output(transactions, demand)
    if balance == "recompute":
        output = check.recomputed(output, transactions, demand)
    check.refuse_negative(output)
    transactions = check.empty_sectors(transactions, demand, output)
    check.note_negatives(transactions, output)
    demands = raw.demand_columns
    gap = output - transactions.sum(axis=1) - demand.sum(axis=1)
    if check.unbalanced(gap, output):
        if balance == "refuse" or (balance == "residual" and check.too_large(gap, output)):
            check.refuse_gap(gap, output)
        transactions, demand, output, demands = check.repair(
            balance, gap, transactions, demand, output
        )
    economy = Economy(
        name=raw.origin,
        year=raw.year,
        unit=raw.unit,
        prices=raw.prices,
        sectors=raw.rows,
        demands=demands,
        transactions=transactions,
        final_demand=demand,
        output=output,
        satellites=check.satellites(),
        industry_names=raw.industry_names,
    )
    return economy, TableReport(f"{raw.origin}, {raw.year}", tuple(check.repairs))


def known_balance(text: str) -> Balance:
    """A way to balance by name.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    for known in BALANCES:
        if text == known:
            return known
    raise UsageError(
        f"There is no way to balance named {text!r}.",
        where="balance",
        remedy=f"Use one of {', '.join(BALANCES)}.",
    )


@dataclass(frozen=True)
class _Check:
    raw: RawTable
    repairs: list[Repair]

    def transactions(self) -> Array:
        """Z with columns in the order of the rows."""
        raw = self.raw
        values = align(raw.transactions, raw.rows, raw.columns, "transactions", raw.where)
        refuse_strange(values, raw.rows, raw.rows, "Transactions", raw.where)
        return values

    def demand(self) -> Array:
        """Y as float64."""
        raw = self.raw
        if len(set(raw.demand_columns)) < len(raw.demand_columns):
            doubled = [one for one in set(raw.demand_columns) if raw.demand_columns.count(one) > 1]
            raise EconomyError(
                f"Columns of final demand occur twice: {label_text(sorted(doubled))}.",
                where=raw.where,
                remedy="Give each country and category one column.",
            )
        values = np.array(raw.final_demand, dtype=np.float64)  # repaired in place
        refuse_strange(values, raw.rows, raw.demand_columns, "Final demand", raw.where)
        return values

    def output(self, transactions: Array, demand: Array) -> Array:
        """x as published, or the sum of the cells where the provider gives none."""
        raw = self.raw
        if raw.output is None or raw.output_labels is None:
            output = transactions.sum(axis=1) + demand.sum(axis=1)
            self._add("output", "not published", "computed as the sum of each row", "all rows")
        else:
            published = np.asarray(raw.output, dtype=np.float64)[None]
            output = align(published, raw.rows, raw.output_labels, "output", raw.where)[0]
        refuse_strange(output[:, None], raw.rows, (("", "output"),), "Output", raw.where)
        return output

    def recomputed(self, output: Array, transactions: Array, demand: Array) -> Array:
        """x as the sum of each row's cells, before anything is held against it."""
        gap = output - transactions.sum(axis=1) - demand.sum(axis=1)
        if not self.unbalanced(gap, output):
            return output
        found = output - gap
        self._add_gap(gap, output, "output became the sum of the row's cells")
        return found

    def refuse_negative(self, output: Array) -> None:
        if (output < 0).any():
            raise EconomyError(
                f"{int((output < 0).sum())} sectors have negative output: "
                f"{self._worst(-output, output)}.",
                where=self.raw.where,
                remedy="Correct these rows, or merge them with another industry.",
            )

    def empty_sectors(self, transactions: Array, demand: Array, output: Array) -> Array:
        """Sectors without output may neither buy nor sell; Z without what rounding left there.

        Their cells of final demand are emptied in place.
        """
        empty = output == 0
        if not empty.any():
            return transactions
        moved = np.zeros(len(output))
        moved[empty] = np.abs(transactions[:, empty]).sum(axis=0)
        moved[empty] += np.abs(transactions[empty]).sum(axis=1)
        moved[empty] += np.abs(demand[empty]).sum(axis=1)
        if moved.sum() > TRIFLE * output.sum():
            raise EconomyError(
                f"{int((moved > 0).sum())} sectors buy or sell without output: "
                f"{self._worst(moved, moved)}.",
                where=self.raw.where,
                remedy="Correct their output, empty their row and column, or choose "
                "balance='recompute' where it is output that is wrong.",
            )
        lost = float(moved.sum())
        demand[empty] = 0.0
        if moved.any():
            transactions = np.where(empty[:, None] | empty, 0.0, transactions)
        self._add(
            "sectors without output",
            f"{int(empty.sum())} with cells of {lost:g} {self.raw.unit}",
            "their cells set to 0, left out of every solution",
            label_text([self.raw.rows[i] for i in np.flatnonzero(empty)]),
        )
        return transactions

    def note_negatives(self, transactions: Array, output: Array) -> None:
        """Negative deliveries and negative value added are kept and reported."""
        if transactions.min() < 0:
            negative = np.where(transactions < 0, transactions, 0.0)
            self._add(
                "negative transactions",
                f"{int((negative < 0).sum())} cells, {negative.sum():,.6g} {self.raw.unit}",
                "kept",
                self._worst(-negative.sum(axis=1), negative.sum(axis=1)),
            )
        added = output - transactions.sum(axis=0)
        below = added < -ROUNDING * np.maximum(output, 1.0)
        if below.any():
            self._add(
                "negative value added",
                f"{int(below.sum())} columns cost more than their output",
                "kept",
                self._worst(-added, added),
            )

    def unbalanced(self, gap: Array, output: Array) -> bool:
        return bool((np.abs(gap) > ROUNDING * np.maximum(output, 1.0)).any())

    def too_large(self, gap: Array, output: Array) -> bool:
        return float(np.abs(gap).sum()) > LARGEST_GAP * float(output.sum())

    def refuse_gap(self, gap: Array, output: Array) -> None:
        share = np.abs(gap).sum() / output.sum()
        raise EconomyError(
            f"Rows do not balance: deliveries and output differ by {100 * share:.3g} % of output "
            f"in all, most in {self._worst(np.abs(gap), gap)} {self.raw.unit}.",
            where=self.raw.where,
            remedy="Correct the table, or choose balance='scale' (cells follow output) or "
            "'recompute' (output follows cells).",
        )

    def repair(
        self, balance: Balance, gap: Array, transactions: Array, demand: Array, output: Array
    ) -> tuple[Array, Array, Array, tuple[Label, ...]]:
        """Make every row balance in the stated way."""
        raw, demands = self.raw, self.raw.demand_columns
        if balance == "residual":
            action = f"the gap became the producing country's final demand, category {RESIDUAL!r}"
            demands, demand = _with_residual(raw.rows, demands, demand, gap)
        elif balance == "scale":
            action = "each row's cells were multiplied by one factor"
            cells = output - gap
            stuck = (output > 0) & (cells <= 0)
            if stuck.any():
                raise EconomyError(
                    f"Rows have output but no deliveries that could be scaled: "
                    f"{self._worst(np.where(stuck, output, 0.0), output)}.",
                    where=raw.where,
                    remedy="Use balance='residual', or correct these rows.",
                )
            factor = np.where(cells > 0, output / np.where(cells > 0, cells, 1.0), 1.0)[:, None]
            transactions, demand = transactions * factor, demand * factor
        else:
            action = "output follows the cells set to 0 above"
            output = output - gap
        self._add_gap(gap, output, action)
        return transactions, demand, output, demands

    def _add_gap(self, gap: Array, output: Array, action: str) -> None:
        over = np.abs(gap) > 0.01 * output
        self._add(
            "rows that do not balance",
            f"gaps of {np.abs(gap).sum():,.6g} {self.raw.unit}, "
            f"{100 * np.abs(gap).sum() / output.sum():.2g} % of output; above 1 % of its output "
            f"in {int((over & (output > 0)).sum())} rows",
            action,
            self._worst(np.abs(gap), gap),
        )

    def satellites(self) -> dict[str, Satellite]:
        """Accounts that came with the table, in the order of the sectors."""
        found: dict[str, Satellite] = {}
        for account in self.raw.accounts.values():
            values = align(
                account.values, self.raw.rows, account.columns, account.name, self.raw.where
            )
            refuse_strange(values.T, self.raw.rows, _rows_of(account), account.name, self.raw.where)
            for row, name in enumerate(account.rows):
                if name in found:
                    raise EconomyError(
                        f"Two rows of the accounts are named {name!r}.",
                        where=self.raw.where,
                        remedy="Give every row of every account its own name.",
                    )
                found[name] = Satellite(name, account.unit, values[row])
        return found

    def _worst(self, size: Array, shown: Array, most: int = 3) -> str:
        order = [int(i) for i in np.argsort(-size, kind="stable")[:most] if size[i] > 0]
        return ", ".join(f"{' '.join(self.raw.rows[i])} ({shown[i]:,.6g})" for i in order)

    def _add(self, check: str, found: str, action: str, worst: str) -> None:
        self.repairs.append(Repair(check, found, action, worst))


def _rows_of(account: RawAccount) -> tuple[Label, ...]:
    return tuple(("", name) for name in account.rows)


def _with_residual(
    sectors: Sequence[Label], demands: tuple[Label, ...], demand: Array, gap: Array
) -> tuple[tuple[Label, ...], Array]:
    """Add one column per producing country, which takes the gaps of its rows."""
    countries = tuple(dict.fromkeys(country for country, _ in sectors))
    places = np.array([countries.index(country) for country, _ in sectors])
    columns = np.zeros((len(sectors), len(countries)))
    columns[np.arange(len(sectors)), places] = gap
    added = tuple((country, RESIDUAL) for country in countries)
    return (*demands, *added), np.hstack([demand, columns])
