"""The national table of the United States, as published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.niot import niot_years, read_niot
from worldclass.sources.mirror import Mirror


@pytest.mark.mirror
def test_all_years_are_balanced_and_value_added_agrees_with_the_accounts(mirror: Mirror) -> None:
    assert niot_years(mirror.root) == tuple(range(2000, 2015))
    raw = read_niot(mirror.root, 2014)
    assert raw.output is not None
    gap = raw.transactions.sum(axis=1) + raw.final_demand.sum(axis=1) - raw.output
    assert np.abs(gap).max() < 1e-8 * raw.output.max()
    cost = raw.transactions.sum(axis=0)
    for name in ("imports", "taxes and margins"):
        cost = cost + raw.accounts[name].values.sum(axis=0)
    np.testing.assert_allclose(raw.output - cost, raw.accounts["VA"].values[0], atol=0.06)


@pytest.mark.mirror
def test_it_is_an_economy_whose_accounts_are_satellites(mirror: Mirror) -> None:
    economy, report = make_economy(read_niot(mirror.root, 2010))
    assert "USA U" in str(report)
    assert economy.consumers == ("USA", "ROW")
    hours = economy.satellites["H_EMPE"]
    assert (hours.unit, len(hours.values)) == ("million hours of employees", 56)
    assert hours.values.sum() / 1e3 == pytest.approx(245, abs=5)  # thousand million hours


@pytest.mark.mirror
def test_imports_can_be_added_as_if_made_at_home(mirror: Mirror) -> None:
    apart, added = (read_niot(mirror.root, 2010, how) for how in ("apart", "added"))
    bought = apart.accounts["imports"].values
    np.testing.assert_allclose(added.transactions - apart.transactions, bought)
    assert added.demand_columns[-1] == ("ROW", "IMP")
    total = added.transactions.sum(axis=1) + added.final_demand.sum(axis=1)
    np.testing.assert_allclose(total, apart.output, rtol=1e-9)


@pytest.mark.mirror
def test_absent_years_and_ways_are_refused(mirror: Mirror) -> None:
    with pytest.raises(SourceError, match="no year 1999; it has 2000 to 2014"):
        read_niot(mirror.root, 1999)
    with pytest.raises(UsageError, match="apart, added"):
        read_niot(mirror.root, 2010, "both")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert niot_years(tmp_path) == ()
    with pytest.raises(SourceError, match="not in the mirror"):
        read_niot(tmp_path, 2010)


@pytest.mark.mirror
@pytest.mark.parametrize("fault", ["lost cell", "doubled cell", "not Parquet"])
def test_a_damaged_table_is_refused(mirror: Mirror, tmp_path: Path, fault: str) -> None:
    (tmp_path / "niot").mkdir()
    for name in ("usa_2016release", "usa_sea_2016release"):
        source = mirror.root / "niot" / f"{name}.parquet"
        (tmp_path / "niot" / source.name).write_bytes(source.read_bytes())
    file = tmp_path / "niot" / "usa_2016release.parquet"
    frame = pl.read_parquet(file).filter(year=2010)
    if fault == "not Parquet":
        file.write_bytes(b"PAR1 and no more")
    elif fault == "lost cell":
        frame[1:].write_parquet(file)
    else:
        pl.concat([frame, frame[:1]]).write_parquet(file)
    with pytest.raises(SourceError, match=r"cells|cannot be read"):
        read_niot(tmp_path, 2010)
