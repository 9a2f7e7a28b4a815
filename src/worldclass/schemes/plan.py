"""Decide how a frame's columns are coded by a scheme: which are used, assumed, or lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from worldclass.core.caller import warn_caller
from worldclass.core.errors import UsageError
from worldclass.occupations.classification import check_digits
from worldclass.occupations.convert import conversion
from worldclass.schemes.compile import CodingTable, compile_scheme, simplification, status_rules
from worldclass.schemes.conditions import names_used
from worldclass.schemes.library import occupations_of
from worldclass.surveys.canonical import companion
from worldclass.surveys.columns import OCCUPATION_COLUMNS, status_columns
from worldclass.surveys.library import detect_survey

if TYPE_CHECKING:
    from worldclass.schemes.schema import Scheme

Method = Literal["auto", "full", "simplified"]
METHODS = ("auto", "full", "simplified")
ESCO, ESCO_GROUPS = "esco", "isco08"
"""A column of ESCO numbers, and the classification whose unit groups they begin with."""


class SimplifiedMethodWarning(UserWarning):
    """A class was given without columns that the full method needs."""


@dataclass(frozen=True, eq=False)
class Plan:
    """How a frame is coded by a scheme.

    Parameters
    ----------
    table
        The compiled scheme.
    code
        The frame's column of occupation codes.
    status
        The frame's column for each axis of the table.
    companions
        For the table's classification and axes, the frame's column that says why a value is
        missing, where there is one.
    digits
        How many digits the codes have as they are written.
    absent
        Status columns of the full method that the frame lacks.
    partial
        Whether some columns are absent, and the others count all the same.
    near
        Columns of the frame whose names differ from those of absent ones in upper and lower
        case only.
    aside
        The frame's column of supervisors, where the scheme tells supervisors by the number of
        persons supervised alone.
    """

    table: CodingTable
    code: str
    status: tuple[str, ...]
    companions: Mapping[str, str]
    digits: int
    absent: tuple[str, ...]
    partial: bool = False
    near: tuple[str, ...] = ()
    aside: str | None = None

    @property
    def esco(self) -> bool:
        """Whether the codes are ESCO occupation numbers, read as unit groups of ISCO-08."""
        return self.code.strip().lower() == ESCO

    @property
    def read(self) -> str:
        """In words, which columns are read as what."""
        table = self.table
        digits = f", first {table.digits} digits" if table.digits < 4 else ""
        digits = f" (as isco08){digits}" if self.esco else digits
        own = [
            name if name == axis.name else f"{name} (as {axis.name})"
            for name, axis in zip(self.status, table.axes, strict=True)
        ]
        return "; ".join([f"{self.code}{digits}", *own])

    @property
    def needs(self) -> tuple[str, ...]:
        """The frame's columns that are read, without repetition."""
        return tuple(dict.fromkeys((self.code, *self.status, *self.companions.values())))


