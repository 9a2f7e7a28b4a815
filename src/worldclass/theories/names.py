"""Which names a theory's rules mention."""

from __future__ import annotations

from collections.abc import Iterator

from worldclass.theories.parse import parse_rule
from worldclass.theories.schema import Theory


def mentioned(theory: Theory) -> frozenset[str]:
    """Names of columns, parameters and splits in the rules, and of scales in the splits."""
    from sqlglot.expressions import Column

    texts = [rule.when for rule in theory.classes if rule.when is not None]
    texts += [entry.when for entry in theory.splits]
    names = {node.name for text in texts for node in parse_rule(text).find_all(Column)}
    return frozenset(names | {entry.scale for entry in theory.splits if entry.scale})


def unused_names(theory: Theory) -> Iterator[str]:
    """A sentence for each declared name that no rule mentions."""
    names = mentioned(theory)
    for kind, declared in (
        ("Parameter", theory.parameters),
        ("Split", theory.split_ids),
        ("Income", theory.incomes),
    ):
        for name in declared:
            if name not in names:
                yield f"{kind} '{name}' is declared but no rule uses it."
