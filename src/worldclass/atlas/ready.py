"""A theory ready to run: loaded, proved sound, compiled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.theories.check import require_sound
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.library import load_theory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldclass.theories.schema import Theory


def load_sound(theory: str | Path | Theory) -> Theory:
    """Load a theory and prove that it gives every person exactly one class.

    Raises
    ------
    TheoryError
        With a counter-example, where it does not.
    """
    loaded = load_theory(theory) if isinstance(theory, str | Path) else theory
    require_sound(loaded)
    return loaded


def ready(
    theory: str | Path | Theory, parameters: Mapping[str, float | str] | None = None
) -> CompiledTheory:
    """Load, prove and compile a theory."""
    return compile_theory(load_sound(theory), parameters)
