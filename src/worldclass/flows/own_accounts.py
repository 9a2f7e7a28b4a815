"""Labour that came with a table: rows of its accounts, summed over skills, by sex.

Readers and manifests name such rows "hours: female, low-skilled", "persons: male" or just "hours"
(`worldclass.sources.input_output.labour_rows`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.people.grid import SEXES
from worldclass.sources.input_output.labour_rows import sex_and_skill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from worldclass.flows.economy import Satellite
    from worldclass.sources.input_output.labour_rows import Skill

    Array = NDArray[np.floating[Any]]

Labour = Literal["auto", "table", "estimate"]
SKILLS = ("low", "medium", "high")
CHOICES: tuple[Labour, ...] = ("auto", "table", "estimate")
UNITS = {
    "hours": {
        "million hours": 1.0,
        "thousand hours": 1e-3,
        "hours": 1e-6,
        "billion hours": 1e3,
        "M.hr": 1.0,
    },
    "persons": {
        "thousand persons": 1.0,
        "persons": 1e-3,
        "million persons": 1e3,
        "1000 persons": 1.0,
        "1000 p": 1.0,
    },
}
"""What one unit of an account is in million hours or thousand persons."""


def own_labour(
    satellites: Mapping[str, Satellite], name: str, where: str, skill: Skill | None = None
) -> tuple[tuple[str, ...], Array] | None:
    """Hours or persons by sex that a table brings along.

    Parameters
    ----------
    satellites
        Accounts of the table, by row.
    name
        "hours" or "persons".
    where
        The table, for messages.
    skill
        Only labour of this skill; by default of all skills together.

    Returns
    -------
    The sexes, ("female", "male") or ("total",), and million hours or thousand persons, shape
    (sexes, n); None where the table has no such rows.

    Raises
    ------
    UsageError
        Rows in a unit that is not known, or of one sex only.
    """
    rows = [one for row, one in satellites.items() if row.lower().partition(":")[0] == name]
    if skill is not None:
        rows = [one for one in rows if sex_and_skill(one.name)[1] == skill]
    if not rows:
        return None
    summed: dict[str, Array] = {}
    for one in rows:
        sex = sex_and_skill(one.name)[0]
        factor = UNITS[name].get(one.unit)
        if factor is None:
            raise UsageError(
                f"The table's account {one.name!r} is in {one.unit!r}.",
                where=where,
                remedy=f"Give it in {' or '.join(UNITS[name])}; or ask for the estimate "
                "(labour='estimate', --labour estimate).",
            )
        summed[sex] = summed.get(sex, 0.0) + factor * one.values
    if set(SEXES) <= set(summed):
        return SEXES, np.stack([summed[sex] for sex in SEXES])
    if "total" in summed:
        return ("total",), summed["total"][None]
    raise UsageError(
        f"The table has {name} of one sex only: {', '.join(summed)}.",
        where=where,
        remedy="Give both sexes, or their total.",
    )
