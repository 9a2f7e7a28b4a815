"""Look over a rule's text before the parser sees it.

The parser of rules understands all of SQL and takes its time over hostile text. So a rule's
length, number of tokens and depth of nesting are capped here, and characters that no rule needs
are refused under the name of the construct that they would begin.
"""

from __future__ import annotations

import re

from worldclass.core.errors import TheoryError
from worldclass.theories.limits import (
    LARGEST_NUMBER,
    PREDICATE_LENGTH,
    PREDICATE_NESTING,
    PREDICATE_TOKENS,
)

GRAMMAR = (
    "A rule compares a column with constants and parameters, by = <> < <= > >=, IN, BETWEEN, "
    "IS NULL, AND, OR, NOT and parentheses, and nothing else."
)

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<text>'(?:[^'\\]|'')*')
      | (?P<comment>--|/\*)
      | (?P<operator><=|>=|<>|(?:[=<>](?![=<>]))|[(),-])
    """,
    re.VERBOSE,
)

# What a character that starts no token would begin, longest first.
_FORBIDDEN = (
    ("==", "the operator '=='; write ="),
    ("!=", "the operator '!='; write <>"),
    ("::", "a cast '::'"),
    ("||", "text concatenation '||'"),
    ("#", "a comment '#'"),
    (";", "a statement separator ';'"),
    (".", "a qualified name or number that starts or ends with a dot"),
    ('"', "a quoted name"),
    ("`", "a quoted name"),
    ("\\", "a backslash"),
    ("[", "a bracket"),
    ("{", "a brace"),
    ("+", "arithmetic '+'"),
    ("*", "arithmetic '*' or star"),
    ("/", "arithmetic '/'"),
    ("%", "arithmetic '%'"),
    ("$", "a placeholder '$'"),
    ("?", "a placeholder '?'"),
    (":", "a placeholder ':'"),
    ("@", "a placeholder '@'"),
    ("'", "a text without its closing quote, or with a backslash"),
)


def screen(text: str) -> None:
    """Refuse a rule that is too long, too deep, or holds what no rule needs.

    Raises
    ------
    TheoryError
        Naming the construct.

    Example
    -------
    >>> screen("status = 'employer' and labour_income >= tau")
    """
    if len(text) > PREDICATE_LENGTH:
        raise TheoryError(
            f"A rule has {len(text):,} characters; at most {PREDICATE_LENGTH:,} are read.",
            remedy="Shorten the rule, or divide it among several classes.",
        )
    place = tokens = depth = prefixes = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise _refusal(_construct(text, place), text, place)
        kind, found = token.lastgroup, token.group()
        if kind == "comment":
            raise _refusal(f"a comment '{found}'", text, place)
        if kind == "number" and not float(found) <= LARGEST_NUMBER:
            raise _refusal(f"the number {found[:20]}, above {LARGEST_NUMBER:g}", text, place)
        if kind == "text" and not found.isprintable():
            raise _refusal("a control character in a text", text, place)
        if kind != "space":
            tokens += 1
            depth += (found == "(") - (found == ")")
            prefix = found == "-" or found.lower() == "not"
            prefixes = prefixes + 1 if prefix else 0 if found != "(" else prefixes
        if tokens > PREDICATE_TOKENS:
            raise TheoryError(
                f"A rule has more than {PREDICATE_TOKENS} words and signs.",
                remedy="Shorten the rule, or divide it among several classes.",
            )
        if max(depth, prefixes) > PREDICATE_NESTING:
            raise TheoryError(
                f"Parentheses or NOT nest more than {PREDICATE_NESTING} deep.",
                remedy="Flatten the rule, or divide it among several classes.",
            )
        place = token.end()


def _construct(text: str, place: int) -> str:
    """The name of what begins at a place where no token does."""
    for start, name in _FORBIDDEN:
        if text.startswith(start, place):
            return name
    return f"the character {text[place]!r}"


def _refusal(construct: str, text: str, place: int) -> TheoryError:
    around = text[max(0, place - 20) : place + 20].strip()
    return TheoryError(f"A rule holds {construct}, near {around!r}.", remedy=GRAMMAR)
