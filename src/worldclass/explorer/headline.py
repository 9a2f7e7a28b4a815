"""The answer in words: sentences made from an atlas frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from worldclass.charts.measures import choose
from worldclass.charts.numbers import NO_VALUE, persons_interval, persons_text, share_text
from worldclass.charts.palette import NEUTRAL_CLASSES, ClassStyle
from worldclass.charts.setting import Setting
from worldclass.core.errors import UsageError


@dataclass(frozen=True)
class ClassSummary:
    """One class in one place and year.

    Parameters
    ----------
    style
        Name and colour.
    year, first_year
        The year told, and the first of the frame.
    persons, low, high
        Persons, and the 5–95 % interval.
    share_population, share_adults, share_workforce
        0 to 1, or null where the class has no such share.
    women
        Share of women among its persons; null without rows by sex, and for a class that data
        only bound, whose sex composition its bounds put in.
    imputed
        Share of its input that was imputed.
    first_share
        `share_adults` in the first year of the frame.
    """

    style: ClassStyle
    year: int
    first_year: int
    persons: float
    low: float | None
    high: float | None
    share_population: float | None
    share_adults: float | None
    share_workforce: float | None
    women: float | None
    imputed: float | None
    first_share: float | None

    @property
    def adults_low(self) -> float | None:
        """Lower end of the share of adults: the base of a share is not drawn."""
        return _part(self.share_adults, self.low, self.persons)

    @property
    def adults_high(self) -> float | None:
        """Upper end of the share of adults."""
        return _part(self.share_adults, self.high, self.persons)

    @property
    def size(self) -> str:
        """Persons with their interval, or only the bounds."""
        between = persons_interval(self.low, self.high)
        if between == NO_VALUE:
            return persons_text(self.persons, 2)
        if self.style.bounds:
            return f"between {between.replace('–', ' and ')}"
        return f"{persons_text(self.persons, 2)} ({between})"


def _part(share: float | None, end: float | None, persons: float) -> float | None:
    return None if share is None or end is None or persons <= 0 else share * end / persons


def main_place(frame: pl.DataFrame) -> str:
    """The place that a report opens with: the world where it is there, else the first.

    Raises
    ------
    UsageError
        When the frame is empty.
    """
    if frame.is_empty():
        raise UsageError("The atlas frame has no rows.", remedy="Choose other countries or years.")
    places = frame["country"].unique(maintain_order=True).to_list()
    return "WORLD" if "WORLD" in places else places[0]


def summarise(
    frame: pl.DataFrame, country: str, setting: Setting, year: int | None = None
) -> list[ClassSummary]:
    """Every class of a place in the theory's order, neutral ones at the end.

    Raises
    ------
    UsageError
        When the place or year is not in the frame.
    """
    years: list[int] = choose(frame, country=country)["year"].unique().sort().to_list()
    year = years[-1] if year is None else year
    rows = {row["class"]: row for row in _rows(frame, country, year)}
    first = {row["class"]: row["share_adults"] for row in _rows(frame, country, years[0])}
    women = _women(frame, country, year)
    order = [style for style in setting.styles if style.id in rows]
    order += [setting.style(name) for name in rows if name not in {s.id for s in order}]
    order.sort(key=lambda style: style.id in NEUTRAL_CLASSES)
    return [
        ClassSummary(
            style=style,
            year=year,
            first_year=years[0],
            persons=rows[style.id]["persons"],
            low=rows[style.id]["persons_p05"],
            high=rows[style.id]["persons_p95"],
            share_population=rows[style.id]["share_population"],
            share_adults=rows[style.id]["share_adults"],
            share_workforce=rows[style.id]["share_workforce"],
            women=None if style.bounds else women.get(style.id),
            imputed=rows[style.id]["imputed"],
            first_share=first.get(style.id),
        )
        for style in order
    ]


def _rows(frame: pl.DataFrame, country: str, year: int) -> list[dict[str, Any]]:
    return choose(frame, country=country, year=year).to_dicts()


def _women(frame: pl.DataFrame, country: str, year: int) -> dict[str, float]:
    """Share of women by class, where the frame has both sexes."""
    own = frame.filter(pl.col("country") == country, pl.col("year") == year)
    sexes = own.filter(pl.col("sex") != "total")
    if set(sexes["sex"].unique()) != {"female", "male"}:
        return {}
    shares = sexes.group_by("class").agg(
        share=pl.col("persons").filter(pl.col("sex") == "female").sum() / pl.col("persons").sum()
    )
    return {row["class"]: row["share"] for row in shares.to_dicts() if row["share"] == row["share"]}


def opening(summaries: list[ClassSummary], country: str, setting: Setting) -> str:
    """The first sentences: the largest class, its interval, and how it changed."""
    named = [item for item in summaries if item.style.id not in NEUTRAL_CLASSES]
    pointed = [item for item in named if not item.style.bounds] or named or summaries
    largest = max(pointed, key=lambda item: item.persons)
    where = setting.place_in_sentence(country)
    aside = [item.style.label.lower() for item in summaries if item not in pointed]
    apart = f" (apart from {' and '.join(aside)})" if aside else ""
    text = (
        f"In {largest.year}, by the theory “{setting.theory}”, the largest class of {where}{apart} "
        f"is “{largest.style.label}”: {largest.size} persons"
    )
    text += f", {share_text(largest.share_adults)} of adults" if largest.share_adults else ""
    if largest.first_year < largest.year and largest.first_share:
        text += f" ({share_text(largest.first_share)} in {largest.first_year})"
    return text + "."


def sentence(item: ClassSummary) -> str:
    """One class in one sentence, after its name."""
    parts = [f"{item.size} persons"]
    if item.share_adults and not item.style.bounds:
        share = f"{share_text(item.share_adults)} of adults"
        if item.first_year < item.year and item.first_share is not None:
            share += f" ({share_text(item.first_share)} in {item.first_year})"
        parts.append(share)
    if item.women is not None:
        parts.append(f"{share_text(item.women)} of them women")
    if item.style.bounds:
        parts.append("the data say no more than these bounds")
    return "; ".join(parts) + "."
