"""The atlas as a table for the terminal, readable at 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from rich import box
from rich.table import Table
from rich.text import Text

from worldclass.charts.numbers import NO_VALUE, share_interval, share_text, significant
from worldclass.charts.setting import Setting
from worldclass.explorer.headline import ClassSummary, main_place, summarise
from worldclass.explorer.theory_text import TheoryText

if TYPE_CHECKING:
    from rich.console import Console

MOST_PLACES = 3
MOST_YEARS = 6


def print_atlas(
    frame: pl.DataFrame, theory: TheoryText, console: Console, *, draws: int | None = None
) -> None:
    """Print class sizes of up to three places in the last year, and shares through time.

    Parameters
    ----------
    frame
        Atlas frame of one theory; with more than three places only the main one is printed.
    theory
        Names and bounds of its classes.
    console
        Where to print; its width decides the layout.
    draws
        Number of Monte Carlo draws, for the footnote.

    Raises
    ------
    UsageError
        When the frame is empty or holds several theories.
    """
    setting = Setting(theory.label, theory.styles(), draws=draws)
    main = main_place(frame)
    places = frame["country"].unique(maintain_order=True).to_list()
    for place in places if len(places) <= MOST_PLACES else [main]:
        items = summarise(frame, place, setting)
        console.print(_sizes(items, setting, place, console.width))
        years = _years(frame, place)
        if len(years) > 1:
            console.print(_through_time(frame, place, setting, years))
    for note in _footnotes(frame, setting, len(places)):
        console.print(Text(note, style="dim"))


def _sizes(items: list[ClassSummary], setting: Setting, place: str, width: int) -> Table:
    """Classes as rows; persons with interval, shares, women, imputed."""
    largest = max(max(item.high or item.persons, item.persons) for item in items)
    scale, unit = (1e6, "M") if largest >= 1e7 else (1e3, "k") if largest >= 1e4 else (1.0, "")
    table = Table(
        title=f"{setting.place(place)}, {items[0].year}: classes by {setting.theory}",
        title_style="bold",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    table.add_column("class", max_width=24 if width >= 80 else 16, overflow="fold")
    for name in (f"persons\n{unit}", "5–95 %\n" + unit):
        table.add_column(name, justify="right", no_wrap=True)
    names = ("% of\nadults", "%\nwomen", "% of\npop.", "% lab.\nforce", "%\nimp.")
    kept = len(names) if width >= 80 else max(0, (width - 44) // 8)
    for name in names[:kept]:
        table.add_column(name, justify="right", no_wrap=True)
    for item in items:
        table.add_row(
            item.style.label + (" †" if item.style.bounds else ""),
            NO_VALUE if item.style.bounds else _scaled(item.persons, scale),
            _interval(item, scale),
            *_shares(item)[:kept],
        )
    return table


def _shares(item: ClassSummary) -> list[str]:
    """Cells of adults, women, population, labour force and imputed input, in per cent."""
    own = (item.share_adults, item.share_population, item.share_workforce)
    adults, population, workforce = (
        NO_VALUE if item.style.bounds else share_text(share, sign=False) for share in own
    )
    women, imputed = (share_text(share, sign=False) for share in (item.women, item.imputed))
    return [adults, women, population, workforce, imputed]


def _interval(item: ClassSummary, scale: float) -> str:
    if item.low is None or item.high is None or item.low == item.high:
        return NO_VALUE
    return f"{_scaled(item.low, scale)}–{_scaled(item.high, scale)}"


def _scaled(value: float, scale: float) -> str:
    """Three digits in the table's unit, thousands set apart."""
    number = value / scale
    return f"{number:,.0f}" if number >= 100 else significant(number, 3)


def _years(frame: pl.DataFrame, place: str) -> list[int]:
    """At most six years of a place, evenly spread, first and last among them."""
    years = frame.filter(pl.col("country") == place)["year"].unique().sort().to_list()
    count = min(MOST_YEARS, len(years))
    places = [round(i * (len(years) - 1) / max(count - 1, 1)) for i in range(count)]
    return [years[i] for i in dict.fromkeys(places)]


def _through_time(frame: pl.DataFrame, place: str, setting: Setting, years: list[int]) -> Table:
    """Shares of adults by class and year."""
    table = Table(
        title=f"{setting.place(place)}: % of adults through time",
        title_style="bold",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    table.add_column("class", max_width=24, overflow="fold")
    for year in years:
        table.add_column(str(year), justify="right", no_wrap=True)
    columns = [summarise(frame, place, setting, year) for year in years]
    for style in [item.style for item in columns[-1]]:
        shares = [
            next((_adults(item) for item in items if item.style.id == style.id), NO_VALUE)
            for items in columns
        ]
        mark = " †" if style.bounds else ""
        table.add_row(style.label + mark, *shares)
    return table


def _adults(item: ClassSummary) -> str:
    """Per cent of adults; both bounds where the data hold no estimate."""
    if not item.style.bounds:
        return share_text(item.share_adults, sign=False)
    low, high = item.adults_low, item.adults_high
    return share_interval(low, high).removesuffix(" %")


def _footnotes(frame: pl.DataFrame, setting: Setting, places: int) -> list[str]:
    """What the columns mean, and where the rest is."""
    years = frame["year"].n_unique()
    draws = f"{setting.draws} draws" if setting.draws else "the draws"
    intervals = f"5–95 %: of {draws} over named assumptions."
    if setting.draws == 0:
        intervals = "Central estimates only: no draws were made."
    notes = [
        f"{intervals} Adults: 15 and over. imp.: share of the input that was imputed.",
    ]
    if any(style.bounds for style in setting.styles):
        notes.append("† The data only bound this class: there are bounds and no estimate.")
    if years > 1 and setting.draws != 0:
        notes.append("Through time: central estimates; --out writes the interval of every year.")
    if places > MOST_PLACES:
        notes.append(
            f"{places} places in all: choose some with --country, or write every row with --out."
        )
    return notes
