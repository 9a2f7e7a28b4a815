"""Pictures of an atlas frame, chosen by what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.charts.class_areas import class_areas
from worldclass.charts.class_bars import class_bars
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.palette import NEUTRAL_CLASSES, class_styles
from worldclass.charts.setting import Setting
from worldclass.charts.theory_bars import theory_bars
from worldclass.charts.world_map import world_map
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError
from worldclass.theories.library import list_theories, load_theory

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

    from worldclass.charts.picture import Picture
    from worldclass.theories.schema import Theory

KINDS = ("areas", "trends", "bars", "map", "ranking", "theories")
SOURCE = "worldclass, from public statistics (see DATA_SOURCES.md)"


def draw(
    frame: pl.DataFrame,
    kind: str = "auto",
    *,
    klass: str | None = None,
    theory: Theory | None = None,
    **options: Any,
) -> alt.VConcatChart:
    """Draw an atlas frame.

    Parameters
    ----------
    frame
        Atlas frame of one theory, or of several for the picture "theories".
    kind
        areas, trends, bars, map, ranking or theories (side by side, in one year). "auto" takes
        theories where there are several, a ranking of ranked countries, areas for several years,
        else bars.
    klass
        Class of a map or ranking; by default the largest of those that the theory is about.
    theory
        For labels; by default the shipped theory of that id.
    options
        country, year, sex, measure, width, as the chart takes them.

    Raises
    ------
    UsageError
        An unknown kind, or a frame that does not hold what the picture needs.
    """
    return _picture(frame, kind, klass, theory, options).framed()


def _picture(
    frame: pl.DataFrame,
    kind: str,
    klass: str | None,
    theory: Theory | None,
    options: dict[str, Any],
) -> Picture:
    if frame.is_empty():
        raise UsageError(
            "The frame of the atlas has no row.", remedy="Draw a frame that holds some."
        )
    if kind == "auto":
        kind = _fitting(frame)
    if kind not in KINDS:
        raise UsageError(
            f"There is no picture {kind!r}.", where="kind", remedy=f"Use {', '.join(KINDS)}."
        )
    if kind == "theories":
        return _theories(frame, options)
    options["setting"] = _setting(frame, theory)
    if kind in ("map", "ranking"):
        builder = world_map if kind == "map" else country_ranking
        return builder(frame, klass or _largest(frame), **options)
    options.setdefault("country", _place(frame))
    builders = {"areas": class_areas, "trends": class_trends, "bars": class_bars}
    return builders[kind](frame, **options)


def _fitting(frame: pl.DataFrame) -> str:
    """The picture that shows most of what the frame holds."""
    if frame["theory"].n_unique() > 1:
        return "theories"
    if "rank" in frame.columns:
        return "ranking"
    return "areas" if frame["year"].n_unique() > 1 else "bars"


def _theories(frame: pl.DataFrame, options: dict[str, Any]) -> Picture:
    """Theories side by side: one place, and by default the last year that all of them have."""
    frames = {str(key[0]): own for key, own in frame.group_by("theory", maintain_order=True)}
    settings = {name: _setting(own, None) for name, own in frames.items()}
    common = set[int].intersection(*(set(own["year"]) for own in frames.values()))
    options.setdefault("country", _place(frame))
    if common:
        options.setdefault("year", max(common))
    return theory_bars(frames, settings, **options)


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
        return Setting(name, class_styles(ids), SOURCE)
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
