"""Tables of embodied amounts: balances, pairs, sectors and sexes, and the net through time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.cli.flows_print import (
    BELOW,
    SEX_WORDS,
    add_numbers,
    add_words,
    columns,
    estimate,
    industry_label,
    interval,
    narrow,
    number,
    plain_table,
    scale_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from rich.table import Table

MOST_AREAS = 24
MOST_THROUGH_TIME = 12
KINDS = ("given", "commanded", "exported", "imported", "net")
BRIEF = ("given", "commanded", "net")
"""What narrow terminals show: exported and imported are these less what is worked for oneself."""

Row = dict[str, Any]


def balance_table(rows: pl.DataFrame) -> Table:
    """Areas by net: given, commanded, exported, imported, net, ratio, each with its interval."""
    scale, unit = scale_of(rows["unit"][0])
    kinds = BRIEF if narrow() else KINDS
    found = _by_kind(rows, ())
    order = sorted(found, key=lambda key: _value(found[key], "net") or 0.0, reverse=True)
    half = MOST_AREAS // 2
    shown = order if len(order) <= MOST_AREAS else [*order[:half], None, *order[-half:]]
    table = plain_table(f"{heading(rows)}, {unit}{_below(rows)}")
    add_words(table, "country or group")
    add_numbers(table, *kinds, "commanded\nper given")
    for key in shown:
        if key is None:
            table.add_row(*["…"] * (len(kinds) + 2))
        else:
            cells = _kind_cells(found[key], kinds, scale)
            table.add_row(_area(key[0]), *cells, estimate(found[key].get("ratio", {})))
    return table


def area_detail(rows: pl.DataFrame, names: Mapping[str, str]) -> Table:
    """Areas by sector or sex: given, commanded, exported, imported, net; the largest net first."""
    rows = parts_only(rows)
    scale, unit = scale_of(rows["unit"][0])
    kinds = BRIEF if narrow() else KINDS
    found = _by_kind(rows, ("sector", "sex"))
    order = sorted(found, key=lambda key: abs(_value(found[key], "net") or 0.0), reverse=True)
    several = [len({key[place] for key in found}) > 1 for place in range(3)]
    where = "" if several[0] else f" of {_area(order[0][0])}"
    title = f"{heading(rows)}{where}, {unit}{_of_all(len(order), 'by net')}{_below(rows)}"
    table = plain_table(title)
    headings = ("country or group", "sector of work", "sex")
    add_words(table, *(one for one, kept in zip(headings, several, strict=True) if kept))
    add_numbers(table, *kinds)
    for key in order[:MOST_AREAS]:
        labels = (_area(key[0]), _sector(key[1], names), SEX_WORDS.get(key[2], key[2]))
        table.add_row(
            *(one for one, kept in zip(labels, several, strict=True) if kept),
            *_kind_cells(found[key], kinds, scale),
        )
    return table


def pair_table(rows: pl.DataFrame) -> Table:
    """A matrix of a few areas, or the largest flows between many."""
    scale, unit = scale_of(rows["unit"][0])
    ends = [*rows["producer"].to_list(), *rows["consumer"].to_list()]
    areas = list(dict.fromkeys(ends))
    if len(areas) > (4 if narrow() else 8):
        return pair_detail(rows, {})
    table = plain_table(f"{heading(rows)} by producer and consumer, {unit}{_below(rows)}")
    add_words(table, "produced in ↓\nconsumed in →")
    add_numbers(table, *(_area(area).replace(" ", "\n") for area in areas))
    cell = {(row["producer"], row["consumer"]): row for row in rows.iter_rows(named=True)}
    for producer in areas:
        values = [cell.get((producer, consumer)) for consumer in areas]
        if any(value is not None for value in values):
            table.add_row(_area(producer), *(estimate(value or {}, scale) for value in values))
    return table


def pair_detail(rows: pl.DataFrame, names: Mapping[str, str]) -> Table:
    """The largest flows between areas, by sector and sex where they are told apart."""
    import polars as pl

    rows = parts_only(rows)
    scale, unit = scale_of(rows["unit"][0])
    apart = rows.filter(pl.col("producer") != pl.col("consumer"))
    chosen = rows if apart.is_empty() else apart
    left_out = chosen.height < rows.height
    without = ", without what places work for themselves" if left_out else ""
    table = plain_table(f"{heading(rows)}, {unit}{without}{_of_all(chosen.height, '')}")
    shown = {"produced in": "producer", "consumed in": "consumer"}
    several = {"sector of work": "sector", "sex": "sex"}
    shown |= {word: name for word, name in several.items() if rows[name].n_unique() > 1}
    add_words(table, *shown)
    add_numbers(table, "amount", "5–95 %")
    for row in chosen.sort("value", descending=True).head(MOST_AREAS).iter_rows(named=True):
        labels = {
            "producer": _area(row["producer"]),
            "consumer": _area(row["consumer"]),
            "sector": _sector(row["sector"], names),
            "sex": SEX_WORDS.get(row["sex"], row["sex"]),
        }
        table.add_row(
            *(labels[name] for name in shown.values()),
            number(row["value"], scale), interval(row["p05"], row["p95"], scale),
        )  # fmt: skip
    return table


def time_table(frame: pl.DataFrame, pairs: bool) -> Table | None:
    """Net by area, or amounts by pair, one column a year; None where there is nothing to show."""
    import polars as pl

    scale, unit = scale_of(frame["unit"][0])
    keys = ("producer", "consumer") if pairs else ("consumer",)
    if pairs:
        rows = frame.filter(pl.col("producer") != pl.col("consumer"))
    else:
        rows = frame.filter(pl.col("measure").str.ends_with("_net"))
    if rows.is_empty():
        return None
    last = rows.filter(pl.col("year") == rows["year"].max())
    order = last.sort(pl.col("value").abs(), descending=True).select(keys).rows()
    years = some_years(frame["year"].unique().sort().to_list())
    what = "Between areas" if pairs else "Net"
    table = plain_table(f"{what} through time{_of_sex(frame)}, {unit}{_below(rows)}")
    add_words(table, *(("produced in", "consumed in") if pairs else ("country or group",)))
    add_numbers(table, *map(str, years))
    for labels in order[:MOST_THROUGH_TIME]:
        chosen = rows
        for name, text in zip(keys, labels, strict=True):
            chosen = chosen.filter(pl.col(name) == text)
        by_year = {row["year"]: row for row in chosen.iter_rows(named=True)}
        cells = (estimate(by_year.get(one, {}), scale) for one in years)
        table.add_row(*map(_area, labels), *cells)
    return table


def some_years(years: list[int], labels: int = 20) -> list[int]:
    """As many years as fit with their intervals, evenly from the first to the last.

    Parameters
    ----------
    labels
        Characters of the columns of words beside them.
    """
    most = max(2, min(8, (columns() - labels) // 15))
    count = min(len(years), most)
    last = len(years) - 1
    return sorted({years[round(place * last / max(1, count - 1))] for place in range(count)})


def parts_only(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows without the total of women and men, where both stand by themselves."""
    both = {"female", "male"} <= set(rows["sex"].unique())
    return rows.filter(rows["sex"] != "total") if both else rows


