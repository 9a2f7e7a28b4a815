"""Solved tables are kept small, come back exact in their totals, and are refused when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.build import build_store
from worldclass.flows.economy import Economy
from worldclass.flows.production import produce
from worldclass.flows.store import NOTE, SECTORS, open_store, round_bits, write_store
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.wiod2013 import read_wiod2013
from worldclass.sources.mirror import Mirror


def test_totals_come_back_exact_and_cells_within_the_bits(economy: Economy, tmp_path: Path) -> None:
    production = produce(economy)
    store = write_store([production], tmp_path, repairs={2000: "none"}, absent=[])
    found = store.production(2000)
    np.testing.assert_allclose(found.required.sum(axis=1), found.output, rtol=1e-12)
    np.testing.assert_allclose(found.required, production.required, rtol=5e-4)
    np.testing.assert_allclose(found.trade, production.trade, atol=1e-3)
    assert found.sectors == production.sectors


def test_rounding_keeps_the_relative_error_below_half_a_bit() -> None:
    values = np.random.default_rng(0).lognormal(0, 20, 10_000)
    assert np.abs(round_bits(values, 12) / values - 1).max() <= 2.0**-12


def test_the_embedded_tables_cover_the_release_but_for_absent_years() -> None:
    store = open_store()
    assert (store.years[0], store.years[-1], store.absent) == (1995, 2011, (2003, 2009))
    production = store.production(2008)
    assert len(production.sectors) == 1435
    assert production.consumers[-1] == "ROW"


def test_an_absent_year_is_named() -> None:
    with pytest.raises(UsageError, match=r"(?s)no input-output table of 2003.*2003, 2009 are abs"):
        open_store().production(2003)


def test_a_damaged_file_is_refused(economy: Economy, tmp_path: Path) -> None:
    write_store([produce(economy)], tmp_path, repairs={}, absent=[])
    (tmp_path / SECTORS).write_bytes(b"PAR1")
    with pytest.raises(SourceError, match=f"{SECTORS} is not the file that was written"):
        open_store(tmp_path).production(2000)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no solved tables"):
        open_store(tmp_path)
    (tmp_path / NOTE).write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError, match="damaged"):
        _ = open_store(tmp_path).years


@pytest.mark.parametrize("year", [1995, 2011])
def test_the_embedded_tables_are_what_the_mirror_gives(mirror: Mirror, year: int) -> None:
    economy, report = make_economy(read_wiod2013(mirror.root, year))
    ours, embedded = produce(economy), open_store().production(year)
    assert open_store().note["repairs"][str(year)] == str(report)
    np.testing.assert_allclose(ours.output, embedded.output)
    np.testing.assert_allclose(ours.trade, embedded.trade, atol=1e-3)
    # a requirement at the edge of two bit patterns may fall either way
    np.testing.assert_allclose(ours.required, embedded.required, rtol=1e-3, atol=1e-6)


def test_a_mirror_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no world input-output tables"):
        build_store(tmp_path, tmp_path / "out")


def test_a_build_stores_the_years_it_finds(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "wiod2013").mkdir()
    (tmp_path / "wiod2013" / "wiot_2000.npz").symlink_to(
        mirror.root.resolve() / "wiod2013" / "wiot_2000.npz"
    )
    store = build_store(tmp_path, tmp_path / "out")
    assert store.years == (2000,)
    assert store.note["absent"] == [y for y in range(1995, 2012) if y != 2000]


def test_what_is_read_once_for_all_cannot_be_changed() -> None:
    one = open_store().production(2008)
    for values in (one.output, one.value_added, one.required, one.trade, one.final_trade):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1.0
