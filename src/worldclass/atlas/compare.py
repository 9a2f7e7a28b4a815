"""Theories side by side, and countries in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from worldclass.atlas.areas import choose_areas, needed
from worldclass.atlas.query import atlas
from worldclass.core.errors import UsageError
from worldclass.people.snapshot import open_snapshot
from worldclass.theories.schema import Theory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from worldclass.atlas.frame import AtlasFrame

Measure = Literal["persons", "share_population", "share_adults", "share_workforce"]
MEASURES = ("persons", "share_population", "share_adults", "share_workforce")


def compare(
    theories: str | Path | Theory | Sequence[str | Path | Theory],
    *more: str | Path | Theory,
    **options: Any,
) -> AtlasFrame:
    """The atlas of several theories on the same people, one below the other.

    Parameters
    ----------
    theories, more
        Ids, paths or loaded theories, in a list or one after the other.
    options
        As in `atlas`: country, year, sex, anchor, draws …

    Examples
    --------
    >>> both = compare(["kharas", "pew"], country="IND", year=2019, sex="total")
    >>> sorted(set(both["theory"]))
    ['kharas', 'pew']
    """
    import polars as pl

    from worldclass.atlas.frame import deviating

    chosen = [theories] if isinstance(theories, str | Path | Theory) else list(theories)
    chosen += more
    if not chosen:
        raise UsageError("There is no theory to compare.", where="theories", remedy="Name some.")
    found = [atlas(one, **options) for one in chosen]
    parts = [pl.DataFrame(one) for one in found]
    ids = [part["theory"][0] for part in parts]
    if len(set(ids)) < len(ids):
        raise UsageError(
            f"Two theories have the same id: {', '.join(ids)}.",
            where="theories",
            remedy="Give each theory file an id of its own.",
        )
    words = dict.fromkeys(one.deviations for one in found if one.deviations)
    return deviating(pl.concat(parts), "; ".join(words))


def rank(
    theory: str | Path | Theory,
    klass: str,
    *,
    by: Measure = "share_adults",
    year: int | None = None,
    sex: str = "total",
    **options: Any,
) -> AtlasFrame:
    """Countries in order of a class's size or share, largest first, with a column `rank`.

    Parameters
    ----------
    theory, klass
        Theory and class id.
    by
        persons, share_population, share_adults or share_workforce.
    year
        By default the latest.
    sex
        female, male or total.
    options
        As in `atlas`: country (an aggregate stands for its members), parameters, anchor, draws …

    Returns
    -------
    Rows as in `atlas`. A class that the data only bound has no order by size: its rows are in the
    order of their upper bounds.

    Examples
    --------
    >>> rank("ilo-status", "employees", by="persons", year=2023)["country"][0]
    'CHN'
    """
    import polars as pl

    from worldclass.atlas.frame import deviating
    from worldclass.charts.measures import estimates, find_measure

    if by not in MEASURES:
        raise UsageError(
            f"Cannot rank by {by!r}.", where="by", remedy=f"Use one of: {', '.join(MEASURES)}."
        )
    grid = open_snapshot(options.get("snapshot")).estimates.grid
    options["country"] = needed(choose_areas(options.get("country"), grid.countries))
    latest = grid.years[-1] if year is None else year
    sizes = atlas(theory, year=latest, sex=sex, **options)
    if klass not in sizes["class"]:
        raise UsageError(
            f"There is no class {klass!r}.",
            where="class",
            remedy=f"Classes: {', '.join(sizes['class'].unique(maintain_order=True))}.",
        )
    chosen = pl.DataFrame(sizes).filter(pl.col("class") == klass)
    order = "high" if chosen["only_bounds"].all() else "value"
    ordered = estimates(chosen, find_measure(by)).sort(
        order, descending=True, nulls_last=True, maintain_order=True
    )
    ordered = ordered.select(chosen.columns)
    return deviating(ordered.with_row_index("rank", offset=1), sizes.deviations)
