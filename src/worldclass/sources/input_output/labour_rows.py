"""Rows of labour accounts: which sex and which skill a row counts.

Readers name such rows "female, low-skilled"; where an account does not tell sexes or skills apart,
"both sexes" or "all skills".
"""

from __future__ import annotations

import re
from typing import Literal

Sex = Literal["female", "male", "total"]
Skill = Literal["low", "medium", "high", "total"]

_FEMALE = re.compile(r"\b(female|females|women)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(male|males|men)\b", re.IGNORECASE)
_SKILL = re.compile(r"\b(low|medium|high)[ -]?skill", re.IGNORECASE)
_ALL_SEXES, _ALL_SKILLS = "both sexes", "all skills"


def row_name(sex: Sex, skill: Skill = "total") -> str:
    """The name of a row.

    Example
    -------
    >>> row_name("female", "low"), row_name("total")
    ('female, low-skilled', 'both sexes, all skills')
    """
    first = _ALL_SEXES if sex == "total" else sex
    return f"{first}, {_ALL_SKILLS if skill == 'total' else f'{skill}-skilled'}"


def sex_and_skill(label: str) -> tuple[Sex, Skill]:
    """What a row counts, from its name here or at its provider.

    Example
    -------
    >>> sex_and_skill("Employment hours: Medium-skilled female")
    ('female', 'medium')
    >>> sex_and_skill("both sexes, all skills")
    ('total', 'total')
    """
    sex: Sex = "female" if _FEMALE.search(label) else "male" if _MALE.search(label) else "total"
    found = _SKILL.search(label)
    skill: Skill = "total"
    if found:
        word = found.group(1).lower()
        skill = "low" if word == "low" else "medium" if word == "medium" else "high"
    return sex, skill


def row_names(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Our names of the provider's rows; the provider's own where ours would not be distinct."""
    ours = tuple(row_name(*sex_and_skill(label)) for label in labels)
    return ours if len(set(ours)) == len(labels) else labels
