"""The embedded production of the world: solved tables, kept small, read without a network.

For each year and sector: output, value added, and what each country's final demand requires. The
requirements are kept to 12 significant bits (relative error of at most 2.5e-4 in a cell) and scaled
on reading so that each row sums to output: totals are exact whatever a cell's rounding.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.atomic import write_frame, write_text
from worldclass.core.errors import SourceError, UsageError
from worldclass.core.hashing import sha256
from worldclass.flows.production import Production

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

SECTORS, TRADE, NOTE = "sectors.parquet", "trade.parquet", "tables.json"
BITS = 12
"""Significant bits kept of a requirement."""
_REMEDY = "Install the package again, or build the tables with `worldclass data build-flows`."


@dataclass(frozen=True)
class Store:
    """A folder of solved tables.

    Attributes
    ----------
    folder
        Where it lies.
    stamp
        When it was written: a store built anew is read anew.
    """

    folder: Path
    stamp: int

    @property
    def note(self) -> Mapping[str, Any]:
        """Origin, unit, years, industries, hashes, repairs."""
        return _note(self.folder, self.stamp)

    @property
    def years(self) -> tuple[int, ...]:
        """Years that can be asked for."""
        return tuple(self.note["years"])

    @property
    def absent(self) -> tuple[int, ...]:
        """Years of the release whose table was not there."""
        return tuple(
            year for year in range(self.years[0], self.years[-1]) if year not in self.years
        )

    def production(self, year: int) -> Production:
        """The production of one year.

        Raises
        ------
        UsageError
            The store does not hold the year.
        """
        if year not in self.years:
            missing = f"; {', '.join(map(str, self.absent))} are absent" if self.absent else ""
            raise UsageError(
                f"There is no input-output table of {year}.",
                where="year",
                remedy=f"Tables reach from {self.years[0]} to {self.years[-1]}{missing}.",
            )
        return _production(self.folder, self.stamp, year)


def open_store(folder: str | Path | None = None) -> Store:
    """Open a folder of solved tables; by default the embedded one.

    Raises
    ------
    SourceError
        The folder holds none.
    """
    path = Path(folder) if folder else Path(str(files("worldclass.flows").joinpath("tables")))
    if not (path / NOTE).is_file():
        raise SourceError("There are no solved tables here.", where=str(path), remedy=_REMEDY)
    return Store(path.resolve(), (path / NOTE).stat().st_mtime_ns)


def write_store(
    productions: Iterable[Production],
    folder: Path,
    *,
    repairs: Mapping[int, str],
    absent: Sequence[int],
    progress: Callable[[str], None] | None = None,
) -> Store:
    """Write solved tables, each file completely or not at all; the note comes last.

    Parameters
    ----------
    productions
        One per year, all of the same sectors and consumers.
    folder
        Where to.
    repairs
        What was found and done in each year's table.
    absent
        Years of the release whose table was not there.
    progress
        Called with the name of each year.
    """
    import polars as pl

    sectors: list[pl.DataFrame] = []
    trade: list[pl.DataFrame] = []
    first: Production | None = None
    years: list[int] = []
    for one in productions:
        first = first or one
        if (one.sectors, one.consumers, one.unit) != (first.sectors, first.consumers, first.unit):
            raise SourceError(
                f"The table of {one.year} has other sectors or units than that of {first.year}.",
                where=one.name,
                remedy="Store tables of one release together.",
            )
        if progress:
            progress(str(one.year))
        years.append(one.year)
        sectors.append(_sector_rows(one))
        trade.append(_trade_rows(one))
    if first is None:
        raise SourceError("There is no table to store.", where=str(folder))
    hashes: dict[str, str] = {}
    for name, parts in ((SECTORS, sectors), (TRADE, trade)):
        write_frame(pl.concat(parts), folder / name, parents=True)
        hashes[name] = sha256(folder / name)
    note = {
        "origin": first.name,
        "unit": first.unit,
        "years": years,
        "absent": list(absent),
        "consumers": list(first.consumers),
        "industries": dict(first.industry_names),
        "files": hashes,
        "repairs": {str(year): text for year, text in repairs.items()},
        "significant_bits": BITS,
    }
    write_text(folder / NOTE, json.dumps(note, indent=1, ensure_ascii=False) + "\n")
    return open_store(folder)


def _sector_rows(one: Production) -> pl.DataFrame:
    import polars as pl

    rounded = round_bits(one.required, BITS)
    return pl.DataFrame(
        {
            "year": np.full(len(one.sectors), one.year, np.int16),
            "country": [country for country, _ in one.sectors],
            "industry": [industry for _, industry in one.sectors],
            "output": one.output.round(3),
            "value_added": one.value_added.round(3),
            **{name: rounded[:, k] for k, name in enumerate(one.consumers)},
        }
    ).with_columns(pl.col("country", "industry").cast(pl.Categorical))


def _trade_rows(one: Production) -> pl.DataFrame:
    import polars as pl

    producers = np.repeat(np.array(one.countries), len(one.consumers))
    return pl.DataFrame(
        {
            "year": np.full(len(producers), one.year, np.int16),
            "producer": producers,
            "consumer": np.tile(np.array(one.consumers), len(one.countries)),
            "deliveries": one.trade.ravel().round(3),
            "final_deliveries": one.final_trade.ravel().round(3),
        }
    ).with_columns(pl.col("producer", "consumer").cast(pl.Categorical))


def round_bits(values: Array, bits: int) -> NDArray[np.float32]:
    """Round to a number of significant bits.

    Examples
    --------
    >>> round_bits(np.array([1000.4]), 12).tolist()
    [1000.5]
    """
    mantissa, exponent = np.frexp(values)
    return np.ldexp(np.round(mantissa * 2**bits) / 2**bits, exponent).astype(np.float32)


@lru_cache(maxsize=4)
def _note(folder: Path, stamp: int) -> Mapping[str, Any]:
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        for name, expected in note["files"].items():
            if sha256(folder / name) != expected:
                raise ValueError(f"{name} is not the file that was written")
        return note
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"The solved tables are damaged: {error}.", where=str(folder), remedy=_REMEDY
        ) from error


@lru_cache(maxsize=2)
def _tables(folder: Path, stamp: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    import polars as pl

    try:
        return pl.read_parquet(folder / SECTORS), pl.read_parquet(folder / TRADE)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SourceError(
            f"The solved tables cannot be read: {error}.", where=str(folder), remedy=_REMEDY
        ) from error


@lru_cache(maxsize=32)
def _production(folder: Path, stamp: int, year: int) -> Production:
    import polars as pl

    note = _note(folder, stamp)
    sectors, trade = (table.filter(pl.col("year") == year) for table in _tables(folder, stamp))
    consumers = tuple(note["consumers"])
    output = sectors["output"].to_numpy()
    required = sectors.select(consumers).to_numpy().astype(np.float64)
    sums = required.sum(axis=1)
    required *= np.divide(output, sums, out=np.zeros_like(output), where=sums > 0)[:, None]
    required.flags.writeable = False  # everybody who asks gets the same arrays
    shape = (-1, len(consumers))
    pairs = zip(
        sectors["country"].cast(pl.String), sectors["industry"].cast(pl.String), strict=True
    )
    return Production(
        name=str(note["origin"]),
        year=year,
        unit=str(note["unit"]),
        sectors=tuple(pairs),
        consumers=consumers,
        output=output,
        value_added=sectors["value_added"].to_numpy(),
        required=required,
        trade=trade["deliveries"].to_numpy().reshape(shape),
        final_trade=trade["final_deliveries"].to_numpy().reshape(shape),
        industry_names=dict(note["industries"]),
        method="stored",
    )
