"""A theory ready to run: loaded, proved sound, compiled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
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


def refuse_idle_anchor(compiled: CompiledTheory, anchor: str | None) -> None:
    """Refuse an anchor of labour income for a theory that cuts no labour income.

    Raises
    ------
    UsageError
        Naming the anchors that would have an effect.
    """
    cut = {one.column for one in compiled.cuts}
    if anchor == "earnings-survey" and "labour_income" not in cut:
        raise UsageError(
            f"Theory {compiled.theory.id} does not use labour income, which {anchor} anchors.",
            where="anchor",
            remedy="Leave the anchor out, or use household-survey or national-accounts.",
        )


def ready(
    theory: str | Path | Theory, parameters: Mapping[str, float | str] | None = None
) -> CompiledTheory:
    """Load, prove and compile a theory."""
    return compile_theory(load_sound(theory), parameters)
