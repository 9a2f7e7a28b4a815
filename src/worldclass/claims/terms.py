"""What a claim's terms ask of their quantities: each distinct setting once."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from worldclass.claims.registry import load_quantity
from worldclass.claims.schema import filled, placeholders
from worldclass.claims.specifications import distinct
from worldclass.core.datafile import validate
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from worldclass.claims.quantity import Fields, Quantity
    from worldclass.claims.schema import Claim
    from worldclass.claims.specifications import Specifications

    Index = NDArray[np.int64]


@dataclass(frozen=True)
class Term:
    """A term with everything that is said of it, placeholders still open.

    Attributes
    ----------
    id
        Its name in formulas.
    quantity
        What it measures.
    entry
        Its fields, with those that all terms share.
    choices
        Numbers of the choices that bear on it.
    """

    id: str
    quantity: Quantity
    entry: Mapping[str, Any]
    choices: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """The distinct settings that a claim asks of one quantity.

    Attributes
    ----------
    quantity
        Which.
    settings
        In order of first need.
    keys
        Their content as text: equal settings have equal keys.
    """

    quantity: Quantity
    settings: tuple[Fields, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What must be computed for a claim, and where each term finds it.

    Attributes
    ----------
    specifications
        The grid.
    asked
        By id of the quantity.
    places
        By term: id of its quantity, and number of the setting for each specification.
    """

    specifications: Specifications
    asked: Mapping[str, Asked]
    places: Mapping[str, tuple[str, Index]]


def read_terms(claim: Claim) -> tuple[Term, ...]:
    """The terms with their quantities, and the fields that all terms share.

    Raises
    ------
    ClaimError
        A quantity or a field is unknown, or no term can use a shared field.
    """
    terms = tuple(_read_term(claim, name) for name in claim.terms)
    for name in claim.common.keys() - {"quantity"}:
        if not any(name in field_names(term.quantity) for term in terms):
            known = sorted({field for term in terms for field in field_names(term.quantity)})
            raise _unknown_field(claim, "common", name, known)
    return terms


def raw_settings(claim: Claim, term: Term, options: Index) -> Iterator[dict[str, Any]]:
    """What a term says under each of some rows of options (of the choices that bear on it)."""
    tables = [list(claim.choices[k].settings.values()) for k in term.choices]
    for row in options.tolist():
        values: dict[str, Any] = {}
        for table, option in zip(tables, row, strict=True):
            values |= table[option]
        yield filled(dict(term.entry), values)


def make_plan(specifications: Specifications) -> Plan:
    """Work out the distinct settings of a grid.

    Raises
    ------
    ClaimError
        A quantity or a field is unknown, or a value does not fit it.
    """
    claim = specifications.claim
    known: dict[str, dict[str, int]] = {}
    settings: dict[str, list[Fields]] = {}
    quantities: dict[str, Quantity] = {}
    places: dict[str, tuple[str, Index]] = {}
    for term in read_terms(claim):
        name = term.quantity.id
        quantities[name] = term.quantity
        kinds, kind_of = distinct(specifications.options, term.choices)
        places[term.id] = (
            name,
            _number(claim, term, kinds, known.setdefault(name, {}), settings.setdefault(name, []))[
                kind_of
            ],
        )
    asked = {
        name: Asked(quantities[name], tuple(settings[name]), tuple(known[name])) for name in known
    }
    return Plan(specifications, asked, places)


def _number(
    claim: Claim, term: Term, kinds: Index, known: dict[str, int], settings: list[Fields]
) -> Index:
    """The number of each kind's setting; new ones are added to `known` and `settings`."""
    import numpy as np

    numbers = np.empty(len(kinds), dtype=np.int64)
    for k, raw in enumerate(raw_settings(claim, term, kinds)):
        setting = validate(
            raw, term.quantity.fields, f"claim {claim.id}, term {term.id}", error=ClaimError
        )
        key = setting.model_dump_json()
        if key not in known:
            known[key] = len(settings)
            settings.append(setting)
        numbers[k] = known[key]
    return numbers


def field_names(quantity: Quantity) -> list[str]:
    """What a term may say of a quantity."""
    return [field.alias or name for name, field in quantity.fields.model_fields.items()]


def _read_term(claim: Claim, name: str) -> Term:
    given = claim.terms[name]
    where = f"claim {claim.id}, term {name}"
    quantity_id = given.get("quantity", claim.common.get("quantity"))
    if not isinstance(quantity_id, str) or quantity_id.startswith("$"):
        raise ClaimError(
            "The term does not name its quantity.",
            where=where,
            remedy='Add quantity = "…" to it or to [common]; it cannot be a placeholder.',
        )
    quantity = load_quantity(quantity_id, where=where)
    fields = field_names(quantity)
    own = {key: value for key, value in given.items() if key != "quantity"}
    for key in own:
        if key not in fields:
            raise _unknown_field(claim, f"term {name}", key, fields, quantity_id)
    shared = {key: value for key, value in claim.common.items() if key in fields}
    theory = {"theory": claim.theory} if "theory" in fields else {}
    entry = {**theory, **shared, **own}
    wanted = placeholders(entry)
    bearing = [
        k
        for k, choice in enumerate(claim.choices)
        if wanted & set(next(iter(choice.settings.values())))
    ]
    return Term(name, quantity, entry, tuple(bearing))


def _unknown_field(
    claim: Claim, where: str, key: str, fields: Sequence[str], quantity: str = ""
) -> ClaimError:
    near = get_close_matches(key, fields, n=1)
    guess = f" Did you mean '{near[0]}'?" if near else ""
    owner = f"The quantity '{quantity}' has no" if quantity else "No quantity of the claim has the"
    return ClaimError(
        f"{owner} field '{key}'.{guess}",
        where=f"claim {claim.id}, {where}",
        remedy=f"Fields: {', '.join(fields)}.",
    )
