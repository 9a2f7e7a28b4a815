"""Persons whom a predicate describes, as a theory of two classes."""

from __future__ import annotations

from functools import lru_cache

from worldclass.core.errors import ClaimError, TheoryError
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.limits import PREDICATE_LENGTH
from worldclass.theories.schema import Theory

INSIDE = 0
"""Position of the class of those whom the predicate describes."""
EMPLOYED = "status in ('employer', 'own-account', 'employee', 'family-worker')"


@lru_cache(maxsize=512)
def predicate_theory(where: str) -> CompiledTheory:
    """The theory with the classes "inside" and "rest"; an empty predicate puts everybody inside.

    Parameters
    ----------
    where
        In the language of theories' rules: columns of the population table compared with codes
        and amounts (`labour_income` in PPP dollars of 2021 a month, `welfare` a day).

    Raises
    ------
    ClaimError
        The predicate is not of that language.

    Examples
    --------
    >>> predicate_theory("status = 'employee' and labour_income < 500").classes
    ('inside', 'rest')
    >>> predicate_theory("").classes
    ('inside',)
    """
    inside = {"id": "inside", "label": "Inside"}
    rest = {"id": "rest", "label": "Rest"}
    classes = [inside | {"when": where}, rest] if where.strip() else [inside]
    words = dict.fromkeys(("description", "citation", "source_notes", "lost"), "A predicate.")
    document = {"id": "predicate", "label": "Predicate", "version": "1", "class": classes, **words}
    if len(where) > PREDICATE_LENGTH:
        raise ClaimError(
            f"The predicate has {len(where):,} characters; at most {PREDICATE_LENGTH:,} are read.",
            where="where",
            remedy="Shorten it.",
        )
    incomes = {"labour_income": {"anchor": "any"}, "welfare": {"anchor": "any"}}
    try:
        return compile_theory(Theory.model_validate({**document, "incomes": incomes}))
    except TheoryError as error:
        raise ClaimError(error.what, where=f"where = {where!r}", remedy=error.remedy) from error
