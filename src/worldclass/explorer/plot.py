"""Draw any result frame: what its columns say decides how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.explorer.survey_pictures import (
    CELLS,
    draw_cells,
    draw_result,
    draw_shares,
    one_picture,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt
    import polars as pl

ATLAS = frozenset({"theory", "class", "country", "year", "sex", "persons", "share_adults"})
CLAIMS = frozenset({"claim", "number", "label", "kind", "origin", "verdict", "share_holding"})
FLOWS = frozenset({"year", "producer", "consumer", "sector", "sex", "measure", "value"})
RUNS = frozenset({"model", "run", "seed", "time", "group", "quantity", "value"})
CONTRIBUTIONS = frozenset({"kind", "assumption", "label", "central", "share_of_variance"})
SHARES = frozenset({"share", "se", "n", "deff", "n_effective", "total", "missing", "design"})


def plot(frame: Any, kind: str = "auto", **options: Any) -> alt.VConcatChart:
    """Draw a result, also after it was filtered.

    Parameters
    ----------
    frame
        From `worldclass.atlas`, `flows`, `claims`, `simulate`, `contributions`, `shares`,
        `mobility` and its `unidiff`, or `cross_table`.
    kind, options
        As `worldclass.atlas.pictures.draw`, `worldclass.flows.pictures.draw` and
        `worldclass.dynamics.pictures.draw_runs` take them. The others have one picture each, to
        which `title`, `subtitle` and `width` may be given: a board of verdicts; bars of what
        assumptions contribute; dots of shares (`column` and `by` say which columns are the class
        and the group, where there are several); heat maps of mobility tables and
        cross-tabulations. Pictures of surveys take `labels`: the scheme whose words are written
        at the classes ("esec"), or a mapping; cross-tabulations `column_labels` as well.

    Raises
    ------
    UsageError
        The frame has the columns of none; or as these raise it.

    Examples
    --------
    >>> import worldclass as wc
    >>> brazil = wc.atlas("ilo-status", country="BRA", year=2023, sex="total")
    >>> plot(brazil.filter(brazil["class"] != "outside")).to_dict()["title"]["text"]
    ['Classes: Brazil, 2023']
    """
    import polars as pl

    if not isinstance(frame, pl.DataFrame):
        return draw_result(frame, kind, options)
    columns = set(frame.columns)
    for own, draw in _DRAWN:
        if columns >= own:
            _some(frame)
            return draw(frame, kind, options)
    raise UsageError(
        f"A frame with the columns {', '.join(frame.columns)} has no picture.",
        where="plot",
        remedy="Draw a frame from wc.atlas, wc.flows, wc.claims, wc.simulate, wc.contributions, "
        "wc.shares or wc.mobility, with all its columns.",
    )


def _some(frame: pl.DataFrame) -> None:
    """Refuse a frame without rows, whatever it was."""
    if frame.is_empty():
        raise UsageError(
            "The frame has no row, so that there is nothing to draw.",
            where="plot",
            remedy="Look at what it was filtered by: a value may be misspelt, or not in it.",
        )


def _flows(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    from worldclass.flows.pictures import draw

    return draw(frame, kind, **options)


def _atlas(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    from worldclass.atlas.pictures import draw

    options.setdefault("deviations", getattr(frame, "deviations", ""))
    return draw(frame, kind, **options)


def _runs(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    from worldclass.dynamics.pictures import draw_runs

    known = {name: getattr(frame, name) for name in ("title", "marks") if hasattr(frame, name)}
    return draw_runs(frame, kind, **{**known, **options}).framed()


def _claims(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    from worldclass.charts.verdict_board import verdict_board
    from worldclass.claims.pictures import board_title, limits

    if kind not in ("auto", "board"):
        raise UsageError(
            f"Verdicts have no picture {kind!r}.",
            where="kind",
            remedy='Leave it out for the board; draw a curve with wc.claims(…).plot("CLAIM").',
        )
    title = board_title(frame["theory"]) if "theory" in frame.columns else "Verdicts"
    words: dict[str, Any] = {"title": title, "cutoffs": limits()} | options
    return verdict_board(frame, **words).framed()


def _contributions(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    """One bar an assumption: choices of definition, and what acts together, have no two ends."""
    from worldclass.atlas.contributions import TOGETHER
    from worldclass.atlas.pictures import contributions_title
    from worldclass.charts.assumption_bars import assumption_bars

    one_picture(kind, "Contributions")
    bars = frame.filter((frame["kind"] != "definition") & (frame["assumption"] != TOGETHER))
    _some(bars)
    words: dict[str, Any] = {
        "title": contributions_title(frame),
        "subtitle": "Persons with one assumption at its 5th or 95th percentile, the others central",
    }
    if "only_bounds" in frame.columns and frame["only_bounds"].all():
        words["subtitle"] += (
            "; the data only bound this class: the line in the middle is one reading, no estimate"
        )
    return assumption_bars(bars, **(words | options)).framed()


_DRAWN: tuple[
    tuple[frozenset[str], Callable[[pl.DataFrame, str, dict[str, Any]], alt.VConcatChart]], ...
] = (
    (FLOWS, _flows),
    (ATLAS, _atlas),
    (CLAIMS, _claims),
    (RUNS, _runs),
    (CONTRIBUTIONS, _contributions),
    (CELLS, draw_cells),
    (SHARES, draw_shares),
)
