"""Who works in some chains, beside who gets the value."""

from __future__ import annotations

from validation.analyses.world import economy, labour
from validation.tables import Results
from worldclass.core.countries import aggregates
from worldclass.flows.chain_labour import chain_labour
from worldclass.flows.chains import chosen_sectors, value_chains
from worldclass.sources.mirror import Mirror

YEAR = 2008
CHAINS = (
    ("textiles, clothing and shoes, all", ("c4", "c5"), None),
    ("electrical and optical equipment, all", ("c14",), None),
    ("transport equipment completed in Germany", ("c15",), ("DEU",)),
    ("textiles, clothing and shoes completed in China", ("c4", "c5"), ("CHN",)),
)


def hours(mirror: Mirror) -> Results:
    """The South's part of hours and of value added, and women's part of hours."""
    table, held = economy(mirror.root, YEAR), labour(mirror.root, YEAR).hours
    values = value_chains(table)
    south = [c in aggregates()["SOUTH"] or c == "ROW" for c in table.countries]
    rows = []
    for words, industries, countries in CHAINS:
        found = chain_labour(table, held, industries, countries, groups=["NORTH", "SOUTH"])
        cell = {(row["producer"], row["sex"]): row for row in found.iter_rows(named=True)}
        total = sum(cell[group, "total"]["value"] for group in ("NORTH", "SOUTH"))
        added = values.value_added[:, chosen_sectors(table.sectors, industries, countries)].sum(1)
        rows.append(
            (
                words,
                total / 1e3,
                100 * cell["SOUTH", "total"]["share"],
                100 * float(added[south].sum() / added.sum()),
                *(
                    100 * cell[group, "female"]["value"] / cell[group, "total"]["value"]
                    for group in ("NORTH", "SOUTH")
                ),
            )
        )
    return Results(
        f"Who works in some chains, {YEAR}",
        (
            "Chain",
            "Hours, billion",
            "South's part of hours, %",
            "South's part of value added, %",
            "Women's part of the North's hours, %",
            "Women's part of the South's hours, %",
        ),
        rows,
        digits=1,
    )
