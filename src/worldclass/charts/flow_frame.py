"""What pictures of flows read: amounts by producer and consumer, their unit and their words.

A row says what was worked in `producer` for final demand in `consumer`. Its measure is the account
with the kind of the amount: `hours_embodied` is a flow between two places; `hours_given` (to
WORLD), `hours_commanded` (from WORLD), `hours_exported` (to ABROAD), `hours_imported` and
`hours_net` (from ABROAD) are what one place gives or takes altogether. Places are countries, `ROW`
for all countries that the tables do not name, or groups. A frame without measures holds flows.
Intervals are taken as they are: those of sums cannot be had from those of their parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from worldclass.core.countries import aggregates, countries, label
from worldclass.core.errors import UsageError

NEEDED = ("year", "producer", "consumer", "unit", "value")
EMBODIED, GIVEN, COMMANDED = "embodied", "given", "commanded"
EXPORTED, IMPORTED, NET = "exported", "imported", "net"
REST, WORLD, ABROAD = "ROW", "WORLD", "ABROAD"
_NAMES = {
    REST: "Rest of the world (not in the tables)",
    ABROAD: "Abroad",
    "REST": "All others",
}


@dataclass(frozen=True)
class Quantity:
    """What a unit counts.

    Parameters
    ----------
    scale
        Counts per unit: 10⁶ for million hours.
    noun
        Words for axes and sentences.
    work
        How a title names it.
    """

    scale: float
    noun: str
    work: str


QUANTITIES = {
    "million hours": Quantity(1e6, "hours", "Hours worked"),
    "hours": Quantity(1.0, "hours", "Hours worked"),
    "thousand persons": Quantity(1e3, "persons", "Persons at work"),
    "persons": Quantity(1.0, "persons", "Persons at work"),
    "million USD": Quantity(1e6, "US dollars", "Value added"),
}


@dataclass(frozen=True)
class FlowSetting:
    """What pictures of flows must know beside the numbers.

    Parameters
    ----------
    source
        Whose numbers; ends the footnote.
    draws
        Number of Monte Carlo draws behind the intervals; null when not known.
    names
        Names of groups by their code in the frame, before those of countries.
    note
        What the reader must know of the method; stands before the source.
    """

    source: str = ""
    draws: int | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    note: str = ""

    def place(self, code: str) -> str:
        """Full name of a place."""
        if code in self.names:
            return self.names[code]
        if code in _NAMES:
            return _NAMES[code]
        return label(code) if code in countries() or code in aggregates() else code

    def short(self, code: str) -> str:
        """Name of a place for labels: without what stands in brackets."""
        name = self.place(code)
        return name.split(" (")[0] if code == REST else name

    def in_sentence(self, code: str) -> str:
        """Name of a place after a preposition."""
        return {ABROAD: "others", WORLD: "all"}.get(code) or self.short(code)

    def noting(self, *more: str) -> FlowSetting:
        """The same, with remarks before the note."""
        return replace(self, note=" ".join(text for text in (*more, self.note) if text))

    def footnote(self, intervals: bool, *more: str) -> str:
        """Intervals, remarks, note and source as one text."""
        draws = f"{self.draws} draws" if self.draws else "draws"
        notes = ["Central estimates only, without intervals."]
        if intervals:
            notes = [f"Intervals: 5–95 % of {draws} over named assumptions."]
        notes += [text for text in (*more, self.note) if text]
        return " ".join([*notes, f"Source: {self.source}."] if self.source else notes)


def quantity_of(
    frame: pl.DataFrame, kind: str | None = None, account: str | None = None
) -> Quantity:
    """What the frame, or its amounts of one kind, counts.

    Raises
    ------
    UsageError
        When it holds several units, or no row.
    """
    if kind is not None:
        check_columns(frame)
        frame = _of_kind(frame, kind, account)
    units = frame["unit"].unique().to_list()
    if len(units) != 1:
        held = sorted(units) or f"no {kind or ''} row".replace("  ", " ")
        raise UsageError(
            f"A picture shows one unit; the frame holds {held}.",
            remedy="Filter the frame on its columns `measure` and `unit` first.",
        )
    return QUANTITIES.get(units[0]) or Quantity(1.0, units[0], units[0].capitalize())


def flow_rows(
    frame: pl.DataFrame,
    kind: str = EMBODIED,
    *,
    year: int | None = None,
    sex: str = "total",
    sector: str | None = None,
    account: str | None = None,
) -> pl.DataFrame:
    """Columns year, producer, consumer, value, low, high: one row a flow, in counts.

    Women and men, or sectors, are added where the frame has no total of its own; an interval
    of such a sum is not known and stays empty.

    Parameters
    ----------
    frame
        Flows, with at least the columns of `NEEDED`; `sex`, `sector`, `measure`, `p05` and
        `p95` may be absent.
    kind
        How the measure ends: embodied, given, commanded, exported, imported or net.
    year
        One year; by default all.
    sex, sector
        Which rows; by default the totals.
    account
        How the measure begins (hours, persons, pay, value_added); by default the only one.

    Raises
    ------
    UsageError
        When the frame has several accounts or units, or none of the kind, year, sex or sector.
    """
    check_columns(frame)
    chosen = _of_kind(frame, kind, account)
    if chosen.is_empty():
        raise UsageError(
            f"The frame has no {kind} amounts.",
            where="measure",
            remedy=f"It has {', '.join(sorted(kinds_of(frame))) or 'no rows'}. Pairs of places "
            "hold embodied amounts; single places the others.",
        )
    scale = quantity_of(chosen).scale
    if year is not None:
        chosen = _only(chosen, "year", year)
    chosen = _part(_part(chosen, "sex", sex), "sector", sector or "total")
    ends = [
        (pl.col(column) if column in chosen.columns else pl.lit(None)).cast(pl.Float64).alias(name)
        for column, name in (("p05", "low"), ("p95", "high"))
    ]
    rows = chosen.select("year", "producer", "consumer", pl.col("value").cast(pl.Float64), *ends)
    rows = rows.with_columns(pl.col("value", "low", "high") * scale)
    return _summed(rows).sort("year", maintain_order=True)


def check_columns(frame: pl.DataFrame) -> None:
    """Refuse a frame that cannot be one of flows.

    Raises
    ------
    UsageError
        When a column is missing.
    """
    if missing := [name for name in NEEDED if name not in frame.columns]:
        raise UsageError(f"The frame of flows lacks {missing}.", remedy=f"It needs {list(NEEDED)}.")


def kinds_of(frame: pl.DataFrame) -> set[str]:
    """How the measures of a frame end; a frame without measures holds embodied amounts."""
    if "measure" not in frame.columns:
        return {EMBODIED} if frame.height else set()
    return {name.rsplit("_", 1)[-1] for name in frame["measure"].unique()}


def _of_kind(frame: pl.DataFrame, kind: str, account: str | None) -> pl.DataFrame:
    """Rows of one kind and account."""
    if "measure" not in frame.columns:
        return frame if kind == EMBODIED else frame.clear()
    measures = [
        name
        for name in frame["measure"].unique(maintain_order=True)
        if name.rsplit("_", 1)[-1] == kind and account in (None, name.rsplit("_", 1)[0])
    ]
    if len(measures) > 1:
        raise UsageError(
            f"A picture shows one account; the frame holds {', '.join(measures)}.",
            remedy="Give `account`, or filter the frame on its column `measure`.",
        )
    return frame.filter(pl.col("measure").is_in(measures))


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a flow; a sum of several has no interval."""
    alone = pl.len() == 1
    return rows.group_by("year", "producer", "consumer", maintain_order=True).agg(
        pl.col("value").sum(),
        *(pl.when(alone).then(pl.col(end).first()).alias(end) for end in ("low", "high")),
    )


