"""Parameters in time: where a run starts, and the interventions that change them on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.parameters import (
    P,
    Parameters,
    declarations,
    find_declaration,
    with_settings,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.parameters import Value


@dataclass(frozen=True)
class Intervention:
    """A change of parameters at a time, at once or gradually.

    Parameters
    ----------
    time
        When it happens, in the model's unit of time: from this time on the values hold.
    settings
        Parameters and their new values.
    until
        When given, the values move in a straight line and arrive at this time.
    label
        Words for pictures: what is done.
    """

    time: float
    settings: Mapping[str, Value]
    until: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Course(Generic[P]):
    """The parameters of one run over its time.

    Parameters
    ----------
    parameters
        Values at the start.
    interventions
        Changes, in the order of their time.
    """

    parameters: P
    interventions: tuple[Intervention, ...] = ()

    def path(self, name: str, times: Sequence[float] | NDArray[Any]) -> NDArray[np.float64]:
        """Value of a numeric parameter at each time.

        Parameters
        ----------
        times
            Ascending, in the model's unit of time; any length.

        Returns
        -------
        One value a time.
        """
        at = np.asarray(times, dtype=np.float64)
        values = np.full(at.shape, float(getattr(self.parameters, name)))
        for change in self.interventions:
            if name not in change.settings:
                continue
            goal, since = float(change.settings[name]), at >= change.time
            if change.until is None or change.until <= change.time:
                values[since] = goal
                continue
            # A straight line from where the value stood when the intervention began.
            start = self._before(name, change)
            share = np.clip((at[since] - change.time) / (change.until - change.time), 0.0, 1.0)
            values[since] = start + share * (goal - start)
        return values

    def _before(self, name: str, change: Intervention) -> float:
        earlier = self.interventions[: self.interventions.index(change)]
        return float(Course(self.parameters, earlier).path(name, [change.time])[0])


def make_course(
    parameters: P, interventions: Sequence[Intervention] = (), *, where: str = "interventions"
) -> Course[P]:
    """A course whose interventions are checked and in the order of their time.

    Raises
    ------
    UsageError
        An intervention changes a parameter that does not exist, that may not change during a
        run, or gives it a value it cannot take; or it ends before it begins.
    """
    known = {one.name: one for one in declarations(type(parameters))}
    for change in interventions:
        if not np.isfinite(change.time) or (
            change.until is not None and not change.time <= change.until < np.inf
        ):
            raise UsageError(
                f"An intervention from {change.time} until {change.until} is not possible.",
                where=where,
                remedy="Let `time` be finite and `until`, where given, not earlier.",
            )
        for name in change.settings:
            if not find_declaration(known, name, where).varies:
                free = [one.name for one in known.values() if one.varies]
                raise UsageError(
                    f"Parameter '{name}' is fixed during a run.",
                    where=where,
                    remedy=f"Interventions may change: {', '.join(free) or 'none'}.",
                )
        with_settings(parameters, change.settings, where=where)
    ordered = sorted(interventions, key=lambda change: change.time)
    typed = [
        Intervention(one.time, _typed(parameters, one.settings), one.until, one.label)
        for one in ordered
    ]
    return Course(parameters, tuple(typed))


def _typed(parameters: Parameters, settings: Mapping[str, Any]) -> dict[str, Value]:
    """Settings with values of the declared types."""
    changed = with_settings(parameters, settings)
    return {name: getattr(changed, name) for name in settings}
