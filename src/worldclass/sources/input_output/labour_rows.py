"""Rows of labour accounts: which sex and which skill a row counts.

Readers name such rows "hours: female, low-skilled", so that rows of two accounts never share a
name; where an account does not tell sexes or skills apart, "hours: female" or just "hours".
"""

from __future__ import annotations

import re
from typing import Literal

Sex = Literal["female", "male", "total"]
Skill = Literal["low", "medium", "high", "total"]

_FEMALE = re.compile(r"\b(female|females|women)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(male|males|men)\b", re.IGNORECASE)
_SKILL = re.compile(r"\b(low|medium|high)[ -]?skill", re.IGNORECASE)


def row_name(account: str, sex: Sex = "total", skill: Skill = "total") -> str:
    """The name of a row.

    Parameters
    ----------
    account
        What the row counts.
    sex, skill
        Whom it counts.

    Example
    -------
    >>> row_name("hours", "female", "low"), row_name("hours", "male"), row_name("persons")
    ('hours: female, low-skilled', 'hours: male', 'persons')
    """
    whom = [sex] if sex != "total" else []
    whom += [f"{skill}-skilled"] if skill != "total" else []
    return f"{account}: {', '.join(whom)}" if whom else account


def sex_and_skill(label: str) -> tuple[Sex, Skill]:
    """What a row counts, from its name here or at its provider.

    Example
    -------
    >>> sex_and_skill("Employment hours: Medium-skilled female")
    ('female', 'medium')
    >>> sex_and_skill("hours: male"), sex_and_skill("hours")
    (('male', 'total'), ('total', 'total'))
    """
    sex: Sex = "female" if _FEMALE.search(label) else "male" if _MALE.search(label) else "total"
    found = _SKILL.search(label)
    skill: Skill = "total"
    if found:
        word = found.group(1).lower()
        skill = "low" if word == "low" else "medium" if word == "medium" else "high"
    return sex, skill


def row_names(account: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """Our names of the provider's rows; the provider's own where ours would not be distinct."""
    ours = tuple(row_name(account, *sex_and_skill(label)) for label in labels)
    distinct = len(set(ours)) == len(labels)
    return ours if distinct else tuple(f"{account}: {label}" for label in labels)
