"""Shares in words."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share in words that never rounds to all, none, or across a cut-off.

    Examples
    --------
    >>> percent(0.5), percent(0.9996), percent(0.8996), percent(1.0)
    ('50 %', '99.96 %', '89.96 %', '100 %')
    """
    for digits in (0, 1, 2, 3):
        text = f"{100 * share:.{digits}f}"
        if not (float(text) in (0.0, 10.0, 90.0, 100.0) and abs(float(text) / 100 - share) > 1e-9):
            return f"{text} %"
    return f"{100 * share:.6f} %"
