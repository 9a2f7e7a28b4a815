"""What a picture must know beside its numbers: names, colours, source, number of draws."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from worldclass.charts.palette import ClassStyle, class_styles
from worldclass.core.countries import aggregates, countries, label

_IN_SENTENCES = {"WORLD": "the world", "NORTH": "the North", "SOUTH": "the South"}


@dataclass(frozen=True)
class Setting:
    """Names, colours and sources common to the pictures of one result.

    Parameters
    ----------
    theory
        Name of the theory for titles.
    styles
        Classes in the order of the theory.
    source
        Whose numbers; ends the footnote.
    draws
        Number of Monte Carlo draws behind the intervals; 0 for none, null when not known.
    ordered
        True when the classes are rungs of one ladder, from low to high.
    """

    theory: str
    styles: tuple[ClassStyle, ...]
    source: str = ""
    draws: int | None = None
    ordered: bool = False

    def style(self, class_id: str) -> ClassStyle:
        """Style of a class; one that the theory does not name gets a neutral one."""
        known = {style.id: style for style in self.styles}
        return known.get(class_id) or class_styles([class_id])[0]

    def place(self, code: str) -> str:
        """Name of a country or aggregate, as a heading."""
        return label(code) if code in countries() or code in aggregates() else code

    def place_in_sentence(self, code: str) -> str:
        """Name of a country or aggregate inside a sentence."""
        return _IN_SENTENCES.get(code) or self.place(code)

    def footnote(self, *more: str) -> str:
        """Intervals, remarks and source as one note."""
        draws = f"{self.draws} draws" if self.draws else "draws"
        notes = [f"Intervals: 5–95 % of {draws} over named assumptions."]
        if self.draws == 0:
            notes = ["Central estimates only, without intervals."]
        bounded = [style.label for style in self.styles if style.bounds]
        if bounded:
            notes.append(f"The data only bound: {', '.join(bounded)}.")
        notes += [note for note in more if note]
        if self.source:
            notes.append(f"Source: {self.source}.")
        return " ".join(notes)


def setting_of(frame: pl.DataFrame) -> Setting:
    """Setting made from an atlas frame alone: ids as names, classes in order of appearance."""
    classes = frame["class"].unique(maintain_order=True).to_list()
    theories = ", ".join(frame["theory"].unique().to_list())
    return Setting(theories, class_styles(classes, bounds=only_bounded(frame)))


def only_bounded(frame: pl.DataFrame) -> list[str]:
    """Ids of the classes of an atlas frame that the data only bound, as its column says."""
    if "only_bounds" not in frame.columns:
        return []
    return frame.filter(pl.col("only_bounds"))["class"].unique(maintain_order=True).to_list()


def whom(sex: str) -> str:
    """End of a title that names the sex.

    Examples
    --------
    >>> whom("female"), whom("total")
    (', women', '')
    """
    return {"female": ", women", "male": ", men"}.get(sex, "")
