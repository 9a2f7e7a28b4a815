"""Ask the atlas: from names and ranges to the tidy table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.atlas.areas import choose_areas, needed
from worldclass.atlas.deviations import deviations
from worldclass.atlas.precomputed import stored_intervals
from worldclass.atlas.ready import ready, refuse_idle_anchor
from worldclass.atlas.run import run_theory
from worldclass.atlas.sizes import bases_of, sizes_of, to_frame
from worldclass.people.assumptions import check_anchor
from worldclass.people.choices import choose_sexes, choose_years
from worldclass.people.draws import DEFAULT, choose_draws
from worldclass.people.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from worldclass.atlas.frame import AtlasFrame
    from worldclass.people.choices import Years
    from worldclass.theories.schema import Theory


def atlas(
    theory: str | Path | Theory = "bromma",
    *,
    country: str | Iterable[str] | None = None,
    year: Years = None,
    sex: str | Iterable[str] | None = None,
    parameters: Mapping[str, float | str] | None = None,
    anchor: str | None = None,
    draws: int = DEFAULT,
    snapshot: str | Path | Snapshot | None = None,
    progress: Callable[[int], None] | None = None,
) -> AtlasFrame:
    """How large the classes of a theory are, with 5-95 % intervals.

    Parameters
    ----------
    theory
        Id of a shipped theory, the path of a theory file, or a loaded theory.
    country
        Codes or names of countries or aggregates (WORLD, NORTH, SOUTH, regions); all by default.
    year
        A year, a range "2000:2023", or several; all by default.
    sex
        Any of female, male, total; all by default.
    parameters
        Values of the theory's parameters that differ from its defaults.
    anchor
        Fixes the anchor of incomes: national-accounts, household-survey or earnings-survey (labour
        income only). By default the theory's own; where it leaves it open, the centre of labour
        income uses survey earnings and the draws go over all three, and welfare uses household
        surveys.
    draws
        Number of Monte Carlo draws; 0 gives central values, with bounds but no intervals.
    snapshot
        A snapshot or its folder; by default the embedded one.
    progress
        Called with the number of draws done.

    Returns
    -------
    One row per area, year, class and sex: persons with interval; shares of the population, of
    adults (15+) and of the workforce (labour force) that belong to the class; the imputed share
    of the input; and `only_bounds`, true for a class that the data only bound: its interval is
    then bounds, its persons and shares one reading within them, no estimate.

    Raises
    ------
    UsageError
        An unknown country, year, sex or anchor.
    TheoryError
        An unknown, malformed or incomplete theory.

    Examples
    --------
    >>> frame = atlas("ilo-status", country="BRA", year=2023, sex="total")
    >>> frame.height
    6
    """
    from worldclass.atlas.frame import deviating

    shot = open_snapshot(snapshot)
    compiled = ready(theory, parameters)
    estimates = shot.estimates
    areas = choose_areas(country, estimates.grid.countries)
    years = choose_years(year, estimates.grid.years)
    sexes = choose_sexes(sex)
    check_anchor(anchor)
    refuse_idle_anchor(compiled, anchor)
    stored = stored_intervals(shot, compiled, areas, years, anchor=anchor, draws=draws)
    run = run_theory(
        estimates,
        compiled,
        countries=needed(areas),
        years=years,
        draws=None if stored or draws == 0 else choose_draws(shot.draws, draws),
        anchor=anchor,
        progress=progress,
    )
    sizes = sizes_of(run, areas, stored)
    frame = to_frame(run, sizes, bases_of(run.population, run.grid.countries, areas), areas)
    words = deviations(compiled.theory, parameters, anchor)
    return deviating(frame.filter(frame["sex"].is_in(sexes)), words)
