"""The columns of persons as SQL: a code as an integer, status columns as one state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from worldclass.core.errors import UsageError
from worldclass.schemes.status import LARGEST
from worldclass.surveys.columns import status_columns
from worldclass.theories.sql import number_tree

if TYPE_CHECKING:
    from sqlglot import Expr

    from worldclass.schemes.axes import StatusAxis

ColumnKind = Literal["text", "clean", "integer", "number", "boolean"]
"""What a column holds; "clean" is text without white space around it."""

# Rows of a coding table for codes that cannot be read, and for absent ones.
MALFORMED, MISSING = 10_000, 10_001
_DIGITS = 4
_NO_CODES: Mapping[int, int] = MappingProxyType({})
# What is white space at the ends of a text: letters of Unicode as themselves, because some
# engines make them of numbers below 256 only; tab, line feed and so on by their numbers.
_BLANKS = " " + "".join(
    map(chr, (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
_CONTROLS = range(9, 14)
BLANKS = _BLANKS + "".join(map(chr, _CONTROLS))
"""All letters that are cut off at the ends of a text."""


def text_code(column: Expr, digits: int = _DIGITS, longer: Mapping[int, int] = _NO_CODES) -> Expr:
    """A column of text, or of whole numbers, as a code; 10000 for malformed ones, 10001 for none.

    Clean codes come first, because engines are slow at cutting off white space.

    Parameters
    ----------
    column
        Expression of the column.
    digits
        How many digits codes have; shorter groups are filled with zeros on the right.
    longer
        Codes of five digits, and the number that stands for each (`occupations.longer`).

    Raises
    ------
    UsageError
        Codes have 1 to 4 digits.
    """
    from sqlglot import exp

    raw = exp.cast(column.copy(), "text")
    length = exp.EQ(this=exp.Length(this=raw), expression=exp.Literal.number(digits))
    clean = exp.and_(length, _matches(raw, f"^[0-9]{{{digits}}}$"))
    text = _trimmed(raw)
    null = exp.Is(this=column.copy(), expression=exp.null())
    absent = exp.or_(null, exp.EQ(this=text, expression=exp.Literal.string("")))
    readable = _matches(text, f"^[0-9]{{1,{digits}}}([.]0)?$")
    whole = exp.func("REPLACE", text.copy(), exp.Literal.string(".0"), exp.Literal.string(""))
    special = [
        (exp.In(this=text.copy(), expressions=_literals(codes)), number)
        for codes, number in _specials(longer, digits)
    ]
    return _code([(clean, raw), (absent, None), (readable, whole)], digits, special)


def _matches(text: Expr, pattern: str) -> Expr:
    from sqlglot import exp

    return exp.RegexpLike(this=text.copy(), expression=exp.Literal.string(pattern))


def _trimmed(text: Expr) -> Expr:
    """A text without white space around it."""
    from sqlglot import exp

    blanks: Expr = exp.Literal.string(_BLANKS)
    for number in _CONTROLS:
        letter = exp.Chr(expressions=[exp.Literal.number(number)])
        blanks = exp.DPipe(this=blanks, expression=letter, safe=False)
    return exp.Trim(this=text.copy(), expression=blanks)


def _literals(codes: Sequence[str]) -> list[Expr]:
    """Codes as SQL texts, with and without an empty decimal part."""
    from sqlglot import exp

    return [exp.Literal.string(f"{code}{end}") for code in codes for end in ("", ".0")]


def _specials(longer: Mapping[int, int], digits: int) -> list[tuple[list[str], int]]:
    """Codes that are not read by their digits, and the number that each of some becomes."""
    if not longer or digits != _DIGITS:
        return []
    unused = [f"{short:04d}" for short in longer.values()]
    return [(unused, MALFORMED), *(([str(code)], short) for code, short in longer.items())]


def number_code(
    column: Expr,
    digits: int = _DIGITS,
    longer: Mapping[int, int] = _NO_CODES,
    *,
    whole: bool = True,
) -> Expr:
    """A column of numbers as a code from 0 to 9999; 10000 for malformed ones, 10001 for none.

    Parameters
    ----------
    column
        Expression of the number.
    digits
        How many digits codes have.
    longer
        Codes of five digits, and the number that stands for each (`occupations.longer`).
    whole
        Whether it is an integer; a floating-point number may have a fraction, or be NaN.

    Raises
    ------
    UsageError
        Codes have 1 to 4 digits.

    Example
    -------
    >>> from sqlglot import exp
    >>> number_code(exp.column("isco08")).sql()
    'CASE WHEN isco08 IS NULL THEN 10001 WHEN isco08 BETWEEN 0 AND 9999 THEN
    CAST(isco08 AS INT) ELSE 10000 END'
    """
    from sqlglot import exp

    absent: Expr = exp.Is(this=column.copy(), expression=exp.null())
    most = 10**digits - 1
    readable: Expr = exp.Between(
        this=column.copy(), low=exp.Literal.number(0), high=exp.Literal.number(most)
    )
    if not whole:
        text = exp.Lower(this=exp.cast(column.copy(), "text"))
        absent = exp.or_(absent, exp.EQ(this=text, expression=exp.Literal.string("nan")))
        floor = exp.EQ(this=exp.Floor(this=column.copy()), expression=column.copy())
        readable = exp.and_(readable, floor)
    special = [
        (
            exp.In(
                this=column.copy(), expressions=[exp.Literal.number(int(code)) for code in codes]
            ),
            number,
        )
        for codes, number in _specials(longer, digits)
    ]
    return _code([(absent, None), (readable, column)], digits, special)


def _code(
    branches: Sequence[tuple[Expr, Expr | None]],
    digits: int,
    special: Sequence[tuple[Expr, int]] = (),
) -> Expr:
    """A CASE from conditions to what is read as a number under them; None for a missing code.

    Special conditions, each with its number, come before the others.
    """
    from sqlglot import exp

    if not 1 <= digits <= _DIGITS:
        raise UsageError(f"Codes cannot have {digits} digits.", remedy="1, 2, 3 or 4.")
    case = exp.Case()
    for condition, number in special:
        case = case.when(condition, exp.Literal.number(number), copy=False)
    for condition, read in branches:
        value: Expr = exp.Literal.number(MISSING)
        if read is not None:
            value = exp.cast(read.copy(), "int")
            if digits < _DIGITS:
                zeros = exp.Literal.number(10 ** (_DIGITS - digits))
                value = exp.Mul(this=value, expression=zeros)
        case = case.when(condition, value, copy=False)
    return case.else_(exp.Literal.number(MALFORMED), copy=False)


def state_tree(axes: Sequence[tuple[StatusAxis, Expr, ColumnKind | None]]) -> Expr:
    """The flat state of a person's status columns: Σ state · stride.

    Parameters
    ----------
    axes
        For each status column its axis, its expression in the table, and what it holds. None
        stands for words or their numbers where the axis has words, for numbers where it has
        numbers, and for numbers or truth values where it is Boolean.
    """
    from sqlglot import exp

    total: Expr | None = None
    for axis, column, kind in axes:
        as_words = axis.kind == "words" and kind in (None, "text", "clean")
        case = exp.Case(this=_word(column, kind)) if as_words else exp.Case()
        found = _words(axis) if as_words else _states(axis, column, kind)
        for state, conditions in enumerate(found):
            for condition in conditions:
                case = case.when(condition, exp.Literal.number(state * axis.stride), copy=False)
        closing = exp.Literal.number((axis.size - 1) * axis.stride)
        term = case.else_(closing, copy=False) if case.args.get("ifs") else closing
        total = term if total is None else exp.Add(this=total, expression=term)
    return total if total is not None else exp.Literal.number(0)


def _word(column: Expr, kind: ColumnKind | None) -> Expr:
    """A column of words as text without white space around it."""
    from sqlglot import exp

    text = exp.cast(column.copy(), "text")
    return text if kind == "clean" else _trimmed(text)


def _words(axis: StatusAxis) -> list[list[Expr]]:
    """The texts of each state: its word, and the number that stands for it."""
    from sqlglot import exp

    numbers = status_columns()[axis.name].numbers
    texts = [[code] for code in axis.codes]
    for text, number in zip(texts, numbers, strict=False):
        text += [f"{number}", f"{number}.0"]
    return [[exp.Literal.string(word) for word in text] for text in texts]


def _states(axis: StatusAxis, column: Expr, kind: ColumnKind | None) -> list[list[Expr]]:
    """The condition of each state but the last, which is the missing one."""
    from sqlglot import exp

    if axis.kind in ("words", "boolean"):
        numbers = (0, 1) if axis.kind == "boolean" else status_columns()[axis.name].numbers
        return [_is_number(column, number, kind, numbers[:2] == (0, 1)) for number in numbers]
    if kind == "boolean":
        column = exp.cast(column.copy(), "int")
    ends = [*axis.breaks[1:], None]
    return [
        [_is_between(column, low, high, LARGEST if axis.high is None else axis.high)]
        for low, high in zip(axis.breaks, ends, strict=True)
    ]


def _is_number(column: Expr, number: int, kind: ColumnKind | None, truth: bool) -> list[Expr]:
    """Whether a column is a number; of a column of truth values, where they stand for 0 and 1."""
    from sqlglot import exp

    if kind == "boolean":
        wanted = exp.true() if number else exp.false()
        known = truth and number < 2
        return [exp.EQ(this=column.copy(), expression=wanted)] if known else []
    if kind in ("integer", "number"):
        return [exp.EQ(this=column.copy(), expression=exp.Literal.number(number))]
    words = [f"{number}", f"{number}.0", ("false", "true")[number]]
    literals = [exp.Literal.string(word) for word in words]
    return [exp.In(this=exp.cast(column.copy(), "text"), expressions=literals)]


def _is_between(column: Expr, low: float, high: float | None, highest: float) -> Expr:
    """Whether a number lies from a break to below the next, or up to its highest value."""
    from sqlglot import exp

    above = exp.GTE(this=column.copy(), expression=number_tree(low))
    if high is not None:
        return exp.and_(above, exp.LT(this=column.copy(), expression=number_tree(high)))
    top = exp.Literal.number("1e300") if highest == LARGEST else number_tree(highest)
    return exp.and_(above, exp.LTE(this=column.copy(), expression=top))
