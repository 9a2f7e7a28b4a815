"""Compile a scheme to a dense table: code × employment position → class or reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError, UsageError
from worldclass.schemes.axes import StatusAxis, build_axes, merge_states, slice_axes
from worldclass.schemes.library import base_of, occupations_of
from worldclass.schemes.outcomes import CODE_REASONS, Outcomes, evaluate
from worldclass.schemes.schema import MOST_OUTCOMES, Occupation, Scheme, Simplified


@dataclass(frozen=True, eq=False)
class CodingTable:
    """A scheme for one classification, ready to look persons up.

    Parameters
    ----------
    scheme
        The scheme.
    classification
        The classification of the codes.
    digits
        How many digits of a code count; `cells` has the rest cut off already.
    simplified
        Whether the authors' simplified column is used.
    assumed
        What is assumed of persons for want of a column.
    axes
        The status columns; empty when codes decide alone. A person's flat state is the sum of
        state × stride.
    cells
        Index into `classes` followed by `reasons`; uint8 or uint16, shape (10002, states). Row =
        the four-digit code as a number; 10000 a malformed code, 10001 a missing one. Read-only.
    classes
        Class ids, or the numbers of a scale.
    reasons
        Why there is no class, such as "isco08: unknown code".
    """

    scheme: Scheme
    classification: str
    digits: int
    simplified: bool
    assumed: Mapping[str, Any]
    axes: tuple[StatusAxis, ...]
    cells: NDArray[Any]
    classes: tuple[str, ...] | tuple[float, ...]
    reasons: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the status columns that are looked up."""
        return tuple(axis.name for axis in self.axes)


def compile_scheme(
    scheme: Scheme,
    classification: str | None = None,
    *,
    simplified: bool = False,
    absent: Collection[str] = (),
    parameters: Mapping[str, str] | None = None,
) -> CodingTable:
    """Compile a scheme for one classification.

    Parameters
    ----------
    scheme
        The scheme.
    classification
        One of those that the scheme takes; by default the first.
    simplified
        Use the simplified method: the authors' simplified column where the table has one, else
        the scheme's assumptions.
    absent
        Status columns that the data lack; they are assumed as the scheme says. Without the first
        one, self-employment, the authors' simplified column is used where the table has one.
    parameters
        Words of the scheme's parameters that differ from the defaults.

    Raises
    ------
    TheoryError
        The scheme or a table is malformed.
    UsageError
        The scheme does not take the classification, cannot do without an absent column, or has
        no such parameter or choice.

    Example
    -------
    >>> from worldclass.schemes.library import load_scheme
    >>> table = compile_scheme(load_scheme("esec"), "isco08")
    >>> table.classes[table.cells[2310, 0]], table.columns
    ('1', ('self_employed', 'supervisor', 'employees'))
    """
    occupation = choose_occupation(scheme, classification)
    return _compile(
        scheme,
        occupation.classification,
        simplified,
        frozenset(absent),
        tuple(sorted(settle(scheme, parameters or {}).items())),
    )


def choose_occupation(scheme: Scheme, classification: str | None) -> Occupation:
    """The entry of a scheme for a classification; the first where none is named.

    Raises
    ------
    UsageError
        The scheme does not take the classification.
    """
    entries = occupations_of(scheme)
    if classification is None:
        return entries[0]
    for entry in entries:
        if entry.classification == classification:
            return entry
    raise UsageError(
        f"Scheme '{scheme.id}' cannot be coded from {classification}.",
        remedy=f"It takes {', '.join(entry.classification for entry in entries)}; "
        f"worldclass.recode converts codes.",
    )


def status_rules(scheme: Scheme) -> list[str]:
    """Every rule of a scheme and its bases that may use status columns."""
    own = [position.when for position in scheme.positions]
    own += [str(entry.when) for entry in scheme.classes if entry.when]
    return own + (status_rules(base_of(scheme)) if scheme.base else [])


def simplification(scheme: Scheme) -> Simplified | None:
    """What a scheme assumes for absent columns; a derived scheme takes its base's."""
    if scheme.simplified or not scheme.base:
        return scheme.simplified
    return simplification(base_of(scheme))


