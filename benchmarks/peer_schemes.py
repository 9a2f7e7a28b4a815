"""Code persons by occupational schemes: ours against a bare lookup, and against a file copy.

The bare lookup is `cells.take(places)`: NumPy's `take`, on one core, from the scheme's own dense
table (one byte for each code × status × supervision, 10,002 × 27 of ESeC, 10,002 × 12 of Oesch-16)
at places that were computed before the clock runs. They are 64-bit, the type to which NumPy would
otherwise convert them; the outcome is a new array of one byte a row, in the rows' order. It reads
80 MB and writes 10 MB for ten million rows. Ours goes from a Polars frame to the frame with the
new columns, on as many threads as Polars has: it reads codes and status columns as they are, finds
their places, takes, and makes an Enum of classes and one of reasons. With 64-bit columns of codes
and employees it has to read 160 MB, twice what the bare lookup reads; with short ones 50 to 60 MB.
Both allocate what they return anew in each run; NumPy asks the system for large pages for its
arrays, those of ours among them. The copy is DuckDB's, of the same Parquet file with the same
compression.

Tried and left: bigger arrays without blocks (memory-bound, half the speed); blocks of 32 and 64
thousand rows (threads wait for Python's lock); 64-bit places (a fifth slower); Polars expressions
alone (a third slower, eager or streaming); truth values through Polars instead of their bits (ten
times slower); Polars's own conversion of places to an Enum (it looks at each: a third of all
time), and tables of Enum values gathered by Polars, one, two or four at a time, Arrow
dictionaries, and a choice between categories one after another (none clearly faster than it);
places found for many rows at once before they are taken (no faster for 64-bit codes); compiled
loops over single bits (twenty times slower than NumPy's unpacking); a new pool of threads for each
frame (new threads stayed on one core).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.comparison import Comparison, compare, named
from worldclass.schemes import fused
from worldclass.schemes.classify import classify
from worldclass.schemes.classify_file import classify_file
from worldclass.schemes.compile import compile_scheme
from worldclass.schemes.library import load_scheme

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.compile import CodingTable

SCHEMES = ("esec", "oesch16")
KINDS = ("64-bit codes", "short codes", "text codes", "short codes, 5 % empty")
_PARTS = 40


def coding(*, smoke: bool) -> list[Comparison]:
    """Ours against the bare lookup, for integer and text codes."""
    fused.compiled()  # imports numba, where it is installed, before the clock runs
    rows, runs = (20_000, 1) if smoke else (10_000_000, 9)
    results: list[Comparison] = []
    for scheme in SCHEMES:
        table = compile_scheme(load_scheme(scheme), "isco08")
        for kind in KINDS:
            persons, places = random_persons(table, rows, kind)
            cells = table.cells.ravel()

            def ours(persons: Any = persons, scheme: str = scheme) -> pl.DataFrame:
                return classify(persons, scheme)

            def bare(cells: Any = cells, places: Any = places) -> Any:
                return cells.take(places)

            found = ours()["class"].to_physical().fill_null(255).to_numpy()
            known = np.minimum(bare(), len(table.classes))
            if not np.array_equal(np.where(found == 255, len(table.classes), found), known):
                raise AssertionError(f"{scheme}: the classes differ from the table's.")
            task = f"{scheme}, {rows:,} persons, {kind}"
            peer = named("numpy", "bare take")
            results.append(compare(task, peer, ours, bare, runs=runs, difference="none"))
    return results


def copying(*, smoke: bool) -> list[Comparison]:
    """A coded Parquet file against DuckDB's copy of it."""
    import duckdb

    results: list[Comparison] = []
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "survey.parquet", Path(folder) / "out.parquet"
        rows = write_survey(source, 2_000 if smoke else 500_000)

        def copy() -> None:
            query = f"COPY (SELECT * FROM '{source}') TO '{out}' (FORMAT parquet, COMPRESSION "
            quiet = duckdb.connect()
            quiet.execute("SET enable_progress_bar = false")
            quiet.execute(query + "snappy)")

        def ours() -> None:
            classify_file(source, "esec", out, compression="snappy")

        size = source.stat().st_size / 1e6
        task = f"esec, Parquet to Parquet, {rows:,} rows, 28 columns, {size:,.0f} MB"
        results.append(
            compare(
                task,
                named("duckdb", "plain COPY"),
                ours,
                copy,
                runs=1 if smoke else 3,
                difference="the peer adds no class",
            )
        )
    return results


