"""Pictures of an atlas frame, chosen by what it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from worldclass.charts.class_areas import class_areas
from worldclass.charts.class_bars import class_bars
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.palette import NEUTRAL_CLASSES, class_styles
from worldclass.charts.place_trends import MOST_LINES, class_place_trends
from worldclass.charts.setting import Setting, only_bounded, whom
from worldclass.charts.theory_bars import place_bars, theory_bars
from worldclass.charts.world_map import world_map
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError
from worldclass.theories.library import list_theories, load_theory

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

    from worldclass.charts.picture import Picture
    from worldclass.theories.schema import Theory

KINDS = ("areas", "trends", "bars", "places", "map", "ranking", "theories")
SOURCE = "worldclass, from public statistics (see DATA_SOURCES.md)"
MOST_PLACES = MOST_LINES
"""Places that one picture shows beside each other."""


def draw(
    frame: pl.DataFrame,
    kind: str = "auto",
    *,
    klass: str | None = None,
    theory: Theory | None = None,
    deviations: str = "",
    **options: Any,
) -> alt.VConcatChart:
    """Draw an atlas frame.

    Parameters
    ----------
    frame
        Atlas frame of one theory, or of several for the picture "theories".
    kind
        areas, trends, bars, places (up to eight side by side), map, ranking or theories (side by
        side, in one year). "auto" takes theories where there are several, a ranking of ranked
        countries, places where there are two to eight, areas for several years, else bars. A
        picture of one place says in its subtitle how many others the frame holds.
    klass
        Class of a map or ranking; by default the largest of those that the theory is about.
    theory
        For labels; by default the shipped theory of that id.
    deviations
        How the run differs from the theory's own settings, in words, for the subtitle.
    options
        country, year, sex, measure, width, as the chart takes them; without `sex`, both together,
        or the one that the frame holds.

    Raises
    ------
    UsageError
        An unknown kind, or a frame that does not hold what the picture needs.
    """
    picture = _picture(frame, kind, klass, theory, options)
    return (_saying(picture, f"with {deviations}") if deviations else picture).framed()


def _picture(
    frame: pl.DataFrame,
    kind: str,
    klass: str | None,
    theory: Theory | None,
    options: dict[str, Any],
) -> Picture:
    if frame.is_empty():
        raise UsageError(
            "The frame of the atlas has no row, so that there is nothing to draw.",
            where="plot",
            remedy="Look at what it was filtered by: class, country, year, sex or theory may be "
            "misspelt, or not in it.",
        )
    if kind == "auto":
        kind = _fitting(frame, options)
    if kind not in KINDS:
        raise UsageError(
            f"There is no picture {kind!r}.", where="kind", remedy=f"Use {', '.join(KINDS)}."
        )
    if "sex" not in options:
        options["sex"] = _sex(frame)
    if kind == "theories":
        return _theories(frame, options)
    options["setting"] = _setting(frame, theory)
    if kind in ("map", "ranking"):
        builder = world_map if kind == "map" else country_ranking
        return builder(frame, klass or _largest(frame), **options)
    if klass is not None:
        raise UsageError(
            f"The picture {kind!r} shows every class of the frame, not one.",
            where="klass",
            remedy=f'Draw a "map" or a "ranking" of {klass}, or filter the frame on its column '
            "`class`.",
        )
    if kind == "places":
        return _places(frame, options)
    chosen = "country" in options
    options.setdefault("country", _place(frame))
    builders = {"areas": class_areas, "trends": class_trends, "bars": class_bars}
    picture = builders[kind](frame, **options)
    return picture if chosen else _with_others(picture, frame)


def _fitting(frame: pl.DataFrame, options: dict[str, Any]) -> str:
    """The picture that shows most of what the frame holds."""
    if frame["theory"].n_unique() > 1:
        return "theories"
    if "rank" in frame.columns:
        return "ranking"
    if "country" not in options and 1 < frame["country"].n_unique() <= MOST_PLACES:
        return "places"
    return "areas" if frame["year"].n_unique() > 1 and "year" not in options else "bars"


def _sex(frame: pl.DataFrame) -> str:
    """Both sexes together, or the one that a part of a frame was chosen by.

    Raises
    ------
    UsageError
        Where there are women and men apart, but not together.
    """
    sexes = frame["sex"].unique().sort().to_list()
    if "total" in sexes or len(sexes) == 1:
        return "total" if "total" in sexes else sexes[0]
    raise UsageError(
        f"The frame holds {' and '.join(sexes)} apart, and not both together.",
        where="sex",
        remedy=f"Say which to draw, such as sex={sexes[0]!r}; or keep the rows with sex 'total'.",
    )


def _places(frame: pl.DataFrame, options: dict[str, Any]) -> Picture:
    """All places of a frame: bars of a single year, else lines."""
    places = frame["country"].unique(maintain_order=True).to_list()
    if "country" in options:
        raise UsageError(
            "The picture 'places' shows every place of the frame.",
            where="country",
            remedy='Filter the frame on its column `country`, or draw "areas", "trends" or "bars".',
        )
    if len(places) > MOST_PLACES:
        raise UsageError(
            f"{len(places)} places are too many for one picture of places.",
            where="kind",
            remedy=f'Keep at most {MOST_PLACES} of them, or draw a "map" or a "ranking".',
        )
    if frame["year"].n_unique() == 1 or "year" in options:
        return place_bars(frame, places=places, **options)
    return class_place_trends(frame, places=places, **options)


def _with_others(picture: Picture, frame: pl.DataFrame) -> Picture:
    """A picture of one place that says which others its frame holds."""
    places = frame["country"].n_unique()
    return _saying(picture, f"one of {places} places in the table") if places > 1 else picture


def _saying(picture: Picture, more: str) -> Picture:
    """A picture whose subtitle says more."""
    subtitle = f"{picture.caption.subtitle}; {more}"
    return replace(picture, caption=replace(picture.caption, subtitle=subtitle))


def _theories(frame: pl.DataFrame, options: dict[str, Any]) -> Picture:
    """Theories side by side: one place, and by default the last year that all of them have."""
    frames = {str(key[0]): own for key, own in frame.group_by("theory", maintain_order=True)}
    settings = {name: _setting(own, None) for name, own in frames.items()}
    common = set[int].intersection(*(set(own["year"]) for own in frames.values()))
    chosen = "country" in options
    options.setdefault("country", _place(frame))
    if common:
        options.setdefault("year", max(common))
    picture = theory_bars(frames, settings, **options)
    return picture if chosen else _with_others(picture, frame)


def contributions_title(frame: pl.DataFrame) -> str:
    """Of which class, place and year a table of contributions is.

    Parameters
    ----------
    frame
        From `worldclass.atlas.contributions`.
    """
    if not {"theory", "class", "country", "year", "sex"} <= set(frame.columns):
        return "What the size of the class hangs on"
    row = frame.row(0, named=True)
    setting = _setting(frame, None)
    named, place = setting.style(row["class"]).label, setting.place(row["country"])
    return (
        f"What the size of the class “{named}” hangs on: {place}{whom(row['sex'])}, {row['year']}"
    )


def _largest(frame: pl.DataFrame) -> str:
    """The class with most persons over all rows, if possible none outside the theory's classes."""
    named = frame.filter(~frame["class"].is_in(list(NEUTRAL_CLASSES)))
    sizes = (
        (frame if named.is_empty() else named).select("class", "persons").group_by("class").sum()
    )
    return str(sizes.sort("persons", "class", descending=[True, False])["class"][0])


def _place(frame: pl.DataFrame) -> str:
    places = frame["country"].unique(maintain_order=True).to_list()
    single = [code for code in places if code in countries()]
    return "WORLD" if "WORLD" in places else (places or single)[0]


def _setting(frame: pl.DataFrame, theory: Theory | None) -> Setting:
    name = str(frame["theory"][0]) if frame.height else ""
    known = theory or (load_theory(name) if name in list_theories() else None)
    if known is None:
        ids = frame["class"].unique(maintain_order=True).to_list()
        return Setting(name, class_styles(ids, bounds=only_bounded(frame)), SOURCE)
    shown = [rule for rule in known.classes if rule.id in set(frame["class"])]
    styles = class_styles(
        [rule.id for rule in shown],
        labels={rule.id: rule.label for rule in shown},
        bounds={rule.id for rule in shown if rule.bounds},
        ordered=is_ladder(known),
    )
    return Setting(known.label, styles, SOURCE)


def is_ladder(theory: Theory) -> bool:
    """Whether the classes are rungs of one ladder: nothing but household welfare decides."""
    return set(theory.incomes) == {"welfare"}
