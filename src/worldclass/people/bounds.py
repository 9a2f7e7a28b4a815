"""What the margins alone say of status by sector: Fréchet bounds beside the estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.people.grid import SEXES
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.people.status_sector import SECTORS, STATUSES
from worldclass.people.table import select_estimates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import polars as pl

    from worldclass.people.choices import Years


def status_sector_bounds(
    country: str | Iterable[str] | None = None,
    year: Years = None,
    *,
    snapshot: str | Path | Snapshot | None = None,
) -> pl.DataFrame:
    """Employed persons by status and sector, between the bounds that the margins set.

    max(0, status + sector − all) ≤ persons ≤ min(status, sector), for each sex.

    Parameters
    ----------
    country
        Codes or names of countries; all by default.
    year
        One or several years; all by default.
    snapshot
        A snapshot or its folder.

    Returns
    -------
    country, year, sex, status (employee, self-employed without family workers, family-worker),
    sector, persons (the estimate), persons_lowest, persons_highest. Sectors cannot be summed:
    outside agriculture the bounds are those of all employed less agriculture's.

    Examples
    --------
    >>> rows = status_sector_bounds("CHN", 2019)
    >>> bool((rows["persons_lowest"] <= rows["persons"]).all())
    True
    """
    import polars as pl

    shot = open_snapshot(snapshot)
    estimates = select_estimates(shot.estimates, country, year)
    employed = estimates["employed"]
    shape = (len(STATUSES), len(SECTORS), *employed.shape)
    status = np.broadcast_to(estimates["status"][:, None], shape)
    sector = np.broadcast_to(estimates["sector"][None], shape)
    values = {
        "persons": estimates["joint"].reshape(shape),
        "persons_lowest": np.maximum(status + sector - 1, 0),
        "persons_highest": np.minimum(status, sector),
    }
    order = (3, 4, 2, 0, 1)  # country, year, sex, status, sector
    index = np.indices([shape[axis] for axis in order]).reshape(5, -1)
    names = (estimates.grid.countries, estimates.grid.years, SEXES, STATUSES, SECTORS)
    labels = ("country", "year", "sex", "status", "sector")
    return pl.DataFrame(
        {
            **{
                label: pl.Series(list(codes)).gather(row)
                for label, codes, row in zip(labels, names, index, strict=True)
            },
            **{
                name: (value * employed).transpose(order).reshape(-1)
                for name, value in values.items()
            },
        }
    ).with_columns(pl.col("year").cast(pl.Int32))