def random_persons(table: CodingTable, rows: int, kind: str, seed: int = 7) -> tuple[Any, Any]:
    """Persons with codes that the scheme covers, and their places in the table's cells.

    Returns
    -------
    A Polars frame; and places, int64, shape (rows,).
    """
    import polars as pl

    rng = np.random.default_rng(seed)
    given = np.all(table.cells[:10_000, :1] < len(table.classes), axis=1)
    codes = rng.choice(np.flatnonzero(given), rows)
    status = {
        "self_employed": rng.random(rows) < 0.15,
        "supervisor": rng.random(rows) < 0.25,
        "employees": rng.choice([0, 0, 0, 0, 1, 3, 12], rows),
    }
    # An employee's number of employees is 0, as most surveys have it.
    status["employees"] = np.where(status["self_employed"], status["employees"], 0)
    frame = pl.DataFrame({"isco08": codes, **status})
    places = codes * table.cells.shape[1]
    for axis in table.axes:
        values = status[axis.name].astype(float)
        state = np.searchsorted(np.asarray(axis.breaks), values, side="right") - 1
        places = places + state * axis.stride
    if "text" in kind:
        frame = frame.with_columns(pl.col("isco08").cast(pl.String).str.zfill(4))
    if "short" in kind:
        small = pl.col("isco08", "employees").cast(pl.Int16)
        frame = frame.with_columns(small, pl.col("self_employed", "supervisor").cast(pl.Int8))
    if "empty" in kind:
        keep = rng.random(rows) >= 0.05
        frame = frame.with_columns(pl.when(pl.Series(keep)).then("isco08").alias("isco08"))
        places = np.where(keep, places, 10_001 * table.cells.shape[1])
    return frame, places


def write_survey(path: Path, part: int) -> int:
    """A survey of 28 columns in parts, each a row group; the number of rows."""
    import polars as pl

    table = compile_scheme(load_scheme("esec"), "isco08")
    folder = path.parent / "parts"
    folder.mkdir()
    for number in range(_PARTS):
        rng = np.random.default_rng(number)
        coded, _ = random_persons(table, part, "short codes, 5 % empty", seed=number)
        columns: dict[str, Any] = {
            "id": np.arange(number * part, (number + 1) * part),
            "country": rng.choice(["DEU", "FRA", "ITA", "ESP", "POL", "SWE"], part),
            "year": np.full(part, 2002 + number % 10, np.int16),
            "psu": rng.integers(0, 5_000, part, dtype=np.int32),
            "stratum": rng.integers(0, 90, part, dtype=np.int16),
            "age": rng.integers(15, 99, part).astype(np.int8),
            "sex": rng.integers(1, 3, part).astype(np.int8),
            "education": rng.integers(0, 8, part).astype(np.int8),
            "region": rng.choice([f"R{place:03d}" for place in range(250)], part),
            "hours": np.round(rng.normal(38, 9, part), 1),
            "income": np.round(rng.lognormal(7, 1, part), 2),
            "wealth": np.round(rng.lognormal(9, 2, part), 2),
            "design_weight": rng.gamma(2, 0.5, part),
            "weight": rng.gamma(2, 0.5, part),
        }
        items = {f"item{n}": rng.integers(0, 11, part).astype(np.int8) for n in range(10)}
        frame = pl.DataFrame({**columns, **items}).hstack(coded)
        frame.write_parquet(folder / f"{number:02d}.parquet", compression="snappy")
    parts = sorted(folder.iterdir())
    pl.scan_parquet(parts).sink_parquet(path, compression="snappy")
    for one in parts:
        one.unlink()
    return _PARTS * part
