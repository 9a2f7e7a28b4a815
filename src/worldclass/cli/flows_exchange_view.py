"""How `worldclass flows exchange` is shown: one row per pair and measure, years in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.cli.flows_print import (
    BELOW,
    add_numbers,
    add_words,
    estimate,
    interval,
    number,
    plain_table,
    print_table,
    say,
    scale_of,
)

if TYPE_CHECKING:
    import polars as pl

WORDS = {
    "hours_gross": "hours",
    "hours_net": "hours, net",
    "hours_per_hour": "hours given for an hour received",
    "wage_value_own": "paid to the producers",
    "wage_value_other": "the same hours at the pay of the consumer's exports",
    "wage_value_net_other": "the net hours at the pay of the consumer's exports",
    "hourly_pay_own": "pay of the producers",
    "hourly_pay_other": "pay in the consumer's exports",
}
UNITS = {
    "billion hours": "billion h",
    "billion USD": "billion USD",
    "hours given per hour received": "h per h",
    "USD an hour": "USD an h",
}
ONCE = ("hours_net", "hours_per_hour", "wage_value_net_other")
"""Measures that the other direction repeats: shown from the giver of more to the giver of less."""


def show_exchange(frame: pl.DataFrame) -> None:
    """Print the exchange of hours."""
    from worldclass.cli.flows_tables import some_years
    from worldclass.flows.areas import area_label

    years = frame["year"].unique().sort().to_list()
    shown = some_years(years, labels=34)
    found: dict[tuple[str, str], dict[str, dict[int, dict[str, Any]]]] = {}
    for row in frame.iter_rows(named=True):
        pair = found.setdefault((row["producer"], row["consumer"]), {})
        pair.setdefault(row["measure"], {})[row["year"]] = row
    single = len(years) == 1
    table = plain_table(
        "Hours exchanged, and what they are worth at the wages of either side"
        + (f", {years[0]}" if single else f"; {BELOW}")
    )
    add_words(table, "from → to")
    table.add_column("unit", no_wrap=True)
    add_numbers(table, *(("value", "5–95 %") if single else map(str, shown)))
    for (producer, consumer), measures in found.items():
        gives = (measures["hours_net"][years[-1]]["value"] or 0.0) >= 0
        table.add_row(f"[bold]{area_label(producer)} → {area_label(consumer)}[/]")
        for name in WORDS:
            if name in ONCE and not gives:
                continue
            by_year = measures[name]
            scale, unit = scale_of(by_year[years[-1]]["unit"])
            table.add_row(WORDS[name], UNITS.get(unit, unit), *_cells(by_year, shown, scale))
        table.add_section()
    print_table(table)
    if len(shown) < len(years):
        say("Not every year is shown: --out FILE writes all.")
    say(
        "Net: what the first gives less what it gets back. Pay is not told apart by skill: part of "
        "a difference in wages is one in schooling."
    )


def _cells(by_year: dict[int, dict[str, Any]], years: list[int], scale: float) -> list[str]:
    if len(by_year) == 1:
        (row,) = by_year.values()
        return [number(row["value"], scale), interval(row["p05"], row["p95"], scale)]
    return [estimate(by_year[year], scale) for year in years]
