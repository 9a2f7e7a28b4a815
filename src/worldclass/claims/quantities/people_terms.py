"""What the quantities of the population table share: whom a term means, its draws, its sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import BeforeValidator

from worldclass.atlas.areas import choose_areas
from worldclass.atlas.settings import Setting, sizes_at
from worldclass.claims.quantities.people_evidence import people_evidence
from worldclass.claims.quantity import CENTRE, Evidence, Fields
from worldclass.core.countries import members, resolve
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import Scores
from worldclass.people.draws import choose_draws
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.library import load_theory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.people.snapshot import Snapshot
    from worldclass.theories.schema import Theory

    Values = NDArray[np.float64]

Sex = Literal["female", "male", "total"]
Anchor = Literal["any", "national-accounts", "household-survey", "earnings-survey"]
SEX_ROWS: Mapping[str, tuple[int, ...]] = {"female": (0,), "male": (1,), "total": (0, 1)}


def _pairs(value: Any) -> Any:
    """A table of parameters as sorted pairs, so that equal settings are equal and hashable."""
    if isinstance(value, Mapping):
        table = cast("Mapping[str, Any]", value)
        return tuple(sorted(table.items()))
    return value


Parameters = Annotated[tuple[tuple[str, float | str], ...], BeforeValidator(_pairs)]
Place = str | tuple[str, ...]


class People(Fields):
    """Whom a term means, and when.

    Attributes
    ----------
    country
        A country, an aggregate (WORLD, NORTH, SOUTH, a region), or a list: their union.
    without
        Countries or aggregates that are left out of it.
    year
        A year of the population table.
    sex
        "female", "male" or "total".
    anchor
        Anchor of incomes; "any" leaves it to the theory, else to the draw, as the atlas does.
    """

    country: Place = "WORLD"
    without: Place = ()
    year: int
    sex: Sex = "total"
    anchor: Anchor = "any"


Asking = Callable[[Any, tuple[str, ...], tuple[int, ...] | None], Setting]
"""Makes a setting of the atlas from a term's fields, for data of some countries and years."""


def people_setting(
    one: People,
    compiled: CompiledTheory,
    classes: tuple[int, ...],
    countries: tuple[str, ...],
    years: tuple[int, ...] | None,
) -> Setting:
    """The classes of a theory among those whom a term means, as the atlas evaluates them.

    Raises
    ------
    UsageError
        As `members_of` and `check_year`; years of None are not checked.
    """
    return Setting(
        compiled=compiled,
        classes=classes,
        countries=members_of(one.country, one.without, countries),
        year=one.year if years is None else check_year(one.year, years),
        sexes=SEX_ROWS[one.sex],
        anchor=anchor_of(one.anchor),
    )


def asked_of(shot: Snapshot, settings: Sequence[Any], asking: Asking) -> list[Setting]:
    """Terms as settings of the atlas, for a snapshot's countries and years."""
    grid = shot.estimates.grid
    return [asking(one, grid.countries, grid.years) for one in settings]


def sizes_of(settings: Sequence[Any], draws: Sequence[int], data: Data, asking: Asking) -> Values:
    """Sizes that the atlas finds at some terms, shape (settings, draws)."""
    shot = data.open_snapshot()
    return sizes_at(asked_of(shot, settings, asking), scores_of(shot, draws), shot)


def evidence_of(settings: Sequence[Any], data: Data, asking: Asking, method: str) -> Evidence:
    """Sources of the population table, with the imputed share of the persons counted."""
    shot = data.open_snapshot()
    return people_evidence(shot, asked_of(shot, settings, asking), method)


def anchor_of(anchor: Anchor) -> str | None:
    """The anchor as the atlas takes it: None leaves it open."""
    return None if anchor == "any" else anchor


@lru_cache(maxsize=1024)
def members_of(country: Place, without: Place, covered: tuple[str, ...]) -> tuple[str, ...]:
    """ISO3 codes of the population table that a term means, sorted.

    Of an aggregate or a list, those that the table covers.

    Raises
    ------
    UsageError
        None is left; an unknown place; or one place that the table does not cover.

    Examples
    --------
    >>> members_of(("NORTH", "BRA"), ("EUROPE_CENTRAL_ASIA",), ("BRA", "DEU", "USA"))
    ('BRA', 'USA')
    """
    if isinstance(country, str):
        inside = {code for area in choose_areas(country, covered) for code in area.members}
    else:
        inside = _codes(country) & set(covered)
    inside -= _codes((without,) if isinstance(without, str) else without)
    if not inside:
        raise UsageError(
            f"No country is left of {country!r} without {without!r}.",
            where="country, without",
            remedy="Leave out fewer countries, or name some that the table covers.",
        )
    return tuple(sorted(inside))


def _codes(places: tuple[str, ...]) -> set[str]:
    return {code for place in places for code in members(resolve(place))}


def check_year(year: int, covered: Sequence[int]) -> int:
    """The year, once the population table has it.

    Raises
    ------
    UsageError
        It does not.
    """
    if year not in covered:
        raise UsageError(
            f"The population table does not cover {year}.",
            where="year",
            remedy=f"Choose years from {covered[0]} to {covered[-1]}.",
        )
    return year


def scores_of(shot: Snapshot, draws: Sequence[int]) -> list[Scores]:
    """Standard scores of the draws: rows of the stored matrix; none at the centre.

    The first stored draws are the same however many are asked for.
    """
    most = max((draw for draw in draws), default=CENTRE) + 1
    drawn = choose_draws(shot.draws, max(most, 2))
    return [Scores({}) if draw == CENTRE else drawn.one(draw) for draw in draws]


def compiled_theory(theory: str, parameters: Parameters) -> CompiledTheory:
    """A theory with its parameters set; equal settings share one."""
    return _compiled(theory, parameters, theory_stamp(theory))


@lru_cache(maxsize=65_536)
def _compiled(theory: str, parameters: Parameters, stamp: int) -> CompiledTheory:
    return compile_theory(_loaded(theory, stamp), dict(parameters))


@lru_cache(maxsize=64)
def _loaded(theory: str, stamp: int) -> Theory:
    return load_theory(theory)


def theory_stamp(theory: str) -> int:
    """When a theory's file was last written, so that an edited file is read anew; 0 for an id."""
    file = Path(theory)
    is_path = theory.endswith(".toml") or len(file.parts) > 1
    return file.stat().st_mtime_ns if is_path and file.is_file() else 0
