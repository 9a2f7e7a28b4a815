"""Run a scenario: new output, and what it does to labour and value added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.amounts import require_amounts
from worldclass.flows.areas import Groups, choose_areas, membership
from worldclass.flows.scenarios.extraction import extracted
from worldclass.flows.scenarios.names import countries_named, sectors_named
from worldclass.flows.scenarios.redirection import redirected
from worldclass.flows.solve import requirements
from worldclass.flows.tabulate import PERCENTILES
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
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

    def labour(
        self,
        labour: Array,
        *,
        drawn: Array | None = None,
        groups: Groups = None,
        unit: str = "million hours",
    ) -> pl.DataFrame:
        """Labour by country and sex before and after, at unchanged labour coefficients.

        Parameters
        ----------
        labour
            Totals of each sector before, of women and of men, shape (2, n).
        drawn
            Draws of the same, shape (draws, 2, n), for intervals of the change.
        groups
            Countries to count together, as `choose_areas` takes them; each for itself by default.
        unit
            Of labour.

        Returns
        -------
        polars.DataFrame
            `scenario, year, producer, sex, before, after, change, p05, p95, share, unit`: the
            percentiles are of the change, empty without draws; `share` is the change over before,
            empty where there was none.

        Raises
        ------
        EconomyError
            When labour does not fit the sectors.
        """
        for one in (labour, drawn):
            if one is not None:
                require_amounts(self.before, one, "labour accounts")
        after = labour * self.growth
        return self._table(labour, after, (*SEXES, "total"), drawn, groups, unit)

    def value_added(self, groups: Groups = None) -> pl.DataFrame:
        """Value added by country before and after.

        In an extraction value added per unit of output stays as it was (lost inputs are not
        saved); in a redirection it is what is left after inputs at their new cost, so that all
        value added is still all final demand.

        Returns
        -------
        polars.DataFrame
            As of `labour`, with sex "total" and no percentiles.
        """
        before = self.before.value_added[None, :]
        after = before * self.growth
        if self.scenario.extract is None:
            after = self.after.value_added[None, :]
        return self._table(before, after, ("total",), None, groups, self.before.unit)

    @cached_property
    def growth(self) -> Array:
        """Output after over output before, shape (n,); 0 where there was none."""
        none = np.zeros_like(self.before.output)
        return np.divide(self.after.output, self.before.output, out=none, where=self.before.active)

    def _table(
        self,
        before: Array,
        after: Array,
        sexes: tuple[str, ...],
        drawn: Array | None,
        groups: Groups,
        unit: str,
    ) -> pl.DataFrame:
        import polars as pl

        areas = choose_areas(groups, self.before.countries)
        member = membership(areas, self.before.countries)[:, self.before.country_of_sector]

        def by_area(values: Array) -> Array:
            summed = values @ member.T
            if len(sexes) > 1:
                summed = np.concatenate([summed, summed.sum(axis=-2, keepdims=True)], axis=-2)
            return summed

        then, now = by_area(before), by_area(after)
        bounds: list[Any] = [[None] * then.size] * 2
        if drawn is not None:
            changes = by_area(drawn * (self.growth - 1))
            bounds = [np.percentile(changes, at, axis=0).ravel() for at in PERCENTILES]
        frame = pl.DataFrame(
            {
                "scenario": [self.scenario.id] * then.size,
                "year": [self.before.year] * then.size,
                "producer": [area.code for area in areas] * len(sexes),
                "sex": np.repeat(list(sexes), len(areas)),
                "before": then.ravel(),
                "after": now.ravel(),
                "change": (now - then).ravel(),
                "p05": bounds[0],
                "p95": bounds[1],
            },
            schema_overrides={"year": pl.Int32, "p05": pl.Float64, "p95": pl.Float64},
        )
        share = pl.when(pl.col("before") > 0).then(pl.col("change") / pl.col("before"))
        return frame.with_columns(share.alias("share"), pl.lit(unit).alias("unit"))


def run_scenario(economy: Economy, scenario: Scenario) -> Outcome:
    """The economy under a scenario.

    Final demand of every country stays what it was in all (a redirection at price 1) or where it
    can still be met (an extraction); techniques, prices and hours per unit stay as they are. In
    such a redirection the world's value added does not change: what one country gains, others
    lose.

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
