"""A claim file to start from."""

from __future__ import annotations

import re
from difflib import get_close_matches

from worldclass.core.datafile import package_file
from worldclass.core.errors import ClaimError
from worldclass.theories.library import list_theories, load_theory

_NEUTRAL = ("outside", "dependants", "not-classified")


def claim_template(name: str = "my-claim", theory: str = "bromma") -> str:
    """The text of a sound claim about a class of a theory, with comments that teach.

    Parameters
    ----------
    name
        The claim's id; made to fit where it does not.
    theory
        Id of a theory of the package.

    Raises
    ------
    ClaimError
        There is no such theory.

    Examples
    --------
    >>> 'class = "middle-class"' in claim_template("growth", "kharas")
    True
    """
    if theory not in list_theories():
        near = get_close_matches(theory, list_theories(), n=1)
        raise ClaimError(
            f"There is no theory '{theory[:60]}'.{f' Did you mean {near[0]}?' if near else ''}",
            where="--theory",
            remedy=f"Theories: {', '.join(list_theories())}.",
        )
    text = package_file("worldclass.claims", "template.toml").read_text(encoding="utf-8")
    text = text.replace('id = "my-claim"', f'id = "{_slug(name)}"', 1)
    if theory == "bromma":
        return text
    own = load_theory(theory)
    named = [rule for rule in own.classes if rule.id not in _NEUTRAL and not rule.residual]
    middle = [rule for rule in named if "middle" in rule.id]
    chosen = (middle or named)[0]
    label = chosen.label[:1].lower() + chosen.label[1:]
    text = text.replace('theory = "bromma"', f'theory = "{theory}"')
    text = text.replace('class = "worker-elite"', f'class = "{chosen.id}"')
    text = text.replace("-of-the-worker-elite", f"-of-{chosen.id}")
    return text.replace("The worker elite is", f"The class “{label}” is")


def _slug(name: str) -> str:
    """A name in lower-case letters, digits and hyphens that begins with a letter."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    slug = slug if slug[:1].isalpha() else f"claim-{slug}".strip("-")
    return slug[:60].rstrip("-")
