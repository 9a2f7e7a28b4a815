"""Persons of a class, or of several classes together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field

from worldclass.atlas.settings import Setting
from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantities.imagined_people import covered, imagine_sizes
from worldclass.claims.quantities.people_terms import (
    Parameters,
    People,
    compiled_theory,
    evidence_of,
    people_setting,
    sizes_of,
    theory_stamp,
)
from worldclass.claims.quantity import Evidence, Quantity
from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.theories.compile import CompiledTheory

    Values = NDArray[np.float64]

ID = "class-size"


class ClassSize(People):
    """What a term says of a class's size.

    Attributes
    ----------
    theory
        Id of a theory, or path of its file; the claim's own unless the term says another.
    classes
        Written `class`: id of a class, or several, which are added up.
    parameters
        Values that differ from the theory's defaults.
    bound
        "low" and "high" put the theory's splits at their ends: bounds, not intervals.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    theory: str
    classes: str | tuple[str, ...] = Field(alias="class")
    parameters: Parameters = ()
    bound: Literal["central", "low", "high"] = "central"


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Persons of the classes, in the countries, of the sex.

        N = Σ_{c in countries} Σ_{s in sexes} Σ_{k in classes} N_{k,s,c}

    Returns
    -------
    Shape (settings, draws), persons; what `worldclass.atlas` finds for each.

    Raises
    ------
    ClaimError
        An unknown class, parameter, place or year.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> elite = ClassSize(theory="bromma", classes="worker-elite", country="CHN", year=2023)
    >>> bool(evaluate([elite], [-1, 0, 1], Data()).min() > 1e6)
    True
    """
    return finite(ID, settings, draws, sizes_of(settings, draws, data, as_setting))


def as_setting(
    one: Any, countries: tuple[str, ...], years: tuple[int, ...] | None = None
) -> Setting:
    """A term's fields as the atlas evaluates them, for data of some countries and years."""
    return _setting(one, countries, years, theory_stamp(one.theory))


@lru_cache(maxsize=65_536)
def _setting(
    one: ClassSize, countries: tuple[str, ...], years: tuple[int, ...] | None, stamp: int
) -> Setting:
    with told_of(ID, one):
        compiled = compiled_theory(one.theory, one.parameters)
        positions = class_positions(compiled, one.classes)
        found = people_setting(one, compiled, positions, countries, years)
    return replace(found, bound=one.bound)


def class_positions(compiled: CompiledTheory, classes: str | tuple[str, ...]) -> tuple[int, ...]:
    """Positions of classes in their theory.

    Raises
    ------
    UsageError
        The theory has no such class.
    """
    wanted = dict.fromkeys((classes,) if isinstance(classes, str) else classes)
    unknown = [name for name in wanted if name not in compiled.classes]
    if unknown or not wanted:
        raise UsageError(
            f"The theory '{compiled.theory.id}' has no class {unknown[0]!r}."
            if unknown
            else "No class is named.",
            where="class",
            remedy=f"Classes: {', '.join(compiled.classes)}.",
        )
    return tuple(sorted(compiled.classes.index(name) for name in wanted))


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Sizes that some people could conceivably have; see `imagined_people`."""
    return imagine_sizes([as_setting(one, covered()) for one in settings], random, number)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Sources of the population table, with the imputed share of the classes' persons."""
    return evidence_of(
        settings,
        data,
        as_setting,
        method=(
            "The theory's rules are applied to the population table: persons by country, year, "
            "sex, labour-force status, sector and occupation, with distributions of income within "
            "each. A draw moves every named assumption at once, in all countries and years alike."
        ),
    )


QUANTITY = Quantity(
    id=ID,
    label="Persons of a class",
    fields=ClassSize,
    needs=("people",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
)