def plan_coding(
    names: Sequence[str],
    scheme: Scheme,
    *,
    occupation: str | None = None,
    method: str = "auto",
    digits: int = 4,
    parameters: Mapping[str, str] | None = None,
    adapted: bool = False,
) -> Plan:
    """Decide how a frame with columns of these names is coded.

    Parameters
    ----------
    names
        Names of the frame's columns.
    scheme
        The scheme.
    occupation
        The column of occupation codes; by default the first that the scheme prefers.
    method
        "full" wants every status column; "simplified" does without; "auto" takes the full method
        where it can.
    digits
        How many digits the codes have as they are written.
    parameters
        Words of the scheme's parameters.
    adapted
        Whether a survey's adapter has made columns already, so that none is suggested.

    Raises
    ------
    UsageError
        A column is lacking, or an option is not known.

    Example
    -------
    >>> from worldclass.schemes.library import load_scheme
    >>> plan = plan_coding(["isco08", "is_supervisor"], load_scheme("isei"))
    >>> plan.code, plan.status
    ('isco08', ())
    """
    if method not in METHODS:
        raise UsageError(
            f"There is no method '{method}'.", remedy=f"Methods: {', '.join(METHODS)}."
        )
    check_digits(digits)
    code, classification = _occupation(names, scheme, occupation, adapted)
    if digits != 4 and code.strip().lower() == ESCO:
        raise UsageError(
            f"ESCO numbers begin with four digits of ISCO-08: digits={digits} has no meaning.",
            remedy="Leave it out.",
        )
    present = status_names(names)
    asked = status_used(scheme)
    absent = tuple(name for name in asked if name not in present)
    near = _near(names, [own for name in absent for own in _names_of(name)])
    if method == "full" and absent:
        raise _lacking(scheme, absent, names, near, adapted)
    try:
        table = compile_scheme(
            scheme,
            classification,
            simplified=method == "simplified",
            absent=absent,
            parameters=parameters,
        )
    except UsageError as problem:
        if not near:
            raise
        remedy = _near_words(near) + problem.remedy
        raise UsageError(problem.what, where=problem.where, remedy=remedy) from problem
    used = {table.classification: code, **{a.name: present[a.name] for a in table.axes}}
    return Plan(
        table=table,
        code=code,
        status=tuple(present[axis.name] for axis in table.axes),
        companions={
            name: found
            for name, own in used.items()
            for found in (companion(own),)
            if found in names
        },
        digits=digits,
        absent=absent,
        partial=bool(absent)
        and len(absent) < len(asked)
        and method != "simplified"
        and not table.simplified,
        near=near,
        aside=present.get("supervisor")
        if "employees" in asked
        and "supervisor" not in asked
        and "self_employed" in asked
        and _supervises(table)
        else None,
    )


def _supervises(table: CodingTable) -> bool:
    """Whether an employee's class can depend on how many persons he supervises."""
    axes = {axis.name: axis for axis in table.axes}
    if not {"self_employed", "employees"} <= axes.keys():
        return False
    employee, number = axes["self_employed"], axes["employees"]
    states = [place * number.stride + employee.state(0) * employee.stride for place in (0, 1)]
    states.append((number.size - 2) * number.stride + employee.state(0) * employee.stride)
    return any((table.cells[:, states[0]] != table.cells[:, one]).any() for one in states)


def status_used(scheme: Scheme) -> tuple[str, ...]:
    """The status columns of a scheme's full method, in the order of `columns.toml`."""
    used = set[str]().union(*(names_used(rule) for rule in status_rules(scheme)))
    return tuple(name for name in status_columns() if name in used)


def status_names(names: Sequence[str]) -> dict[str, str]:
    """For each status column that a frame has, its name there: ours, or else an alias.

    Example
    -------
    >>> status_names(["emplno", "supervisor"])
    {'supervisor': 'supervisor', 'employees': 'emplno'}
    """
    found: dict[str, str] = {}
    for name in status_columns():
        here = [own for own in _names_of(name) if own in names]
        if here:
            found[name] = here[0]
    return found


def _names_of(name: str) -> tuple[str, ...]:
    """The names that a status column may have: ours, then its aliases."""
    return (name, *status_columns()[name].aliases)


