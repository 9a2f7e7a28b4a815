"""National input-output table of the United States, WIOD 2016 release, from a mirror.

Deliveries of domestic producers and of imports lie apart in the file and stay apart here: the
table is the domestic one; imported inputs, the other rows (taxes, margins) and the socio-economic
accounts (hours, persons, pay) are accounts beside it.

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), Review of International
Economics 23, 575-605, CC BY 4.0; Gouma, Chen, Woltjer and Timmer (2018) for the accounts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.input_output.raw import Label, RawAccount, RawTable

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

FOLDER, COUNTRY = "niot", "USA"
ORIGIN = (
    "World Input-Output Database, 2016 release, national table of the United States "
    "(Timmer and others 2015), CC BY 4.0"
)
UNIT, PRICES = "million USD", "current basic prices"
ABROAD = "ROW"
"""Who buys exports."""

ImportUse = Literal["apart", "added"]
_DEMANDS = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN", "EXP")
_ACCOUNTS = {
    "EMP": "thousand persons engaged",
    "EMPE": "thousand employees",
    "H_EMPE": "million hours of employees",
    "COMP": "million USD",
    "LAB": "million USD",
    "CAP": "million USD",
    "VA": "million USD",
    "GO": "million USD",
    "II": "million USD",
    "K": "million USD",
}
_BELOW = ("TXSP", "EXP_adj", "PURR", "PURNR", "IntTTM")
"""Taxes less subsidies, export adjustments, purchases abroad and by foreigners, transport margins;
value added and output are in the socio-economic accounts, with the same values."""

_REMEDY = "Copy the file again from its origin."


def niot_years(root: Path) -> tuple[int, ...]:
    """Years of the national table in the mirror, in order; none where it has no such file."""
    import polars as pl

    file = _table(root)
    if not file.is_file():
        return ()
    return tuple(sorted(pl.read_parquet(file, columns=["year"])["year"].unique().to_list()))


def read_niot(root: Path, year: int, imports: ImportUse = "apart") -> RawTable:
    """Read one year of the table and its accounts.

    Parameters
    ----------
    root
        The mirror's root, which holds `niot/`.
    year
        2000 to 2014.
    imports
        "apart": transactions and final demand are those of domestic producers; "added": imports
        are added to the domestic rows of the same industry, as if they had been made at home, and
        a demand column "IMP" of negative imports keeps the rows balanced.

    Returns
    -------
    56 industries, six columns of final demand (exports are bought by ROW), million US dollars.
    Accounts, in the order of the columns: "imports" (row "imported CODE" for each industry's
    products), "taxes and margins", and each variable of the socio-economic accounts under its own
    name (H_EMPE, COMP, VA …). Hours are those of employees; industry U is empty.

    Raises
    ------
    SourceError
        When a file or the year is missing, or a file is not in its documented shape.
    UsageError
        When `imports` is neither.
    """
    if imports not in ("apart", "added"):
        raise UsageError(f"imports = {imports!r} is not known", remedy="One of: apart, added.")
    table = _read(_table(root), year)
    accounts = _read(root / FOLDER / "usa_sea_2016release.parquet", year)
    industries = table.filter(column_type="industry")["column_code"].unique(maintain_order=True)
    codes: list[str] = industries.to_list()
    sectors: tuple[Label, ...] = tuple((COUNTRY, code) for code in codes)
    domestic, bought, below = (
        table.filter(origin=origin) for origin in ("Domestic", "Imports", "TOT")
    )
    used = _cells(domestic, codes, [*codes, *_DEMANDS, "GO"], root)
    foreign = _cells(bought, codes, [*codes, *_DEMANDS], root)
    n = len(codes)
    transactions, demand = used[:, :n], used[:, n:-1]
    demands = [(ABROAD if code == "EXP" else COUNTRY, code) for code in _DEMANDS]
    if imports == "added":
        transactions = transactions + foreign[:, :n]
        demand, demands = _with_imports(demand, foreign, n), [*demands, (ABROAD, "IMP")]
    held = {
        "imports": RawAccount(
            "imports", UNIT, tuple(f"imported {code}" for code in codes), sectors, foreign[:, :n]
        ),
        "taxes and margins": RawAccount(
            "taxes and margins", UNIT, _BELOW, sectors, _cells(below, list(_BELOW), codes, root)
        ),
    }
    return RawTable(
        origin=ORIGIN,
        where=str(_table(root)),
        year=year,
        unit=UNIT,
        prices=PRICES,
        rows=sectors,
        columns=sectors,
        transactions=transactions,
        demand_columns=tuple(demands),
        final_demand=demand,
        output_labels=sectors,
        output=used[:, -1],
        industry_names=dict(
            domestic.select("row_code", "row_description").unique(maintain_order=True).rows()
        ),
        accounts=held | _socio_economic(accounts, root),
    )


def _table(root: Path) -> Path:
    return root / FOLDER / "usa_2016release.parquet"


def _read(file: Path, year: int) -> pl.DataFrame:
    import polars as pl

    if not file.is_file():
        raise SourceError(
            "The national table is not in the mirror.",
            where=str(file),
            remedy="Copy the file there, or point WORLDCLASS_MIRROR at the folder that has it.",
        )
    try:
        frame = pl.read_parquet(file)
        found = frame.filter(year=year)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceError(
            f"The table cannot be read: {error}.", where=str(file), remedy=_REMEDY
        ) from error
    if found.is_empty():
        years = frame["year"].unique().sort().to_list()
        raise SourceError(
            f"The table has no year {year}; it has {years[0]} to {years[-1]}.",
            where=str(file),
            remedy="Ask for one of these years.",
        )
    return found


def _cells(part: pl.DataFrame, rows: list[str], columns: list[str], root: Path) -> NDArray[Any]:
    """Values by labels of rows and columns; every pair must occur once."""
    import numpy as np

    wanted = part.filter(part["row_code"].is_in(rows) & part["column_code"].is_in(columns)).select(
        "row_code", "column_code", "value"
    )
    pairs = wanted.select("row_code", "column_code").n_unique()
    if pairs != len(rows) * len(columns) or pairs != wanted.height or wanted["value"].has_nulls():
        raise SourceError(
            f"The table has {wanted.height} cells ({pairs} different) where "
            f"{len(rows)} × {len(columns)} are needed.",
            where=str(_table(root)),
            remedy=_REMEDY,
        )
    place = {code: at for at, code in enumerate(rows)}
    across = {code: at for at, code in enumerate(columns)}
    values = np.empty((len(rows), len(columns)))
    at = [place[code] for code in wanted["row_code"]]
    values[at, [across[code] for code in wanted["column_code"]]] = wanted["value"].to_numpy()
    return values


def _with_imports(demand: NDArray[Any], foreign: NDArray[Any], n: int) -> NDArray[Any]:
    import numpy as np

    return np.column_stack([demand + foreign[:, n:], -foreign.sum(axis=1)])


def _socio_economic(accounts: pl.DataFrame, root: Path) -> dict[str, RawAccount]:
    """One account for each variable, because units differ."""
    columns: tuple[Label, ...] = tuple((COUNTRY, code) for code in accounts["code"])
    if missing := [name for name in _ACCOUNTS if name not in accounts.columns]:
        raise SourceError(
            f"The socio-economic accounts lack {', '.join(missing)}.",
            where=str(root / FOLDER),
            remedy=_REMEDY,
        )
    return {
        name: RawAccount(name, unit, (name,), columns, accounts[name].to_numpy()[None, :])
        for name, unit in _ACCOUNTS.items()
    }
