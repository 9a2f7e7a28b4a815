"""Change of a class between two years, by place and by component.

With A the persons of a country and s the share of them in the class, and bars for the mean of
the two years,

    A₂s₂ − A₁s₁  =  (A₂ − A₁)·s̄   +   Ā·(s₂ − s₁)
                    population growth    composition

exactly and symmetrically in time. Summed over the countries of an area, each country is a place.

Source: the two-factor case of Shapley's decomposition; Kitagawa (1955), Journal of the American
Statistical Association 50(272), 1168-1194.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.areas import choose_areas, needed
from worldclass.atlas.ready import ready
from worldclass.atlas.run import Run, run_theory
from worldclass.atlas.sizes import percentiles
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import check_anchor
from worldclass.people.choices import choose_sexes, choose_years
from worldclass.people.draws import DEFAULT, choose_draws
from worldclass.people.grid import SEX_CODES
from worldclass.people.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.theories.schema import Theory

    Values = NDArray[np.floating[Any]]

COMPONENTS = ("population growth", "composition", "total")


def change(
    theory: str | Path | Theory,
    *,
    start: int | None = None,
    end: int | None = None,
    country: str = "WORLD",
    sex: str = "total",
    parameters: Mapping[str, float | str] | None = None,
    anchor: str | None = None,
    draws: int = DEFAULT,
    snapshot: str | Path | Snapshot | None = None,
) -> pl.DataFrame:
    """Decompose the change of every class of a theory between two years.

    Parameters
    ----------
    theory
        Id, path or loaded theory.
    start, end
        The two years; by default the first and the last.
    country
        A country or an aggregate, whose members become the places.
    sex
        female, male or total.
    parameters, anchor, draws, snapshot
        As in `atlas`.

    Returns
    -------
    `theory`, `class`, `area`, `place` (a member, or the area itself for the sum), `from_year`,
    `to_year`, `sex`, `component`, `persons`, `persons_p05`, `persons_p95`, `only_bounds`.
    Intervals come from draws common to both years, so that what both years share cancels.
    Where `only_bounds` is true the data only bound the class: its interval spans the draws of one
    reading, not the bounds, and `persons` is no estimate.

    Examples
    --------
    >>> change("ilo-status", country="BRA").filter(component="total").height
    6
    """
    shot = open_snapshot(snapshot)
    grid = shot.estimates.grid
    first = grid.years[0] if start is None else start
    last = grid.years[-1] if end is None else end
    years = choose_years([first, last], grid.years)
    if len(years) != 2 or first > last:
        raise UsageError(
            f"A change needs two different years in order, not {first} and {last}.",
            where="start, end",
            remedy="Give an earlier start than end.",
        )
    area = choose_areas(country, grid.countries)[0]
    sexes = choose_sexes(sex)[:1]
    check_anchor(anchor)
    run = run_theory(
        shot.estimates,
        ready(theory, parameters),
        countries=needed([area]),
        years=years,
        draws=choose_draws(shot.draws, draws) if draws else None,
        anchor=anchor,
    )
    return _table(run, area.code, SEX_CODES.index(sexes[0]))


def decompose(persons: Values, population: Values) -> Values:
    """Split changes into population growth, composition and their sum.

    Parameters
    ----------
    persons
        Shape (..., 2): members of the class in the two years.
    population
        Shape (..., 2): all persons.

    Returns
    -------
    Shape (3, ...).

    Examples
    --------
    >>> decompose(np.array([10.0, 30.0]), np.array([100.0, 200.0])).round(6).tolist()
    [12.5, 7.5, 20.0]
    """
    share = persons / population
    growth = (population[..., 1] - population[..., 0]) * share.mean(axis=-1)
    composition = population.mean(axis=-1) * (share[..., 1] - share[..., 0])
    return np.stack([growth, composition, growth + composition])


def _table(run: Run, area: str, side: int) -> pl.DataFrame:
    import polars as pl

    population = run.population.sum(axis=0, dtype=np.float64)
    central = decompose(*_one_side(run.central, population, side))
    central = low = high = _with_sum(central)
    if run.draws is not None:
        drawn = decompose(*_one_side(run.draws, population, side))  # (3, draws, classes, places)
        low, high = percentiles(np.moveaxis(_with_sum(drawn), 1, 0))
    places = [area, *run.grid.countries] if len(run.grid.countries) > 1 else [area]
    values = [v[..., : len(places)] for v in (central, low, high)]
    index = np.indices(values[0].shape).reshape(3, -1)
    rows = index.shape[1]
    return pl.DataFrame(
        {
            "theory": [run.compiled.theory.id] * rows,
            "class": pl.Series(list(run.compiled.classes)).gather(index[1]),
            "area": [area] * rows,
            "place": pl.Series(places).gather(index[2]),
            "from_year": pl.repeat(run.grid.years[0], rows, dtype=pl.Int32, eager=True),
            "to_year": pl.repeat(run.grid.years[1], rows, dtype=pl.Int32, eager=True),
            "sex": [SEX_CODES[side]] * rows,
            "component": pl.Series(list(COMPONENTS)).gather(index[0]),
            **{
                name: v.reshape(-1)
                for name, v in zip(("persons", "persons_p05", "persons_p95"), values, strict=True)
            },
            "only_bounds": run.bounded[index[1]],
        }
    ).filter(~pl.col("class").is_in(_empty(run)))


def _one_side(
    persons: NDArray[np.floating[Any]], population: Values, side: int
) -> tuple[Values, Values]:
    """Persons and population of one sex or of both, shapes (..., classes, places, 2)."""
    if side < 2:
        return persons[..., side, :, :].astype(float), population[side]
    return persons.sum(axis=-3, dtype=np.float64), population.sum(axis=0)


def _with_sum(values: Values) -> Values:
    return np.concatenate([values.sum(axis=-1, keepdims=True), values], axis=-1)


def _empty(run: Run) -> list[str]:
    return [
        rule.id
        for k, rule in enumerate(run.compiled.theory.classes)
        if rule.residual and not run.central[k].any()
    ]
