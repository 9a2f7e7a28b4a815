"""Peoples of one's own making: snapshots of known answer, for claims about the population table.

A world is the embedded snapshot cut down to a few countries, with changes: incomes of the South
doubled, women moved out of farming, the unemployed multiplied. It is written as a snapshot folder,
with hashes, so that `Data(snapshot=folder)` reads it as it reads the real one:

    data = world(tmp_path, incomes(2.0, where=Where(countries=("CHN",), years=(2023,))))

Changes are functions of a `Draft`; those below cover persons, incomes, status, sector and spread,
and `scaled` and `added` change any estimated quantity (`people/fields.toml`) directly. Margins stay
consistent: status and sector are always the sums of their joint table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
import polars.selectors as cs
from numpy.typing import NDArray

from worldclass.claims.data import Data
from worldclass.core.atomic import write_frame, write_text
from worldclass.core.hashing import content_hash, sha256
from worldclass.people.draws import make_draws
from worldclass.people.estimates import Estimates, fields, to_frames
from worldclass.people.grid import SEXES, Grid
from worldclass.people.snapshot import PROVENANCE, TABLES, open_snapshot

Array = NDArray[np.floating]

COUNTRIES = ("BGD", "BRA", "CHN", "DEU", "FRA", "GBR", "IND", "ITA", "JPN", "NGA", "USA")
"""North and South, and the countries that shipped theories refer to."""
SOUTH = ("BGD", "BRA", "CHN", "IND", "NGA")
NORTH = ("DEU", "FRA", "GBR", "ITA", "JPN", "USA")
STATUSES = ("employee", "self_employed", "family_worker")
SECTORS = ("agriculture", "industry", "services")
LAST = (2019, 2020, 2021, 2022, 2023)
"""Years that claims compare with the early ones."""


@dataclass(frozen=True)
class Where:
    """What a change applies to; None means all.

    Attributes
    ----------
    countries, years
        Codes and years of the world.
    sex
        "female" or "male".
    """

    countries: tuple[str, ...] | None = None
    years: tuple[int, ...] | None = None
    sex: str | None = None


EVERYWHERE = Where()


@dataclass(frozen=True)
class Draft:
    """Estimates that changes may alter in place: shape (…, sexes, countries, years), or without
    sexes."""

    grid: Grid
    arrays: dict[str, Array]

    def part(self, name: str, where: Where) -> tuple[object, ...]:
        """The index of what a change applies to in one quantity."""
        rows = [
            k
            for k, code in enumerate(self.grid.countries)
            if where.countries is None or code in where.countries
        ]
        columns = [
            k
            for k, year in enumerate(self.grid.years)
            if where.years is None or year in where.years
        ]
        sexes = [k for k, sex in enumerate(SEXES) if where.sex is None or sex == where.sex]
        if fields()[name].level == "by_sex":
            return (..., *np.ix_(sexes, rows, columns))
        return (..., *np.ix_(rows, columns))


Change = Callable[[Draft], None]


def world(
    folder: Path, *changes: Change, countries: Sequence[str] = COUNTRIES, draws: int = 64
) -> Data:
    """Write a changed world into a folder, and the data of a run on it.

    Parameters
    ----------
    folder
        A folder of its own; made where it does not exist.
    changes
        Applied in order.
    countries
        Those of the world, in any order.
    draws
        Rows of its matrix of draws.
    """
    draft = _draft(tuple(sorted(countries)))
    for change in changes:
        change(draft)
    _restore_margins(draft)
    people = to_frames(Estimates(draft.grid, draft.arrays))
    frames = {
        name: frame.with_columns(cs.float().cast(pl.Float32)) for name, frame in people.items()
    }
    frames["draws"] = _draw_table(draws)
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        write_frame(frame, folder / TABLES[name])
    note = {
        "content_hash": content_hash(frames),
        "assumptions": {},
        "draws": {"number": draws},
        "theories": {},
        "sources": {"providers": {"own": {"title": "A made world", "attribution": "Nobody."}}},
        "files": {TABLES[name]: sha256(folder / TABLES[name]) for name in frames},
    }
    write_text(folder / PROVENANCE, json.dumps(note))
    return Data(snapshot=folder)


def scaled(name: str, factor: float, where: Where = EVERYWHERE) -> Change:
    """Multiply an estimated quantity."""

    def change(draft: Draft) -> None:
        draft.arrays[name][draft.part(name, where)] *= factor

    return change


def added(name: str, amount: float, where: Where = EVERYWHERE) -> Change:
    """Add to an estimated quantity, such as a logarithm."""

    def change(draft: Draft) -> None:
        draft.arrays[name][draft.part(name, where)] += amount

    return change


def put(name: str, amount: float, where: Where = EVERYWHERE) -> Change:
    """Give an estimated quantity one value."""

    def change(draft: Draft) -> None:
        draft.arrays[name][draft.part(name, where)] = amount

    return change


def persons(factor: float, where: Where = EVERYWHERE) -> Change:
    """Multiply all persons, whatever they do."""
    return several(
        *(scaled(name, factor, where) for name in ("children", "outside", "unemployed", "employed"))
    )


def incomes(factor: float, where: Where = EVERYWHERE) -> Change:
    """Multiply labour incomes and welfare under every anchor."""
    log = float(np.log(factor))
    return several(
        scaled("gdp_per_head", factor, where),
        scaled("gdp_per_worker", factor, where),
        added("pay_log_mean", log, where),
        added("welfare_log", log, where),
    )


def spread(factor: float, where: Where = EVERYWHERE) -> Change:
    """Stretch distributions of welfare around their mean, and labour incomes with them."""
    from worldclass.people import quantiles

    def change(draft: Draft) -> None:
        part = draft.part("welfare_log", where)
        logs = np.moveaxis(draft.arrays["welfare_log"][part], 0, -1)
        middle = logs[..., 8:9]
        wider = middle + (logs - middle) * factor
        shift = np.log(quantiles.mean(logs) / quantiles.mean(wider))
        draft.arrays["welfare_log"][part] = np.moveaxis(wider + shift[..., None], -1, 0)

    return change


def moved(origin: str, target: str, part: float, where: Where = EVERYWHERE) -> Change:
    """Move a part of the employed from one status to another, or from one sector to another.

    Parameters
    ----------
    origin, target
        Two of `STATUSES` or two of `SECTORS`.
    part
        Of those in the origin, 0 to 1.
    """
    kinds = STATUSES if origin in STATUSES else SECTORS
    first, second = kinds.index(origin), kinds.index(target)

    def change(draft: Draft) -> None:
        joint = draft.arrays["joint"].reshape(3, 3, *draft.arrays["joint"].shape[1:])
        table = joint if kinds is STATUSES else joint.swapaxes(0, 1)
        place = draft.part("joint", where)[1:]
        for other in range(3):
            leaving = part * table[first, other][place]
            table[first, other][place] -= leaving
            table[second, other][place] += leaving

    return change


def held(since: int, *names: str) -> Change:
    """Keep quantities as they were in a year in all later years; all quantities by default."""

    def change(draft: Draft) -> None:
        column = draft.grid.years.index(since)
        for name in names or draft.arrays:
            values = draft.arrays[name]
            values[..., column:] = values[..., column : column + 1]

    return change


def several(*changes: Change) -> Change:
    """Several changes as one."""

    def change(draft: Draft) -> None:
        for one in changes:
            one(draft)

    return change


def _draft(countries: tuple[str, ...]) -> Draft:
    real = open_snapshot().estimates
    chosen = real.select(countries, real.grid.years)
    return Draft(chosen.grid, {name: values.copy() for name, values in chosen.arrays.items()})


def _restore_margins(draft: Draft) -> None:
    joint = draft.arrays["joint"].reshape(3, 3, *draft.arrays["joint"].shape[1:])
    joint /= joint.sum(axis=(0, 1))
    draft.arrays["status"] = joint.sum(axis=1)
    draft.arrays["sector"] = joint.sum(axis=0)


@lru_cache(maxsize=4)
def _draw_table(number: int) -> pl.DataFrame:
    draws = make_draws(number)
    table = pl.DataFrame(draws.scores, schema=list(draws.names), orient="row")
    return table.with_row_index("draw").with_columns(pl.col("draw").cast(pl.Int16))