def _part(frame: pl.DataFrame, column: str, wanted: str) -> pl.DataFrame:
    """Rows of a sex or sector; the parts, to be added, where the total is not a row."""
    if column not in frame.columns:
        return frame
    frame = frame.with_columns(pl.col(column).cast(pl.String).fill_null("total"))
    if wanted == "total" and "total" not in set(frame[column]):
        return frame
    return _only(frame, column, wanted)


def _only(frame: pl.DataFrame, column: str, wanted: Any) -> pl.DataFrame:
    rows = frame.filter(pl.col(column) == wanted)
    if rows.is_empty():
        there = sorted(frame[column].unique().to_list())
        shown = ", ".join(str(value) for value in there[:15])
        raise UsageError(f"No flow has {column} {wanted!r}.", remedy=f"The frame has {shown}.")
    return rows


def last_year(frame: pl.DataFrame, year: int | None) -> int:
    """The year asked for, else the last one of the frame."""
    years: list[int] = frame["year"].to_list()
    return max(years) if year is None else year


def year_note(frame: pl.DataFrame, year: int | None) -> str:
    """Say that the last of several years is drawn, where none was asked for."""
    years: list[int] = sorted(set(frame["year"].to_list()))
    several = year is None and len(years) > 1
    return (
        f"{years[-1]} is the last of the table’s years, {years[0]} to {years[-1]}."
        if several
        else ""
    )


