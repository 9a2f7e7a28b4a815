"""Citizens drawn from the population table, each with a class of a theory, a sex and a rank."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.people import quantiles
from worldclass.people.grid import SEXES
from worldclass.people.realise import make_basis, realise
from worldclass.people.snapshot import open_snapshot
from worldclass.people.table import people, select_estimates
from worldclass.theories.classify import class_shares, share_column
from worldclass.theories.compile import compile_theory
from worldclass.theories.library import load_theory

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.snapshot import Snapshot
    from worldclass.theories.compile import CompiledTheory

LABOUR, WELFARE = "earnings-survey", "household-survey"
"""Anchors of incomes, where the theory leaves them open."""
LEFT_OUT = ("dependants", "not-classified")
"""Classes that are none: persons whose class is that of a household which the data do not show."""
POOL = 20_000
"""Persons drawn of a country-year, once; runs take theirs from these."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Adults of a country and year, in proportion to their numbers.

    Attributes
    ----------
    classes
        Ids of the theory's classes that somebody belongs to, in the order of the theory.
    place
        Shape (persons,): index into `classes`.
    sex
        Shape (persons,): 0 women, 1 men.
    rank
        Shape (persons,): place in the order of incomes, from 0 (lowest) to 1; labour income, or
        household welfare where the theory cuts that.
    """

    classes: tuple[str, ...]
    place: NDArray[np.int64]
    sex: NDArray[np.int64]
    rank: NDArray[np.float64]

    @property
    def class_rank(self) -> NDArray[np.float64]:
        """Mean rank of each class, shape (classes,)."""
        return np.array([self.rank[self.place == k].mean() for k in range(len(self.classes))])


def draw_pool(theory: str, country: str, year: int, snapshot: Snapshot | None = None) -> Pool:
    """Draw adults of a country and year, and give each a class.

    A cell of the population table is drawn in proportion to its persons; a labour income from
    the cell's log-normal distribution, and a household welfare from the country's distribution;
    then the class with the probability that the theory's rules and splits give such a person.
    Always the same persons: chance enters a run when it takes its citizens from them.

    Parameters
    ----------
    theory
        Id of a theory, or the path of a theory file.
    country
        Code or name.
    year
        A year of the population table.
    snapshot
        The population's; by default the embedded one.

    Raises
    ------
    UsageError
        An unknown country or year.
    TheoryError
        An unknown or malformed theory.

    Examples
    --------
    >>> pool = draw_pool("bromma", "USA", 2023)
    >>> pool.classes
    ('lumpen', 'capitalists', 'middle-classes', 'worker-elite', 'peasantry', 'proletariat')
    """
    file = Path(theory)
    text = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    return _draw_pool(theory, country, year, text, open_snapshot(snapshot))


@lru_cache(maxsize=32)
def _draw_pool(theory: str, country: str, year: int, _text: str, shot: Snapshot) -> Pool:
    """As `draw_pool`, kept by the hash of a theory file's text, since a file may be edited."""
    chance = np.random.default_rng(np.random.SeedSequence(1))
    compiled = compile_theory(load_theory(theory))
    anchor = _welfare_anchor(compiled)
    persons = _persons(country, year, anchor, chance, shot)
    references = _references(compiled, country, year, anchor, shot)
    frame = class_shares(persons, compiled, references)
    shares = frame.select(share_column(name) for name in compiled.classes).to_numpy()
    kept = [k for k, name in enumerate(compiled.classes) if name not in LEFT_OUT]
    drawn = (chance.random(len(shares))[:, None] > np.cumsum(shares, axis=1)).sum(axis=1)
    drawn = np.minimum(drawn, len(compiled.classes) - 1)
    present = [k for k in kept if (drawn == k).any()]
    if not present:
        raise UsageError(
            f"Nobody of {country} in {year} belongs to a class of theory '{theory}'.",
            where="theory",
            remedy=f"Classes {', '.join(LEFT_OUT)} do not count; choose another theory.",
        )
    inside = np.isin(drawn, present)
    cuts_welfare = any(cut.column == "welfare" for cut in compiled.cuts)
    income = frame["welfare" if cuts_welfare else "labour_income"].fill_null(0.0).to_numpy()
    return Pool(
        tuple(compiled.classes[k] for k in present),
        np.searchsorted(present, drawn[inside]).astype(np.int64),
        frame["sex"].eq(SEXES[1]).cast(int).to_numpy()[inside],
        _ranks(income[inside]),
    )


def _welfare_anchor(compiled: CompiledTheory) -> str:
    income = compiled.theory.incomes.get("welfare")
    return WELFARE if income is None or income.anchor == "any" else income.anchor


def _persons(
    country: str, year: int, anchor: str, chance: np.random.Generator, shot: Snapshot
) -> pl.DataFrame:
    """Adults, one a row, with the columns that theories use."""
    import polars as pl

    adults = people(country, year, snapshot=shot).filter(pl.col("age") != "0-14")
    weight = adults["persons"].to_numpy()
    rows = np.sort(chance.choice(adults.height, size=POOL, p=weight / weight.sum()))
    frame = adults[rows]
    mean = frame[f"labour_income_{LABOUR.replace('-', '_')}"]
    spread = frame["labour_income_log_sd"].fill_null(0.0).to_numpy()
    scores = chance.standard_normal(POOL)
    drawn = mean.to_numpy() * np.exp(spread * scores - spread**2 / 2)
    basis = make_basis(select_estimates(shot.estimates, country, year))
    logs = realise(basis).welfare(anchor)[0]
    long_term = dict(zip(SEXES, basis.arrays["long_term"][:, 0].tolist(), strict=True))
    return frame.with_columns(
        pl.Series("labour_income", drawn).fill_nan(None),
        pl.Series("welfare", np.exp(_log_quantiles(logs, chance.standard_normal(POOL)))),
        pl.col("sex").replace_strict(long_term).alias("long_term_unemployed"),
    )


def _log_quantiles(logs: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log quantiles at normal scores; the outer lines go on, as in `people.quantiles`."""
    at, step = quantiles.SCORES, quantiles.SCORES[1] - quantiles.SCORES[0]
    piece = np.clip(((scores - at[0]) / step).astype(int), 0, len(at) - 2)
    slope = np.diff(logs) / step
    return logs[piece] + slope[piece] * (scores - at[piece])


def _references(
    compiled: CompiledTheory, country: str, year: int, anchor: str, shot: Snapshot
) -> dict[str, float | str]:
    """Reference incomes that the theory's cuts use, from the table's central values."""
    found: dict[str, float | str] = {}
    for name in compiled.references:
        if name.startswith("mean_welfare:"):
            table = people(name.split(":")[1], year, snapshot=shot)
            found[name] = float(table[f"welfare_{anchor.replace('-', '_')}"][0])
            continue
        place = None if name.startswith("world") else country
        table = people(place, year, snapshot=shot)
        found[name] = _mean_pay(table, employees=name.endswith("employee_pay"))
    return found


def _mean_pay(table: pl.DataFrame, *, employees: bool) -> float:
    """Mean labour income of the employed (family workers count with 0) or of employees."""
    import polars as pl

    income = pl.col(f"labour_income_{LABOUR.replace('-', '_')}")
    part = table.filter(pl.col("status") == "employee") if employees else table
    paid = part.filter(income.is_not_null())
    return float(paid.select((income * pl.col("persons")).sum() / pl.col("persons").sum()).item())


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places in the order of values, ties sharing their mean, from 0 to 1."""
    from scipy.stats import rankdata

    return (rankdata(values) - 0.5) / len(values)
