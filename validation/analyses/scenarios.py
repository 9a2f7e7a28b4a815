"""Hours under each shipped scenario."""

from __future__ import annotations

from validation.analyses.world import economy, labour
from validation.tables import Results
from worldclass.flows.labour.satellite import labour_draws
from worldclass.flows.scenarios.library import list_scenarios, load_scenario
from worldclass.flows.scenarios.outcome import run_scenario
from worldclass.sources.mirror import Mirror

YEAR, DRAWS = 2008, 128


def hours(mirror: Mirror) -> Results:
    """Change of hours by group of countries and sex, with intervals."""
    table, held = economy(mirror.root, YEAR), labour(mirror.root, YEAR).hours
    drawn = labour_draws(table.sectors, table.output, table.value_added, YEAR, DRAWS)
    rows = []
    for name in list_scenarios():
        outcome = run_scenario(table, load_scenario(name))
        found = outcome.labour(held, drawn=drawn, groups=["NORTH", "SOUTH"])
        for group in ("NORTH", "SOUTH"):
            for sex in ("female", "male"):
                row = found.filter(producer=group, sex=sex).row(0, named=True)
                interval = f"{row['p05'] / 1e3:.1f} to {row['p95'] / 1e3:.1f}".replace("-", "−")
                rows.append(
                    (name, f"{group}, {sex}", row["change"] / 1e3, interval, 100 * row["share"])
                )
    return Results(
        f"Hours under each scenario, {YEAR}, billion a year",
        ("Scenario", "Who", "Change", "5–95 %", "Percent of their hours"),
        rows,
        digits=2,
        left=2,
    )