def totals_note(frame: pl.DataFrame, sex: str, sector: str | None, *, by_sex: bool = False) -> str:
    """Say what the frame tells apart and the picture does not."""
    apart: list[str] = []
    for column, words, drawn in (
        ("sector", "sectors", sector not in (None, "total")),
        ("sex", "women and men", by_sex or sex != "total"),
    ):
        if column in frame.columns and not drawn:
            parts = set(frame[column].cast(pl.String).drop_nulls()) - {"total"}
            apart += [words] if len(parts) > 1 else []
    return f"Drawn are totals: the table also tells {' and '.join(apart)} apart." if apart else ""


def places_of(flows: pl.DataFrame) -> list[str]:
    """Producers, then consumers that produce nothing, in order of appearance."""
    places = dict.fromkeys([*flows["producer"], *flows["consumer"]])
    return [place for place in places if place not in (WORLD, ABROAD)]


def pair_balances(flows: pl.DataFrame) -> pl.DataFrame:
    """What each place works, and what its final demand commands, from flows between places.

        worked(r) = Σ_c H(r, c),  commanded(r) = Σ_p H(p, r),  net = commanded − worked.

    Returns
    -------
    year, place, worked, commanded, net, low, high, ratio (commanded/worked − 1); `low` and `high`
    are empty: intervals of sums are not known.
    """
    worked = flows.group_by("year", place="producer").agg(worked=pl.col("value").sum())
    commanded = flows.group_by("year", place="consumer").agg(commanded=pl.col("value").sum())
    both = worked.join(commanded, on=["year", "place"], how="full", coalesce=True)
    both = both.with_columns(pl.col("worked", "commanded").fill_null(0.0))
    empty = pl.lit(None, pl.Float64)
    found = both.with_columns(net=pl.col("commanded") - pl.col("worked"), low=empty, high=empty)
    return _in_order(found, places_of(flows))


def balances(frame: pl.DataFrame, **chosen: Any) -> pl.DataFrame:
    """Balances of places with intervals where the frame holds them, else from its pairs.

    Parameters
    ----------
    frame
        Flows of single places (given, commanded, net) or of pairs.
    chosen
        year, sex, sector and account, as in `flow_rows`.

    Returns
    -------
    As `pair_balances`; `low` and `high` are those of the net.
    """
    check_columns(frame)
    if not {GIVEN, COMMANDED} <= kinds_of(frame):
        return pair_balances(flow_rows(frame, **chosen))
    given, commanded = (flow_rows(frame, kind, **chosen) for kind in (GIVEN, COMMANDED))
    on = ["year", "place"]
    worked = given.select("year", place="producer", worked="value")
    found = worked.join(commanded.select("year", place="consumer", commanded="value"), on=on)
    found = found.with_columns(net=pl.col("commanded") - pl.col("worked"))
    if NET in kinds_of(frame):
        ends = flow_rows(frame, NET, **chosen).select("year", "low", "high", place="consumer")
        found = found.join(ends, on=on, how="left")
    else:
        found = found.with_columns(low=pl.lit(None, pl.Float64), high=pl.lit(None, pl.Float64))
    return _in_order(found, places_of(given))


def balance_quantity(frame: pl.DataFrame, account: str | None = None) -> Quantity:
    """What the balances of a frame count."""
    return quantity_of(frame, GIVEN if GIVEN in kinds_of(frame) else EMBODIED, account)


def _in_order(found: pl.DataFrame, places: Sequence[str]) -> pl.DataFrame:
    order = {place: at for at, place in enumerate(places)}
    ratio = pl.when(pl.col("worked") > 0).then(pl.col("commanded") / pl.col("worked") - 1)
    by = pl.col("place").replace_strict(order, return_dtype=pl.Int64)
    return found.sort("year", by).select(
        "year", "place", "worked", "commanded", "net", "low", "high", ratio=ratio
    )


def merge_small(flows: pl.DataFrame, column: str, keep: Sequence[str], name: str) -> pl.DataFrame:
    """Flows with all places of a column that are not kept taken together under a name."""
    kept = pl.when(pl.col(column).is_in(list(keep))).then(pl.col(column)).otherwise(pl.lit(name))
    return _summed(flows.with_columns(kept.alias(column)))


def rest_note(places: Sequence[str], setting: FlowSetting) -> str:
    """Say what the rest of the world is, where it is drawn."""
    if REST not in places:
        return ""
    return f"{setting.short(REST)}: all countries that the tables do not name, taken as one."
