"""EXIOBASE 3: 44 countries and five regions, 163 industries or 200 products, million euros.

Given is the archive of one year (`IOT_2022_ixi.zip`), or the folder that it unpacks to. Only
transactions, final demand, output and the accounts of labour are read: hours and persons by skill
and sex, and compensation of employees. Where an edition has coefficients A instead of
transactions Z, Z = A·diag(x) is computed in place.

Source: Stadler and others (2018), Journal of Industrial Ecology 22, 502-515,
https://doi.org/10.5281/zenodo.3583070
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels, labels_of
from worldclass.sources.input_output.labour_rows import row_names
from worldclass.sources.input_output.raw import RawAccount, RawTable
from worldclass.sources.input_output.through_pymrio import (
    account,
    in_order,
    numbers,
    one_table,
    pairs,
    parser,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

ORIGIN = "EXIOBASE 3, {system} (Stadler and others 2018), parsed by pymrio"
PARAMETERS = "file_parameters.json"
_NAME = re.compile(r"IOT_(\d{4})_(ixi|pxp)(\.zip)?", re.IGNORECASE)
_EXTENSIONS = ("satellite", "employment", "labour", "factor_inputs")
_ROWS = {
    "hours": re.compile(r"Employment hours: (?!Vulnerable).*"),
    "persons": re.compile(r"Employment( people)?: (?!Vulnerable).*"),
    "hours of vulnerable employment": re.compile(r"Employment hours: Vulnerable.*"),
    "persons in vulnerable employment": re.compile(r"Employment( people)?: Vulnerable.*"),
    "compensation of employees": re.compile(r"Compensation of employees; .*: .*skilled"),
}


@dataclass(frozen=True)
class _Contents:
    """Where the parts of one year lie: folder inside the archive, tables, extensions."""

    root: str
    tables: frozenset[str]
    extensions: tuple[str, ...]


def exiobase_years(folder: Path) -> Mapping[int, Path]:
    """The archive or folder of each year; industries by industries come before products."""
    found: dict[int, Path] = {}
    for one in sorted(folder.iterdir(), key=lambda entry: ("ixi" not in entry.name, entry.name)):
        if (year := year_of(one)) and year not in found:
            found[year] = one
    return dict(sorted(found.items()))


def year_of(path: Path) -> int | None:
    """The year in the name of an archive or folder, if it is named as EXIOBASE names them.

    Example
    -------
    >>> year_of(Path("IOT_2022_ixi.zip")), year_of(Path("IOT_1995_pxp"))
    (2022, 1995)
    """
    name = _NAME.fullmatch(path.name)
    return int(name.group(1)) if name else None


def read_exiobase(path: Path, year: int) -> RawTable:
    """Read one year.

    Raises
    ------
    SourceError
        pymrio is not installed, the files are not those of EXIOBASE 3, or labels differ.
    """
    labels = labels_of("exiobase")
    contents = _contents(path)
    use = "Z" if "Z" in contents.tables else "A"
    with parser("EXIOBASE 3", path) as pymrio:
        folders = [path / name for name in contents.extensions]
        inside = [str(PurePosixPath(contents.root) / name) for name in contents.extensions]
        system = pymrio.load_all(
            path,
            subfolders=folders if path.is_dir() else inside,
            subset=[use, "Y", "x", "F", "unit"],
        )
        frame = getattr(system, use)
        total = in_order(system.x, frame.index, "output", path)
        demand = in_order(system.Y, frame.index, "final demand", path)
        transactions = numbers(frame)
        if use == "A":
            by_column = in_order(system.x, frame.columns, "output", path)
            transactions = _in_place(transactions, numbers(by_column)[:, 0])
        rows, columns, transactions = one_table(
            labels.sectors(pairs(frame.index)), labels.sectors(pairs(frame.columns)), transactions
        )
        accounts = _accounts(system, contents, labels)
    name = _NAME.fullmatch(path.name)
    return RawTable(
        origin=ORIGIN.format(system=name.group(2).lower() if name else "system not stated"),
        where=str(path),
        year=year,
        unit=_unit(system, labels, path),
        prices="current basic prices",
        rows=rows,
        columns=columns,
        transactions=transactions,
        demand_columns=labels.demands(pairs(demand.columns)),
        final_demand=numbers(demand),
        output_labels=rows,
        output=numbers(total)[:, 0],
        accounts=accounts,
    )


def _in_place(coefficients: NDArray[Any], output: NDArray[Any]) -> NDArray[Any]:
    """Z = A·diag(x), in the memory of A, which nobody else holds."""
    coefficients.setflags(write=True)
    coefficients *= output
    return coefficients


def _unit(system: Any, labels: Labels, path: Path) -> str:
    units = {str(unit) for unit in system.unit.iloc[:, 0]} if system.unit is not None else {"M.EUR"}
    if len(units) > 1:
        raise SourceError(
            f"The sectors are in several units: {', '.join(sorted(units))}.",
            where=str(path),
            remedy="Use the monetary tables; the hybrid ones cannot be added up.",
        )
    return labels.unit(units.pop())


def _accounts(system: Any, contents: _Contents, labels: Labels) -> dict[str, RawAccount]:
    """The accounts of labour, wherever the edition keeps them."""
    found: dict[str, RawAccount] = {}
    for extension in contents.extensions:
        part = getattr(system, extension, None)
        if part is None or part.F is None:
            continue
        names = [str(one[0] if isinstance(one, tuple) else one) for one in part.F.index]
        for name, wanted in _ROWS.items():
            places = [i for i, label in enumerate(names) if wanted.fullmatch(label)]
            if places and name not in found:
                rows = part.F.iloc[places]
                unit = _row_unit(part.unit, places)
                own = tuple(names[i] for i in places)
                found[name] = account(name, unit, rows, labels, rows=row_names(name, own))
    return found


def _row_unit(units: pd.DataFrame | None, places: list[int]) -> str:
    found = set() if units is None else {str(unit) for unit in units.iloc[places, 0]}
    if len(found) != 1:
        raise SourceError(
            f"Rows of one account are in {len(found)} units: {', '.join(sorted(found)) or 'none'}.",
            remedy="Use the files as EXIOBASE publishes them.",
        )
    return found.pop()


def _contents(path: Path) -> _Contents:
    """What the file of parameters lists.

    Raises
    ------
    SourceError
        There is none, or it lacks transactions, final demand or output.
    """
    try:
        root, content, names = _parameters(path)
        tables = frozenset(content["files"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise SourceError(
            f"The description {PARAMETERS} cannot be read: {error}.",
            where=str(path),
            remedy="Give the archive of one year as EXIOBASE publishes it, or its folder.",
        ) from error
    lacking = [name for name in ("Y", "x") if name not in tables]
    if not tables & {"Z", "A"}:
        lacking.append("Z or A")
    if lacking:
        raise SourceError(
            f"The tables {', '.join(lacking)} are missing; there are {', '.join(sorted(tables))}.",
            where=str(path),
            remedy="Give the archive of one year as EXIOBASE publishes it, or its folder.",
        )
    own = [name for name in _EXTENSIONS if str(PurePosixPath(root, name, PARAMETERS)) in names]
    return _Contents(root, tables, tuple(own))


def _parameters(path: Path) -> tuple[str, dict[str, Any], set[str]]:
    """Folder, content of the system's parameters, and names of all such files."""
    if path.is_dir():
        names = {one.relative_to(path).as_posix() for one in path.rglob(PARAMETERS)}
        return "", json.loads((path / PARAMETERS).read_text(encoding="utf-8")), names
    with zipfile.ZipFile(path) as archive:
        names = {name for name in archive.namelist() if PurePosixPath(name).name == PARAMETERS}
        for name in sorted(names, key=lambda one: (one.count("/"), one)):
            content = json.loads(archive.read(name))
            if content.get("systemtype") == "IOSystem":
                root = str(PurePosixPath(name).parent)
                return ("" if root == "." else root), content, names
    raise KeyError(PARAMETERS)
