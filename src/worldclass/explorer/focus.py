"""The class that a page shows first."""

from __future__ import annotations

from collections.abc import Sequence

FOCUS = (
    "worker-elite",
    "labour-aristocracy",
    "middle-class",
    "middle-income",
    "employees",
    "proletariat",
)
"""Classes that a page shows first, the earlier the rather."""


def first_shown(classes: Sequence[str]) -> str:
    """A worker elite or a middle class, else the first class.

    Examples
    --------
    >>> first_shown(["rich", "middle-class", "poor"]), first_shown(["rich", "poor"])
    ('middle-class', 'rich')
    """
    return next((name for name in FOCUS if name in classes), classes[0])