def _near(names: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Names that would be some that are wanted, but for upper and lower case or spaces."""
    alike = {name.lower() for name in wanted} if wanted else set[str]()
    return tuple(n for n in names if n not in wanted and n.strip().lower() in alike)


def _near_words(near: Sequence[str]) -> str:
    """A sentence on such names, with a space behind; nothing where there are none."""
    if not near:
        return ""
    many = len(near) > 1
    found = ", ".join(f"'{name}'" for name in near[:5])
    return f"There {'are columns' if many else 'is a column'} {found}; names are case-sensitive. "


def warn_simplified(plan: Plan, method: str, hint: str = "") -> None:
    """Say aloud what a plan assumes, unless the simplified method was asked for."""
    if method == "auto" and plan.absent and (plan.table.assumed or plan.table.simplified):
        words = f"{simplified_words(plan)} {hint}".strip()
        warn_caller(words, SimplifiedMethodWarning)


def simplified_words(plan: Plan) -> str:
    """What a plan does without, what it assumes instead, and what that loses.

    What the simplified method loses is said where all columns are absent: with some of them,
    only part of it is lost.
    """
    table = plan.table
    assumed = ", ".join(f"{name} = {value}" for name, value in table.assumed.items())
    how = f"assumed {assumed}" if assumed else "took the authors' simplified column"
    loss = None if plan.partial else simplification(table.scheme)
    lost = f" Lost: {loss.lost}" if loss else ""
    return (
        f"Scheme '{table.scheme.id}' was coded without {', '.join(plan.absent)}: {how}.{lost} "
        f"{_near_words(plan.near)}method='simplified' says that this is meant; "
        f"method='full' refuses it."
    )


def _occupation(
    names: Sequence[str], scheme: Scheme, occupation: str | None, adapted: bool
) -> tuple[str, str]:
    """The frame's column of codes, and its classification."""
    known = {entry.classification: entry.classification for entry in occupations_of(scheme)}
    if ESCO_GROUPS in known:
        known[ESCO] = ESCO_GROUPS
    taken = list(known)
    if occupation is not None:
        if occupation not in names:
            near = _near(names, [occupation])
            raise UsageError(
                f"There is no column '{occupation}'.",
                where=f"columns: {_some(names)}",
                remedy=f"{_near_words(near)}Name the column of occupation codes like its "
                f"classification: {', '.join(taken)}.",
            )
        meant = occupation.strip().lower()
        if meant not in known:
            raise UsageError(
                f"Scheme '{scheme.id}' cannot be coded from '{occupation}'.",
                remedy=f"It takes {', '.join(taken)}. {_conversion(meant, taken)}".strip(),
            )
        return occupation, known[meant]
    for name in taken:
        near = _near(names, [name])
        if near and name not in names:
            remedy = f"Rename it, or say occupation='{near[0]}' (--occupation {near[0]})."
            raise UsageError(
                f"There is no column '{name}'. {_near_words(near)}".strip(), remedy=remedy
            )
        if name in names:
            return name, known[name]
    others = [name for name in OCCUPATION_COLUMNS if name in names]
    near = _near(names, OCCUPATION_COLUMNS)
    remedy = f"Name the column of codes like its classification: {', '.join(taken)}."
    if near:
        remedy = _near_words(near) + remedy
    elif others:
        remedy = (
            f"{_conversion(others[0], taken)} Or, if the column '{others[0]}' holds codes of one "
            f"of these, give it that name."
        )
    else:
        remedy += _fitting(names, adapted)
    raise UsageError(
        f"Scheme '{scheme.id}' needs one of the columns {', '.join(taken)}; there is none.",
        where=f"columns: {_some(names)}",
        remedy=remedy,
    )


def _conversion(source: str, taken: Sequence[str]) -> str:
    """How to convert codes to what a scheme takes, where there is a way."""
    if source not in OCCUPATION_COLUMNS:
        return "Name the column of codes like its classification."
    ways = [conversion(source, name).path for name in taken if name not in (source, ESCO)]
    target = min(ways, key=lambda way: (len(way), not way[-1].startswith(source)))[-1]
    return (
        f"Convert the codes first: worldclass.recode(…, '{source}', '{target}'), or worldclass "
        f"recode FILE --from {source} --to {target} on the command line."
    )


def _fitting(names: Sequence[str], adapted: bool) -> str:
    """A sentence on the surveys to which the columns' names point, with a space before it."""
    fits = [] if adapted else detect_survey(names)[:3]
    return f" The names fit the survey adapters: {', '.join(fits)} (survey=…)." if fits else ""


def _lacking(
    scheme: Scheme,
    absent: tuple[str, ...],
    names: Sequence[str],
    near: Sequence[str],
    adapted: bool,
) -> UsageError:
    meanings = "; ".join(f"{name}: {status_columns()[name].description}" for name in absent)
    return UsageError(
        f"The full method of scheme '{scheme.id}' needs {', '.join(absent)}. {meanings}",
        where=f"columns: {_some(names)}",
        remedy=f"{_near_words(near)}Add the columns, or take method='simplified'."
        + _fitting(names, adapted),
    )


def _some(names: Sequence[str]) -> str:
    more = f", … ({len(names)} in all)" if len(names) > 20 else ""
    return ", ".join(names[:20]) + more
