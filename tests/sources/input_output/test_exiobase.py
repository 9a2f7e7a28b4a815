"""EXIOBASE files, written by pymrio from its own test economy, come back as they were."""

import copy
import json
import shutil

import numpy as np
import pandas as pd
import pymrio
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.exiobase import exiobase_years, read_exiobase

SKILLS = ("Low-skilled", "Medium-skilled", "High-skilled")


@pytest.fixture(scope="module")
def system():
    """pymrio's test economy, with the labour rows of EXIOBASE's satellite accounts."""
    io = pymrio.load_test()
    io.calc_system()
    rows = [
        f"{what}: {skill} {sex}"
        for what in ("Employment", "Employment hours")
        for skill in SKILLS
        for sex in ("male", "female")
    ]
    rows += ["Employment: Vulnerable employment", "Carbon dioxide"]
    index = pd.Index(rows, name="stressor")
    draws = np.random.default_rng(7).random((len(rows), io.Z.shape[1]))
    units = ["1000 p"] * 6 + ["M.hr"] * 6 + ["1000 p", "kg"]
    io.satellite = pymrio.Extension(
        name="satellite",
        F=pd.DataFrame(draws, index=index, columns=io.Z.columns),
        unit=pd.DataFrame({"unit": units}, index=index),
    )
    return io


@pytest.fixture
def folder(tmp_path, system):
    path = tmp_path / "IOT_2022_ixi"
    system.save_all(path)
    return path


def test_the_table_is_pymrio_s(folder, system):
    table = read_exiobase(folder, 2022)
    assert table.rows == tuple(system.Z.index) == table.columns
    assert np.array_equal(table.transactions, system.Z.to_numpy())
    assert np.array_equal(table.final_demand, system.Y.to_numpy())
    assert np.allclose(table.output, system.x["indout"], rtol=1e-10)  # pymrio writes twelve digits
    assert table.unit == "Mill USD" and table.demand_columns == tuple(system.Y.columns)


def test_an_archive_is_read_as_the_folder(folder, tmp_path):
    shutil.make_archive(str(folder), "zip", tmp_path, folder.name)
    one, two = read_exiobase(folder, 2022), read_exiobase(tmp_path / "IOT_2022_ixi.zip", 2022)
    assert np.array_equal(one.transactions, two.transactions)
    assert one.accounts.keys() == two.accounts.keys() > {"hours", "persons"}


def test_labour_is_found_by_sex_and_skill(folder, system):
    accounts = read_exiobase(folder, 2022).accounts
    hours = accounts["hours"]
    assert (hours.unit, accounts["persons"].unit) == ("million hours", "thousand persons")
    assert len(hours.rows) == 6 and "hours: female, low-skilled" in hours.rows
    row = hours.values[hours.rows.index("hours: female, low-skilled")]
    published = system.satellite.F.loc["Employment hours: Low-skilled female"]
    assert np.allclose(row, published, rtol=1e-10)
    vulnerable = accounts["persons in vulnerable employment"]
    assert vulnerable.values.shape == (1, len(hours.columns))


def test_only_labour_is_brought_in(folder):
    rows = [row for one in read_exiobase(folder, 2022).accounts.values() for row in one.rows]
    assert not any("Carbon" in row for row in rows)


def test_coefficients_become_transactions(folder, system):
    (folder / "Z.txt").unlink()
    parameters = folder / "file_parameters.json"
    content = json.loads(parameters.read_text())
    del content["files"]["Z"]
    parameters.write_text(json.dumps(content))
    table = read_exiobase(folder, 2022)
    assert np.allclose(table.transactions, system.Z.to_numpy(), rtol=1e-9, atol=1e-9)


def test_output_in_another_order_is_matched_by_label(folder, system):
    file = folder / "x.txt"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert np.allclose(read_exiobase(folder, 2022).output, system.x["indout"], rtol=1e-10)


def test_a_sector_missing_from_demand_is_named(folder):
    file = folder / "Y.txt"
    lines = file.read_text().splitlines()
    file.write_text("\n".join(lines[:-1]) + "\n")
    with pytest.raises(SourceError, match=r"final demand .* 1 missing: .*reg6.*other"):
        read_exiobase(folder, 2022)


def test_codes_of_countries_become_ours(tmp_path, system):
    renamed = copy.deepcopy(system)
    renamed.rename_regions({"reg1": "DE", "reg2": "WWA"})
    renamed.save_all(tmp_path / "IOT_1995_ixi")
    table = read_exiobase(tmp_path / "IOT_1995_ixi", 1995)
    assert [country for country, _ in table.rows][:9:8] == ["DEU", "WA"]


def test_a_folder_without_description_or_output_is_refused(folder, tmp_path):
    (tmp_path / "IOT_1999_ixi").mkdir()
    with pytest.raises(SourceError, match=r"file_parameters\.json cannot be read"):
        read_exiobase(tmp_path / "IOT_1999_ixi", 1999)
    parameters = folder / "file_parameters.json"
    content = json.loads(parameters.read_text())
    del content["files"]["x"]
    parameters.write_text(json.dumps(content))
    with pytest.raises(SourceError, match="tables x are missing; there are A, "):
        read_exiobase(folder, 2022)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"<html>"])
def test_a_damaged_archive_is_refused(tmp_path, content):
    file = tmp_path / "IOT_2022_ixi.zip"
    file.write_bytes(content)
    with pytest.raises(SourceError, match="cannot be read"):
        read_exiobase(file, 2022)


def test_units_that_differ_are_refused(folder):
    file = folder / "unit.txt"
    lines = file.read_text().splitlines()
    lines[3] = lines[3].replace("Mill USD", "tonnes")
    file.write_text("\n".join(lines) + "\n")
    with pytest.raises(SourceError, match="several units: Mill USD, tonnes"):
        read_exiobase(folder, 2022)


def test_years_prefer_industries(tmp_path):
    for name in ("IOT_2022_pxp.zip", "IOT_2022_ixi.zip", "IOT_1995_pxp.zip"):
        (tmp_path / name).touch()
    assert [one.name for one in exiobase_years(tmp_path).values()] == [
        "IOT_1995_pxp.zip",
        "IOT_2022_ixi.zip",
    ]
