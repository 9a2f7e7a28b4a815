"""Arithmetic over terms: `100 * (south - north) / abs(north)`, checked, never executed as code.

A formula is numbers, ids of terms, `+ - * /`, parentheses, and the functions min, max, abs, log
(natural) and sqrt. It is parsed once, refused where it holds anything else, and interpreted over
arrays.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

FUNCTIONS = ("min", "max", "abs", "log", "sqrt")
LONGEST, DEEPEST, MOST_NODES = 1200, 20, 400
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
}
_PAIRS = {"min": "minimum", "max": "maximum"}
_MAY = (
    "A formula holds ids of terms, numbers, + - * /, parentheses, and "
    f"{', '.join(FUNCTIONS)}, such as 100 * (new - old) / old."
)


@dataclass(frozen=True)
class Expression:
    """A formula that was found harmless.

    Attributes
    ----------
    text
        As written.
    names
        Ids of terms that it mentions, in order of first mention.
    """

    text: str
    names: tuple[str, ...]

    def evaluate(self, values: Mapping[str, Values]) -> Values:
        """The formula's value; not finite where it has none, such as after a division by zero.

        Parameters
        ----------
        values
            By term: arrays whose shapes broadcast.

        Examples
        --------
        >>> import numpy as np
        >>> parse_expression("(b - a) / a").evaluate({"a": np.array([2.0]), "b": np.array([3.0])})
        array([0.5])
        """
        import numpy as np

        with np.errstate(all="ignore"):
            return _value(_tree(self.text), values)


def parse_expression(text: str, terms: Iterable[str] | None = None) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text
        The formula.
    terms
        Ids of terms that it may mention; any by default.

    Raises
    ------
    ClaimError
        It is no arithmetic, is too long or deep, or mentions what is no term.

    Examples
    --------
    >>> parse_expression("log(new / old)").names
    ('new', 'old')
    """
    tree = _tree(text)
    names = tuple(dict.fromkeys(_names(tree)))
    if terms is not None:
        known = tuple(terms)
        for name in names:
            if name not in known:
                raise _unknown(text, name, known)
    return Expression(text, names)


@lru_cache(maxsize=512)
def _tree(text: str) -> ast.expr:
    """The parsed formula, free of anything but arithmetic."""
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise ClaimError(
            f"The formula is longer than {LONGEST} characters, or has more than {DEEPEST} "
            f"parentheses inside one another.",
            where=text[:80],
            remedy="Split it into several parts of the claim.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd spellings of numbers are refused or harmless
            tree = ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ClaimError(
            f"The formula cannot be read: {getattr(error, 'msg', type(error).__name__)}.",
            where=text,
            remedy=_MAY,
        ) from error
    if _size(tree) > MOST_NODES:
        raise _refused(f"more than {MOST_NODES} terms, numbers and signs", text)
    _check(tree, text)
    return tree


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _size(tree: ast.AST) -> int:
    return sum(1 for _ in ast.walk(tree))


def _check(node: ast.AST, text: str) -> None:
    """Refuse whatever is not arithmetic."""
    if isinstance(node, ast.Constant):
        number = type(node.value) in (int, float) and abs(node.value) < 1e300  # type: ignore[arg-type]
        if not number:
            raise _refused(f"{node.value!r:.40}", text)
    elif isinstance(node, ast.Name):
        if node.id in FUNCTIONS:
            raise _refused(f"'{node.id}' without parentheses", text)
    elif isinstance(node, ast.BinOp):
        if type(node.op) not in _SIGNS:
            raise _refused(_words(node.op), text)
        _check(node.left, text)
        _check(node.right, text)
    elif isinstance(node, ast.UnaryOp):
        if not isinstance(node.op, ast.USub | ast.UAdd):
            raise _refused(_words(node.op), text)
        _check(node.operand, text)
    elif isinstance(node, ast.Call):
        _check_call(node, text)
    else:
        raise _refused(_words(node), text)


def _check_call(node: ast.Call, text: str) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS or node.keywords:
        near = get_close_matches(name, FUNCTIONS, n=1)
        raise _refused(f"a call of '{name or 'something'}'", text, near)
    fits = len(node.args) >= 2 if name in _PAIRS else len(node.args) == 1
    if not fits or any(isinstance(one, ast.Starred) for one in node.args):
        wanted = "two or more values" if name in _PAIRS else "one value"
        raise _refused(f"{name} with {len(node.args)} values; it takes {wanted}", text)
    for one in node.args:
        _check(one, text)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Call):
        for one in node.args:
            yield from _names(one)
    else:
        for one in ast.iter_child_nodes(node):
            yield from _names(one)


def _value(node: ast.expr, values: Mapping[str, Values]) -> Values:
    import numpy as np

    if isinstance(node, ast.Constant):
        return np.float64(node.value)  # type: ignore[arg-type, return-value]
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.BinOp):
        sign: Callable[..., Any] = getattr(np, _SIGNS[type(node.op)])
        return sign(_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, values)
        return -inner if isinstance(node.op, ast.USub) else inner
    assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    given = [_value(one, values) for one in node.args]
    if node.func.id in _PAIRS:
        return reduce(getattr(np, _PAIRS[node.func.id]), given)
    return getattr(np, node.func.id)(given[0])


def _unknown(text: str, name: str, known: tuple[str, ...]) -> ClaimError:
    near = get_close_matches(name, known, n=2)
    guess = f" Did you mean {' or '.join(near)}?" if near else ""
    return ClaimError(
        f"The formula mentions '{name}', which is no term.{guess}",
        where=text,
        remedy=f"Terms of the claim: {', '.join(known)}.",
    )


def _refused(what: str, text: str, near: list[str] | None = None) -> ClaimError:
    guess = f" Did you mean {near[0]}?" if near else ""
    return ClaimError(f"The formula may not hold {what}.{guess}", where=text, remedy=_MAY)


def _words(node: ast.AST) -> str:
    names = {
        "Pow": "** (write a * a, or sqrt)",
        "Compare": "a comparison: it belongs into 'holds'",
        "BoolOp": "'and' or 'or': give the claim several parts",
        "IfExp": "a condition",
        "Attribute": "a dot",
        "Subscript": "brackets",
    }
    kind = type(node).__name__
    return names.get(kind, f"what Python calls {kind}")
