"""World input-output tables of the WIOD 2013 release from a mirror: one archive a year.

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), Review of International
Economics 23, 575-605, CC BY 4.0.
"""

from __future__ import annotations

import re
import zipfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.raw import RawTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FOLDER = "wiod2013"
ORIGIN = "World Input-Output Database, 2013 release (Timmer and others 2015), CC BY 4.0"
UNIT, PRICES = "million USD", "current basic prices"
FIRST_YEAR, LAST_YEAR = 1995, 2011
_NAME = re.compile(r"wiot_(\d{4})\.npz")
_NEEDED = ("Z", "F", "x", "iso3", "industry", "industry_name", "final_category")


def wiod2013_years(root: Path) -> tuple[int, ...]:
    """Years whose table lies in the mirror, in order."""
    names = (_NAME.fullmatch(file.name) for file in (root / FOLDER).glob("wiot_*.npz"))
    return tuple(sorted(int(name.group(1)) for name in names if name))


def read_wiod2013(root: Path, year: int) -> RawTable:
    """Read one year.

    Parameters
    ----------
    root
        The mirror's root, which holds `wiod2013/`.
    year
        A year of the release, 1995 to 2011.

    Returns
    -------
    Transactions of 1,435 by 1,435 sectors (41 countries × 35 industries) and 205 columns of final
    demand (41 countries × 5 categories), million US dollars.

    Raises
    ------
    SourceError
        The year is absent from the mirror, or its archive is broken or not in the known shape.
    """
    file = root / FOLDER / f"wiot_{year}.npz"
    if not file.is_file():
        years = wiod2013_years(root)
        have = ", ".join(map(str, years)) or "none"
        raise SourceError(
            f"The WIOD 2013 table of {year} is not in the mirror; it has {have}.",
            where=str(root / FOLDER),
            remedy=f"Ask for one of these years, or copy {file.name} there.",
        )
    content = _load(file)
    countries = [str(code) for code in content["iso3"]]
    industries = [str(code) for code in content["industry"]]
    sectors = tuple(product(countries, industries))
    demands = tuple(product(countries, (str(one) for one in content["final_category"])))
    _check_shapes(content, len(sectors), len(demands), file)
    names = (str(name) for name in content["industry_name"])
    return RawTable(
        origin=ORIGIN,
        where=str(file),
        year=year,
        unit=UNIT,
        prices=PRICES,
        rows=sectors,
        columns=sectors,
        transactions=content["Z"],
        demand_columns=demands,
        final_demand=content["F"],
        output_labels=sectors,
        output=content["x"],
        industry_names=dict(zip(industries, names, strict=True)),
    )


def _load(file: Path) -> Mapping[str, NDArray[Any]]:
    import numpy as np

    try:
        with np.load(file, allow_pickle=False) as archive:
            missing = [name for name in _NEEDED if name not in archive]
            if not missing:
                return {name: archive[name] for name in _NEEDED}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise SourceError(
            f"The archive cannot be read: {error}.",
            where=str(file),
            remedy="Copy the file again from its origin.",
        ) from error
    raise SourceError(
        f"The archive lacks {', '.join(missing)}.",
        where=str(file),
        remedy="Copy the file again from its origin.",
    )


def _check_shapes(content: Mapping[str, NDArray[Any]], n: int, m: int, file: Path) -> None:
    for name, expected in (("Z", (n, n)), ("F", (n, m)), ("x", (n,))):
        if content[name].shape != expected:
            raise SourceError(
                f"{name} has shape {content[name].shape}; its labels ask for {expected}.",
                where=str(file),
                remedy="Copy the file again from its origin.",
            )
