"""Run a scenario: new output, and what it does to labour and value added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.scenarios.extraction import extracted
from worldclass.flows.scenarios.names import countries_named, sectors_named
from worldclass.flows.scenarios.redirection import redirected
from worldclass.flows.solve import requirements

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from worldclass.flows.economy import Array, Economy
    from worldclass.flows.scenarios.schema import Scenario


@dataclass(frozen=True, eq=False)
class Outcome:
    """An economy before and after.

    Attributes
    ----------
    scenario
        What was assumed.
    before, after
        Both balance; satellites of `after` move with output.
    moved, stuck
        Purchases that changed supplier, and that could not; 0 for extractions.
    """

    scenario: Scenario
    before: Economy
    after: Economy
    moved: float
    stuck: float

    def labour(self, labour: Array, rows: Sequence[str], unit: str) -> pl.DataFrame:
        """Labour by country before and after, at unchanged labour coefficients.

        Parameters
        ----------
        labour
            Totals of each sector before, shape (r, n), such as hours of women and of men.
        rows
            Names of its rows, length r.
        unit
            Such as "million hours".

        Returns
        -------
        polars.DataFrame
            `scenario, year, producer, sex, before, after, change, share, unit`; `share` is the
            change relative to before, empty where there was none.
        """
        import polars as pl

        growth = np.divide(
            self.after.output,
            self.before.output,
            out=np.zeros_like(self.before.output),
            where=self.before.active,
        )
        countries = len(self.before.countries)
        into = np.zeros((len(growth), countries))
        into[np.arange(len(growth)), self.before.country_of_sector] = 1.0
        then, now = labour @ into, (labour * growth) @ into
        frame = pl.DataFrame(
            {
                "scenario": [self.scenario.id] * then.size,
                "year": pl.Series([self.before.year] * then.size, dtype=pl.Int32),
                "producer": list(self.before.countries) * len(rows),
                "sex": np.repeat(list(rows), countries),
                "before": then.ravel(),
                "after": now.ravel(),
            }
        )
        change = pl.col("after") - pl.col("before")
        return frame.with_columns(
            change.alias("change"),
            pl.when(pl.col("before") > 0).then(change / pl.col("before")).alias("share"),
            pl.lit(unit).alias("unit"),
        )

    def value_added(self) -> pl.DataFrame:
        """Value added by country before and after; columns as of `labour`, without sex."""
        table = self.labour(self.before.value_added[None, :], ("total",), self.before.unit)
        return table.drop("sex")


def run_scenario(economy: Economy, scenario: Scenario) -> Outcome:
    """The economy under a scenario.

    Final demand of every country stays what it was in all (a redirection) or where it can still
    be met (an extraction); techniques, prices and hours per unit stay as they are. In a redirection
    the world's value added therefore does not change: what one country gains, others lose.

    Parameters
    ----------
    economy
        With n sectors; one system of n equations is solved.

    Raises
    ------
    UsageError
        When the scenario names what the economy does not have.
    EconomyError
        When the new economy is not productive.
    """
    moved, stuck = 0.0, 0.0
    if scenario.extract is not None:
        wanted = scenario.extract
        countries = countries_named(wanted.countries, scenario.groups, economy)
        sectors = sectors_named(countries, wanted.industries, economy)
        changed = extracted(economy, sectors, wanted.kind)
    else:
        changed = economy
        for shift in scenario.shift:
            step = redirected(changed, shift, scenario.groups)
            changed, moved, stuck = step.economy, moved + step.moved, stuck + step.stuck
    return Outcome(scenario, economy, settled(changed), moved, stuck)


def settled(economy: Economy) -> Economy:
    """The economy with the output that its coefficients and final demand require.

    x* = (I − A)⁻¹ Y·1 with A = Z x̂⁻¹; transactions and satellites are scaled to x*.

    Raises
    ------
    UsageError
        When a sector's output would be negative.
    """
    total = economy.final_demand.sum(axis=1, keepdims=True)
    output = requirements(economy, total).values[:, 0]
    below = output < -1e-9 * economy.output
    if below.any():
        names = ", ".join(" ".join(economy.sectors[at]) for at in np.flatnonzero(below)[:5])
        raise UsageError(
            f"output would be negative in {int(below.sum())} sectors: {names}",
            where="scenario",
            remedy="Inventories of these sectors fall by more than is still sold; leave them out.",
        )
    output = np.maximum(output, 0.0)
    growth = np.divide(output, economy.output, out=np.zeros_like(output), where=economy.active)
    return replace(
        economy,
        transactions=economy.transactions * growth,
        output=output,
        satellites={
            name: replace(one, values=one.values * growth)
            for name, one in economy.satellites.items()
        },
    )