def heading(rows: pl.DataFrame) -> str:
    """Account, sex and year, such as `Hours of women, 2008`."""
    account = str(rows["measure"][0]).rsplit("_", 1)[0].replace("_", " ").capitalize()
    sex = _of_sex(rows)
    return f"{account}{sex}, {rows['year'][0]}" if sex else f"{account} of {rows['year'][0]}"


def _of_sex(rows: pl.DataFrame) -> str:
    sexes = rows["sex"].unique().to_list()
    return f" of {SEX_WORDS[sexes[0]]}" if len(sexes) == 1 and sexes[0] != "total" else ""


def _of_all(count: int, how: str) -> str:
    if count <= MOST_AREAS:
        return ""
    return f": the largest {MOST_AREAS} of {count:,} rows{f' {how}' if how else ''}"


def _by_kind(rows: pl.DataFrame, keys: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, Row]]:
    """Rows by area and further keys, then by what they measure."""
    found: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows.iter_rows(named=True):
        kind = row["measure"].rsplit("_", 1)[1]
        area = row["producer"] if kind in ("given", "exported") else row["consumer"]
        found.setdefault((area, *(row[name] for name in keys)), {})[kind] = row
    return found


def _kind_cells(kinds: dict[str, Row], shown: tuple[str, ...], scale: float) -> list[str]:
    return [estimate(kinds.get(kind, {}), scale) for kind in shown]


def _value(kinds: dict[str, Row], kind: str) -> float | None:
    return kinds[kind]["value"] if kind in kinds else None


def _below(rows: pl.DataFrame) -> str:
    """Where intervals stand, if there are any."""
    return f"; {BELOW}" if rows["p05"].is_not_null().any() else ""


def _sector(code: str, names: Mapping[str, str]) -> str:
    return industry_label(code, names, 18 if narrow() else 45)


def _area(code: str) -> str:
    from worldclass.flows.areas import area_label

    return area_label(code)
