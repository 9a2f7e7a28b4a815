"""How `worldclass flows exploitation --correspondence` is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.charts.verdicts import holding_text
from worldclass.cli.flows_print import (
    add_numbers,
    add_words,
    narrow,
    number,
    per_cent,
    plain_table,
    print_table,
    say,
)

if TYPE_CHECKING:
    import polars as pl

    from worldclass.flows.exploitation.correspondence import Correspondence

MILLION = 1e6
STATUSES = ("exploited", "neither", "exploiter")
MEASURES = {"cramers_v": "Cramér's V", "share_explained": "share\nexplained", "auc": "AUC"}


def show_correspondence(found: Correspondence, title: str) -> None:
    """Print classes with verdicts, and how closely groupings agree with the status."""
    from worldclass.core.countries import label
    from worldclass.flows.exploitation.correspondence import FAILS_TO, HOLDS_FROM

    place = label(found.classes["country"][0]) if found.classes.height else ""
    _classes(found.classes, f"{title}, {place}: what the theory expects, and what is found")
    _strength(found.strength, "How closely groupings agree with who is exploited")
    say(
        f"An expectation holds if in at least {100 * HOLDS_FROM:g} % of the draws (last column) "
        f"more than half of the class have the status; fails if in at most {100 * FAILS_TO:g} %; "
        "else depends. "
        "(Claims count over choices, too, and hold from 90 %, fail down to 10 %.) A class without "
        "expectation is one of which the theory says nothing. A theory that cuts by income agrees "
        "in part by construction."
    )


def _classes(rows: pl.DataFrame, title: str) -> None:
    table = plain_table(title)
    statuses = tuple(one for one in STATUSES if one != "neither" or not narrow())
    table.add_column("class", no_wrap=True)
    add_numbers(table, "persons,\nM")
    for status in statuses:
        add_numbers(table, f"{status},\n%")
    add_words(table, "expected", "verdict")
    add_numbers(table, "in %")
    for row in rows.iter_rows(named=True):
        table.add_row(
            row["class"], number(row["persons"], MILLION),
            *(_share(row, status) for status in statuses),
            row["expected"] or "–", row["verdict"] or "–", _holding(row["share_holding"]),
        )  # fmt: skip
    print_table(table)


def _strength(rows: pl.DataFrame, title: str) -> None:
    table = plain_table(title)
    add_words(table, "grouping")
    add_numbers(table, "groups", *MEASURES.values())
    for row in rows.iter_rows(named=True):
        table.add_row(
            row["grouping"], f"{row['groups']:,}", *(_with_ends(row, name) for name in MEASURES)
        )
    print_table(table)


def _holding(share: float | None) -> str:
    return "–" if share is None else holding_text(share).removesuffix(" %")


def _share(row: dict[str, Any], status: str) -> str:
    """Per cent of a status, with the interval where there are draws."""
    low, high = row[f"share_{status}_p05"], row[f"share_{status}_p95"]
    share = per_cent(row[f"share_{status}"])
    if low is None or high is None:
        return share
    between = f"{100 * low:.0f}–{100 * high:.0f}"
    return f"{share}\n[dim]{between}[/]" if narrow() else f"{share} ({between})"


def _with_ends(row: dict[str, Any], name: str) -> str:
    value, low, high = row[name], row[f"{name}_p05"], row[f"{name}_p95"]
    if value is None:
        return "–"
    return f"{value:.2f}" if low is None else f"{value:.2f} ({low:.2f}–{high:.2f})"
