"""How a run of a theory differs from the theory's own settings, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldclass.theories.schema import Theory


def deviations(
    theory: Theory, parameters: Mapping[str, float | str] | None = None, anchor: str | None = None
) -> str:
    """Parameters that differ from a theory's defaults, and a fixed anchor; empty without any.

    Parameters
    ----------
    theory, parameters, anchor
        As `worldclass.atlas` takes them.

    Examples
    --------
    >>> from worldclass.theories.library import load_theory
    >>> deviations(load_theory("bromma"), {"tau": 2000}, "household-survey")
    'tau = 2,000 (default 1,500), anchor household-survey'
    >>> deviations(load_theory("bromma"), {"tau": 1500})
    ''
    """
    told: list[str] = []
    for name, value in (parameters or {}).items():
        entry = theory.parameters.get(name)
        if entry is not None and value != entry.default:
            told.append(f"{name} = {_written(value)} (default {_written(entry.default)})")
    return ", ".join([*told, *([f"anchor {anchor}"] if anchor else [])])


def named_with(label: str, deviating: str) -> str:
    """A theory's name, with what it was run with where that is not its own.

    Examples
    --------
    >>> named_with("Bromma", "tau = 2,000 (default 1,500)")
    'Bromma, with tau = 2,000 (default 1,500)'
    """
    return f"{label}, with {deviating}" if deviating else label


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.12g}"
