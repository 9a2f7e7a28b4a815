"""Who counts for whom: the weight that active citizens of one group have for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.class_unrest.standing import Standing


def weights_between(
    standing: Standing,
    across_classes: float,
    across_privilege: float,
    across_nations: float,
    across_sexes: float,
) -> NDArray[np.float64]:
    """What an active citizen of one group counts for one of another, shape (groups, groups).

    The product of the weights of every line between them (class or privilege, nation, sex); where
    one of these is negative, the smallest of them: the enemy of an enemy is not counted a friend.
    """
    groups = standing.groups
    out = np.ones((len(groups), len(groups)))
    for row, (own_class, own_sex, own_nation) in enumerate(groups):
        for column, (other_class, other_sex, other_nation) in enumerate(groups):
            lines: list[float] = []
            if standing.privileged[own_class] != standing.privileged[other_class]:
                lines.append(across_privilege)
            elif own_class != other_class:
                lines.append(across_classes)
            if own_nation != other_nation:
                lines.append(across_nations)
            if own_sex != other_sex:
                lines.append(across_sexes)
            if lines:
                out[row, column] = min(lines) if min(lines) < 0 else float(np.prod(lines))
    return out