def settle(scheme: Scheme, given: Mapping[str, str]) -> dict[str, str]:
    """The word of every parameter: as given, else its default.

    Raises
    ------
    UsageError
        The scheme has no such parameter, or the parameter no such choice.
    """
    values = {name: str(item.default) for name, item in scheme.parameters.items()}
    for name, word in given.items():
        if name not in values:
            raise UsageError(
                f"There is no parameter '{name}'.",
                where=f"scheme '{scheme.id}'",
                remedy=f"Parameters: {', '.join(values) or 'none'}.",
            )
        if word not in scheme.parameters[name].choices:
            raise UsageError(
                f"Parameter '{name}' cannot be {word!r}.",
                where=f"scheme '{scheme.id}'",
                remedy=f"Choices: {', '.join(scheme.parameters[name].choices)}.",
            )
        values[name] = word
    return values


@lru_cache(maxsize=128)
def _compile(
    scheme: Scheme,
    classification: str,
    simplified: bool,
    absent: frozenset[str],
    parameters: tuple[tuple[str, str], ...],
) -> CodingTable:
    occupation = choose_occupation(scheme, classification)
    axes = build_axes(status_rules(scheme))
    names = {axis.name for axis in axes}
    absent = absent & names
    # The authors' simplified column is for data without employment status. What else is absent
    # is assumed, so that the status that is known counts.
    without_status = bool(axes) and axes[0].name in absent
    by_column = bool(occupation.simplified) and (simplified or without_status)
    found = evaluate(scheme, occupation, axes, dict(parameters), simplified=by_column)
    assume = simplification(scheme)
    assumable = assume.assume if assume else {}
    if simplified and not by_column:
        absent = absent | (names & set(assumable))
    if by_column and not _varies(found):
        return _pack(scheme, occupation, True, {}, ((), axes), _first_state(found))
    lacking = sorted(absent - set(assumable))
    if lacking:
        raise UsageError(
            f"Scheme '{scheme.id}' cannot do without {', '.join(lacking)}.",
            remedy="Add the column, or choose another scheme.",
        )
    assumed = {name: assumable[name] for name in sorted(absent)}
    left, keep = slice_axes(axes, assumed)
    found = Outcomes(found.group, found.values[:, keep], found.classes)
    return _pack(scheme, occupation, by_column, assumed, (left, axes), found)


def _varies(found: Outcomes) -> bool:
    """Whether some outcome depends on the employment position."""
    return bool(np.any(found.values != found.values[:, :1]))


def _first_state(found: Outcomes) -> Outcomes:
    return Outcomes(found.group, found.values[:, :1], found.classes)


def _pack(
    scheme: Scheme,
    occupation: Occupation,
    simplified: bool,
    assumed: Mapping[str, Any],
    grids: tuple[tuple[StatusAxis, ...], tuple[StatusAxis, ...]],
    found: Outcomes,
) -> CodingTable:
    """Number the reasons behind the classes and spread groups over all codes.

    `grids` are the axes that are left, and all axes, to which the outcomes' reasons refer.
    """
    axes, named = grids
    values = found.values
    if axes:
        axes, values = merge_states(axes, values)
    reasons = (
        *(f"{occupation.classification}: {why}" for why in CODE_REASONS),
        *(f"{axis.name}: missing" for axis in named),
    )
    count = len(found.classes) + len(reasons)
    if count > MOST_OUTCOMES:
        raise TheoryError(
            f"The table has {count:,} different outcomes; at most {MOST_OUTCOMES:,} are taken.",
            where=f"scheme '{scheme.id}'",
        )
    outcome = np.where(values < 0, len(found.classes) - 1 - values, values)
    kind = np.uint8 if count <= 256 else np.uint16
    cells = np.ascontiguousarray(outcome.astype(kind)[found.group])
    cells.flags.writeable = False
    classes = tuple(map(float, found.classes)) if scheme.kind == "scale" else found.classes
    return CodingTable(
        scheme=scheme,
        classification=occupation.classification,
        digits=occupation.digits,
        simplified=simplified,
        assumed=MappingProxyType(dict(assumed)),
        axes=axes,
        cells=cells,
        classes=classes,
        reasons=reasons,
    )
