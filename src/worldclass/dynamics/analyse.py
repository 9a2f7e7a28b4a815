"""Ask a model a named question beyond its runs: equilibria, basins, a fit to data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.dynamics.announce import announced
from worldclass.dynamics.library import load_model
from worldclass.dynamics.parameters import with_settings
from worldclass.dynamics.scenarios import scenario_of

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.model import Model


def analyse(
    model: str | Model,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    scenario: str | Path | None = None,
    data: str | Path | None = None,
) -> pl.DataFrame:
    """Answer a named question about a model.

    Parameters
    ----------
    model
        Id of a model, or a model of one's own.
    name
        Name of the analysis; `worldclass simulate show MODEL` lists them.
    parameters, scenario
        Settings; interventions of a scenario play no part.
    data
        File of data, where the analysis reads one.

    Returns
    -------
    A table; its columns depend on the analysis.

    Raises
    ------
    UsageError
        There is no such analysis, or it reads no data.

    Examples
    --------
    >>> table = analyse("debt-crisis", "equilibria")
    >>> table["equilibrium"].unique(maintain_order=True).to_list()
    ['good', 'slump-1', 'slump-2', 'crisis']
    """
    found = load_model(model)
    if name not in found.analyses:
        raise UsageError(
            f"The model '{found.id}' has no analysis '{name[:60]}'.",
            remedy=f"Analyses: {', '.join(found.analyses) or 'none'}.",
        )
    story = None if scenario is None else scenario_of(found.id, scenario)
    asked = found.analyses[name]
    if data is not None and not asked.data:
        raise UsageError(f"The analysis '{name}' reads no data.", remedy="Leave out the file.")
    settings = {**(story.settings if story else {}), **(parameters or {})}
    given = with_settings(found.parameters(), settings, where=found.id)
    with announced(found):
        return asked.compute(given, None if data is None else Path(data))
