"""How change, scenario, paths, trade and chains are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.cli.flows_print import (
    SEX_WORDS,
    add_numbers,
    add_words,
    industry_label,
    interval,
    narrow,
    number,
    per_cent,
    plain_table,
    print_table,
    say,
    scale_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

MOST_ROWS = 24
MOST_BLOCKS = 16
AS_PUBLISHED = (
    "Without intervals: value added is that of the tables as published, whose errors are not known."
)
FACTOR_WORDS = {
    "labour": "hours per unit of output",
    "technology": "inputs by product",
    "sourcing": "origins of inputs",
    "level": "level of final demand",
    "products": "its mix of products",
    "origins": "origins of final products",
}


def show_change(frame: pl.DataFrame, deflate: float | None) -> None:
    """One block per pair and sex: six factors and the total."""
    blocks: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        blocks.setdefault((row["producer"], row["consumer"], row["sex"]), []).append(row)
    shown = list(blocks)
    if len(shown) > MOST_BLOCKS:
        size = {key: abs(rows[0]["end"] - rows[0]["start"]) for key, rows in blocks.items()}
        shown = sorted(size, key=lambda key: size[key], reverse=True)[:MOST_BLOCKS]
    scale, unit = scale_of(frame["unit"][0])
    first, last = frame["from"][0], frame["to"][0]
    table = plain_table(f"Change of embodied hours, {first} to {last}, {unit}")
    add_words(table, "made by, for, and why")
    add_numbers(table, "effect", "over all orders", f"% of\n{first}")
    for key in shown:
        rows = blocks[key]
        begin, change = rows[0]["start"], rows[0]["end"] - rows[0]["start"]
        table.add_row(
            f"[bold]{SEX_WORDS[key[2]].capitalize()} in {_place(key[0])} for {_place(key[1])}[/]"
        )
        for row in rows:
            table.add_row(
                FACTOR_WORDS.get(row["factor"], row["factor"]), number(row["effect"], scale),
                interval(row["lowest"], row["highest"], scale), _of(row["effect"], begin),
            )  # fmt: skip
        table.add_row(
            f"all: {number(begin, scale)} → {number(begin + change, scale)}",
            number(change, scale), "", _of(change, begin), end_section=True,
        )  # fmt: skip
    print_table(table)
    if len(shown) < len(blocks):
        say(f"The largest {len(shown)} of {len(blocks):,} blocks: --out FILE writes all.")
    if deflate is None:
        say(
            "Current prices: inflation lowers hours per unit of output and raises the level alike; "
            "--deflate FACTOR takes it out."
        )
    else:
        say(f"{last} at prices of {first}: its table was divided by {deflate:g} throughout.")
    say("Effects sum to the change; one whose range over orders includes 0 is undecided.")


def show_scenario(frame: pl.DataFrame, title: str) -> None:
    """Hours before and after, with the change and its interval."""
    scale, unit = scale_of(frame["unit"][0])
    table = plain_table(f"{title}, {unit}")
    add_words(table, "country or group", "sex")
    add_numbers(table, "before", "after", "change", "change,\n5–95 %", "change,\n% of before")
    for row in frame.head(MOST_ROWS * 3).iter_rows(named=True):
        table.add_row(
            _place(row["producer"]), SEX_WORDS[row["sex"]],
            *(number(row[name], scale) for name in ("before", "after", "change")),
            interval(row["p05"], row["p95"], scale), per_cent(row["share"], 2),
        )  # fmt: skip
    print_table(table)
    say("The interval is of the change; before and after are central estimates.")
    _more(frame, MOST_ROWS * 3)


def show_paths(frame: pl.DataFrame, code: str, year: int, sex: str, abroad: bool) -> None:
    """The largest chains."""
    whose = "Hours" if sex == "total" else f"Hours of {SEX_WORDS[sex]}"
    ends = "largest chains that end abroad" if abroad else "largest chains"
    scale, unit = scale_of("million hours")
    table = plain_table(f"{whose} in the final demand of {_place(code)}, {year}, {unit}: {ends}")
    add_words(table, "final product ← who supplied it ← …")
    add_numbers(table, "hours", "% of all", "so far, %")
    for row in frame.head(MOST_ROWS).iter_rows(named=True):
        table.add_row(
            row["path"], number(row["value"], scale),
            per_cent(row["share"], 2), per_cent(row["cumulative"], 2),
        )  # fmt: skip
    print_table(table)
    say("Without intervals: chains are followed with the central hours of every industry.")
    _more(frame, MOST_ROWS)


def show_trade(frame: pl.DataFrame, title: str, world_ratio: float) -> None:
    """Every country by its exports."""
    scale, unit = scale_of(frame["unit"][0])
    table = plain_table(f"{title}, {unit}; world ratio {world_ratio:.3f}")
    add_words(table, "country")
    add_numbers(table, "value added\nin exports", "gross\nexports", "ratio")
    for row in frame.iter_rows(named=True):
        table.add_row(
            _place(row["producer"]), number(row["value_added_exports"], scale),
            number(row["exports"], scale), _ratio(row["vax_ratio"]),
        )  # fmt: skip
    print_table(table)
    say(AS_PUBLISHED)


def show_chains(frame: pl.DataFrame, title: str, names: Mapping[str, str]) -> None:
    """The largest chains by final output."""
    from worldclass.charts.numbers import NO_VALUE

    scale, unit = scale_of(frame["unit"][0]) if frame.height else (1.0, NO_VALUE)
    table = plain_table(f"{title}, {unit}")
    add_words(table, "finished in", "final product")
    add_numbers(table, "final\noutput", "added\nat home", "added\nabroad", "abroad,\n%")
    for row in frame.head(MOST_ROWS).iter_rows(named=True):
        table.add_row(
            _place(row["producer"]),
            industry_label(row["sector"], names, 24 if narrow() else 45),
            *(number(row[name], scale) for name in ("final_output", "domestic", "foreign")),
            per_cent(row["foreign_share"]),
        )
    print_table(table)
    say(AS_PUBLISHED)
    _more(frame, MOST_ROWS)


def show_contributors(frame: pl.DataFrame, title: str) -> None:
    """Every country by the value it adds."""
    scale, unit = scale_of(frame["unit"][0])
    table = plain_table(f"{title}, {unit}")
    add_words(table, "country")
    add_numbers(table, "value added", "% of all")
    for row in frame.iter_rows(named=True):
        table.add_row(
            _place(row["producer"]), number(row["value_added"], scale), per_cent(row["share"], 2)
        )
    print_table(table)
    say(AS_PUBLISHED)


def _more(frame: pl.DataFrame, most: int) -> None:
    if frame.height > most:
        say(f"{most} of {frame.height:,} rows: --out FILE writes all.")


def _of(part: float, whole: float) -> str:
    return per_cent(part / whole if whole > 0 else None)


def _ratio(value: float | None) -> str:
    from worldclass.charts.numbers import NO_VALUE

    return NO_VALUE if value is None else f"{value:.3f}"


def _place(code: str) -> str:
    from worldclass.flows.areas import area_label

    return area_label(code)
